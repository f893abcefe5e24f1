"""Every text that a window says, and which of them never went through the catalogue of the pseudo-language."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenuBar,
    QTabBar,
    QTableView,
    QWidget,
)

from tests.gui.accessibility.measuring import Shown, Tip, in_sight, path_of
from tests.gui.accessibility.pseudo import CLOSE, OPEN

_RANDOM = re.compile(r"\b(?:(?:[0-9a-f]{4}\s+)+[0-9a-f]{4}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b")
"""Fingerprints and identifiers: random digits, some of which are letters, too."""


def visible_texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield every text that is shown, told or offered as a tooltip in a window, and where."""
    for widget in in_sight(top):
        for text in _texts(widget):
            if text:
                yield path_of(widget), text


def _texts(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription())
    match widget:
        case QLabel() if widget.objectName() == "recovery-text":
            pass  # A key of random letters.
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QTabBar():
            yield from (widget.tabText(place) for place in range(widget.count()))
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QLineEdit():
            yield widget.placeholderText()
        case QMenuBar():
            for action in widget.actions():
                yield action.text()
                yield from (one.text() for one in action.menu().actions())  # type: ignore[attr-defined]
        case QTableView() | QListView():
            yield from _item_texts(widget)


def _item_texts(view: QTableView | QListView) -> Iterator[str]:
    model = view.model()
    for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
        if isinstance(view, QTableView):
            yield str(model.headerData(column, Qt.Orientation.Horizontal, Shown) or "")
        for row in range(min(model.rowCount(), 40)):
            for role in (Shown, Tip, Qt.ItemDataRole.AccessibleTextRole):
                yield str(model.index(row, column).data(role) or "")


def foreign_texts(texts: dict[str, str], known: Iterable[str]) -> list[str]:
    """Return the texts that are neither in brackets nor data, with their places.

    Args:
        texts: Where each text was seen.
        known: All that is data: what the registry and the files hold, names of platforms and languages.
    """
    words = {word for text in known for word in _words(text)}
    told = {text: _RANDOM.sub(" ", _outside(text)) for text in texts}
    return [f"{where} says “{text}”" for text, where in texts.items() if not words.issuperset(_words(told[text]))]


def data_of(registry: Path) -> Iterator[str]:
    """Yield every text of a registry that people wrote; what the program stores in words of its own is none."""
    with sqlite3.connect(registry) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        for table in tables - {"action"}:
            for row in connection.execute(f'SELECT * FROM "{table}"'):
                yield from (value for value in row if isinstance(value, str) and not _OWN_WORDS.match(value))


def _outside(text: str) -> str:
    """Return what of a text stands outside of all brackets."""
    depth, outside = 0, ""
    for letter in text:
        depth += (letter == OPEN) - (letter == CLOSE)
        outside += "" if depth or letter == CLOSE else letter
    return outside


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_TECHNICAL.sub(" ", text)))


_WORD = re.compile(r"[^\W\d_]{2,}")
_OWN_WORDS = re.compile(r"[a-z_-]+$|[\[{]")
_TECHNICAL = re.compile(r"(Ctrl|Shift|Alt|Return|Del|Esc)\b|F\d+|\d{1,2} [A-Z][a-z]{2} \d{4}|\S+\.\S+|/\S+")
"""Keys, days and addresses: they are the same in every language, or made by the locale."""
