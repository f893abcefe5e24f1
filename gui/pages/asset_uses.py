"""Where an asset is shown, from where it has to go, and where it was shown before."""

from __future__ import annotations

from core.i18n import _, show_date
from core.inventory.assets.asset_sheet import AssetSheet, UseRow
from core.inventory.assets.places_to_clean import Why
from gui.asset_matrix_model import WHY
from gui.asset_words import Told, placement_and_version
from gui.pages.asset_acts import AssetActs
from gui.widgets.asset_line import BELOW_TOLD, links
from gui.widgets.lines import Column, LineButton
from gui.widgets.told_line import ToldLine


class AssetUses(Column):
    """One line a place, with the way to its channel."""

    def __init__(self, acts: AssetActs) -> None:
        super().__init__()
        self._acts = acts

    def show_sheet(self, sheet: AssetSheet) -> None:
        """Show the places."""
        self.start()
        dirty = [(one, one.why) for one in sheet.uses if one.why is not None]
        clean = [one for one in sheet.open_uses if one.why is None]
        over = [one for one in sheet.uses if one.over]
        if dirty:
            self.heading(_("To be cleaned"))
        for one, why in dirty:
            self._show_dirty(one, why)
        if clean or not dirty:
            self.heading(_("Shown on"))
        for one in clean:
            self._add(one, [LineButton("take-down", _("Take down"), lambda one=one: self._acts.take_down(one))])  # type: ignore[misc]  # mypy knows no defaults of lambdas
        if not sheet.open_uses:
            self.say(_("No channel yet. Enter where the city already shows it."))
            self.offer([LineButton("show-on", _("Show on channels..."), self._acts.showing.trigger)])
        if over:
            self.heading(_("Shown before on"))
        for one in over:
            self._add(one, [], quiet=True)

    def _add(self, one: UseRow, buttons: list[LineButton], *, quiet: bool = False) -> None:
        below = "\n".join(part for part in (placement_and_version(one), _span(one)) if part)
        self.add(one.channel, below, [*buttons, self._going(one)], quiet=quiet)

    def _show_dirty(self, one: UseRow, why: Why) -> None:
        told = _told(why)
        below = [placement_and_version(one), told.word]
        self.put(ToldLine(told.picture, told.colour, one.channel, below))
        done = LineButton("tick-off", _("Done"), lambda: self._acts.tick_off(one))
        self.put(links([done, self._going(one)], one.channel, indent=BELOW_TOLD))

    def _going(self, one: UseRow) -> LineButton:
        return LineButton("show-record", _("Show"), lambda: self._acts.go("channels", one.channel_id))


def _told(why: Why) -> Told:
    """Say why it has to go from a place."""
    match why:
        case Why.CONSENT:
            return Told(_(WHY[why]), "hand-palm", "severe")
        case _:
            return Told(_(WHY[why]), "eraser", "warning")


def _span(one: UseRow) -> str:
    """Say since when it is shown, or when it was and who took it down."""
    if not one.over:
        return _("since {day}").format(day=show_date(one.since)) if one.since is not None else ""
    if one.until is None:
        return _("the channel is closed")
    until = show_date(one.until)
    if one.cleaned_by:
        return _("taken down on {day} by {name}").format(day=until, name=one.cleaned_by)
    return _("taken down on {day}").format(day=until)
