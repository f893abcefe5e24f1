"""Pictures of the library larger than a thumbnail: made when somebody looks closely, and not kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage, QPixmap

from core.errors import RegistryError
from core.registry import Registry
from gui.drawings import drawn
from gui.tasks import Job
from gui.workspace import Workspace

SIDE = 1024
"""The longest side of a picture that is looked at closely, in points."""


def with_large_picture(
    workspace: Workspace,
    file: tuple[str, str],
    then: Callable[[QPixmap | None], object],
    failed: Callable[[RegistryError], None],
    owner: QObject,
) -> Job:
    """Have the child process make a picture of a file, off the GUI thread.

    Args:
        workspace: The open registry.
        file: Its SHA-256 and what it is by content.
        then: Gets the picture; None where the file has none.
        failed: Gets why the file cannot be shown.
        owner: The widget that asked.

    Returns:
        The handle of the job.
    """
    sha256, media_type = file

    def show(image: QImage | None) -> None:
        then(QPixmap.fromImage(image) if image is not None else None)

    return workspace.read_long(
        lambda registry, _job: large_image(registry, sha256, media_type), show, failed=failed, owner=owner
    )


def large_image(registry: Registry, sha256: str, media_type: str, side: int = SIDE) -> QImage | None:
    """Return a picture of a file, None where it has none; call it off the GUI thread.

    Raises:
        DamagedFileError: The file is missing or is not what it was.
    """
    from core.exchange.pictures.thumbnails import safe_drawing, thumbnail
    from core.inventory.assets.library import shelf_of

    data = shelf_of(registry.path).read(sha256)
    if (drawing := safe_drawing(data, media_type)) is not None:
        return drawn(drawing, side)
    png = thumbnail(data, media_type, side)
    image = QImage()
    return image if png is not None and image.loadFromData(png, "PNG") else None
