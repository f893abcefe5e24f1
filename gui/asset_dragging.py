"""Dragging a file of the library out of the window: other programs get a copy, which goes when the program ends."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import QWidget

from core.exchange.file_names import safe_name
from core.exchange.pictures.handing_out import HandedOut
from core.exchange.pictures.kinds import SUFFIXES
from core.inventory.assets.gallery import Tile
from core.registry import Registry
from gui.standing_notices import ERASURES
from gui.workspace import Workspace


class DragOut:
    """Lays copies out and lets them be dragged."""

    def __init__(self, workspace: Workspace, source: QWidget) -> None:
        """Make it.

        Args:
            workspace: The open registry.
            source: The widget that files are dragged from.
        """
        self._workspace, self._source = workspace, source
        self._copies = HandedOut()
        application = QGuiApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self._copies.clear)
        workspace.changed.connect(self._forget_erased)

    def begin(self, tile: Tile) -> None:
        """Read the file that stands for an asset, and begin to drag it if the button is still held down by then."""
        if not tile.sha256:
            return
        copies = self._copies

        def lay_out(registry: Registry) -> Path:
            from core.inventory.assets.library import shelf_of

            data = shelf_of(registry.path).read(tile.sha256)
            return copies.lay_out(data, safe_name(tile.title, SUFFIXES.get(tile.media_type, "")))

        self._workspace.read(lay_out, self._drag, owner=self._source)

    def _forget_erased(self, tables: frozenset[str]) -> None:
        """Remove the copies after an erasure; one may show who was erased."""
        if ERASURES in tables:
            self._copies.clear()

    def _drag(self, copy: Path) -> None:
        if QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton:
            drag = QDrag(self._source)
            drag.setMimeData(as_data(copy))
            drag.exec(Qt.DropAction.CopyAction)


def as_data(copy: Path) -> QMimeData:
    """Return a file as other programs take it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(copy))])
    return data
