"""The program in the system's tray: how many findings are severe, and a window that closing only hides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from core import workstation
from core.i18n import _, ngettext
from gui.icons import icon
from gui.widgets import named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry
    from gui.main_window import MainWindow

CHOICE, TOLD = "tray", "tray.told"


def is_chosen() -> bool:
    """Return whether the user wants the program in the tray of this workstation."""
    return workstation.remembered(CHOICE) is True


def is_possible() -> bool:
    """Return whether the desktop has a tray."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The picture in the tray; it is there while the user wants it and the desktop has room for it."""

    def __init__(self, workspace: Workspace, window: MainWindow) -> None:
        super().__init__(window)
        self._workspace = workspace
        self._window = window
        self._menu = named(QMenu(window), "tray-menu")
        self.opening = self._menu.addAction(_("&Open Kanalregister"), self.open)
        self.quitting = self._menu.addAction(_("&Quit"), window.leave)
        self.picture = QSystemTrayIcon(self)
        self.picture.setContextMenu(self._menu)
        self.picture.activated.connect(self._touched)
        workspace.opened.connect(self._count)
        workspace.closed.connect(lambda: self._say(None))
        workspace.changed.connect(lambda tables: self._count() if "finding" in tables else None)
        self.follow()

    def follow(self) -> None:
        """Be there or not, as the user has chosen."""
        there = is_chosen() and is_possible()
        if there:
            self.picture.setIcon(icon("ph.broadcast", "accent"))
            self._count()
        self.picture.setVisible(there)
        QGuiApplication.setQuitOnLastWindowClosed(not there)
        if not there and self._window.isHidden():
            self.open()

    def keeps_window(self) -> bool:
        """Return whether a closed window is only hidden; say once that it is."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and application.isSavingSession():
            return False  # Whoever logs off must not be held up by a window that will not close.
        there = self.picture.isVisible() and is_possible()
        if there and not workstation.remembered(TOLD):
            workstation.remember(TOLD, True)
            self.picture.showMessage(
                _("Kanalregister goes on in the tray"),
                _("Open the window there again, or quit. You can change this in the settings."),
            )
        return there

    def open(self) -> None:
        """Bring the window back."""
        self._window.showNormal() if self._window.isMinimized() else self._window.show()
        self._window.raise_()
        self._window.activateWindow()

    def release(self) -> None:
        """Take the picture away, so that the program can end."""
        self.picture.hide()
        QGuiApplication.setQuitOnLastWindowClosed(True)

    def _touched(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}:
            self.open()

    def _count(self, *_registry: object) -> None:
        if self._workspace.is_open and is_chosen():
            self._workspace.read(_severe, self._say, owner=self)

    def _say(self, severe: int | None) -> None:
        """Say how many findings are severe, None where no registry is open."""
        if severe is None:
            self.picture.setToolTip(_("Kanalregister"))
            return
        told = ngettext("{number} severe finding", "{number} severe findings", severe).format(number=severe)
        self.picture.setToolTip(_("Kanalregister: {findings}").format(findings=told))


def _severe(registry: Registry) -> int:
    from core.governance.finding_lists import severity_counts
    from core.model import Severity

    with registry.reading() as session:
        return severity_counts(session).get(Severity.SEVERE, 0)
