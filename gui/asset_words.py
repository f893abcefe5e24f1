"""What is said of a file of the library in few words: what it is, how large, how it stands; and its symbol."""

from __future__ import annotations

from dataclasses import dataclass

from core.exchange.pictures.kinds import SUFFIXES
from core.i18n import _, current_language, ngettext
from core.inventory.assets.asset_sheet import UseRow, VersionRow
from core.inventory.assets.gallery import Tile
from core.inventory.platforms import platforms
from core.model import AssetKind, AssetVariant, Placement


@dataclass(frozen=True, slots=True)
class Told:
    """A word with its picture and colour; the word says it all."""

    word: str
    picture: str
    colour: str


SYMBOLS = {
    AssetKind.COAT_OF_ARMS: "shield-chevron",
    AssetKind.LOGO: "hexagon",
    AssetKind.PORTRAIT: "user-rectangle",
    AssetKind.BANNER: "image",
    AssetKind.FONT: "text-aa",
    AssetKind.TEMPLATE: "layout",
}


def standings(tile: Tile, trouble: str) -> list[Told]:
    """Return what has to be said of an asset, the worst first; nothing where all is well.

    Args:
        tile: The asset.
        trouble: "missing" or "damaged" if one of its files is, else empty.
    """
    told = []
    if trouble:
        told.append(Told(_("File missing") if trouble == "missing" else _("File damaged"), "link-break", "severe"))
    if not tile.agreed and not tile.retired:
        told.append(Told(_("No consent"), "hand-palm", "severe"))
    if tile.to_clean:
        told.append(Told(_("{count} to clean").format(count=tile.to_clean), "eraser", "warning"))
    if not tile.approved and not tile.retired:
        told.append(Told(not_approved(tile.unapproved, tile.in_use), "warning", "warning"))
    if tile.erased:
        told.append(Told(_("Files erased"), "x", "muted"))
    elif tile.retired:
        told.append(Told(_("No longer used"), "archive", "muted"))
    return told


def erased_words() -> str:
    """Say of a portrait, whose title is gone as well, that there is no file any more."""
    return _("The files of this portrait were erased with the personal data that was due.")


def not_approved(count: int, of: int) -> str:
    """Return how much of an asset nobody has approved: all of it, or some of its files."""
    if count == of:
        return _("Unapproved")
    return ngettext("{count} approval missing", "{count} approvals missing", count).format(count=count)


def about(tile: Tile) -> str:
    """Return the quiet line of an asset: in how many places it is shown, and what it is."""
    kind = _(tile.kind.label)
    return _("{places} · {kind}").format(places=places(tile.uses), kind=kind) if tile.uses else kind


def places(number: int) -> str:
    """Return a number of places in words."""
    return ngettext("{count} place", "{count} places", number).format(count=number)


def version_name(variant: AssetVariant, number: int) -> str:
    """Return what one version is called: "in colour, version 2"."""
    return _("{variant}, version {number}").format(variant=_(variant.label), number=number)


def file_facts(media_type: str, size: int, width: int | None, height: int | None) -> str:
    """Return what there is to say of a file itself: its format, its size in points and in bytes."""
    facts = [SUFFIXES.get(media_type, "").removeprefix(".").upper() or media_type]
    if width and height:
        facts.append(_("{width} × {height} pixels").format(width=width, height=height))
    facts.append(size_in_words(size))
    return " · ".join(facts)


def size_in_words(size: int) -> str:
    """Return a number of bytes as people say it."""
    if size < 1_000_000:
        return _("{size} kB").format(size=max(1, round(size / 1_000)))
    return _("{size} MB").format(size=f"{size / 1_000_000:.1f}".replace(".", _decimal_mark()))


def facts_of(version: VersionRow) -> str:
    """Return what there is to say of a version's file."""
    return file_facts(version.media_type, version.size, version.width, version.height)


def placement_and_version(use: UseRow) -> str:
    """Return where on a channel a version is shown: "Avatar · in colour, version 2"."""
    version = version_name(use.variant, use.number)
    return _("{placement} · {version}").format(placement=_(use.placement.label), version=version)


def cut_for(derived_for: str) -> str:
    """Return what a file was cut for, as people say it: "Avatar on Facebook"."""
    platform, _separator, placement = derived_for.partition("/")
    known = platforms().get(platform)
    where = _(Placement(placement).label) if placement in set(Placement) else placement
    return _("{placement} on {platform}").format(placement=where, platform=known.name if known else platform)


def _decimal_mark() -> str:
    return "," if current_language() == "de" else "."
