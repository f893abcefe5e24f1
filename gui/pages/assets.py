"""The page of corporate identity: the library of its files in pictures, the chosen one with all that hangs on it.

What else there is to see of corporate identity (where it is shown, what is to be cleaned) are pages of their own behind
this one: `PageEntry(..., behind="assets", keys=...)`, with a line of `PageFaces(workspace, key)` below their header.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.i18n import _
from core.registry import Registry
from gui.pages import Page
from gui.widgets.page_faces import PageFaces
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace


class AssetsPage(Page):
    """Which files the city is recognised by, and who may be shown."""

    help_topic = "assets"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("What does the city look like, and where?")
        self.header = PageHeader(self.question, search=_("Search the library"))
        self._lay_out()

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's library."""
        del registry

    def _lay_out(self) -> None:
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(PageFaces(self.workspace, "assets"))
        page.addStretch(1)
