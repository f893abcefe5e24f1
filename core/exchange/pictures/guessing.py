"""What a file probably is, by what it is called and how it is shaped: an offer, to be changed with one key."""

from __future__ import annotations

import re
from pathlib import PurePath

from core.exchange.pictures.examining import Examined
from core.exchange.pictures.kinds import FONTS, OFFICE, PDF
from core.model import AssetKind, AssetVariant

_WORDS = {
    AssetKind.COAT_OF_ARMS: ("wappen", "coat of arms", "siegel", "arms"),
    AssetKind.LOGO: ("logo", "signet", "wortmarke", "bildmarke"),
    AssetKind.PORTRAIT: ("portrait", "porträt", "portraet", "bürgermeister", "buergermeister", "foto von"),
    AssetKind.BANNER: ("banner", "cover", "titelbild", "header", "kopfbild"),
    AssetKind.TEMPLATE: ("vorlage", "template", "muster"),
}
_VARIANTS = {
    AssetVariant.NEGATIVE: (("negativ", "invers"), {"neg"}),
    AssetVariant.BLACK_WHITE: (
        ("schwarz weiß", "schwarz weiss", "schwarzweiß", "schwarzweiss", "black white", "graustufen", "grayscale"),
        {"sw", "bw"},
    ),
    AssetVariant.COLOUR: (("farbig", "colour"), {"farbe", "4c", "rgb", "cmyk"}),
}
"""By which parts of a name, and by which whole words, a variant is told; short ones stand in other words, too."""
_WIDE = 2.0
_BLANKS = re.compile(r"[\s_\-]+")


def guessed_kind(one: Examined) -> AssetKind:
    """Return what a file probably is; a logo where nothing says anything else."""
    if one.media_type in FONTS:
        return AssetKind.FONT
    if one.media_type in OFFICE or one.media_type == PDF:
        return AssetKind.TEMPLATE
    name = _BLANKS.sub(" ", one.file_name.casefold())
    for kind, words in _WORDS.items():
        if any(word in name for word in words):
            return kind
    if one.width and one.height and one.width >= _WIDE * one.height:
        return AssetKind.BANNER
    return AssetKind.LOGO


def guessed_variant(file_name: str) -> AssetVariant | None:
    """Return in which colours a file is drawn by its name; None where the name does not say."""
    spoken = _BLANKS.sub(" ", PurePath(file_name).stem.casefold())
    for variant, (parts, words) in _VARIANTS.items():
        if any(part.casefold() in spoken for part in parts) or words & set(spoken.split()):
            return variant
    return None


def guessed_title(file_name: str) -> str:
    """Return a file's name as a title: without ending, with blanks between the words."""
    words = _BLANKS.sub(" ", PurePath(file_name).stem).strip()
    return words[:1].upper() + words[1:]
