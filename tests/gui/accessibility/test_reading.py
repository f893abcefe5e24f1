"""Everything can be read: in German and in a language with longer words, at 1280x800, and at 200 % as well.

English needs no walk of its own: the language with longer words is English with more letters. Its walk at 100 % looks
at every place; the others look at a third of them, at another when the program changes, and at all with
--endurance.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog

import gui.dialogs
from core.exchange.reading import read_workbook
from core.inventory.platforms import platforms
from tests.gui.accessibility.conftest import PROJECT, Walk
from tests.gui.accessibility.dialog_scenes import LIST
from tests.gui.accessibility.login_scenes import SECRET
from tests.gui.accessibility.parts import WHOLE, Part
from tests.gui.accessibility.pseudo import pseudo
from tests.gui.accessibility.texts import data_of, foreign_texts
from tests.parts.screen import Screen

LEAST_PLACES = 50
GIVEN_BY_SCENES = (
    "Früher Davor Meine Fassung Bürgerinnen und Bürger informieren Erika Mustermann ValueError Stadtnetz",
    "Lisa Musterfrau Max Mustermann Notebook-07 Verteiler der Pressestelle Alles erledigt Aufsicht: Facebook",
    "Wiederherstellung gehört der Pressestelle: die Nachfolge setzt ein eigenes Passwort Umschlag Liegt im Umschlag",
    "Wird schon übergeben Sagt es selbst Regenbogen Zaunpfahl Kranich Briefwaage Lampion Straßenbahn",
)
LANGUAGES = "Deutsch English"
FORMATS = "PNG JPEG SVG PDF"


def test_nothing_is_cut_in_german_at_the_size_of_a_small_notebook(
    walk: Walk, own_demo: Path, screen: Screen, part: Callable[[int], Part]
):
    chosen = part(0)
    looked = walk("looking", screen, "de", own_demo, own_demo.parent, chosen.number, chosen.parts)
    assert_all_is_read(looked, chosen)


def test_nothing_is_cut_where_words_are_longer_and_all_of_them_can_be_translated(
    walk: Walk, own_demo: Path, screen: Screen, pseudo_language: Path
):
    looked = walk("looking", screen, "en", own_demo, own_demo.parent, 0, 1, pseudo_language)
    assert_all_is_read(looked, WHOLE)
    foreign = foreign_texts(looked["texts"], known_data(own_demo))
    assert foreign == [], "\n".join(foreign)
    assert all_dialogs() - set(looked["kinds"]) == set()


def test_nothing_is_cut_at_two_hundred_percent_where_words_are_longer(
    walk: Walk, own_demo: Path, large_screen: Screen, pseudo_language: Path, part: Callable[[int], Part]
):
    chosen = part(1)
    order = ("en", own_demo, own_demo.parent, chosen.number, chosen.parts, pseudo_language)
    looked = walk("looking", large_screen, *order, QT_SCALE_FACTOR="2")
    assert_all_is_read(looked, chosen)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Cancel", "⟦Cäñçél me⟧"),
        ("&Undo: {action}", "⟦&Üñdö: {action} me⟧"),
        ("Find anything...", "⟦Fïñd äñÿthïñg mehr⟧..."),
        ("31.12.2026", "31.12.2026"),
    ],
)
def test_the_pseudo_language_keeps_what_is_filled_in_and_what_is_a_key(text: str, shown: str):
    assert pseudo(text) == shown


def assert_all_is_read(looked: dict[str, Any], part: Part) -> None:
    """Every place of a part was looked at, and nothing is wrong with any of them."""
    assert len(looked["complaints"]) >= LEAST_PLACES // part.parts
    assert {place: told for place, told in looked["complaints"].items() if told} == {}


def all_dialogs() -> set[str]:
    """Return the names of all kinds of dialog of the program."""
    for module in pkgutil.iter_modules(gui.dialogs.__path__):
        importlib.import_module(f"gui.dialogs.{module.name}")
    kinds, found = list(QDialog.__subclasses__()), set()
    for kind in kinds:
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("gui.dialogs.") and not kind.__subclasses__():
            found.add(kind.__name__)
    return found


def known_data(demo: Path) -> Iterator[str]:
    """What any language may show: contents of registry and files, names of platforms, languages and formats."""
    yield from data_of(demo)
    yield from (*GIVEN_BY_SCENES, SECRET, LANGUAGES)
    yield from (platform.name for platform in platforms().values())
    yield FORMATS
    for sheet in read_workbook(LIST).sheets:
        yield from (re.sub(r"[\W_]", " ", str(cell)) for row in sheet.rows for cell in row)
    for page in (PROJECT / "resources" / "handbook" / "en").glob("*.md"):
        yield page.read_text("utf-8").partition("\n")[0]
