"""What pages that belong together have in common: a header, the line of these pages, and what there is below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.pages import Page
from gui.widgets.page_faces import PageFaces
from gui.widgets.page_header import PageHeader


class FacedPage(Page):
    """One of these pages: it makes its header and its parts, then calls `_place`.

    Attributes:
        key: The page's key.
        header: The question, the search field and the buttons.
        whole: What there is, or a word why there is nothing; empty until something has been read.
    """

    key: str = ""
    header: PageHeader
    whole: QStackedWidget

    def open_registry(self, registry: Any) -> None:
        """Show what the registry knows."""
        del registry
        self.refresh(frozenset())

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self.header.search.setFocus()
        self.header.search.selectAll()

    def _place(
        self, states: Sequence[QWidget], *, beside: Sequence[QWidget] = (), above: Sequence[QWidget] = ()
    ) -> None:
        """Place the pieces.

        Args:
            states: What there is, and what stands there where there is nothing.
            beside: What stands at the end of the line of pages.
            above: What stands between that line and the states.
        """
        self.whole = QStackedWidget()
        for state in (QWidget(), *states):
            self.whole.addWidget(state)
        faces = QHBoxLayout()
        faces.setContentsMargins(0, 0, 16 if beside else 0, 0)
        faces.addWidget(PageFaces(self.workspace, self.key), 1)
        for one in beside:
            faces.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(faces)
        for one in above:
            column.addWidget(one)
        column.addWidget(self.whole, 1)
