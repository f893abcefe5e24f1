"""Whether the person of a portrait agreed to be shown, in which medium, and on what paper."""

from __future__ import annotations

from core.i18n import _, show_date
from core.inventory.assets.asset_sheet import AssetSheet, ConsentRow
from core.model import ConsentMedium
from core.model.protection import REDACTED
from gui.asset_words import Told
from gui.pages.asset_acts import AssetActs
from gui.widgets.asset_line import BELOW_TOLD, links
from gui.widgets.lines import Column, LineButton
from gui.widgets.told_line import ToldLine


class AssetConsents(Column):
    """One line a consent; where there is none for social media, the column says so first."""

    def __init__(self, acts: AssetActs) -> None:
        super().__init__()
        self._acts = acts

    def show_sheet(self, sheet: AssetSheet) -> None:
        """Show the consents."""
        self.start()
        today = self._acts.today()
        holding = [one for one in sheet.consents if one.holds(today)]
        over = [one for one in sheet.consents if not one.holds(today)]
        if not sheet.erased:
            self._show_gap(holding)
            self.offer([LineButton("give-consent", _("Enter a consent..."), self._acts.consenting.trigger)])
        if holding:
            self.heading(_("May be shown in"))
        for one in holding:
            self._show(one, erased=sheet.erased)
        if over:
            self.heading(_("Withdrawn or ended"))
        for one in over:
            self._show(one, over=True, erased=sheet.erased)

    def _show_gap(self, holding: list[ConsentRow]) -> None:
        if not any(one.medium is ConsentMedium.SOCIAL_MEDIA for one in holding):
            words = _("No consent for social media. The portrait may not be shown there.")
            self.put(ToldLine("hand-palm", "severe", words))

    def _show(self, one: ConsentRow, *, over: bool = False, erased: bool = False) -> None:
        told = _told(one, over=over)
        self.put(ToldLine(told.picture, told.colour, told.word, _below(one), quiet=over))
        if erased and (one.form_sha256 is None or one.form_name == REDACTED):
            return
        buttons = []
        if one.form_sha256 is not None:
            buttons.append(LineButton("save-form", _("Save the form..."), lambda: self._acts.save_form(one)))
        else:
            buttons.append(LineButton("add-form", _("Add the form..."), lambda: self._acts.add_form(one)))
        if not over and not erased:
            buttons.append(LineButton("withdraw-consent", _("Withdraw consent..."), lambda: self._acts.withdraw(one)))
        if buttons:
            self.put(links(buttons, told.word, indent=BELOW_TOLD))


def _below(one: ConsentRow) -> list[str]:
    """Say when it was given, until when it holds, and which paper says so."""
    lines = [_("given on {day}").format(day=show_date(one.given_on))]
    if one.until is not None:
        lines.append(_("until {day}").format(day=show_date(one.until)))
    if one.withdrawn_on is not None:
        lines.append(_("consent withdrawn on {day}").format(day=show_date(one.withdrawn_on)))
    return [", ".join(lines), one.form_name or ""]


def _told(one: ConsentRow, *, over: bool) -> Told:
    """Say for which medium it is, and whether it is proved."""
    medium = _(one.medium.label)
    if over:
        return Told(medium, "x", "muted")
    if one.form_sha256 is None:
        return Told(_("{medium}: form missing, the consent is not proved").format(medium=medium), "info", "notice")
    return Told(medium, "check", "good")
