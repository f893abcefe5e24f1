"""The thumbnails of the library: made off the GUI thread, the newest wish first, and kept up to a size.

Qt decodes nothing here but PNG that the program's own child process has written.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage, QPixmap

from core.errors import RegistryError
from gui.drawings import as_png, drawn
from gui.standing_notices import ERASURES
from gui.tasks import Job
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry

LARGEST = 40 * 1024 * 1024
"""Bytes of pictures in memory; beyond it those that were not asked for longest go."""

WISHES = 120
"""More than a window shows at once; what was scrolled past is not made."""

LOSING = frozenset({"asset", "asset_version", "person", ERASURES})
"""Through changes of these tables files may have gone."""

SIDE = 256
"""Of the thumbnail that the child process makes, in points."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A file to be shown: what it is by content, and how large, in points of the screen."""

    sha256: str
    media_type: str
    side: int


class AssetPictures(QObject):
    """The pictures of the open registry's files; one for the whole window.

    Signals:
        arrived: The SHA-256 of a file whose picture is there now, or of which is known that it has none.
        damaged: The SHA-256 of a file that is not what it was, or is missing.
    """

    arrived = Signal(str)
    damaged = Signal(str)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._kept: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self._size = 0
        self._without: set[str] = set()
        self._wishes: OrderedDict[tuple[str, int], Wish] = OrderedDict()
        self._under_way: Wish | None = None
        self._gone: set[str] = set()
        workspace.closed.connect(self.forget)
        workspace.changed.connect(self._look_what_is_left)

    def picture(self, sha256: str, media_type: str, side: int) -> QPixmap | None:
        """Return a file's picture if it is there; else it is made, and `arrived` says when.

        Args:
            sha256: Of the file.
            media_type: What it is by content.
            side: The longest side that is wanted, in points of the screen (not of the window).
        """
        key = (sha256, min(side, SIDE))
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if sha256 and sha256 not in self._without:
            self._wish(key, media_type)
        return None

    def has_none(self, sha256: str) -> bool:
        """Say whether a file is known to have no picture, so that a symbol stands for it for good."""
        return not sha256 or sha256 in self._without

    def look_again(self) -> None:
        """Forget that files have no picture; one that was damaged may have been brought back."""
        self._without.clear()

    def forget(self) -> None:
        """Forget everything, because another registry is opened."""
        self._kept.clear()
        self._wishes.clear()
        self._without.clear()
        self._gone.clear()
        self._size = 0

    def drop_all_but(self, known: Container[str]) -> None:
        """Drop the pictures of files that the registry no longer has, those of erased portraits above all."""
        wanted = {sha256 for sha256, _side in (*self._kept, *self._wishes)}
        if self._under_way is not None:
            wanted.add(self._under_way.sha256)
        self._gone = {one for one in wanted | self._gone if one not in known}
        for key in [one for one in self._kept if one[0] in self._gone]:
            self._size -= _bytes(self._kept.pop(key))
        for key in [one for one in self._wishes if one[0] in self._gone]:
            self._wishes.pop(key)

    def _look_what_is_left(self, tables: frozenset[str]) -> None:
        """After a change through which files may have gone, keep no picture of one that has."""
        if self._workspace.is_open and tables & LOSING:
            self._workspace.read(_files_left, self.drop_all_but, owner=self)

    def _wish(self, key: tuple[str, int], media_type: str) -> None:
        self._wishes[key] = Wish(key[0], media_type, key[1])
        self._wishes.move_to_end(key)
        while len(self._wishes) > WISHES:
            self._wishes.popitem(last=False)
        self._go_on()

    def _go_on(self) -> None:
        """Make the picture that was asked for last; one at a time, so that other long work comes in between."""
        if self._under_way is not None or not self._wishes or not self._workspace.is_open:
            return
        _key, wish = self._wishes.popitem()
        self._under_way = wish
        self._workspace.read_long(
            lambda registry, job: _made(registry, job, wish),
            lambda image: self._take(wish, image),
            failed=lambda error: self._fail(wish, error),
            stopped=self._end,
            owner=self,
        )

    def _take(self, wish: Wish, image: QImage | None) -> None:
        if image is None:
            self._without.add(wish.sha256)
        elif wish.sha256 not in self._gone:
            self._keep((wish.sha256, wish.side), QPixmap.fromImage(image))
        self._end()
        self.arrived.emit(wish.sha256)

    def _fail(self, wish: Wish, error: RegistryError) -> None:
        """A file that cannot be shown is no reason to stop; that it is damaged is said where it is shown."""
        del error
        self._without.add(wish.sha256)
        self._end()
        self.damaged.emit(wish.sha256)

    def _end(self) -> None:
        self._under_way = None
        self._go_on()

    def _keep(self, key: tuple[str, int], picture: QPixmap) -> None:
        self._kept[key] = picture
        self._size += _bytes(picture)
        while self._size > LARGEST and len(self._kept) > 1:
            _key, oldest = self._kept.popitem(last=False)
            self._size -= _bytes(oldest)


def pictures_of(workspace: Workspace) -> AssetPictures:
    """Return the pictures of a window, made when first asked for."""
    return workspace.findChild(AssetPictures) or AssetPictures(workspace)


def _files_left(registry: Registry) -> set[str]:
    """Return the files that the registry has; the thumbnails of all others go from the disk as well."""
    from core.exchange.pictures.kept_thumbnails import KeptThumbnails
    from core.inventory.assets.library import recorded_files

    with registry.reading() as session:
        known = recorded_files(session)
    KeptThumbnails(registry.id).drop_all_but(known)
    return known


def _made(registry: Registry, job: Job, wish: Wish) -> QImage | None:
    """Make a picture on the lane: from what is kept of it, or by the child process; None where the file has none."""
    del job
    from core.exchange.pictures.kept_thumbnails import KeptThumbnails
    from core.inventory.assets.library import shelf_of

    def make() -> bytes | None:
        return thumbnail_of(shelf_of(registry.path).read(wish.sha256), wish.media_type)

    png = KeptThumbnails(registry.id).get(wish.sha256, make)
    return scaled(png, wish.side) if png is not None else None


def thumbnail_of(data: bytes, media_type: str, side: int = SIDE) -> bytes | None:
    """Make a small PNG of any file, None where it has no picture; call it off the GUI thread."""
    from core.exchange.pictures.thumbnails import safe_drawing, thumbnail

    drawing = safe_drawing(data, media_type)
    if drawing is None:
        return thumbnail(data, media_type, side)
    image = drawn(drawing, side)
    return as_png(image) if image is not None else None


def scaled(png: bytes, side: int) -> QImage | None:
    """Decode a PNG of the child process and make it as small as it is shown; None if it is none."""
    image = QImage()
    image.loadFromData(png, "PNG")
    if image.isNull():
        return None
    if max(image.width(), image.height()) <= side:
        return image
    kept, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, kept, smooth)


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8
