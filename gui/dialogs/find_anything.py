"""One box that finds anything: channels, people, units, pages and commands; it needs nothing but the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from core.i18n import N_, _
from gui import theme
from gui.dialogs.fitting import FittingDialog
from gui.icons import icon
from gui.tasks import Job
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.inventory.finding_anything import Hit
    from core.registry import Registry

WIDTH, HEIGHT = 560, 420
PLACES = {
    "channel": (N_("Channel"), "channels", "ph.broadcast"),
    "person": (N_("Person"), "people", "ph.users"),
    "org_unit": (N_("Unit"), "units", "ph.tree-structure"),
    "credential": (N_("Login"), "credentials", "ph.key"),
    "asset": (N_("Asset"), "assets", "ph.image"),
    "handover": (N_("Handover"), "handovers", "ph.arrows-left-right"),
}
"""The kind of a record by its table: what it is called, on which page it is, its picture."""


@dataclass(frozen=True, slots=True)
class Way:
    """Somewhere to go: what it is called, of which kind it is, its picture, and how one gets there."""

    label: str
    kind: str
    picture: str
    go: Callable[[], object]


def ways_of(actions: Sequence[QAction]) -> list[Way]:
    """Return the ways that the window's commands and pages offer now, named as in the menus."""
    return [
        Way(
            one.text().replace("&", "").removesuffix("..."),
            _("Page") if one.objectName().startswith("page-") else _("Command"),
            "ph.squares-four" if one.objectName().startswith("page-") else "ph.arrow-right",
            one.trigger,
        )
        for one in actions
        if one.isEnabled() and one.text() and one.objectName() != "find_anything"
    ]


class FindAnything(FittingDialog):
    """Type, choose with the arrow keys, go there with Enter; the cursor stays in the box all the time."""

    help_topic = "keyboard#find"

    def __init__(self, workspace: Workspace, ways: Sequence[Way], parent: QWidget | None = None) -> None:
        """Make the dialog.

        Args:
            workspace: The open registry; while none is open, only the ways are found.
            ways: Pages and commands.
            parent: The window.
        """
        super().__init__(parent)
        self.setObjectName("find-anything")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Find anything"))
        self._workspace, self._ways = workspace, list(ways)
        self._job: Job | None = None
        self._found: list[Way] = []
        self.box = named(QLineEdit(), "find-box")
        self.box.setPlaceholderText(_("Channel, person, unit, page or command"))
        self.box.setAccessibleName(_("Find anything"))
        self.list = named(QListWidget(), "find-results")
        self.list.setAccessibleName(_("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = muted(_("Nothing is called like that."))
        self._lay_out()
        self.box.textChanged.connect(self._type)
        self.box.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self.go())
        self._show([])
        self.box.setFocus()

    def go(self) -> None:
        """Close and go to what is chosen."""
        place = self.list.currentRow()
        if 0 <= place < len(self._found):
            way = self._found[place]
            self.accept()
            way.go()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys choose while the cursor stays in the box, and Enter go."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            match event.key():
                case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                    self.go()
                    return True
                case Qt.Key.Key_Down | Qt.Key.Key_Up if self.list.count():
                    step = 1 if event.key() == Qt.Key.Key_Down else -1
                    self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                    return True
        return super().eventFilter(watched, event)

    def _type(self, text: str) -> None:
        """Look up what was typed; an older question that waits is dropped."""
        if self._job is not None:
            self._job.cancel()
            self._job = None
        if not text.strip() or not self._workspace.is_open:
            self._show([])
            return

        def read(registry: Registry) -> list[Hit]:
            from core.inventory.finding_anything import find_anything
            from gui.handovers import find_handovers

            with registry.reading() as session:
                found = find_anything(session, text, registry.today())
            return [*found, *find_handovers(registry, text, registry.today())]

        self._job = self._workspace.read(read, self._show, owner=self)

    def _show(self, hits: Sequence[Hit]) -> None:
        """Show records called so first, then pages and commands, then records that match elsewhere."""
        self._job = None
        words = self.box.text().casefold().split()
        named_so = [way for way in self._ways if all(word in way.label.casefold() for word in words)]
        called, others = ([self._way_to(hit) for hit in hits if hit.by_name is wanted] for wanted in (True, False))
        self._found = [*called, *named_so, *others]
        self.list.clear()
        for way in self._found:
            item = QListWidgetItem(icon(way.picture, "muted"), f"{way.label}   ·   {way.kind}")
            item.setSizeHint(QSize(0, theme.ROW_HEIGHT))  # As wide as the list; long names are cut in their middle.
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{way.label}, {way.kind}")
            item.setToolTip(way.label)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found)

    def _way_to(self, hit: Hit) -> Way:
        kind, page, picture = PLACES[hit.table]
        return Way(hit.label, _(kind), picture, partial(self._workspace.go, page, hit.id))

    def _lay_out(self) -> None:
        self.resize(WIDTH, HEIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.box)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing)
        column.addStretch()
        column.addWidget(muted(_("Up and Down choose, Enter goes there, Escape closes.")))
