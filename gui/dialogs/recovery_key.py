"""Making the printed recovery key: it is shown, printed, proven to be on paper, and only then taken into use."""

from __future__ import annotations

import hmac

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.custody.recovery import RecoveryKey, new_recovery_key, put_in_force
from core.errors import RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.printing import can_print, print_on_paper
from gui.recovery_paper import Paper, grouped, qr_code, sheet
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace

PROOF = 6
"""So many characters from the end of the key are typed from the paper."""

CODE_SIZE = 176
LARGE = 13.0  # Points; who has no printer copies it by hand.


class RecoveryKeyDialog(Decision):
    """The private half exists in this dialog and on paper, nowhere else."""

    help_topic = "recovery-key"

    def __init__(self, workspace: Workspace, city: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("A recovery key for the safe"), _("Take into use"), parent)
        self._city = city
        self._key: RecoveryKey | None = new_recovery_key()
        self._job: Job | None = None
        self.body.addWidget(
            muted(
                _(
                    "If a computer's profile dies, this sheet of paper brings all logins back. Print it, put it into "
                    "the safe, and then type its last {count} characters, so that it surely is on paper."
                ).format(count=PROOF)
            )
        )
        self._make_sheet(self._key)
        self.place = named(QLineEdit(), "place")
        self.ask(_("&Where the sheet is kept"), self.place)
        self.proof = named(QLineEdit(), "proof")
        self.proof.textChanged.connect(self._enable)
        self.ask(_("&Last {count} characters on the paper").format(count=PROOF), self.proof)
        self._wrong = muted(_("These are not the last {count} characters of the key.").format(count=PROOF))
        self._wrong.hide()
        self.body.addWidget(self._wrong)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(_("Sealing"))
        self.progress.hide()
        self.body.addWidget(self.progress)
        self._enable()
        self._printing.setFocus()

    def decide(self) -> None:
        """Take the key into use and seal every secret of this keyring to it."""
        if self._key is None:
            return
        recipient, place = self._key.recipient, self.place.text()
        self.primary.setEnabled(False)
        self.progress.show()
        self._job = with_keyring(
            self.workspace,
            lambda custodian: put_in_force(custodian, recipient, place=place),
            self._sealed,
            failed=self._refused,
            progressed=self._show_progress,
            owner=self,
        )

    def done(self, outcome: int) -> None:
        """Forget the private half."""
        if self._job is not None and not outcome:
            self._job.cancel()
        self._key = None
        self._text.clear()
        self._code.clear()
        super().done(outcome)

    def print_sheet(self) -> None:
        """Print the sheet."""
        if self._key is None:
            return
        if not can_print():
            self.messages.show_message(
                _("This computer knows no printer. Copy the key by hand, character by character.")
            )
            return
        paper = Paper(self._city, self.place.text(), self.workspace.today(), self._key.recipient)
        print_on_paper(sheet(self._key.private, paper), _("Recovery key"), self)

    def _make_sheet(self, key: RecoveryKey) -> None:
        self._code = named(QLabel(), "recovery-code")
        self._code.setPixmap(
            QPixmap.fromImage(qr_code(key.private)).scaled(
                CODE_SIZE, CODE_SIZE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.FastTransformation
            )
        )
        self._code.setAccessibleName(_("The key as a code to scan"))
        self._text = named(QLabel(grouped(key.private), wordWrap=True), "recovery-text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(LARGE)
        self._text.setFont(font)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._printing = named(QPushButton(_("Print...")), "print-key")
        self._printing.clicked.connect(self.print_sheet)
        right = QVBoxLayout()
        right.addWidget(self._text)
        right.addStretch(1)
        right.addWidget(self._printing, 0, Qt.AlignmentFlag.AlignLeft)
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._code)
        line.addLayout(right, 1)
        self.body.addLayout(line)

    def _enable(self) -> None:
        typed = "".join(self.proof.text().split()).upper()
        right = self._key is not None and hmac.compare_digest(
            typed.encode(), self._key.private.reveal()[-PROOF:].encode()
        )
        self.primary.setEnabled(right)
        self._wrong.setVisible(len(typed) >= PROOF and not right)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.progress.hide()
        self.refuse(error)

    def _sealed(self, count: int) -> None:
        self._job = None
        told = ngettext(
            "The recovery key is in use; {count} secret is sealed to it.",
            "The recovery key is in use; {count} secrets are sealed to it.",
            count,
        )
        self.workspace.say(told.format(count=count))
        self.accept()
