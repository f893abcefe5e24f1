"""Taking a file into the library as one of the use cases: what is done, and how its files must lie afterwards."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

from core.exchange.pictures.examining import Examined
from core.exchange.pictures.taking_in import NewFile, take_in_asset
from core.inventory.assets.library import recorded_files, shelf_of
from core.model import AssetKind
from core.registry import open_registry
from tests.endurance.children import Work

TODAY = date(2026, 11, 23)
_PICTURE = b"a picture that was examined before " * 4_000


def take_in(registry: Path) -> Work:
    """Prepare taking a file into a registry's library; looking at it is no part of what writes."""
    opened = open_registry(registry)
    examined = Examined(_PICTURE, hashlib.sha256(_PICTURE).hexdigest(), "image/png", 40, 40, "wappen.png")
    told = NewFile(examined, AssetKind.COAT_OF_ARMS, "Wappen")
    return lambda: take_in_asset(opened, told, TODAY)


def library_is_whole(registry: Path) -> bool:
    """Tell whether every recorded file is there and no file is there by halves."""
    opened = open_registry(registry)
    with opened.reading() as session:
        recorded = recorded_files(session)
    opened.close()
    shelf = shelf_of(registry)
    return shelf.check(recorded | shelf.names()) == []
