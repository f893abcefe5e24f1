"""The handbook quotes what stands on buttons, menus, pages and fields; each such word is one of the program's own."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.handbook import FOLDER, PAGES
from core.i18n import LANGUAGES
from core.model import Way
from resources.setup.messages import CATALOGUE, ROOT, extract, read

QUOTED = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
OF_OTHERS = {
    *("Windows", "macOS", "Linux"),
    *("Immer erlauben", "Always allow"),
    *("Secret-Service-Integration", "Secret Service Integration"),
    *("Papierkorb", "recycle bin"),
    *(".anfrage", ".uebergabe", ".aussage"),
}
"""What is called so elsewhere, and the endings of files."""


def told(text: str) -> str:
    """Return a word as it is compared: without the mark of its key, and without what only leads on."""
    return re.sub(r"\s+", " ", text).replace("&", "").removesuffix("...").rstrip(".:").casefold()


def words(language: str) -> set[str]:
    """Return what the program says in a language, also what stands before a colon."""
    if language == "en":
        texts = [one for message in extract(ROOT) for one in forms(message.id)]
    else:
        texts = [one for message in read(CATALOGUE) for one in forms(message.string)]
    return {told(part) for one in texts for part in (one, one.split(": ")[0])}


def forms(text: object) -> list[str]:
    """Return one form, or those of one and of several."""
    return [str(one) for one in text] if isinstance(text, (list, tuple)) else [str(text)]


def quoted(page: str, language: str) -> Iterator[str]:
    """Give what a page quotes; a way through menus is several words."""
    text = (FOLDER / language / f"{page}.md").read_text("utf-8")
    for found in QUOTED.finditer(text):
        yield from re.sub(r"\s+", " ", found[1]).split(" > ")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_that_the_handbook_quotes_stands_in_the_program(language: str):
    known = words(language)
    asked = [(page, one) for page in PAGES for one in quoted(page, language) if one not in OF_OTHERS]
    assert len(asked) > 150
    assert [(page, one) for page, one in asked if told(one) not in known] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_of_a_handover_is_explained_by_its_name(language: str):
    german = {message.id: message.string for message in read(CATALOGUE)}
    ways = {str(german[way.label] if language == "de" else way.label) for way in Way}
    assert ways <= set(quoted("handovers", language))


def test_a_word_that_nobody_reads_in_the_program_is_found():
    assert told("**Dateien noch einmal speichern**".strip("*")) not in words("de")
    assert told("Dateien erneut speichern...") in words("de")
