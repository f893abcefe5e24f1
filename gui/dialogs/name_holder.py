"""Naming somebody who can open envelopes when nobody else can get in."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from core.custody.escrow.holders import Changed, name_holder
from core.errors import BadInputError, RegistryError
from core.i18n import _, ngettext
from gui.dialogs.decision import Decision
from gui.keyring import with_keyring
from gui.reference_box import ReferenceBox
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace


class NameHolderDialog(Decision):
    """Asks for the person; whether their card was verified, the keyring says."""

    help_topic = "escrow#holders"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Who can open the envelopes?"), _("Name holder"), parent)
        self._job: Job | None = None
        self.body.addWidget(
            muted(
                _(
                    "The head of press and a deputy are a good choice. They get no password now: they can open an "
                    "envelope when nobody else can get in, and everybody sees it."
                )
            )
        )
        self.person = named(ReferenceBox(workspace, "person"), "person")
        self.ask(_("&Person"), self.person, _("You must have verified the key card of this person."))
        self.progress = QProgressBar(textVisible=False)
        self.progress.setAccessibleName(_("Sealing"))
        self.progress.hide()
        self.body.addWidget(self.progress)
        self.person.textChanged.connect(lambda _text: self._enable())
        self.person.offered.connect(self._enable)
        self._enable()
        self.person.setFocus()

    def decide(self) -> None:
        """Name the person, and seal to them what this keyring keeps."""
        try:
            person_id = self.person.value()
        except BadInputError as error:
            self.refuse(error)
            return
        if person_id is None:
            return
        self.primary.setEnabled(False)
        self.progress.setRange(0, 0)
        self.progress.show()
        self._job = with_keyring(
            self.workspace,
            lambda custodian: name_holder(custodian, person_id),
            self._named,
            failed=self._refused,
            progressed=self._show_progress,
            owner=self,
        )

    def done(self, outcome: int) -> None:
        """Stop where it stands: what is sealed stays sealed, the rest is sealed with the next comparison."""
        if self._job is not None and not outcome:
            self._job.cancel()
        super().done(outcome)

    def _enable(self) -> None:
        self.primary.setEnabled(bool(self.person.text().strip()))

    def _show_progress(self, done: int, total: int) -> None:
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(done)

    def _refused(self, error: RegistryError) -> None:
        self._job = None
        self.progress.hide()
        self.refuse(error)

    def _named(self, changed: Changed) -> None:
        self._job = None
        told = ngettext(
            "{name} can open envelopes now; {count} secret is sealed anew.",
            "{name} can open envelopes now; {count} secrets are sealed anew.",
            changed.sealed,
        )
        self.workspace.say(told.format(name=changed.name, count=changed.sealed))
        self.accept()
