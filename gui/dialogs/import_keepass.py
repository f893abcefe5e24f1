"""Import of a KeePass file: its password, then every login as it will be, and only then the keyring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.custody.secret import Secret
from core.errors import RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.dialogs.keepass_preview import KeePassPreview
from gui.keyring import with_keyring
from gui.tasks import Job, Lane
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.exchange.keepass.entries import Entry
    from core.exchange.keepass.proposal import Proposal
    from core.exchange.keepass.taking_in import TakenIn

KEEPASS_FILES = "*.kdbx"


class ImportKeePassDialog(Decision):
    """Two steps in one window; the password is forgotten as soon as the file is open."""

    help_topic = "keepass#import"

    def __init__(self, workspace: Workspace, file: Path, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Import {file}").format(file=file.name), _("Open"), parent)
        self.setObjectName("import-keepass")
        self._file = file
        self._entries: tuple[Entry, ...] | None = None
        self._is_compared = False
        self._job: Job | None = None
        self.first = self._make_first()
        self.preview = KeePassPreview(workspace)
        self.preview.hide()
        self.progress = QProgressBar(textVisible=False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Progress"))
        self.progress.hide()
        for part in (self.first, self.preview, self.progress):
            self.body.addWidget(part)
        self.preview.decided.connect(self._propose)
        self.preview.rows.ticked.connect(self._name_button)
        self.password.setFocus()

    def decide(self) -> None:
        """Open the file, compare it once more after a failure, or take in what is ticked."""
        if self._entries is None:
            self._open()
        elif self._is_compared:
            self._take_in()
        else:
            self._propose()

    def done(self, outcome: int) -> None:
        """Forget what was read, and wait for nothing any longer."""
        if self._job is not None:
            self._job.cancel()
        self.password.clear()
        self._entries = None
        self.preview.clear()
        super().done(outcome)

    def _make_first(self) -> QWidget:
        """Ask for what opens the file."""
        self.password = named(QLineEdit(), "file-password")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.key_file = named(QLineEdit(), "key-file")
        choosing = named(QPushButton(_("Choose...")), "choose-key-file")
        choosing.setAutoDefault(False)
        choosing.clicked.connect(self._choose_key_file)
        place = QWidget()
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.key_file, 1)
        line.addWidget(choosing)
        place.setFocusProxy(self.key_file)
        self.key_file.setAccessibleName(_("Key file"))
        self.notes = named(QCheckBox(_("Import the &notes of the entries as well")), "notes")
        self.notes.setToolTip(_("Notes may hold private things or further secrets; everybody here can read them."))
        asked = [
            muted(_("You will see every login before anything is kept. Nothing of the file is written anywhere else.")),
            self.ask(_("&Password of the file"), self.password),
            self.ask(_("&Key file"), place, _("Only if the file needs one.")),
            self.notes,
        ]
        first = QWidget()
        column = QVBoxLayout(first)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in asked:
            column.addWidget(part)
        return first

    def _open(self) -> None:
        file, password, notes = self._file, Secret(self.password.text()), self.notes.isChecked()
        key_file = Path(self.key_file.text().strip()).expanduser() if self.key_file.text().strip() else None

        def read(_job: Job) -> tuple[Entry, ...]:
            from core.exchange.keepass.reading import read_keepass

            return read_keepass(file, password, key_file, with_notes=notes)

        self._wait(True)
        self._job = self.workspace.tasks.run(Lane.LONG, read, self._opened, failed=self._refused, owner=self)

    def _opened(self, entries: tuple[Entry, ...]) -> None:
        self._entries = entries
        self.password.clear()
        self.first.hide()
        self.preview.show()
        self.resize(1040, 640)
        self._propose()
        self.preview.table.setFocus()

    def _propose(self) -> None:
        """Ask anew what would happen; an older question that waits is dropped."""
        from core.exchange.keepass.proposal import Decisions
        from core.exchange.keepass.proposing import propose

        entries = self._entries
        if entries is None:
            return
        if self._job is not None:
            self._job.cancel()
        decided = Decisions(dict(self.preview.chosen), join=self.preview.join.isChecked())
        self._wait(True)
        self._is_compared = False
        self._job = with_keyring(
            self.workspace,
            lambda custodian: propose(custodian, entries, decided),
            self._show,
            failed=self._refused,
            owner=self,
        )

    def _show(self, proposal: Proposal) -> None:
        self._is_compared = True
        self.preview.show_proposal(proposal)
        self._wait(False)

    def _take_in(self) -> None:
        from core.exchange.keepass.taking_in import take_in

        rows = self.preview.rows.ticked_rows()
        self._wait(True)
        self._job = with_keyring(
            self.workspace,
            lambda custodian: take_in(custodian, rows),
            self._taken_in,
            failed=self._refused,
            progressed=self._show_progress,
            owner=self,
        )

    def _taken_in(self, taken: TakenIn) -> None:
        """Close when all is done; what could not be stored stays in sight with its reason."""
        told = ngettext("{count} secret is in your keyring.", "{count} secrets are in your keyring.", taken.stored)
        self.workspace.say(told.format(count=taken.stored))
        if not taken.failed and not taken.left:
            self._wait(False)
            self.accept()
            return
        self._propose()
        sentence = _("“{label}” was not stored: {reason}")
        reasons = [sentence.format(label=label, reason=reason) for label, reason in taken.failed]
        self.messages.show_message("\n".join(reasons) or _("Stopped. Go on when you like."), "warning")

    def _name_button(self) -> None:
        """Say on the button what it will do."""
        if self._entries is not None and not self._is_compared:
            self.primary.setText(_("Try again"))
        elif self._entries is not None:
            count = len(self.preview.rows.ticked_rows())
            told = ngettext("Take in {number} login", "Take in {number} logins", count).format(number=count)
            self.primary.setText(told if count else _("Nothing to take in"))
            self.primary.setEnabled(bool(count) and self._job is None)

    def _refused(self, error: RegistryError) -> None:
        self._wait(False)
        self.refuse(error)
        self._name_button()

    def _wait(self, waiting: bool) -> None:
        if waiting:
            self.messages.clear()
        else:
            self._job = None
        self.progress.setRange(0, 0)
        self.progress.setVisible(waiting)
        self.first.setEnabled(not waiting)
        self.primary.setEnabled(not waiting)
        if not waiting:
            self._name_button()

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _choose_key_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Key file"), str(self._file.parent))
        if chosen:
            self.key_file.setText(chosen)


def choose_keepass(parent: QWidget) -> Path | None:
    """Let the user choose the KeePass file."""
    kinds = _("KeePass files ({patterns})").format(patterns=KEEPASS_FILES)
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Import from KeePass"), str(Path.home()), kinds)
    return Path(chosen) if chosen else None
