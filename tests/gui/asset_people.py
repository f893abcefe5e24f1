"""Files and assets to work with in tests of the window: drawn here, taken in as the program does."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image

from core.exchange.pictures.examining import examine_bytes
from core.exchange.pictures.taking_in import NewFile, take_in_asset
from core.model import AssetKind
from tests.gui.desk import Desk


def picture(colour: str = "#b3261e", size: tuple[int, int] = (120, 120), form: str = "PNG") -> bytes:
    """Return a picture of one colour."""
    content = BytesIO()
    Image.new("RGB", size, colour).save(content, form)
    return content.getvalue()


def picture_file(folder: Path, name: str, colour: str = "#b3261e", size: tuple[int, int] = (120, 120)) -> Path:
    """Put a picture into a folder and return the file."""
    file = folder / name
    file.write_bytes(picture(colour, size))
    return file


def take_in(desk: Desk, title: str, kind: AssetKind = AssetKind.LOGO, colour: str = "#1f5fbf", **told: Any) -> UUID:
    """Take a picture into the library as an asset of its own."""
    examined = examine_bytes(picture(colour), f"{title}.png")
    made = take_in_asset(desk.registry, NewFile(examined, kind, title, **told), desk.today)
    desk.settle()
    return made
