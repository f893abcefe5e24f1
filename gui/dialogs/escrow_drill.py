"""Trying whether the envelopes open, without showing or keeping anything of what is in them."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QWidget

from core.custody.escrow.drill import Drilled, drill
from core.custody.secret import Secret
from core.errors import RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.eye import Eye
from gui.workspace import Workspace


class EscrowDrillDialog(Decision):
    """Asks for the printed key if that is to be tried, then says what opened."""

    help_topic = "escrow#drill"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Do the envelopes open?"), _("Try"), parent)
        self._job: Job | None = None
        self._over = False
        about = muted(
            _(
                "The program opens every envelope that your key opens, and forgets at once what is in it. The day and "
                "the number stand in the log."
            )
        )
        self.body.addWidget(about)
        self.key = named(QLineEdit(), "recovery-key")
        eye = Eye(self.key)
        asked = self.ask(_("&Printed key"), self.key, _("Leave it empty to try only the key of this computer."))
        self.body.addWidget(eye.plain)
        self._questions = (about, asked, eye.plain)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(_("Opening envelopes"))
        self.progress.hide()
        self.outcome = named(QLabel(wordWrap=True), "outcome")
        self.outcome.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.outcome)
        self.primary.setFocus()

    def decide(self) -> None:
        """Try, or close when that is done."""
        if self._over:
            self.accept()
            return
        typed = self.key.text()
        paper = Secret(typed) if typed.strip() else None
        self.primary.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = with_keyring(
            self.workspace,
            lambda custodian: drill(custodian, paper),
            self._tried,
            failed=self._refused,
            stopped=self.key.clear,
            progressed=self._show_progress,
            owner=self,
        )

    def done(self, outcome: int) -> None:
        """Forget the key; a drill that is stopped does not count."""
        if self._job is not None:
            self._job.cancel()
        self.key.clear()
        super().done(outcome)

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.progress.hide()
        self.refuse(error)

    def _tried(self, found: Drilled) -> None:
        self._job, self._over = None, True
        self.key.clear()
        self.progress.hide()
        for part in self._questions:
            part.hide()
        self.outcome.setText("\n\n".join(told(found)))
        self.outcome.show()
        self.primary.setText(_("Close"))
        self.primary.setEnabled(True)
        self.back.hide()
        self.primary.setFocus()


def told(found: Drilled) -> list[str]:
    """Say what a drill has found."""
    count = found.opened
    sentences = [ngettext("{count} envelope opens.", "{count} envelopes open.", count).format(count=count)]
    if found.failed:
        sentences.append(
            _("These do not open: {labels}. Seal them anew where the secret is kept.").format(
                labels="; ".join(found.failed)
            )
        )
    if found.elsewhere:
        others = ngettext(
            "{count} envelope is for other keys; its holder tries it.",
            "{count} envelopes are for other keys; their holders try them.",
            found.elsewhere,
        )
        sentences.append(others.format(count=found.elsewhere))
    if not found.finished:
        sentences.append(_("You stopped before all were tried: this drill does not count."))
    return sentences
