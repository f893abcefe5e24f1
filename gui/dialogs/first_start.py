"""The first start: a new registry, one that is there, or the demo city; then who you are; then your list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from core.i18n import _
from gui.dialogs.new_registry import NewRegistryForm
from gui.widgets import muted, named
from gui.widgets.card import Card
from gui.workspace import Workspace


class Ways(Protocol):
    """What the cards call: the commands of the window."""

    def choose_registry(self) -> None:
        """Open a registry that is there already."""

    def open_demo(self) -> None:
        """Open the demo city."""


class FirstStart(QWidget):
    """Stands in place of the pages until a registry is open."""

    def __init__(self, workspace: Workspace, path: Path, ways: Ways, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "first-start")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._steps = QStackedWidget()
        self.cards = self._cards(ways)
        self.form = NewRegistryForm(workspace, path)
        self.form.given_up.connect(lambda: self._steps.setCurrentWidget(self.cards))
        self._steps.addWidget(self.cards)
        self._steps.addWidget(_centred(self.form))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._steps)

    def _ask(self) -> None:
        self._steps.setCurrentIndex(1)
        self.form.begin()

    def _cards(self, ways: Ways) -> QWidget:
        cards = QWidget()
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addStretch(1)
        for card, act in self._ways(ways):
            card.clicked.connect(act)
            line.addWidget(card)
        line.addStretch(1)
        title = named(QLabel(_("Who answers for which channel?")), "dialog-title")
        sentence = muted(_("Every official account of your city in order. How do you want to begin?"))
        column = QVBoxLayout(cards)
        column.addStretch(2)
        for label in (title, sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(24)
        column.addLayout(line)
        column.addStretch(3)
        return cards

    def _ways(self, ways: Ways) -> list[tuple[Card, Callable[[], object]]]:
        return [
            (
                Card(
                    "card-new",
                    "file-plus",
                    _("Start a new registry"),
                    _("Takes a minute. Then import the list you keep today."),
                ),
                self._ask,
            ),
            (
                Card("card-open", "folder-open", _("Open a registry"), _("A file that you or a colleague made.")),
                ways.choose_registry,
            ),
            (
                Card(
                    "card-demo",
                    "buildings",
                    _("Look at the demo city"),
                    _("An invented city with channels and findings, to try everything out."),
                ),
                ways.open_demo,
            ),
        ]


def _centred(widget: QWidget) -> QWidget:
    around = QWidget()
    line = QHBoxLayout(around)
    line.addStretch(1)
    line.addWidget(widget, 8)
    line.addStretch(1)
    return around
