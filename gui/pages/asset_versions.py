"""The versions of an asset: the files to use, what was cut from them, and what was used before."""

from __future__ import annotations

from collections.abc import Iterable

from core.i18n import _, show_date
from core.inventory.assets.asset_sheet import AssetSheet, VersionRow
from gui.asset_pictures import AssetPictures
from gui.asset_words import Told, cut_for, facts_of, places, version_name
from gui.pages.asset_acts import AssetActs
from gui.widgets.asset_line import AssetLine
from gui.widgets.asset_picture import Shown
from gui.widgets.lines import Column, LineButton


class AssetVersions(Column):
    """One line a file, each with the way to save it, approve it or cut it to size."""

    def __init__(self, acts: AssetActs, pictures: AssetPictures) -> None:
        super().__init__()
        self._acts, self._pictures = acts, pictures

    def show_sheet(self, sheet: AssetSheet) -> None:
        """Show the asset's files."""
        self.start()
        if sheet.erased:
            self.say(_("There are no files any more. What was entered about them stands in the history."))
            return
        approved = [one for one in sheet.current if one.approved_on is not None]
        unapproved = [one for one in sheet.current if one.approved_on is None]
        cut = [one for one in sheet.versions if not one.replaced and one.derived_from is not None]
        before = [one for one in sheet.versions if one.replaced]
        self._show(sheet, _("To be used"), approved)
        self._show(sheet, _("In force, but not approved"), unapproved)
        if not sheet.current:
            self.say(_("No file yet. Choose “New version or variant” and take in the first one."))
        self._show(sheet, _("Cut to size for platforms"), cut)
        self._show(sheet, _("Used before"), before)

    def _show(self, sheet: AssetSheet, heading: str, versions: Iterable[VersionRow]) -> None:
        rows = list(versions)
        if rows:
            self.heading(heading)
        for one in rows:
            shown = Shown(one.sha256, one.media_type, sheet.kind, one.variant)
            below = [facts_of(one), *_dates(one)]
            told = self._told(one)
            self.put(AssetLine(self._pictures, shown, _title(one), below, told, self._buttons(sheet, one)))

    def _told(self, one: VersionRow) -> list[Told]:
        told = []
        trouble = self._acts.troubles.get(one.sha256, "")
        if trouble == "missing":
            told.append(Told(_("This file is missing in the library."), "link-break", "severe"))
        elif trouble:
            told.append(Told(_("This file was altered or damaged."), "link-break", "severe"))
        if one.replaced and one.shown_in:
            words = _("Still shown in {places}").format(places=places(one.shown_in))
            told.append(Told(words, "eraser", "warning"))
        if one.approved_on is None and not one.replaced and one.derived_from is None:
            told.append(Told(_("Not approved: nobody has approved this version yet."), "warning", "warning"))
        if one.valid_until is not None and one.valid_until < self._acts.today():
            told.append(Told(_("It might be shown until {day}.").format(day=show_date(one.valid_until)), "x", "severe"))
        return told

    def _buttons(self, sheet: AssetSheet, one: VersionRow) -> list[LineButton]:
        acts = self._acts
        saving = LineButton("save-copy", _("Save a copy..."), lambda: acts.save_copy(sheet, one))
        if one.replaced or one.derived_from is not None:
            return [saving]
        buttons = [LineButton("approve-version", _("Approve file"), lambda: acts.approve(sheet, one))]
        if one.approved_on is not None:
            buttons = []
        if acts.can_be_cut(one):
            buttons.append(LineButton("derive-asset", _("Cut to size..."), lambda: acts.derive(one)))
        return [*buttons, saving]


def _title(one: VersionRow) -> str:
    name = version_name(one.variant, one.number)
    if one.derived_from is None:
        return name[:1].upper() + name[1:]
    return cut_for(one.derived_for)


def _dates(one: VersionRow) -> list[str]:
    """Return since when it is used, and who approved it when."""
    if one.derived_from is not None:
        return [version_name(one.variant, one.number)]
    lines = [_("Issued on {day}").format(day=show_date(one.issued_on))]
    if one.approved_on is not None and one.approved_by:
        lines.append(_("Approved on {day} by {name}").format(day=show_date(one.approved_on), name=one.approved_by))
    elif one.approved_on == one.issued_on:
        lines = [_("Issued and approved on {day}").format(day=show_date(one.issued_on))]
    elif one.approved_on is not None:
        lines.append(_("Approved on {day}").format(day=show_date(one.approved_on)))
    if one.valid_until is not None:
        lines.append(_("To be shown until {day}").format(day=show_date(one.valid_until)))
    return lines
