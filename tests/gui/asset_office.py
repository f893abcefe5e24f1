"""A city that keeps its coat of arms and a portrait, with real pictures on the shelf of its registry."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw

from core.i18n import N_
from core.inventory.assets.assets import NewAsset, add_asset
from core.inventory.assets.consents import Given, give
from core.inventory.assets.library import shelf_of
from core.inventory.assets.uses import show_on
from core.inventory.assets.versions import Approval, KeptFile, issue_version
from core.model import AssetKind, AssetVariant, ConsentMedium, Placement
from core.registry import Registry

Colours = tuple[str, str]
BLUE, GREEN, GREY = ("#1f4f9f", "#f2c230"), ("#1b6837", "#ffffff"), ("#ffffff", "#333333")


def arms(size: tuple[int, int], colours: Colours) -> bytes:
    """Draw a shield with a tower, in two colours on a clear ground."""
    width, height = size
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    shield = [(0.1, 0.06), (0.9, 0.06), (0.9, 0.55), (0.5, 0.96), (0.1, 0.55)]
    pen.polygon([(x * width, y * height) for x, y in shield], fill=colours[0], outline="#222222")
    tower = [(0.35, 0.75), (0.35, 0.3), (0.45, 0.3), (0.45, 0.4), (0.55, 0.4), (0.55, 0.3), (0.65, 0.3), (0.65, 0.75)]
    pen.polygon([(x * width, y * height) for x, y in tower], fill=colours[1])
    return png_of(picture)


def skyline(size: tuple[int, int]) -> bytes:
    """Draw a wide picture of roofs."""
    width, height = size
    picture = Image.new("RGB", size, "#cfe3f5")
    pen = ImageDraw.Draw(picture)
    for place in range(9):
        left, top = place * width // 9, height * (4 + place * 5 % 4) // 10
        pen.rectangle((left, top, left + width // 11, height), fill="#5b6f86")
        roof = [(left, top), (left + width // 22, top - height // 8), (left + width // 11, top)]
        pen.polygon(roof, fill="#a4452c")
    return png_of(picture)


def face(size: tuple[int, int]) -> bytes:
    """Draw a head and shoulders that are nobody's."""
    width, height = size
    picture = Image.new("RGB", size, "#d9d2c5")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((width * 0.2, height * 0.62, width * 0.8, height * 1.3), fill="#3a4a63")
    pen.ellipse((width * 0.34, height * 0.2, width * 0.66, height * 0.66), fill="#e2b48c")
    return png_of(picture)


def png_of(picture: Any) -> bytes:
    """Write a picture as PNG."""
    written = BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()


def put(registry: Registry, data: bytes, name: str) -> KeptFile:
    """Put a picture on the shelf; return what is recorded of it."""
    with Image.open(BytesIO(data)) as picture:
        width, height = picture.size
    return KeptFile(shelf_of(registry.path).put(data), name, "image/png", len(data), width, height)


def add_arms(registry: Registry, today: Any) -> dict[str, UUID]:
    """Add the coat of arms in two variants; return the asset and its versions by name."""
    colour, negative = put(registry, arms((640, 720), BLUE), "arms.png"), put(registry, arms((640, 720), GREY), "n.png")
    with registry.action(N_("Add asset")) as session:
        asset = add_asset(session, NewAsset(AssetKind.COAT_OF_ARMS, "Wappen der Stadt"))
        session.flush()
        approved = Approval(today, None)
        first = issue_version(session, asset.id, colour, issued_on=today, approval=approved)
        second = issue_version(
            session, asset.id, negative, variant=AssetVariant.NEGATIVE, issued_on=today, approval=approved
        )
        return {"asset": asset.id, "colour": first.id, "negative": second.id}


def add_picture(
    registry: Registry, kind: AssetKind, title: str, data: bytes, today: Any, **more: Any
) -> dict[str, UUID]:
    """Add an asset with one approved picture."""
    kept = put(registry, data, f"{title}.png")
    with registry.action(N_("Add asset")) as session:
        asset = add_asset(session, NewAsset(kind, title, **more))
        session.flush()
        version = issue_version(session, asset.id, kept, issued_on=today, approval=Approval(today, None))
        return {"asset": asset.id, "version": version.id}


def agree(registry: Registry, asset: UUID, today: Any) -> UUID:
    """Enter that the person of a portrait may be shown in social media."""
    with registry.action(N_("Give consent")) as session:
        return give(session, asset, Given(ConsentMedium.SOCIAL_MEDIA, today)).id


def show(registry: Registry, version: UUID, channels: list[UUID], placement: Placement, today: Any) -> None:
    """Show a version on channels."""
    with registry.action(N_("Show asset on channels")) as session:
        show_on(session, version, channels, placement, today, today=today)


def renew_arms(registry: Registry, asset: UUID, today: Any) -> UUID:
    """Issue the coat of arms in other colours."""
    kept = put(registry, arms((640, 720), GREEN), "arms-2.png")
    with registry.action(N_("Issue version")) as session:
        return issue_version(session, asset, kept, issued_on=today, approval=Approval(today, None)).id
