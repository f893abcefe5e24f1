"""The first line of a page: the question it answers, its search field, its primary button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.widgets import named
from gui.widgets.search_field import SearchField

WIDEST, NARROWEST = 240, 144
"""Of the search field."""


class PageHeader(QWidget):
    """Question on the left; on the right a search field and a primary button if the page has them.

    Signals:
        searched: The text in the search field, as it is typed.
    """

    searched = Signal(str)

    def __init__(self, question: str, parent: QWidget | None = None, *, search: str = "") -> None:
        """Make the line.

        Args:
            question: The translated question.
            parent: The page.
            search: Translated placeholder of the search field ("Search channels"); empty for no search field.
        """
        super().__init__(parent)
        self.question = named(QLabel(question), "page-question")
        self.question.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.search = SearchField(search)
        self.search.setFixedWidth(WIDEST)
        if not search:
            self.search.hide()
        self.search.textChanged.connect(self.searched)
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(24, 16, 16, 8)
        self._line.setSpacing(8)
        self._line.addWidget(self.question, 1)
        self._line.addWidget(self.search)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the search field give way before the question is cut."""
        super().resizeEvent(event)
        others = self._line.sizeHint().width() - self.search.width()  # The question asks for no width of its own.
        room = self.width() - others - self.question.sizeHint().width()
        self.search.setFixedWidth(min(max(room, NARROWEST), WIDEST))

    def set_question(self, question: str) -> None:
        """Ask another question, with a figure in it for example."""
        self.question.setText(question)

    def add_primary(self, action: QAction) -> QPushButton:
        """Offer the page's next step as its one accented button."""
        return named(self.add_button(action), primary=True)

    def add_button(self, action: QAction) -> QPushButton:
        """Offer an action as a quiet button, its key in the tooltip."""
        button = QPushButton(action.text())
        button.setObjectName(action.objectName())
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: button.setEnabled(action.isEnabled()))
        self._line.addWidget(button)
        return button
