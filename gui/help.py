"""F1 anywhere: the handbook, at the place that belongs to the page or dialog in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui.workspace import Workspace

if TYPE_CHECKING:
    from gui.handbook import HandbookWindow
    from gui.main_window import MainWindow

START = "start"


class Help(QObject):
    """The one handbook window of the program, and the key that opens it.

    The menu's F1 does not reach a dialog in front of the window, so each dialog is given the key when it is first in
    front. A dialog says with an attribute `help_topic` where the handbook tells of it.
    """

    def __init__(self, workspace: Workspace, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._handbook: HandbookWindow | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._see_focus)

    def show(self, topic: str = "") -> None:
        """Open the handbook at a place, or at what is in front."""
        from gui.handbook import HandbookWindow

        wanted = topic or self.topic_in_front()
        if self._handbook is None:
            self._handbook = HandbookWindow(self._workspace, self._window.menus.lines)
            self._window.destroyed.connect(self._handbook.deleteLater)
        self._handbook.open_at(wanted)
        self._handbook.show()
        self._handbook.raise_()
        self._handbook.activateWindow()

    def topic_in_front(self) -> str:
        """Return where the handbook tells of the dialog or page in front."""
        front = QApplication.activeModalWidget() or QApplication.activeWindow()
        if isinstance(front, QDialog):
            return str(getattr(front, "help_topic", "")) or START
        if not self._workspace.is_open:
            return START
        page = self._window.pages.page
        return (page.help_topic if page is not None else "") or self._window.pages.key

    def _see_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and dialog.findChild(QShortcut, "help") is None:
            key = QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), dialog)
            key.setObjectName("help")
            key.activated.connect(self._show_in_front)

    def _show_in_front(self) -> None:
        self.show()
