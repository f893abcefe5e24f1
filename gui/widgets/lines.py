"""Lists of few things in a detail: who answers for it, who gets in, what happened; each a line with a button or two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.widgets import muted, named
from gui.widgets.flow import Flow


@dataclass(frozen=True, slots=True)
class LineButton:
    """A quiet button at the end of a line."""

    name: str
    label: str
    act: Callable[[], object]


class Column(QScrollArea):
    """Lines below one another under headings; it scrolls when there are many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.start()

    def start(self) -> None:
        """Begin anew, with nothing."""
        inner = named(QWidget(), "column")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16, 8, 16, 16)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.setWidget(inner)

    def heading(self, text: str) -> None:
        """Add a heading."""
        self.put(named(QLabel(text, indent=0, wordWrap=True), "form-heading"))

    def offer(self, buttons: Iterable[LineButton]) -> None:
        """Add a line of what can be done."""
        line = QWidget()
        row = Flow(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for one in buttons:
            row.addWidget(_button(one))
        self.put(line)

    def put(self, widget: QWidget) -> None:
        """Add a line that looks in its own way."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def say(self, text: str) -> None:
        """Add a quiet sentence, for what is empty."""
        self.put(muted(text))

    def add(self, title: str, below: str = "", buttons: Sequence[LineButton] = (), *, quiet: bool = False) -> None:
        """Add a line.

        Args:
            title: What it is about.
            below: What there is to say of it.
            buttons: What can be done with it.
            quiet: Whether it is over.
        """
        texts = QWidget()
        column = QVBoxLayout(texts)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(0)
        head = muted(title) if quiet else QLabel(title, wordWrap=True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(head)
        if below:
            quiet_line = muted(below)
            quiet_line.setTextFormat(Qt.TextFormat.PlainText)
            column.addWidget(quiet_line)
        self.put(_line(texts, buttons))


def _line(texts: QWidget, buttons: Iterable[LineButton]) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(16)  # Links have no frame: what is near to another reads as one.
    row.addWidget(texts, 1)
    for one in buttons:
        row.addWidget(_button(one), 0, Qt.AlignmentFlag.AlignTop)
    return line


def _button(one: LineButton) -> QPushButton:
    button = named(QPushButton(one.label), one.name, link=True)
    button.clicked.connect(lambda _checked: one.act())
    return button
