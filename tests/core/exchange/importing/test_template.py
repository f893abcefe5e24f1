"""The empty list to fill in."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import openpyxl
import pytest

from core import i18n
from core.errors import BadInputError, UnusableFileError
from core.exchange.importing.template import save_template
from core.exchange.reading import read_workbook
from tests.core.exchange.importing.lists import imported, proposed, shown

FILLED = {
    "platform": "Facebook",
    "url": "facebook.com/stadtmusterstadt",
    "title": "Stadt Musterstadt",
    "unit": "3.5",
    "owner": "Mustermann, Erika",
    "email": "erika.mustermann@musterstadt.example",
    "deputy": "Max Mustermann",
    "opened_on": "03/2010",
    "last_post_on": "12.11.2026",
    "confirmed_on": "01.10.2026",
    "notes": "=1+1",
}


def filled_in(path: Path, values: dict[str, str]) -> Path:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    for key, value in values.items():
        cell = sheet.cell(2, headers.index(title(key)) + 1, value)
        cell.data_type = "s"
    book.save(path)
    book.close()
    return path


def title(key: str) -> str:
    from core.exchange.importing.importable import BY_KEY

    return BY_KEY[key].title


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_template_filled_in_is_imported_as_it_was_meant(registry, tmp_path, language):
    i18n.use_language(language)
    save_template(tmp_path / "leer.xlsx")
    path = filled_in(tmp_path / "leer.xlsx", FILLED)
    proposal = imported(registry, path)
    assert [row.outcome for row in proposal.rows] == ["created"]
    (channel,) = shown(registry)
    expected = {**FILLED, "unit": "3.5", "owner": "Erika Mustermann", "opened_on": "2010-03"}
    for key in ("title", "unit", "owner", "deputy", "opened_on", "notes"):
        assert channel[key] == expected[key]
    assert channel["confirmed_on"].isoformat() == "2026-10-01"
    assert proposed(registry, path).changed == 0


@pytest.mark.parametrize(("saved_in", "read_in"), [("de", "en"), ("en", "de")])
def test_a_template_of_the_other_language_is_understood(empty, tmp_path, saved_in, read_in):
    i18n.use_language(saved_in)
    save_template(tmp_path / "leer.xlsx")
    path = filled_in(tmp_path / "leer.xlsx", FILLED)
    i18n.use_language(read_in)
    mapped = [column.field for column in proposed(empty, path).columns]
    assert mapped == [*list(FILLED)[:7], "state", *list(FILLED)[7:]]


def test_an_empty_template_has_no_row(empty, tmp_path):
    save_template(tmp_path / "leer.xlsx")
    with pytest.raises(BadInputError, match=r"leer\.xlsx"):
        proposed(empty, read_workbook(tmp_path / "leer.xlsx"))


def test_a_template_offers_platforms_and_states(tmp_path):
    save_template(tmp_path / "leer.xlsx")
    book = openpyxl.load_workbook(tmp_path / "leer.xlsx")
    rules = book.worksheets[0].data_validations.dataValidation
    assert len(rules) == 2
    assert [sheet.sheet_state for sheet in book.worksheets] == ["visible", "visible", "hidden"]
    assert {"Facebook", "Mastodon"} <= {cell.value for cell in book.worksheets[2]["A"]}
    book.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_template_is_private_and_a_place_that_cannot_be_written_is_named(tmp_path):
    save_template(tmp_path / "leer.xlsx")
    assert stat.S_IMODE((tmp_path / "leer.xlsx").stat().st_mode) == 0o600
    with pytest.raises(UnusableFileError):
        save_template(tmp_path / "gibt" / "es" / "nicht.xlsx")
