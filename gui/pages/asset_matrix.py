"""The page of channels by assets: what is shown where, with the version that is really there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import _
from core.inventory.assets.gallery import Tile
from core.inventory.assets.matrix import Matrix, MatrixChannel, read_matrix
from core.model import AssetKind
from core.registry import Registry
from gui.asset_matrix_model import AssetMatrixModel
from gui.asset_matrix_view import AssetMatrixView
from gui.asset_pictures import pictures_of
from gui.pages.asset_matrix_bar import AssetMatrixBar
from gui.pages.faced_page import FacedPage
from gui.widgets.chipped_list import ChippedList
from gui.widgets.empty_state import EmptyState
from gui.widgets.filter_chips import FilterChips
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

TABLES = frozenset({"asset", "asset_version", "asset_use", "consent", "channel"})


class AssetMatrixPage(FacedPage):
    """Each channel a row, each asset a column."""

    key = "asset-matrix"
    help_topic = "assets#matrix"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("What is shown where?")
        self._read = Matrix()
        self._wanted: UUID | None = None
        self.header = PageHeader(self.question, search=_("Search"))
        self.model = AssetMatrixModel(self)
        self.table = AssetMatrixView(self.model, pictures_of(workspace))
        self.table.setAccessibleName(_("Channels and assets"))
        self.bar = AssetMatrixBar(workspace, self)
        self.menu_actions = list(self.bar.actions_to_show())
        self._make_states()
        self._lay_out()
        self._connect()

    def close_registry(self) -> None:
        """Show nothing."""
        self._show(Matrix())

    def refresh(self, tables: frozenset[str]) -> None:
        """Read again what is shown where, if that may have changed."""
        if self.workspace.is_open and (not tables or tables & TABLES):
            self.workspace.read(_read, self._show, owner=self)

    def show_record(self, record: UUID) -> None:
        """Bring an asset or a channel into sight."""
        self._wanted = record
        self._show_all()

    def _make_states(self) -> None:
        self.empty = EmptyState(
            "squares-four",
            _("Nothing to compare yet"),
            _(
                "Here you see at a glance which channel shows which coat of arms, logo or portrait, and where an old "
                "version is left. Add an asset first."
            ),
        )
        self.empty.offer(_("Go to the library"), lambda: self.workspace.go("assets"))
        self.nothing = EmptyState("magnifying-glass", _("Nothing matches"), _("Search for something else."))
        self.nothing.offer(_("Show everything"), self._show_all)

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        room = QVBoxLayout()
        room.setContentsMargins(12, 0, 0, 0)
        room.addWidget(self.table)
        column.addLayout(room, 1)
        column.addWidget(self.bar)  # From one edge to the other.
        chips = FilterChips({kind.value: _(kind.label) for kind in AssetKind})
        self.list = ChippedList(chips, whole, self.nothing, indent=0)
        self._place((self.list, self.empty))

    def _connect(self) -> None:
        self.header.searched.connect(self.list.search)
        self.header.search.returnPressed.connect(self.table.setFocus)
        self.list.narrowed.connect(self._narrow)
        self.table.opened.connect(self.bar.go_on)
        self.table.selectionModel().currentChanged.connect(lambda *_cells: self._tell())

    def _show_all(self) -> None:
        self.header.search.clear()
        self.list.show_all()

    def _show(self, read: Matrix) -> None:
        self._read = read
        self.list.chips.show_counts({kind.value: sum(one.kind is kind for one in read.assets) for kind in AssetKind})
        self._narrow()
        self.whole.setCurrentWidget(self.list if read.assets and read.channels else self.empty)
        self.rows_came.emit()

    def _narrow(self) -> None:
        """Leave the assets and the channels in which the text stands; where it stands in none of them, all."""
        text, kind = self.list.text, self.list.filter
        assets = [one for one in self._read.assets if not kind or one.kind.value == kind]
        fitting = [one for one in assets if text in f"{one.title} {one.person}".casefold()]
        channels = [one for one in self._read.channels if text in one.label.casefold()]
        at = self._at_cursor()
        self.list.show_whether_any(any_left=bool(fitting or channels))
        self.model.show_matrix(self._read, channels or self._read.channels, fitting or assets)
        self._choose_cell(*at)

    def _at_cursor(self) -> tuple[UUID | None, UUID | None]:
        index = self.table.currentIndex()
        if not index.isValid():
            return None, None
        return self.model.channels[index.row()].id, self.model.assets[index.column()].id

    def _choose_cell(self, channel: UUID | None, asset: UUID | None) -> None:
        """Put the cursor back where it was, or on what was asked for."""
        row = _place(self.model.channels, {channel})
        column = _place(self.model.assets, {asset})
        if self._wanted is not None:
            row = _place(self.model.channels, {self._wanted}, row)
            column = _place(self.model.assets, {self._wanted}, column)
            self._wanted = None if self._read.assets else self._wanted
        self.table.setCurrentIndex(self.model.index(row, column))
        self._tell()

    def _tell(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            channel, asset = self.model.channels[index.row()], self.model.assets[index.column()]
            uses = self.model.uses_at(index)
            self.bar.show_cell(channel, asset, self.model.sentences(uses), to_clean=self.model.to_clean(uses))
        else:
            self.bar.show_cell(None, None)


def _place(records: Iterable[Tile | MatrixChannel], wanted: set[UUID | None], otherwise: int = 0) -> int:
    return next((place for place, one in enumerate(records) if one.id in wanted), otherwise)


def _read(registry: Registry) -> Matrix:
    with registry.reading() as session:
        return read_matrix(session, registry.today())
