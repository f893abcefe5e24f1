"""Finds what cannot be read as a whole: texts with too little room, parts that lie outside their place or the window.

Cells of tables, entries of lists and tabs may be cut where their tooltip says the whole; nothing else may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMainWindow,
    QMenuBar,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from gui.widgets.bars import BarRow
from gui.widgets.secret_text import SecretText

Shown = Qt.ItemDataRole.DisplayRole
Tip = Qt.ItemDataRole.ToolTipRole
CUT = "…"
_BREAKS = re.compile(r"[\s/]+")


def complaints(top: QWidget) -> list[str]:
    """Return a line for every text of a window that is cut, and every part that lies outside."""
    found = [_told(widget, what) for widget in in_sight(top) for what in _of(widget)]
    screen = top.screen().availableGeometry().size()
    if top.width() > screen.width() or top.height() > screen.height():
        found.append(_told(top, f"is larger than the screen: {_size(top.size())}"))
    least = top.minimumSizeHint()
    if isinstance(top, QMainWindow) and (least.width() > top.width() or least.height() > top.height()):
        found.append(_told(top, f"wants at least {_size(least)}"))
    return list(dict.fromkeys(found))


def in_sight(top: QWidget) -> list[QWidget]:
    """Return the widgets of a window that somebody can see, or can scroll to."""
    return [one for one in (top, *top.findChildren(QWidget)) if one.isVisibleTo(top) and one.window() is top]


def _of(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel():
            yield from _label(widget)
        case QTabBar():
            yield from _tabs(widget)
        case QComboBox():
            yield from _box(widget)
        case QLineEdit():
            yield from _line(widget)
        case BarRow():
            if not widget.toolTip():
                yield "has no tooltip with the whole"
        case QAbstractButton():
            yield from _button(widget)
        case QHeaderView():
            yield from _header(widget)
        case QMenuBar():
            if widget.sizeHint().width() > widget.width():
                yield "has no room for all menus"
        case QTableView():
            yield from _cells(widget)
        case QListView():
            yield from _entries(widget)
    yield from _outside(widget)


def _label(label: QLabel) -> Iterator[str]:
    if not label.text() or label.property("elides"):
        return
    if CUT in label.text() and not label.toolTip():
        yield f"cuts “{label.text()}”"
    needed = label.sizeHint()
    if label.wordWrap():
        needed = QSize(label.minimumSizeHint().width(), label.heightForWidth(label.width()))
        parts = () if isinstance(label, SecretText) else _BREAKS.split(_plain(label))
        words = max((_width(label, word) for word in parts), default=0)
        needed.setWidth(max(words, 0))
    if needed.width() > label.width() + 1 or needed.height() > label.height() + 1:
        yield _lacking(label.text(), needed, label.size())


def _button(button: QAbstractButton) -> Iterator[str]:
    if isinstance(button, QToolButton) and isinstance(button.parentWidget(), QLineEdit):
        return  # A field draws a picture of its own size in itself, never the text.
    if CUT in button.text() and not button.toolTip():
        yield f"cuts “{button.text()}”"
    needed = button.sizeHint()
    inside = button.layout()
    if inside is not None:  # A card lays out labels of its own.
        needed = QSize(0, inside.totalHeightForWidth(button.width()))
    if needed.width() > button.width() or needed.height() > button.height():
        yield _lacking(button.text(), needed, button.size())


def _tabs(bar: QTabBar) -> Iterator[str]:
    for place in filter(bar.isTabVisible, range(bar.count())):
        rect = bar.tabRect(place)
        if not bar.rect().contains(rect):
            yield f"hides its tab “{bar.tabText(place)}”"
        elif _width(bar, bar.tabText(place)) > rect.width() and not bar.tabToolTip(place):
            yield f"cuts its tab “{bar.tabText(place)}”"


def _box(box: QComboBox) -> Iterator[str]:
    room = box.width() - 8 - 24 - 4  # The padding and the arrow of the style sheet.
    if not box.isEditable() and _width(box, box.currentText()) > room and not box.toolTip():
        yield f"cuts “{box.currentText()}” ({_width(box, box.currentText())} > {room})"


def _line(line: QLineEdit) -> Iterator[str]:
    margins = line.textMargins()
    room = line.width() - 20 - margins.left() - margins.right()
    if not line.text() and _width(line, line.placeholderText()) > room and not line.toolTip():
        yield f"cuts its example “{line.placeholderText()}” ({_width(line, line.placeholderText())} > {room})"


def _header(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for place in range(header.count()):
        if header.isSectionHidden(place) or header.orientation() is Qt.Orientation.Vertical:
            continue
        title = str(model.headerData(place, header.orientation(), Shown) or "")
        if _width(header, title) + 8 > header.sectionSize(place) and not model.headerData(
            place, header.orientation(), Tip
        ):
            yield f"cuts its title “{title}”"


def _cells(table: QTableView) -> Iterator[str]:
    model = table.model()
    rows = range(max(table.rowAt(0), 0), min(model.rowCount(), max(table.rowAt(0), 0) + 40))
    for row in rows:
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if not table.isColumnHidden(column) and _is_cut(table, index, table.columnWidth(column)):
                yield f"cuts a cell without a tooltip: “{index.data()}”"
                return


def _entries(view: QListView) -> Iterator[str]:
    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        if not view.isRowHidden(row) and _is_cut(view, index, view.visualRect(index).width()):
            yield f"cuts an entry without a tooltip: “{index.data()}”"


def _is_cut(view: QAbstractItemView, index: QModelIndex, room: int) -> bool:
    text = str(index.data(Shown) or "")
    picture = 24 if index.data(Qt.ItemDataRole.DecorationRole) is not None else 0
    tip = str(index.data(Tip) or "")
    return any(_width(view, line) for line in text.split("\n")) and (
        max(_width(view, line) for line in text.split("\n")) + picture + 8 > room and not tip
    )


def _outside(widget: QWidget) -> Iterator[str]:
    """Say if a widget reaches out of its parent; what scrolls may do so in the direction in which it scrolls."""
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or isinstance(parent, QAbstractItemView | QTabBar | QHeaderView):
        return
    if isinstance(parent.parentWidget(), QAbstractItemView | QTabBar) or not widget.size().isValid():
        return
    place, room = widget.geometry(), parent.rect()
    area = parent.parentWidget()
    if isinstance(area, QScrollArea) and area.viewport() is parent:
        if place.width() > room.width() and area.horizontalScrollBarPolicy() is _NEVER:
            yield f"is {place.width()} wide where {room.width()} can be seen"
    elif not isinstance(area, QAbstractScrollArea) and not room.contains(place) and place.isValid():
        yield f"reaches out of its place: {_rect(place)} in {_rect(room)}"


_NEVER = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _plain(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.PlainText or "<" not in label.text():
        return label.text()
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText()


def _width(widget: QWidget, text: str) -> int:
    return widget.fontMetrics().size(Qt.TextFlag.TextShowMnemonic.value, text).width() if text else 0


def _lacking(text: str, needed: QSize, given: QSize) -> str:
    return f"has {_size(given)} for “{text}”, which needs {_size(needed)}"


def _told(widget: QWidget, what: str) -> str:
    return f"{path_of(widget)} {what}"


def path_of(widget: QWidget) -> str:
    """Name a widget by its class and the nearest names of its ancestors."""
    names: list[str] = []
    one = cast("Any", widget)
    while one is not None and len(names) < 2:
        if one.objectName() and not one.objectName().startswith("qt_"):
            names.append(one.objectName())
        one = one.parentWidget()
    return f"{type(widget).__name__} {' in '.join(names)}".strip()


def _size(size: QSize) -> str:
    return f"{size.width()}x{size.height()}"


def _rect(rect: QRect) -> str:
    at: QPoint = rect.topLeft()
    return f"{_size(rect.size())} at {at.x()},{at.y()}"
