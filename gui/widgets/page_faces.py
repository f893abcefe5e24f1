"""A line of tabs below the question of pages that belong together: each leads to a page of its own."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QTabBar, QVBoxLayout, QWidget

from core.i18n import _
from gui.pages import PAGES
from gui.widgets import named
from gui.workspace import Workspace


class PageFaces(QWidget):
    """The page of the navigation and those that stand behind it; the one in sight is chosen."""

    def __init__(self, workspace: Workspace, here: str, parent: QWidget | None = None) -> None:
        """Make the line.

        Args:
            workspace: Leads to the other pages.
            here: The key of the page that it stands on.
            parent: The page.
        """
        super().__init__(parent)
        self._workspace, self._here = workspace, here
        first = next(entry.behind or entry.key for entry in PAGES if entry.key == here)
        faces = [entry for entry in PAGES if first in {entry.key, entry.behind}]
        self._keys = [entry.key for entry in faces]
        self.bar = named(QTabBar(), "page-faces")
        self.bar.setAccessibleName(_("Pages that belong together"))
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        for entry in faces:
            self.bar.setTabToolTip(self.bar.addTab(_(entry.label)), _(entry.question))
        self._be_here()
        self.bar.currentChanged.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 4)
        column.addWidget(self.bar)

    def showEvent(self, event: QShowEvent) -> None:
        """Show again where one is."""
        super().showEvent(event)
        self._be_here()

    def _be_here(self) -> None:
        with QSignalBlocker(self.bar):
            self.bar.setCurrentIndex(self._keys.index(self._here))

    def _go(self, place: int) -> None:
        self._workspace.go(self._keys[place])
