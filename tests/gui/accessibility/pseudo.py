"""A language that nobody speaks: every text of the sources in brackets, with accents, two fifths longer.

What is clipped in it would be clipped in some language; what has no brackets never went through the catalogue.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from core import i18n
from resources.setup.messages import ROOT, extract

OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.4
_ACCENTED = str.maketrans("aeiouyAEIOUYcns", "äéïöüÿÄÉÏÖÜÝçñš")
_FILLING = "mehr und längere Wörter als sonst "
_KEPT = re.compile(r"(\{[^}]*\}|<[^>]+>|&\w+;|&|\n)")


def pseudo(text: str) -> str:
    """Return a text in the language; placeholders, tags, key marks, line ends and a final "..." stay."""
    if not any(letter.isalpha() for letter in text):
        return text
    body = text.removesuffix("...")
    accented = "".join(
        part if _KEPT.fullmatch(part) else part.translate(_ACCENTED) for part in _KEPT.split(body) if part
    )
    length = len(_KEPT.sub("", body))
    filling = (_FILLING * (length // 20 + 1))[: max(1, round(length * LONGER))].strip()
    return f"{OPEN}{accented} {filling}{CLOSE}{'...' if body != text else ''}"


def write_catalogue(folder: Path) -> None:
    """Write a catalogue of the language in place of the English one."""
    catalogue = Catalog(locale="en")
    for message in extract(ROOT):
        match message.id:
            case "":
                continue
            case (str(one), str(many)):
                catalogue.add((one, many), string=(pseudo(one), pseudo(many)), context=message.context)
            case str(text):
                catalogue.add(text, string=pseudo(text), context=message.context)
    place = folder / "en" / "LC_MESSAGES" / f"{i18n.DOMAIN}.mo"
    place.parent.mkdir(parents=True)
    with place.open("wb") as written:
        write_mo(written, catalogue)


def use_catalogues(folder: Path) -> None:
    """Let the program read its catalogues in a folder from now on; the language is then English by name."""
    i18n.LOCALE_FOLDER = folder
    i18n.use_language("en")
