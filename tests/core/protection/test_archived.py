"""Archived reports that name somebody are found; what cannot be looked into is taken for one that does."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from core.protection import archived
from core.protection.archived import _is_naming
from core.protection.name_forms import Known, forms_of

ERIKA = "Erika Mustermann"


@pytest.fixture
def forms():
    known = Known()
    known.learn({"given_name": "Erika", "family_name": "Mustermann"})
    return forms_of((known,), (), ())


def workbook(folder: Path, text: str) -> Path:
    made = folder / "report.xlsx"
    with ZipFile(made, "w") as parts:
        parts.writestr("xl/worksheets/sheet1.xml", f"<is><t>{text}</t></is>")
        parts.writestr("docProps/thumbnail.png", b"\x89PNG")
    return made


def test_a_report_is_naming_where_one_of_its_texts_names_somebody(tmp_path, forms):
    assert _is_naming(workbook(tmp_path, f"Ansprechperson: {ERIKA}"), forms)
    assert not _is_naming(workbook(tmp_path, "Ansprechperson: Redaktion"), forms)


def test_a_part_that_is_too_large_to_be_looked_into_counts_as_naming(tmp_path, forms, monkeypatch):
    made = workbook(tmp_path, "Redaktion")
    monkeypatch.setattr(archived, "_LARGEST_PART", 8)
    assert _is_naming(made, forms)


def test_a_damaged_report_counts_as_naming_and_a_missing_one_does_not(tmp_path, forms):
    damaged = tmp_path / "damaged.xlsx"
    damaged.write_bytes(b"PK\x03\x04")
    assert _is_naming(damaged, forms)
    assert not _is_naming(tmp_path / "missing.xlsx", forms)
