"""What hangs on a unit: the units below it, its channels, its people."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal

from core.i18n import _
from core.inventory.platforms import platforms
from core.inventory.unit_sheet import UnitSheet
from core.model import ChannelState, PersonState
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace


class UnitTies(Column):
    """Three short lists, each line with the way to what it names.

    Signals:
        add_wanted: A unit below this one is to be added.
    """

    add_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: UnitSheet | None = None

    def show_sheet(self, sheet: UnitSheet) -> None:
        """Show what hangs on a unit; nothing moves where nothing has changed."""
        if self._shown is not None and _ties(self._shown) == _ties(sheet):
            return
        self._shown = sheet
        self.start()
        self._show_channels(sheet)
        self._show_people(sheet)
        self._show_units(sheet)

    def _show_channels(self, sheet: UnitSheet) -> None:
        self.heading(_("Channels"))
        for one in sheet.channels:
            known = platforms().get(one.platform)
            state = "" if one.state is ChannelState.ACTIVE else _(one.state.label)
            below = ", ".join(filter(None, [known.name if known else one.platform, state]))
            self.add(one.title, below, [self._showing("channels", one.id)], quiet=one.over)
        if not sheet.channels:
            self.say(_("No channel."))

    def _show_people(self, sheet: UnitSheet) -> None:
        self.heading(_("People"))
        for one in sheet.people:
            state = "" if one.state is PersonState.ACTIVE else _(one.state.label)
            below = ", ".join(filter(None, [one.function, state]))
            gone = one.state is PersonState.LEFT
            self.add(one.name, below, [self._showing("people", one.id)], quiet=gone)
        if not sheet.people:
            self.say(_("Nobody."))

    def _show_units(self, sheet: UnitSheet) -> None:
        self.heading(_("Sub-units"))
        self.offer([LineButton("add-sub-unit", _("Add sub-unit..."), self.add_wanted.emit)])
        for one in sheet.below:
            below = "" if one.active else _("no longer exists")
            self.add(one.title, below, [self._showing("units", one.id)], quiet=not one.active)
        if not sheet.below:
            self.say(_("No sub-unit."))

    def _showing(self, page: str, record: UUID) -> LineButton:
        return LineButton("show-record", _("Show"), lambda: self._workspace.go(page, record))


def _ties(sheet: UnitSheet) -> tuple[object, ...]:
    return (sheet.opened.id, sheet.below, sheet.channels, sheet.people)
