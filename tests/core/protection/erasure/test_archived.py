"""Archived reports that name somebody are found; what cannot be looked into is taken for one that does."""

from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from core.exchange.report.archive import folder_of
from core.exchange.report.making import Made, make_report
from core.i18n import N_
from core.model import ReportRun
from core.protection.erasure.beside import archived
from core.protection.erasure.beside.archived import _is_naming
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.protection.recognising.name_forms import Known, forms_of
from core.registry import Registry, open_registry
from core.storage.kept_copies import automatic_backups
from tests.factories import make_channel, make_owner, make_person

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


TODAY, LONG_AGO = date(2026, 11, 23), date(2019, 3, 31)


def with_leaver(registry: Registry, given: str | None = "Erika", family: str = "Musterkoch") -> None:
    """Add somebody whose time has come, and a channel of theirs that stays in reports of the time."""
    registry.today = lambda: TODAY
    with registry.action(N_("Add")) as session:
        session.add(person := make_person(given_name=given, family_name=family, left_on=LONG_AGO))
        session.add(channel := make_channel())
        session.flush()
        session.add(make_owner(channel, person))


def report(registry: Registry, reader: str = "internal", quarter: str = "2026Q3", **more) -> Made:
    return make_report(registry, quarter, registry.path.with_name("q.xlsx"), reader=reader, today=TODAY, **more)


def erase(registry: Registry) -> None:
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)


def archive_of(registry: Registry) -> list[str]:
    return [file.stem for file in folder_of(registry.path).glob("*.xlsx")]


@pytest.mark.usefixtures("in_english")
def test_an_internal_report_that_was_read_before_an_erasure_and_recorded_after_it_is_not_kept(registry):
    with_leaver(registry)
    erased: list[float] = []

    def meanwhile(done: float) -> None:
        if done > 0.9 and not erased:
            erased.append(done)
            other = open_registry(registry.path, today=lambda: TODAY)
            erase(other)
            other.close()

    made = report(registry, progress=meanwhile)
    assert erased
    assert archive_of(registry) == []
    assert "people's data was erased" in made.note
    with registry.reading() as session:
        assert [run.removed_on for run in session.scalars(select(ReportRun))] == [TODAY]
    again = report(registry)
    assert again.note == ""
    assert archive_of(registry) == [again.sha256]


def test_an_erasure_sweeps_away_what_a_killed_program_left_in_the_archive_and_in_backups(registry):
    with_leaver(registry)
    kept = report(registry, reader="public").sha256
    for name in (f"{'a' * 64}.xlsx", "liste.xlsx"):
        (folder_of(registry.path) / name).write_bytes(b"x")
    registry.back_up_automatically("daily")
    erase(registry)
    assert sorted(archive_of(registry)) == sorted([kept, "liste"])
    [backup] = automatic_backups(registry.path)
    assert sorted(file.stem for file in folder_of(backup).iterdir()) == sorted([kept, "liste"])


@pytest.mark.parametrize(("given", "family"), [("Erika", "Musterkoch"), (None, "Koch"), ("Mehmet", "Öz")])
def test_an_internal_report_goes_with_whoever_it_names_also_by_a_word(registry, given, family):
    with_leaver(registry, given, family)
    report(registry)
    erase(registry)
    assert archive_of(registry) == []


def test_an_internal_report_from_before_somebody_was_known_stays_with_the_word_in_it(registry):
    with registry.action(N_("Add")) as session:
        session.add(make_channel(title="Koch und Kunst"))
    kept = report(registry).sha256
    with_leaver(registry, None, "Koch")
    assert report(registry).sha256 != kept
    erase(registry)
    assert archive_of(registry) == [kept]


def test_of_other_readers_reports_only_those_go_that_surely_name_somebody(registry):
    with registry.action(N_("Add")) as session:
        session.add(make_channel(title="Koch und Kunst", notes="Frau Koch"))
    with_leaver(registry, None, "Koch")
    kept = report(registry, reader="public").sha256
    erase(registry)
    assert archive_of(registry) == [kept]


@pytest.mark.parametrize(("text", "is_naming"), [("Koch", True), ("Koch GmbH", False), ("Kochkurs", False)])
def test_a_company_that_bears_a_name_is_nobody(tmp_path, text, is_naming):
    known = Known()
    known.learn({"family_name": "Koch"})
    assert _is_naming(workbook(tmp_path, text), forms_of((known,), ()), nearly=True) is is_naming
    assert not _is_naming(workbook(tmp_path, text), forms_of((known,), ()))


def test_the_preview_tells_of_those_reports_that_the_erasure_removes(registry):
    with registry.action(N_("Add")) as session:
        session.add(make_channel(title="Koch und Kunst"))
    report(registry)
    with_leaver(registry, None, "Koch")
    made = report(registry).sha256
    told = [one.sha256 for one in plan_erasure(registry, TODAY).reports]
    before = set(archive_of(registry))
    erase(registry)
    assert told == [made]
    assert before - set(archive_of(registry)) == {made}
