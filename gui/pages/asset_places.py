"""The work list of corporate identity: every place from which a version or a portrait has to go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QAbstractItemView, QWidget

from core.i18n import N_, _, ngettext
from core.inventory.assets.places_to_clean import Place, places, tick_off
from core.registry import Registry
from core.storage.journal import acting
from gui.actions import action
from gui.asset_places_model import CHANNEL, DONE, PLACEMENT, REASON, SINCE, AssetPlacesModel
from gui.pages.channel_look import LOOK
from gui.pages.faced_page import FacedPage
from gui.two_line_table import TwoLineTable
from gui.widgets import muted, named
from gui.widgets.chipped_list import ChippedList
from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips
from gui.widgets.page_header import PageHeader
from gui.workspace import FieldOf, Workspace

TABLES = frozenset({"asset", "asset_version", "asset_use", "consent", "channel", "person"})
WIDTHS = {CHANNEL: 224, PLACEMENT: 112, REASON: 256, SINCE: 96, DONE: 144}
NARROWEST = 160
"""Of the column of the assets; below it the table scrolls."""


class AssetPlacesPage(FacedPage):
    """What is still to be taken down or exchanged, and what was."""

    key = "asset-places"
    help_topic = "assets#clean"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("What is to be cleaned?")
        self._read: list[Place] = []
        self._asset: UUID | None = None
        self.header = PageHeader(self.question, search=_("Search places"))
        self.model = AssetPlacesModel(self)
        self.table = _table(self.model)
        self._make_actions()
        self._make_states()
        self._lay_out()
        self._connect()

    def close_registry(self) -> None:
        """Show nothing."""
        self._show([])

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the places again, if they may have changed."""
        if self.workspace.is_open and (not tables or tables & TABLES):
            self.workspace.read(_read, self._show, owner=self)

    def show_record(self, record: UUID) -> None:
        """Show the places of one asset."""
        self._asset = record
        self._search_asset()

    def tick(self) -> None:
        """Note that the chosen places were cleaned."""
        uses = [one.use_id for one in self._chosen() if one.done_on is None]
        today = self.workspace.today()

        def write(session: Any) -> None:
            for use_id in uses:
                tick_off(session, use_id, today, acting(session))

        if uses:
            number = ngettext("{number} place is ticked off.", "{number} places are ticked off.", len(uses))
            self.workspace.act(N_("Clean place of an asset"), write, said=number.format(number=len(uses)), owner=self)

    def _make_actions(self) -> None:
        self.ticking = action(self, "tick-off", _("Tick off"), self.tick, "Ctrl+Return")
        self.opening = action(self, "open-place", _("Open in browser"), self._open, "Ctrl+B")
        self.showing = action(self, "show-place", _("Show channel"), self._show_channel)
        self.header.add_button(self.opening)
        self.header.add_primary(self.ticking)
        self.to_asset = action(self, "show-place-asset", _("Show asset"), self._show_asset)
        self.menu_actions = [self.ticking, self.opening, self.showing, self.to_asset]

    def _make_states(self) -> None:
        self.empty = EmptyState(
            "check-circle",
            _("Nothing to clean"),
            _(
                "When a file is replaced by a newer version or somebody takes back the consent to be shown, every "
                "place that still shows it stands here until somebody ticks it off."
            ),
        )
        self.empty.offer(_("See what is shown where"), lambda: self.workspace.go("asset-matrix"), primary=False)
        self.nothing = EmptyState("check-circle", "", "")
        self.nothing.offer(_("Show all places"), self._show_all, primary=False)

    def _lay_out(self) -> None:
        sentence = _("Replace the picture on the platform first, or take it down there. Then tick the place off here.")
        self.hint = muted(sentence)
        self.hint.setContentsMargins(24, 0, 24, 0)
        self.list = ChippedList(FilterChips({"open": _("To clean"), "done": _("Done")}), self.table, self.nothing)
        self.list.show_filter("open")
        self.list.column.insertWidget(1, self.hint)
        self._place((self.list, self.empty))

    def _connect(self) -> None:
        self.header.searched.connect(self.list.search)
        self.header.search.returnPressed.connect(self.table.setFocus)
        self.list.narrowed.connect(self._narrow)
        self.table.selectionModel().selectionChanged.connect(lambda *_rows: self._follow_choice())
        self.table.activated.connect(lambda _index: self._show_channel())

    def _show(self, read: list[Place]) -> None:
        self._read = read
        done = sum(one.done_on is not None for one in read)
        self.list.chips.show_counts({"open": len(read) - done, "done": done})
        self.list.chips.buttons["open"].show()
        self._search_asset()
        self._narrow()
        self.whole.setCurrentWidget(self.list if read else self.empty)
        self.rows_came.emit()

    def _search_asset(self) -> None:
        """Search for the asset whose places are wanted, once they have been read."""
        found = next((one for one in self._read if one.asset_id == self._asset), None)
        if found is not None:
            self._asset = None
            self.header.search.setText(found.asset_title)

    def _show_all(self) -> None:
        self.header.search.clear()
        self.list.show_all()

    def _narrow(self) -> None:
        text, part = self.list.text, self.list.filter
        wanted = {"open": [True], "done": [False]}.get(part, [True, False])
        rows = [one for one in self._read if (one.done_on is None) in wanted]
        rows = [one for one in rows if text in f"{one.asset_title}\n{one.channel_title}\n{one.done_by}".casefold()]
        at = self.table.currentIndex().row()
        self.model.show_places(rows)
        self.list.show_whether_any(any_left=bool(rows))
        self.hint.setVisible(any(one.done_on is None for one in rows))
        self._say_why_nothing(clean=part == "open" and not any(one.done_on is None for one in self._read))
        self.table.selectRow(min(max(at, 0), len(rows) - 1))
        self._follow_choice()

    def _say_why_nothing(self, *, clean: bool) -> None:
        if clean:
            sentence = _("Under “Done” you see what was cleaned, when and by whom.")
            self.nothing.set_texts(_("Everything is clean"), sentence, "check-circle")
        else:
            self.nothing.set_texts(_("Nothing matches"), _("Search for something else."), "magnifying-glass")

    def _chosen(self) -> list[Place]:
        return [self.model.places[index.row()] for index in self.table.selectionModel().selectedRows()]

    def _follow_choice(self) -> None:
        chosen = self._chosen()
        self.ticking.setEnabled(any(one.done_on is None for one in chosen))
        self.opening.setEnabled(len(chosen) == 1 and bool(chosen[0].channel_url))
        self.showing.setEnabled(len(chosen) == 1)
        self.to_asset.setEnabled(len(chosen) == 1)

    def _open(self) -> None:
        for one in self._chosen()[:1]:
            QDesktopServices.openUrl(QUrl(one.channel_url))

    def _show_channel(self) -> None:
        for one in self._chosen()[:1]:
            self.workspace.go("channels", FieldOf(one.channel_id, LOOK))

    def _show_asset(self) -> None:
        for one in self._chosen()[:1]:
            self.workspace.go("assets", one.asset_id)


def _table(model: AssetPlacesModel) -> TwoLineTable:
    table = named(TwoLineTable(model, WIDTHS, NARROWEST), "places-table")
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setAccessibleName(_("Places to clean"))
    return table


def _read(registry: Registry) -> list[Place]:
    with registry.reading() as session:
        return places(session, registry.today())
