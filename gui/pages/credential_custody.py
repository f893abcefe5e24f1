"""Who keeps a login's secret and who kept it, why it has to be changed, and whether the recovery key covers it."""

from __future__ import annotations

from uuid import UUID

from core.custody.credential_sheet import CredentialSheet
from core.custody.holding import CopyState, CustodyRow
from core.i18n import _, show_date
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace


class CredentialCustody(Column):
    """Short lists, each line with the way to what it names."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def show_sheet(self, sheet: CredentialSheet) -> None:
        """Show who keeps the secret."""
        self.start()
        self._show_channels(sheet)
        self._show_owed(sheet)
        self._show_copies(sheet)
        self._show_envelope(sheet)

    def _show_channels(self, sheet: CredentialSheet) -> None:
        self.heading(_("Opens"))
        for one in sheet.channels:
            self.add(one.title, one.url or "", [self._showing("channels", one.id)])
        if not sheet.channels:
            self.say(_("No channel yet."))

    def _show_owed(self, sheet: CredentialSheet) -> None:
        if sheet.owed is None:
            return
        self.heading(_("To be changed, because these people know it"))
        for loser in sheet.owed.people:
            below = _("{why} on {day}").format(why=_(loser.why.label), day=show_date(loser.day))
            buttons = [self._showing("people", loser.person_id)] if loser.person_id is not None else []
            self.add(loser.name, below, buttons)

    def _show_copies(self, sheet: CredentialSheet) -> None:
        self.heading(_("Kept by"))
        if not sheet.in_keyrings:
            self._show_holder(sheet)
            return
        kept = [one for one in sheet.custody if one.until is None]
        for one in kept:
            self.add(one.person, _copy_sentence(one), [self._showing("people", one.person_id)])
        if not kept:
            self.say(_("Nobody keeps the secret in a keyring."))
        ended = [one for one in sheet.custody if one.until is not None]
        if ended:
            self.heading(_("Kept before by"))
        for one in ended:
            self.add(one.person, _copy_sentence(one), [self._showing("people", one.person_id)], quiet=True)

    def _show_holder(self, sheet: CredentialSheet) -> None:
        """Show who has the envelope, the device or the card."""
        holder, place = sheet.opened.values["holder"], sheet.opened.listed["place"] or ""
        if holder is not None:
            self.add(str(sheet.opened.listed["holder"]), place, [self._showing("people", holder)])
        else:
            self.say(place or _("Nobody is entered. Say under “Facts” who has it and where."))

    def _show_envelope(self, sheet: CredentialSheet) -> None:
        if sheet.revision == 0 or not sheet.in_keyrings:
            return
        self.heading(_("Recovery key"))
        match sheet.sealed:
            case True:
                self.say(_("The secret in force is sealed to the recovery key."))
            case False:
                self.say(
                    _("The secret in force is not sealed to the recovery key yet. Its keeper's program will do it.")
                )
            case None:
                self.say(_("There is no recovery key yet. Without one, a dead profile takes its secrets with it."))

    def _showing(self, page: str, record: UUID) -> LineButton:
        return LineButton("show-record", _("Show"), lambda: self._workspace.go(page, record))


def _copy_sentence(one: CustodyRow) -> str:
    parts = [_("revision {revision}").format(revision=one.revision)]
    if one.until is None and one.state is not CopyState.IN_FORCE:
        parts.append(_(one.state.label))
    parts.append(_span(one))
    if one.ended is not None:
        parts.append(_(one.ended.label))
    if one.store:
        parts.append(_("computer {name}").format(name=one.store))
    if one.until is None and one.missing_since is not None:
        parts.append(_("missing since {day}").format(day=show_date(one.missing_since)))
    return " · ".join(parts)


def _span(one: CustodyRow) -> str:
    if one.until is None:
        return _("since {day}").format(day=show_date(one.since))
    return _("{since} to {until}").format(since=show_date(one.since), until=show_date(one.until))
