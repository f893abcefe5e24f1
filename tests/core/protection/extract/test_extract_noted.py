"""That an extract was written stands in the log, in the next extract, and goes when the person's time has come."""

from __future__ import annotations

import json
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from core.i18n import N_
from core.inventory.action_sheet import ActionSheet, action_sheet
from core.inventory.binding import bind
from core.model import Person
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.protection.extract.making import make_extract
from core.protection.extract.writing import as_text
from core.protection.rights.restriction import RESTRICT, restrict
from core.registry import Registry
from core.storage.log_view import LogFilter, action_numbers, read_actions
from main import main
from tests.core.protection.canaries import leaks
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("in_english")

TODAY = date(2026, 11, 23)
REASON, WHY = "Antrag vom Kanarientag", "Strittigvogel"


@pytest.fixture
def person(registry: Registry) -> Person:
    made = make_person(function="Presse")
    with registry.action(N_("Add")) as session:
        session.add(made)
    return made


def give(registry: Registry, tmp_path: Path, *more: str) -> int:
    out = tmp_path / f"auskunft-{len(list(tmp_path.glob('auskunft*')))}.json"
    words = [
        "--registry",
        str(registry.path),
        "--lang",
        "en",
        "people",
        "extract",
        "Erika Mustermann",
        "--out",
        str(out),
        *more,
    ]
    return main(words)


def newest(registry: Registry) -> ActionSheet:
    with registry.reading() as session:
        sheet = action_sheet(session, action_numbers(session, LogFilter())[0])
    assert sheet is not None
    return sheet


def test_the_log_says_about_whom_an_extract_was_written_when_by_whom_and_why(registry, person, tmp_path):
    with registry.action(N_("Bind")) as session:
        bind(session, registry.store_id, "Max Muster", registry.today())
    assert give(registry, tmp_path, "--reason", REASON) == 0
    sheet = newest(registry)
    assert sheet.action.label == "Write extract about a person"
    assert sheet.action.actor == "Max Muster"
    assert sheet.reason == REASON
    assert [(one.noun, one.name) for one in sheet.records] == [("Extract", "Erika Mustermann")]
    assert sheet.final, "nobody can take back that it was given"
    with registry.reading() as session:
        found = read_actions(session, action_numbers(session, LogFilter(record_id=person.id)))
    assert "Write extract about a person" in {one.label for one in found}
    assert registry.verify().broken_at is None


def test_an_extract_needs_no_reason_and_blocks_no_undoing(registry, person, tmp_path):
    with registry.action(N_("Edit person")) as session:
        session.get_one(Person, person.id).function = "Leitung"
    assert give(registry, tmp_path) == 0
    assert newest(registry).reason is None
    registry.undo()
    with registry.reading() as session:
        assert session.get_one(Person, person.id).function == "Presse"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [(f"{REASON}\n", REASON), ("Müller fragte\r\n", "Müller fragte"), ("-", "-"), ("eins\nzwei", "eins"), ("", None)],
)
def test_a_reason_can_come_on_stdin_where_nobody_else_reads_it(
    registry, person, tmp_path, monkeypatch, typed: str, reason: str | None
):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(typed.encode())))
    assert give(registry, tmp_path, "--reason", "-") == 0
    assert newest(registry).reason == reason


def test_a_reason_on_stdin_that_is_no_text_is_refused_before_anything_is_written(
    registry, person, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"\xff\xfe")))
    assert give(registry, tmp_path, "--reason", "-") == 2
    assert "stdin is no text in UTF-8" in capsys.readouterr().err
    assert not list(tmp_path.glob("auskunft*"))


def test_what_cannot_be_written_is_not_noted(registry, person, tmp_path):
    (tmp_path / "auskunft.json").mkdir()
    words = ["--registry", str(registry.path), "--lang", "en", "people", "extract", "Erika Mustermann", "--out"]
    assert main([*words, str(tmp_path / "auskunft.json")]) != 0
    assert newest(registry).action.label == "Add"


def test_the_note_and_the_reasons_stand_in_the_next_extract(registry, person, tmp_path, now: datetime):
    with registry.action(RESTRICT, reason=WHY) as session:
        restrict(session.get_one(Person, person.id), TODAY)
    assert give(registry, tmp_path, "--reason", REASON) == 0
    told = as_text(make_extract(registry, person.id, now), registry.settings())
    assert "Write extract about a person, Extract" in told
    assert REASON in told
    assert WHY in told
    assert give(registry, tmp_path) == 0
    log = json.loads((tmp_path / "auskunft-1.json").read_text("utf-8"))["parts"]["log"]
    assert {"before": None, "after": "JSON"} in [entry.get("format") for entry in log]


def test_the_reasons_go_with_the_person_and_the_note_stays_without_a_name(registry, person, tmp_path):
    with registry.action(RESTRICT, reason=WHY) as session:
        restrict(session.get_one(Person, person.id), TODAY)
    assert give(registry, tmp_path, "--reason", REASON) == 0
    (tmp_path / "auskunft-0.json").unlink()  # What was given to somebody is out of reach.
    registry.back_up_automatically("daily")
    with registry.action(N_("Leave")) as session:
        session.get_one(Person, person.id).left_on = date(2019, 3, 31)
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)
    assert leaks(registry.path.parent, (REASON, WHY, "Mustermann")) == []
    assert registry.verify().broken_at is None
    with registry.reading() as session:
        numbers = action_numbers(session, LogFilter(kind="Write extract about a person"))
        sheet = action_sheet(session, numbers[0])
        assert sheet is not None
        assert [one.name for one in sheet.records] == ["former member of staff (Presse)"]
