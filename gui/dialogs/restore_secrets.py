"""Bringing every secret back from its envelope with the key on the paper."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QWidget

from core.custody.recovery import Recovered, restore
from core.custody.secret import Secret
from core.errors import RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.eye import Eye
from gui.workspace import Workspace


class RestoreSecretsDialog(Decision):
    """Asks for the key and why it was taken out of the safe, then says what came back."""

    help_topic = "recovery-key#use"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Bring secrets back from the recovery key"), _("Bring back"), parent)
        self._job: Job | None = None
        self._over = False
        about = muted(
            _(
                "Type the key from the sheet of paper, or scan its code into the field. Everybody will see in the "
                "log that the key was used."
            )
        )
        self.body.addWidget(about)
        self.key = named(QLineEdit(), "recovery-key")
        eye = Eye(self.key)
        self.key.textChanged.connect(self._enable)
        asked = self.ask(_("&Key"), self.key, _("Blanks and small letters do not matter."))
        self.body.addWidget(eye.plain)
        self.reason = named(QLineEdit(), "reason")
        self._questions = (about, asked, eye.plain, self.ask(_("&Reason"), self.reason))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(_("Opening envelopes"))
        self.progress.hide()
        self.outcome = named(QLabel(wordWrap=True), "outcome")
        self.outcome.hide()
        self.body.addWidget(self.progress)
        self.body.addWidget(self.outcome)
        self._enable()
        self.key.setFocus()

    def decide(self) -> None:
        """Open the envelopes, or close when that is done."""
        if self._over:
            self.accept()
            return
        private, reason = Secret(self.key.text()), self.reason.text()
        self.primary.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = with_keyring(
            self.workspace,
            lambda custodian: restore(custodian, private, reason=reason),
            self._restored,
            failed=self._refused,
            stopped=self.key.clear,
            progressed=self._show_progress,
            owner=self,
        )

    def done(self, outcome: int) -> None:
        """Forget the key, and stop where it stands: it can be taken up again."""
        if self._job is not None:
            self._job.cancel()
        self.key.clear()
        super().done(outcome)

    def _enable(self) -> None:
        self.primary.setEnabled(self._over or bool(self.key.text().strip()))

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.progress.hide()
        self.refuse(error)

    def _restored(self, recovered: Recovered) -> None:
        self._job, self._over = None, True
        self.key.clear()
        self.progress.hide()
        for part in self._questions:
            part.hide()
        self.outcome.setText("\n\n".join(told(recovered)))
        self.outcome.show()
        self.primary.setText(_("Close"))
        self.back.hide()
        self._enable()
        self.primary.setFocus()


def told(recovered: Recovered) -> list[str]:
    """Say what opening the envelopes brought."""
    count = len(recovered.restored)
    sentences = [
        ngettext("{count} secret is back in your keyring.", "{count} secrets are back in your keyring.", count).format(
            count=count
        )
    ]
    others = (
        (recovered.kept, _("Were there already: {labels}")),
        (recovered.outdated, _("Changed since they were sealed, so reset them on the platform: {labels}")),
        (recovered.unknown, _("Belong to another registry or to logins that are gone: {labels}")),
        (recovered.unreadable, _("Cannot be opened with this key or are damaged: {labels}")),
    )
    if recovered.together:
        sentences.append(
            ngettext(
                "{count} envelope opens only together with the key of a second holder of the escrow.",
                "{count} envelopes open only together with the key of a second holder of the escrow.",
                recovered.together,
            ).format(count=recovered.together)
        )
    return [*sentences, *(text.format(labels="; ".join(labels)) for labels, text in others if labels)]
