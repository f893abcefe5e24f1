"""The handbook: both languages say the same, every link, rule, page and dialog of it has its place."""

from __future__ import annotations

import importlib
import pkgutil

import pytest
from PySide6.QtWidgets import QDialog

import gui.dialogs
from core.governance.rules import RULES
from core.handbook import FOLDER, KEYS, PAGES, links_of, pictures_in, read_handbook, split_link
from core.i18n import LANGUAGES, use_language
from gui.pages import PAGES as WINDOW_PAGES


def anchors():
    return {(page.key, anchor) for page in read_handbook() for anchor in page.anchors if anchor}


def leads_somewhere(topic, here=""):
    page, anchor = split_link(topic, here)
    return page in PAGES and (not anchor or (page, anchor) in anchors())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_there_and_no_other(language):
    assert {file.stem for file in (FOLDER / language).glob("*.md")} == set(PAGES)


def test_both_languages_have_the_same_anchors_in_the_same_order():
    german = [page.anchors for page in read_handbook()]
    use_language("en")
    assert [page.anchors for page in read_handbook()] == german


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_leads_to_a_place_that_is_there(language):
    use_language(language)
    dead = [
        (page.key, link) for page in read_handbook() for link in links_of(page) if not leads_somewhere(link, page.key)
    ]
    assert not dead


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_anchor_stands_twice_on_a_page_and_each_belongs_to_a_heading(language):
    use_language(language)
    for page in read_handbook():
        named = [anchor for anchor in page.anchors if anchor]
        assert len(named) == len(set(named)), page.key
        source = (FOLDER / language / f"{page.key}.md").read_text(encoding="utf-8")
        rules = len(RULES) if page.key == "findings" else 0
        assert source.count("<a id=") + rules == len(named), page.key


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_every_rule_has_its_place(rule):
    assert ("findings", f"rule-{rule.key}") in anchors()


@pytest.mark.parametrize("entry", WINDOW_PAGES, ids=lambda entry: entry.key)
def test_every_page_of_the_window_has_its_place(entry):
    page = getattr(importlib.import_module(entry.module), entry.class_name)
    assert leads_somewhere(page.help_topic or entry.key)


def test_every_dialog_that_names_a_place_names_one_that_is_there():
    topics = {
        name: topic
        for module in pkgutil.iter_modules(gui.dialogs.__path__)
        for name, kind in vars(importlib.import_module(f"gui.dialogs.{module.name}")).items()
        if isinstance(kind, type) and issubclass(kind, QDialog) and (topic := getattr(kind, "help_topic", ""))
    }
    assert topics
    assert not {name: topic for name, topic in topics.items() if not leads_somewhere(topic)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_begins_with_its_title(language):
    use_language(language)
    for page in read_handbook():
        assert page.text.startswith(f"# {page.title}"), page.key
    assert [page.key for page in read_handbook() if KEYS in page.text] == ["keyboard"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_there_in_the_language_and_small(language):
    use_language(language)
    shown = [file for page in read_handbook() for file in pictures_in(page.text).values()]
    assert sorted(shown) == sorted((FOLDER / "pictures" / language).glob("*.png"))
    assert not [file.name for file in shown if file.stat().st_size > 120_000]


def test_what_a_picture_is_called_is_not_searched():
    (page,) = [page for page in read_handbook() if page.key == "overview"]
    assert "overview.png" in page.text
    assert "overview.png" not in page.words
