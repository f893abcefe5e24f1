"""The window: navigation, pages, menus, messages, and what may be pasted or dropped anywhere."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QByteArray, QMimeData, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from core import workstation
from core.i18n import _
from gui.commands import Commands
from gui.menus import Menus
from gui.navigation import Navigation
from gui.page_stack import PageStack
from gui.pages import PAGES, Page
from gui.standing_notices import StandingNotices
from gui.widgets.message_bar import MessageBar
from gui.widgets.status_bar import StatusBar
from gui.workspace import FieldOf, Workspace

if TYPE_CHECKING:
    from core.inventory.narrowing import Where
    from core.registry import Registry
    from gui.tray import Tray

LONGEST_ADDRESS = 2_000


class MainWindow(QMainWindow):
    """The shell around the pages.

    Signals:
        painted: The window has been on screen once; heavy work may begin.
    """

    painted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setAcceptDrops(True)
        self._was_painted = False
        self.tray: Tray | None = None
        self.workspace = workspace
        self.navigation = Navigation()
        self.pages = PageStack(workspace)
        self.notices, self.messages = StandingNotices(workspace), MessageBar()
        self.status = StatusBar()
        self.commands = Commands(workspace, self)
        self.menus = Menus(self, lambda key: getattr(self.commands, key), self.show_page, self.commands.speak)
        self._lay_out()
        self._connect()
        self._come_back()

    def show_page(self, key: str, wanted: UUID | FieldOf | Where | None = None) -> None:
        """Bring a page into sight, and a record in it or only the records that are meant."""
        self.messages.clear()
        self.navigation.mark(key)
        if self.pages.key != key or wanted is not None:
            self.pages.show_page(key, wanted)

    def show_title(self, city: str = "", arms: bytes | None = None) -> None:
        """Name the registry in the title, the navigation and the bar at the bottom."""
        self.setWindowTitle(_("{city} - Kanalregister").format(city=city) if city else _("Kanalregister"))
        self.navigation.show_place(city)
        self.menus.name_pages()
        self.navigation.show_arms(arms)
        self.status.place.setText(city)

    def show_instead(self, widget: QWidget) -> None:
        """Show something in place of the pages until a registry is open: the first start."""
        self.navigation.setEnabled(False)
        self.pages.addWidget(widget)
        self.pages.setCurrentWidget(widget)

    def take(self, data: QMimeData) -> bool:
        """Use what was pasted or dropped: an address becomes a channel, a file leads to its step."""
        page = self.pages.page
        if self.workspace.is_open and page is not None and page.take_data(data):
            return True
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files or _is_card(data):
            self.commands.open_dropped(files, data.text())
            return True
        texts = _addresses(data)
        if not texts or (page is not None and page.go_on_with(texts)):
            return bool(texts)
        self.commands.add_channel(texts[0])
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and after the first time say so."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that a file or an address may be dropped."""
        data = event.mimeData()
        if event.source() is not None:
            return  # What is dragged out of this window does not come in again.
        if self.workspace.is_open and (data.hasUrls() or data.hasImage() or _is_card(data) or _addresses(data)):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Use what was dropped."""
        if self.take(event.mimeData()):
            event.acceptProposedAction()
        else:
            self.workspace.say(_("This can be neither imported nor added. Drop a file or an address."))

    def leave(self) -> None:
        """Close the window for good, whether it is in sight or in the tray."""
        if self.tray is not None:
            self.tray.release()
        self.close()
        QGuiApplication.quit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember where the window stood; with a picture in the tray it is only hidden."""
        geometry = bytes(self.saveGeometry().data())
        workstation.remember("window", base64.b64encode(geometry).decode())
        workstation.remember("page", self.pages.key)
        self.pages.remember_place()
        if self.tray is not None and self.tray.keeps_window():
            event.ignore()
            self.hide()
        else:
            super().closeEvent(event)

    def follow_tray(self) -> None:
        """Have a picture in the tray, or none, as the user has chosen."""
        from gui.tray import Tray, is_chosen

        if self.tray is not None:
            self.tray.follow()
        elif is_chosen():
            self.tray = Tray(self.workspace, self)

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notices)
        right.addWidget(self.messages)
        right.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(right, 1)
        centre = QWidget()
        column = QVBoxLayout(centre)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(centre)
        self.setMinimumSize(960, 600)
        self.show_title()

    def _connect(self) -> None:
        workspace = self.workspace
        self.painted.connect(self.navigation.draw_pictures)
        self.painted.connect(self.follow_tray)
        self.navigation.chosen.connect(self.show_page)
        self.pages.shown.connect(self.menus.follow_page)
        self.pages.made.connect(self._page_made)
        self.status.undo_wanted.connect(workspace.undo)
        workspace.said.connect(self._say)
        workspace.done.connect(self._say_done)
        workspace.refused.connect(self.messages.show_message)
        workspace.warned.connect(lambda sentence: self.messages.show_message(sentence, "warning"))
        workspace.going.connect(self.show_page)
        workspace.commanded.connect(lambda name: getattr(self.commands, name)())
        workspace.history.connect(self._show_history)
        workspace.tasks.busy.connect(self.status.show_busy)
        workspace.changed.connect(self._follow_settings)
        workspace.opened.connect(self._opened)
        workspace.closed.connect(self._closed)

    def _come_back(self) -> None:
        """Stand where the window stood when it was closed."""
        kept = workstation.remembered("window", "")
        if not (kept and self.restoreGeometry(QByteArray.fromBase64(kept.encode()))):
            room = QGuiApplication.primaryScreen().availableGeometry()
            self.resize(min(1280, room.width()), min(800, room.height()))
        key = workstation.remembered("page", PAGES[0].key)
        self.show_page(key if key in {entry.key for entry in PAGES} else PAGES[0].key)

    def _say(self, sentence: str) -> None:
        self.messages.clear()
        self.status.say(sentence, undoable=False)

    def _say_done(self, sentence: str) -> None:
        self.messages.clear()
        self.status.say(sentence, undoable=True)

    def _page_made(self, key: str, page: Page) -> None:
        self.menus.add_page_actions(key, page.menu_actions)

    def _opened(self, registry: Registry) -> None:
        self.navigation.setEnabled(True)
        self.menus.allow(is_open=True)
        self.messages.clear()
        self.status.say("", undoable=False)
        workstation.remember("registry", str(registry.path))
        self.workspace.read(
            lambda open_one: (*_city_of(open_one), open_one.me() is not None),
            lambda found: self._introduce(*found),
            owner=self,
        )

    def _follow_settings(self, tables: frozenset[str]) -> None:
        """Show the city's new name and coat of arms."""
        if "registry_setting" in tables and self.workspace.is_open:
            self.workspace.read(_city_of, lambda city: self.show_title(*city), owner=self)

    def _introduce(self, city: str, arms: bytes | None, known: bool) -> None:
        self.show_title(city, arms)
        asked = not known and self.workspace.registry.path != self.commands.demo_path
        if asked and not self.messages.isVisibleTo(self):  # A warning is worth more than a name.
            self.messages.show_message(
                _("The log does not know your name yet."), "notice", (_("Enter your name..."), self.commands.say_who)
            )

    def _show_history(self) -> None:
        """Name in the menu what can be undone and redone."""
        undoable = self.workspace.registry.undoable if self.workspace.is_open else None
        redoable = self.workspace.registry.redoable if self.workspace.is_open else None
        self.menus.name_history(undoable, redoable)

    def _closed(self) -> None:
        self.menus.allow(is_open=False)
        self.status.say("", undoable=False)
        self.show_title()


def _city_of(registry: Registry) -> tuple[str, bytes | None]:
    """Return the name and the coat of arms of the city whose registry is open; runs in the database lane."""
    from core.exchange.coat_of_arms import coat_of_arms

    with registry.reading() as session:
        return str(registry.settings()["city.name"]), coat_of_arms(session)


def _is_card(data: QMimeData) -> bool:
    """Say whether the text of a key card or a statement was pasted or dropped."""
    return data.hasText() and data.text().lstrip().startswith("-----BEGIN KANALREGISTER ")


def _addresses(data: QMimeData) -> list[str]:
    """Return what may be addresses or handles of accounts: one a line, without blanks."""
    if data.hasUrls():
        return [url.toString() for url in data.urls() if url.scheme() in {"http", "https"}]
    lines = [line.strip() for line in data.text().splitlines()] if data.hasText() else []
    return [line for line in lines if _may_be_address(line)]


def _may_be_address(line: str) -> bool:
    return 0 < len(line) <= LONGEST_ADDRESS and " " not in line and ("." in line or line.startswith("@"))
