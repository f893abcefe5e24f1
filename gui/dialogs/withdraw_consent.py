"""A person takes a consent back: since when, and from how many places the portrait has to go."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _, ngettext
from core.inventory.assets.asset_sheet import AssetSheet, ConsentRow
from core.inventory.assets.consents import withdraw
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named
from gui.workspace import Workspace

_DAY = Field("withdrawn_on", N_("Consent withdrawn on"), Day(), required=True)


class WithdrawConsentDialog(Decision):
    """Nothing is deleted: the places to clean are listed, and stay there until somebody has cleaned them."""

    help_topic = "assets#consent"

    def __init__(
        self, workspace: Workspace, sheet: AssetSheet, consent: ConsentRow, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, _question(sheet), _("Withdraw consent"), parent)
        self._consent = consent
        self.day = named(LineEditor(_DAY), "withdrawn_on")
        self.day.show_value(workspace.today())
        medium = muted(_("Consent for: {medium}").format(medium=_(consent.medium.label)))
        self.body.addWidget(medium)
        self.ask(_("Consent &withdrawn on"), self.day)
        self.effect = named(muted(_effect(sheet.touched_by(consent, workspace.today()))), "effect")
        self.body.addWidget(self.effect)
        self.day.setFocus()

    def decide(self) -> None:
        """Note the withdrawal."""
        try:
            day = self.day.value()
        except BadInputError as error:
            self.refuse(error)
            return
        if day is None:
            self.refuse(BadInputError(_("Please enter the day.")))
            return
        consent = self._consent.id
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Withdraw consent"),
            lambda session: withdraw(session, consent, day),
            lambda _consent: self.accept(),
            failed=self.refuse,
            owner=self,
        )


def _effect(shown: int) -> str:
    """Say what follows for the places that the registry knows."""
    if not shown:
        return _("No place of a channel is touched by this.")
    return ngettext(
        "The portrait is shown in {count} place, which is put on the list of places to clean.",
        "The portrait is shown in {count} places, which are put on the list of places to clean.",
        shown,
    ).format(count=shown)


def _question(sheet: AssetSheet) -> str:
    """Ask by the name of the person, where somebody has entered who is shown."""
    person = sheet.opened.listed["person"]
    if person:
        return _("Since when does {person} no longer agree?").format(person=person)
    return _("Since when does the consent for “{title}” no longer hold?").format(title=sheet.title)
