"""The page of the handovers: who hands what over to whom, whose turn it is, and the next step as one button."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from core.errors import RegistryError
from core.i18n import _
from gui.actions import action
from gui.handover_folder import chosen_folder
from gui.handovers import DetailRead, HandoversRead, read_detail, read_handovers
from gui.pages.faced_page import FacedPage
from gui.pages.handover_acts import HandoverActs
from gui.pages.handover_arrivals import Arrivals
from gui.pages.handover_detail import HandoverSheet
from gui.pages.handover_list import HandoverList
from gui.widgets import named
from gui.widgets.empty_state import EmptyState
from gui.widgets.folder_choice import ask_for_folder
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split
from gui.workspace import Workspace


class HandoversPage(FacedPage):
    """The handovers of everybody."""

    key = "handovers"
    help_topic = "handovers"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Whose turn is it?")
        self.read: HandoversRead | None = None
        self._shown: UUID | None = None
        self._wanted: UUID | None = None
        self.header = PageHeader(self.question, search=_("Search handovers"))
        self.list = HandoverList()
        self.acts = HandoverActs(workspace, self)
        self.detail = HandoverSheet(self.acts)
        self.arrivals = Arrivals(workspace, self.window)
        self._make_actions()
        self._make_empty()
        self._lay_out()
        self.header.searched.connect(self.list.search)
        self.header.search.returnPressed.connect(self.list.table.setFocus)
        self.list.chosen.connect(self._choose)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.applicationStateChanged.connect(self._woken)

    def close_registry(self) -> None:
        """Show nothing."""
        self.read = None
        self._wanted = None
        self.list.show_handovers(HandoversRead())
        self.arrivals.show_letters(())
        self.show_detail(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Look into the shared folder when the page comes in sight."""
        super().showEvent(event)
        self._look()

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the handovers again, and the chosen one."""
        del tables
        if self.workspace.is_open:
            today = self.workspace.today()
            self.workspace.read(lambda registry: read_handovers(registry, today), self.show_read, owner=self)
            self._look()

    def show_record(self, record: UUID) -> None:
        """Bring a handover into sight, once it has been read."""
        self.header.search.clear()
        self._wanted = None if self.list.choose(record) else record

    def show_read(self, read: HandoversRead) -> None:
        """Show what was read: the handovers, or what a handover is."""
        self.read = read
        self.list.show_handovers(read)
        if self._wanted is not None and self.list.choose(self._wanted):
            self._wanted = None
        self.whole.setCurrentWidget(self.splitter if read.rows else self.empty)
        self.starting_button.setVisible(bool(read.rows))
        self.rows_came.emit()

    def begin(self) -> None:
        """Begin a handover."""
        from gui.dialogs.new_handover import begin_handover

        begin_handover(self.workspace, self.window())

    def _make_actions(self) -> None:
        self.starting = action(self, "new-handover", _("&New handover..."), self.begin)
        self.starting.setToolTip(_("Hand over logins, roles and responsibilities to somebody else"))
        self.opening = action(self, "open-handover-file", _("Take in a file..."), self._open_file)
        self.opening.setToolTip(_("A request, a sealed file or a confirmation that somebody sent you"))
        self.looking = action(self, "look-into-folder", _("Look into the folder"), self._look_or_choose)
        self.starting_button = self.header.add_primary(self.starting)
        self.starting_button.setText(_("New handover..."))
        self.header.add_button(self.opening)
        self.looking_button = named(QPushButton(), self.looking.objectName(), link=True)
        self.looking_button.clicked.connect(lambda _on: self.looking.trigger())
        self.menu_actions: list[QAction] = [self.starting, self.opening, self.looking, *self.acts.all()]

    def _make_empty(self) -> None:
        self.empty = EmptyState(
            "handshake",
            _("No handovers yet"),
            _(
                "When somebody leaves, changes duties or is away, somebody else takes over their logins, roles and "
                "responsibilities here, step by step. They set passwords of their own; nobody writes one on a note."
            ),
        )
        self.empty.offer(_("New handover..."), self.begin)
        self.empty.offer(_("How a handover works"), lambda: self.workspace.command("show_handbook"), primary=False)

    def _lay_out(self) -> None:
        self.splitter = Split("handovers", (self.list, self.detail), (652, 440), (3, 2))
        self._place((self.splitter, self.empty), beside=[self.looking_button], above=[self.arrivals])

    def _look(self, *, aloud: bool = False) -> None:
        """Look into the shared folder, where there is one."""
        text, why = _("Look into the folder"), _("See whether somebody has laid a file for you into the shared folder")
        if chosen_folder() is None:
            text, why = _("Shared folder..."), _("Choose a folder through which files of handovers go by themselves")
        self.looking.setText(text)
        self.looking.setToolTip(why)
        self.looking_button.setText(text)
        self.looking_button.setToolTip(why)
        if self.isVisible():
            self.arrivals.look(aloud=aloud)

    def _look_or_choose(self) -> None:
        if chosen_folder() is None and not ask_for_folder(self, self.workspace.fail):
            return
        self._look(aloud=True)

    def _woken(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look()

    def _choose(self, handover: UUID | None) -> None:
        """Read the chosen handover; what is shown of it stays until it is there."""
        if handover != self._shown:
            self.show_detail(None)
        self._shown = handover
        if handover is None or not self.workspace.is_open:
            return
        chosen, today = handover, self.workspace.today()
        self.workspace.read(
            lambda registry: read_detail(registry, chosen, today), self._came, failed=self._gone, owner=self
        )

    def _came(self, read: DetailRead) -> None:
        if read.detail.row.id == self._shown:
            self.show_detail(read)

    def _gone(self, error: RegistryError) -> None:
        self.show_detail(None)
        self.workspace.fail(error)

    def show_detail(self, read: DetailRead | None) -> None:
        """Show one handover, or that none is chosen."""
        self.acts.show_handover(read)
        self.detail.show_handover(read)

    def _open_file(self) -> None:
        self.workspace.command("open_file")
