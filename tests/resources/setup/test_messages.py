"""The German catalogue: whole, certain, with the placeholders of its sources, and what the program really says."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from core import i18n
from resources.setup import messages

SOURCE = """\
from core.i18n import N_, _, ngettext, pgettext
_("Row {row} is not a date.")
N_("Later")
pgettext("month", "May")
pgettext("perhaps", "May")
ngettext("{count} channel", "{count} channels", 2)
"""
GERMAN: dict[tuple[str | None, str], str | tuple[str, ...]] = {
    (None, "Row {row} is not a date."): "Zeile {row} ist kein Datum.",
    (None, "Later"): "Später",
    (None, "{count} channel"): ("{count} Kanal", "{count} Kanäle"),
    ("month", "May"): "Mai",
    ("perhaps", "May"): "Darf",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "saying.py").write_text(SOURCE, "utf-8")
    return tmp_path


def _translated(project: Path, **changes: str | tuple[str, ...]) -> Catalog:
    catalogue = messages.updated(Catalog(locale="de"), messages.extract(project))
    for (context, text), german in GERMAN.items():
        message = catalogue.get(text, context)
        assert message
        message.string = german
    for text, german in changes.items():
        catalogue[text].string = german
    return catalogue


def _written(catalogue: Catalog, folder: Path) -> Path:
    path = folder / "LC_MESSAGES" / "kanalregister.po"
    path.parent.mkdir(parents=True)
    path.write_text(messages.po_text(catalogue), "utf-8")
    path.with_suffix(".mo").write_bytes(messages.mo_bytes(messages.read(path)))
    return path


def test_the_catalogue_of_the_program_is_whole():
    found = messages.problems()
    assert not found, f"{len(found)} problems, the first: {found[:3]}"


def test_a_whole_catalogue_has_no_problems(project: Path):
    assert messages.problems(project, _written(_translated(project), project / "de")) == []


def test_the_program_says_what_the_catalogue_says(project: Path):
    _written(_translated(project), project / "de")
    spoken = gettext.translation(i18n.DOMAIN, project, ["de"])
    assert spoken.gettext("Later") == "Später"
    assert spoken.pgettext("month", "May") == "Mai"
    assert [spoken.ngettext("{count} channel", "{count} channels", n) for n in (0, 1, 2)] == [
        "{count} Kanäle",
        "{count} Kanal",
        "{count} Kanäle",
    ]


@pytest.mark.parametrize(
    ("german", "problem"),
    [
        ("", "No German text"),
        ("Zeile ist kein Datum.", "other placeholders"),
        ("Zeile {zeile} ist kein Datum.", "other placeholders"),
        ("Zeile {row:d} ist kein Datum.", "other placeholders"),
        ("Zeile {row ist kein Datum.", "other placeholders"),
        ("Zeile {row} ist %s kein Datum.", "other placeholders"),
    ],
)
def test_a_text_that_would_fail_when_shown_is_found(project: Path, german: str, problem: str):
    catalogue = _translated(project, **{"Row {row} is not a date.": german})
    found = messages.problems(project, _written(catalogue, project / "de"))
    assert len(found) == 1
    assert problem in found[0]
    assert "Row {row}" in found[0]


def test_one_form_of_a_plural_may_name_the_number_in_words(project: Path):
    (project / "core" / "saying.py").write_text('ngettext("one channel", "{count} channels", 2)', "utf-8")
    catalogue = messages.updated(Catalog(locale="de"), messages.extract(project))
    catalogue["one channel"].string = ("ein Kanal", "{count} Kanäle")
    assert messages.problems(project, _written(catalogue, project / "de")) == []
    catalogue["one channel"].string = ("ein Kanal", "viele Kanäle")
    assert "other placeholders" in messages.problems(project, _written(catalogue, project / "other"))[0]


def test_a_plural_with_one_form_is_not_translated(project: Path):
    catalogue = _translated(project, **{"{count} channel": ("{count} Kanal", "")})
    assert "No German text" in messages.problems(project, _written(catalogue, project / "de"))[0]


def test_a_fuzzy_text_is_found(project: Path):
    catalogue = _translated(project)
    catalogue["Later"].flags.add("fuzzy")
    assert any("fuzzy" in problem for problem in messages.problems(project, _written(catalogue, project / "de")))


def test_a_source_that_changed_is_found_and_an_update_forgets_what_is_no_longer_said(project: Path):
    path = _written(_translated(project), project / "de")
    (project / "core" / "saying.py").write_text('_("Other")', "utf-8")
    assert "differs from the sources" in messages.problems(project, path)[0]
    catalogue = messages.updated(messages.read(path), messages.extract(project))
    assert [message.id for message in catalogue if message.id] == ["Other"]


def test_a_stale_compiled_catalogue_is_found(project: Path):
    path = _written(_translated(project), project / "de")
    path.with_suffix(".mo").write_bytes(messages.mo_bytes(_translated(project, Later="Irgendwann")))
    assert messages.problems(project, path) == [
        "The compiled catalogue differs from the .po file. Run make messages.",
    ]


def test_the_same_texts_always_make_the_same_files(project: Path):
    one, other = _translated(project), _translated(project)
    (project / "core" / "saying.py").write_text("\n\n" + SOURCE, "utf-8")
    moved = messages.updated(other, messages.extract(project))
    assert messages.po_text(one) == messages.po_text(moved)
    assert messages.mo_bytes(one) == messages.mo_bytes(moved)
