"""Filtering and sorting the list of channels, against repainting it and against Qt's own proxy model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from statistics import median, quantiles
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy.engine import Connection

from core.inventory.channel_fields import FIELDS
from core.inventory.lists import CHANNELS
from core.model import Channel
from core.registry import Registry, open_registry
from core.storage.searching import View, ordered_rows, page
from gui.paged_model import PAGE
from gui.record_model import FIRST, cell_text
from gui.showing import has_order
from tests.benchmarks.datasets import KINDS, PLACES, QUARTERS, DataSets
from tests.benchmarks.figures import Figure, compared, seconds
from tests.benchmarks.measuring import Scale, interleaved, stopwatch, timed

FRAME = 1 / 60
TYPED = tuple(word[:length] for word in (*PLACES, *KINDS, *QUARTERS) for length in (3, 4, 6) if len(word) >= length)
Index = QModelIndex | QPersistentModelIndex


class Rows(QAbstractTableModel):
    """What a naive program gives Qt: all texts of all rows, in Python."""

    def __init__(self, rows: list[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(FIELDS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


def filtering(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure typing into the search field: from the letters to the first rows, read in full."""
    registry = open_registry(data.registry(scale.country))
    _application()
    try:
        with registry.reading() as session:
            connection = session.connection()
            texts = _texts(connection, registry, 200)
            view = _shown(Rows(texts))
            repaint = timed(view.viewport().repaint)
            ours, floor, every = _typed(connection, registry, repaint, scale.rounds)
            view.close()
    finally:
        registry.close()
    within = sum(1 for one in every if one <= FRAME) / len(every)
    what = f"filter as you type, {scale.country:,}, to the first rows in full"
    note = f"{within:.0%} of {len(every)} queries within a frame of 16.7 ms, the slowest {seconds(max(every))}"
    yield compared(what, ours, floor, "repainting the page", 2, note=note)
    ninth = quantiles(every, n=10)[-1] if len(every) > 1 else every[0]
    yield Figure(
        f"the same, nine of ten queries, {scale.country:,}", seconds(ninth), "a frame: 16.7 ms", ninth / FRAME,
        "<= 1x", ninth <= FRAME,
    )  # fmt: skip


def _typed(
    connection: Connection, registry: Registry, repaint: Callable[[], float], rounds: int
) -> tuple[float, float, list[float]]:
    """Type each word so often; return the medians of the queries and of repainting, and each query's own median."""
    repaint()
    every: list[float] = []
    painted: list[float] = []
    for word in TYPED if rounds > 1 else TYPED[:4]:
        view = View(search=word, sort="title")
        taken, paint = interleaved(rounds, timed(lambda view=view: _first(connection, registry, view)), repaint)  # type: ignore[misc]
        every.append(taken)
        painted.append(paint)
    return median(every), median(painted), every


def _first(connection: Connection, registry: Registry, view: View) -> None:
    """Read what the window reads before it shows a new order: the first rows, the first page in full."""
    rows = ordered_rows(connection, CHANNELS, view, FIRST)
    page(connection, CHANNELS, rows[:PAGE], registry.today())


def sorting(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure a click on a column's header, for each column."""
    registry = open_registry(data.registry(scale.country))
    _application()
    try:
        with registry.reading() as session:
            connection = session.connection()
            proxy = QSortFilterProxyModel()
            model = Rows(_texts(connection, registry, None))
            proxy.setSourceModel(model)
            yield from _sorted(connection, registry, proxy, scale)
    finally:
        registry.close()


def _sorted(connection: Connection, registry: Registry, proxy: QSortFilterProxyModel, scale: Scale) -> Iterator[Figure]:
    shown = [field.key for field in FIELDS if has_order(field)]
    own = [key for key in shown if key in Channel.__table__.columns]
    peer, title = _ways(connection, registry, proxy, "title")
    floor, _ours = interleaved(scale.slow_rounds, peer, title)
    for kind, keys, limit in (("own", own, 0.02), ("joined", [key for key in shown if key not in own], 0.05)):
        some = keys if scale.rounds > 1 else keys[:2]
        taken = {key: interleaved(scale.slow_rounds, timed(_sort(connection, registry, key)))[0] for key in some}
        slowest = max(taken, key=lambda key: taken[key])
        note = f"median of all such columns {seconds(median(taken.values()))}; median of {scale.slow_rounds} rounds"
        what = f"sort by the slowest {kind} column ({slowest}), {scale.country:,}, all rows"
        yield compared(what, taken[slowest], floor, "QSortFilterProxyModel", limit, note=note)


def _ways(
    connection: Connection, registry: Registry, proxy: QSortFilterProxyModel, key: str
) -> tuple[Callable[[], float], Callable[[], float]]:
    column = [field.key for field in FIELDS].index(key)

    def peer() -> float:
        proxy.sort(-1)
        with stopwatch() as watch:
            proxy.sort(column, Qt.SortOrder.AscendingOrder)
        return watch.seconds

    return peer, timed(_sort(connection, registry, key))


def _sort(connection: Connection, registry: Registry, key: str) -> Callable[[], None]:
    def sort() -> None:
        rows = ordered_rows(connection, CHANNELS, View(sort=key))
        page(connection, CHANNELS, rows[:PAGE], registry.today())

    return sort


def _texts(connection: Connection, registry: Registry, limit: int | None) -> list[tuple[str, ...]]:
    """Return the texts of all cells, or of the first rows."""
    ids = None
    if limit is not None:
        ids = [one["id"] for one in page(connection, CHANNELS, range(1, limit + 1), registry.today()) if one]
    listed = CHANNELS.read(connection, ids, registry.today())
    return [tuple(cell_text(field, one[field.key]) for field in FIELDS) for one in listed]


def _application() -> None:
    from gui.app import make_application

    make_application("de")


def _shown(model: Rows) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.resize(1100, 700)
    view.show()
    QApplication.processEvents()
    return view
