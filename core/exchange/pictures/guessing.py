"""What a file probably is, by what it is called and how it is shaped: an offer, to be changed with one key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import PurePath

from core.exchange.pictures.examining import Examined
from core.exchange.pictures.kinds import FONTS, OFFICE, PDF
from core.inventory.assets.surroundings import Entry, KnownPerson, Surroundings
from core.model import AssetKind, AssetVariant

_WORDS = {
    AssetKind.COAT_OF_ARMS: ("wappen", "coat of arms", "siegel", "arms"),
    AssetKind.LOGO: ("logo", "signet", "wortmarke", "bildmarke"),
    AssetKind.PORTRAIT: ("portrait", "porträt", "portraet", "bürgermeister", "buergermeister", "foto von"),
    AssetKind.BANNER: ("banner", "cover", "titelbild", "header", "kopfbild"),
    AssetKind.TEMPLATE: ("vorlage", "template"),
}
_WHOLE_WORDS = {AssetKind.TEMPLATE: {"muster"}}
"""Words that stand in names of people, too."""
_VARIANTS = {
    AssetVariant.NEGATIVE: (("negativ", "invers"), {"neg"}),
    AssetVariant.BLACK_WHITE: (
        ("schwarz weiß", "schwarz weiss", "schwarzweiß", "schwarzweiss", "black white", "graustufen", "grayscale"),
        {"sw", "bw"},
    ),
    AssetVariant.COLOUR: (("farbig", "colour"), {"farbe", "4c", "rgb", "cmyk"}),
}
"""By which parts of a name, and by which whole words, a variant is told; short ones stand in other words, too."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
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
        if any(word in name for word in words) or _WHOLE_WORDS.get(kind, set()) & set(PurePath(name).stem.split()):
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
    """Return a file's name as a title: without ending, with blanks between the words, without the variant."""
    words = _BLANKS.sub(" ", PurePath(file_name).stem).strip()
    return " ".join(_without_variant(words)) or words[:1].upper() + words[1:]


def guessed_person(file_name: str, people: Iterable[KnownPerson]) -> KnownPerson | None:
    """Return whose given and family name a file's name has; None where it is nobody, or may be several."""
    words = set(_plain(PurePath(file_name).stem).split())
    meant = [one for one in people if (names := _plain(one.plain_name).split())[1:] and words.issuperset(names)]
    return meant[0] if len(meant) == 1 else None


def guessed_entry(file_name: str, kind: AssetKind, known: Surroundings) -> Entry | None:
    """Return the asset of which a file is probably another variant: it has the title, and no file in that variant."""
    entry, variant = known.called(guessed_title(file_name), kind), guessed_variant(file_name)
    return entry if entry is not None and variant is not None and variant not in entry.variants else None


def _without_variant(words: str) -> list[str]:
    """Return a name's words without those that tell the variant, the first one with a capital."""
    left = words
    for parts, _whole in _VARIANTS.values():
        for part in parts:
            left = re.sub(rf"\b{part}\w*", " ", left, flags=re.IGNORECASE)
    whole = set().union(*(some for _parts, some in _VARIANTS.values()))
    kept = [word for word in left.split() if word.casefold() not in whole]
    return [kept[0][:1].upper() + kept[0][1:], *kept[1:]] if kept else []


def _plain(text: str) -> str:
    """Return a text as file names have it: small letters, umlauts as two, blanks between words."""
    small = unicodedata.normalize("NFC", text).casefold().translate(_UMLAUTS)
    return re.sub(r"[\W_]+", " ", small).strip()
