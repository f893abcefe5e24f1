"""Small parts that several pages and dialogs are made of."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QLabel, QWidget

W = TypeVar("W", bound=QWidget)


def named(widget: W, name: str = "", **properties: bool) -> W:
    """Return the widget with the name that tests and the style sheet find it by, and properties for the sheet.

    Args:
        widget: Any widget.
        name: Its objectName; for an editor the key of its field.
        properties: Flags of resources/style/window.qss: primary, link, chip, card, muted.
    """
    if name:
        widget.setObjectName(name)
    for key, value in properties.items():
        widget.setProperty(key, value)
    return widget


def muted(text: str, *, wrap: bool = True) -> QLabel:
    """Return a quiet line of text, for what helps but does not matter most."""
    label = QLabel(text, wordWrap=wrap)
    return named(label, muted=True)
