"""The saved views of a list as a line of chips; one click shows the list as it was."""

from __future__ import annotations

from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from core.i18n import _
from gui.dialogs.save_view import SaveViewDialog
from gui.saved_views import SavedView, forget_view, keep_view, saved_views
from gui.widgets import named
from gui.workspace import Workspace

CHIP_WIDTH = 160
HEIGHT = 40


class Viewed(Protocol):
    """A list whose ways of being looked at can be kept."""

    @property
    def list_name(self) -> str:
        """The name under which its views are kept."""

    def view_now(self, name: str) -> SavedView:
        """Return how the list is looked at now, under a name."""

    def look(self, view: SavedView) -> None:
        """Show the list as it was when a view was saved."""

    def choose_columns(self) -> object:
        """Offer the columns to choose from."""


class _ViewChip(QPushButton):
    """The chip of one view; Delete or its menu removes the view.

    Signals:
        removed: The user keeps the view no longer.
    """

    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        removing = QAction(_("Remove view"), self)
        removing.triggered.connect(self.removed)
        self.addAction(removing)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remove the view on Delete."""
        if event.matches(QKeySequence.StandardKey.Delete):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ViewBar(QWidget):
    """Beside quick filters it is out of sight as long as no view is saved; alone it also offers to save one."""

    def __init__(self, workspace: Workspace, viewed: Viewed, parent: QWidget, *, alone: bool = False) -> None:
        """Make the line.

        Args:
            workspace: The open registry, for which the views are kept.
            viewed: The list.
            parent: The page.
            alone: Whether there are no quick filters beside which its links could stand.
        """
        super().__init__(parent)
        self.setObjectName("views")
        self._workspace, self._viewed, self._alone = workspace, viewed, alone
        self._group = QButtonGroup(self)
        self._views: dict[str, SavedView] = {}
        self._name = ""
        self._lay_out()
        workspace.opened.connect(self._show)
        workspace.closed.connect(self._show)
        self._show()

    def links(self) -> list[QPushButton]:
        """Make the quiet buttons that save the view and choose the columns."""
        saving = named(QPushButton(_("+ Save view")), "save-view", link=True)
        saving.setToolTip(_("Keep search, filter, order and columns under a name (Ctrl+Shift+S)"))
        saving.clicked.connect(lambda _on: self.ask_name())
        columns = named(QPushButton(_("Columns...")), "columns", link=True)
        columns.clicked.connect(lambda _on: self._viewed.choose_columns())
        return [saving, columns]

    def ask_name(self) -> None:
        """Ask under which name the view of the moment is kept."""
        if self._workspace.is_open:
            dialog = SaveViewDialog(self._workspace, self._views, self.save, self.window())
            dialog.name.setText(self._name)
            dialog.name.selectAll()
            dialog.open()

    def save(self, name: str) -> None:
        """Keep the view of the moment under a name."""
        keep_view(self._workspace.registry.id, self._viewed.list_name, self._viewed.view_now(name))
        self._name = name
        self._show()
        self._workspace.say(_("The view “{name}” was saved.").format(name=name))

    def look(self, name: str) -> None:
        """Show the list as it was when a view was saved."""
        self._name = name
        self._viewed.look(self._views[name])
        self._mark()

    def leave(self) -> None:
        """No view is in force any more, because the user looks for something else."""
        if self._name:
            self._name = ""
            self._mark()

    def remove(self) -> None:
        """Keep the view in force no longer; the list stays as it is."""
        name = self._name
        forget_view(self._workspace.registry.id, self._viewed.list_name, name)
        self._name = ""
        self._show()
        self._workspace.say(_("The view “{name}” was removed.").format(name=name))

    def _show(self, _registry: Any = None) -> None:
        """Show one chip a view of the open registry."""
        is_open, records = self._workspace.is_open, self._viewed.list_name
        views = saved_views(self._workspace.registry.id, records) if is_open else []
        self._views = {view.name: view for view in views}
        for chip in self._group.buttons():
            self._group.removeButton(chip)
            self._line.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for place, name in enumerate(self._views):
            self._line.insertWidget(place, self._chip(name))
        if self._name not in self._views:
            self._name = ""
        self._mark()
        self.setVisible(bool(self._views) or self._alone)

    def _chip(self, name: str) -> QPushButton:
        chip = named(_ViewChip(), f"view-{name}", chip=True)
        chip.setText(chip.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, CHIP_WIDTH).replace("&", "&&"))
        chip.setAccessibleName(_("View {name}").format(name=name))
        chip.setToolTip(name)
        chip.clicked.connect(lambda _on: self.look(name))
        chip.removed.connect(lambda: self._remove(name))
        self._group.addButton(chip)
        return chip

    def _remove(self, name: str) -> None:
        kept, self._name = self._name, name
        self.remove()
        self._name = kept if kept in self._views else ""
        self._mark()

    def _mark(self) -> None:
        """Show which view is in force; none may be."""
        self._group.setExclusive(False)
        for name, chip in zip(self._views, self._group.buttons(), strict=True):
            chip.setChecked(name == self._name)
        self._group.setExclusive(True)
        self._remover.setVisible(bool(self._name))

    def _lay_out(self) -> None:
        inside = QWidget()
        self._line = QHBoxLayout(inside)
        self._line.setContentsMargins(24, 0, 16, 8)
        self._line.setSpacing(8)
        self._remover = named(QPushButton(_("Remove view")), "remove-view", link=True)
        self._remover.clicked.connect(lambda _on: self.remove())
        self._line.addWidget(self._remover)
        self._line.addStretch(1)
        if self._alone:
            for link in self.links():
                self._line.addWidget(link)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedHeight(HEIGHT)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
