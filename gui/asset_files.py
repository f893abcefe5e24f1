"""Files of the library on their way in and out: what is pasted or dropped, what is saved, what is dragged out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QImage

from core.exchange.file_names import safe_name
from core.exchange.pictures.examining import Examined, examine, examine_bytes
from core.exchange.pictures.kinds import GIF, JPEG, PNG, SUFFIXES, SVG, WEBP
from core.exchange.pictures.thumbnails import SIDE
from core.i18n import _
from gui.asset_pictures import thumbnail_of
from gui.drawings import as_png

if TYPE_CHECKING:
    from core.inventory.assets.asset_sheet import VersionRow

_PASTED = (PNG, SVG, WEBP, JPEG, GIF)
"""What is taken from the clipboard, the best first."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A picture that came without a file: its bytes, and what to call it."""

    data: bytes
    name: str


Source = Path | Pasted
"""Where a file comes from."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that passed, with the picture of it, None where it has none."""

    examined: Examined
    picture: bytes | None


def sources_in(data: QMimeData) -> list[Source]:
    """Return what of pasted or dropped data may be files of the library: files, else one picture.

    A picture is taken as its bytes; Qt decodes none, except what a system has on its clipboard as mere points.
    """
    files: list[Source] = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files or (data.hasText() and data.text().strip() and not data.hasUrls()):
        return files  # Copied cells and texts bring a picture of themselves along, which nobody means.
    offered = set(data.formats())
    for media_type in _PASTED:
        if media_type in offered:
            return [Pasted(bytes(data.data(media_type).data()), _pasted_name(media_type))]
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return [Pasted(as_png(image), _pasted_name(PNG))]
    return []


def look_at(source: Source) -> Looked:
    """Examine a file and make its picture; call it off the GUI thread.

    Raises:
        BadInputError: The file is of no kind that is kept.
        UnusableFileError: The file cannot be read, is damaged, or could do harm.
    """
    match source:
        case Pasted(data, name):
            examined = examine_bytes(data, name)
        case path:
            examined = examine(path)
    return Looked(examined, thumbnail_of(examined.data, examined.media_type, SIDE))


def copy_name(title: str, version: VersionRow) -> str:
    """Return what a copy of a version is called: its asset, its variant and version, and what it is by content."""
    words = [title, _(version.variant.label), str(version.number), version.derived_for.replace("/", " ")]
    return safe_name(" ".join(words), SUFFIXES.get(version.media_type, ""))


def _pasted_name(media_type: str) -> str:
    return _("Pasted picture") + SUFFIXES[media_type]
