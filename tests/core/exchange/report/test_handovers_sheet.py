"""The sheet of handovers: what was signed until the report's day, with functions for the committee."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from core.custody.handover.kept import keep
from core.custody.identity.certifying import name_head
from core.exchange.report.making import make_report
from core.model import Act, Person
from core.registry import Registry
from tests.core.custody.handover.parties import ERIKA, LISA, MAX
from tests.core.custody.handover.records import FACEBOOK, INSTAGRAM, Talk, talk_in, whole
from tests.core.exchange.report.workbooks import load, midnight, table, texts
from tests.factories import make_person

pytestmark = pytest.mark.usefixtures("in_english")

IN_AUGUST, IN_OCTOBER = datetime(2026, 8, 3, 9, tzinfo=UTC), datetime(2026, 10, 5, 9, tzinfo=UTC)
MADE = datetime(2026, 11, 23, 9, tzinfo=UTC)
FUNCTIONS = {ERIKA.id: "Redaktion", MAX.id: "Onlineredaktion", LISA.id: "Leitung"}


@pytest.fixture
def office(registry: Registry, today: date) -> Registry:
    """Erika, Max, and Lisa, who is head of press."""
    registry.today = lambda: today
    with registry.action("people") as session:
        for human in (ERIKA, MAX, LISA):
            given, family = human.name.split()
            who = {"given_name": given, "family_name": family, "function": FUNCTIONS[human.id]}
            session.add(make_person(id=human.id, **who))
        session.flush()
        name_head(session, LISA.id)
    return registry


def said(office: Registry, *talks: Talk) -> None:
    for talk in talks:
        with office.action("handover") as session:
            keep(session, talk.statements, {}, MADE)


def begin(office: Registry, number: int, now: datetime) -> Talk:
    return talk_in(office.id, UUID(int=number), now)


def sheet(office: Registry, folder: Path, today: date, reader: str = "internal", quarter: str = "2026Q4") -> list[Any]:
    made = make_report(office, quarter, folder / f"{reader}{quarter}.xlsx", reader=reader, today=today)
    return table(made.path, "Handovers")


def test_the_team_reads_who_hands_what_to_whom_and_whose_turn_it_is(office: Registry, tmp_path: Path, today: date):
    talk = begin(office, 1, IN_OCTOBER)
    talk.seal(talk.ask([FACEBOOK, INSTAGRAM]))
    talk.release(talk.confirm([FACEBOOK]), [FACEBOOK])
    talk.confirm([INSTAGRAM])
    said(office, talk, whole(begin(office, 2, IN_OCTOBER)))
    open_one, finished = sheet(office, tmp_path, today)
    assert open_one == {
        "Hands over": "Erika Mustermann",
        "Takes over": "Max Mustermann",
        "Occasion": "leaves the city",
        "What": "Facebook Stadt Musterstadt; Instagram stadt.musterstadt",
        "Things": 2,
        "Still open": 1,
        "State": "still open",
        "Begun": midnight(2026, 10, 5),
        "Finished": None,
        "Covers until": None,
        "Whose turn": "Erika Mustermann",
    }
    assert (finished["Things"], finished["Still open"], finished["State"]) == (4, 0, "handed over")
    assert (finished["Finished"], finished["Whose turn"]) == (midnight(2026, 10, 5), None)


def test_the_committee_reads_functions_instead_of_names(office: Registry, tmp_path: Path, today: date):
    talk = begin(office, 1, IN_OCTOBER)
    talk.ask([FACEBOOK])
    said(office, talk)
    (row,) = sheet(office, tmp_path, today, "committee")
    assert (row["Hands over"], row["Takes over"], row["Whose turn"]) == (
        "Redaktion",
        "Onlineredaktion",
        "Onlineredaktion",
    )
    assert "Mustermann" not in " ".join(texts(tmp_path / "committee2026Q4.xlsx"))


def test_the_public_reads_nothing_of_it(office: Registry, tmp_path: Path, today: date):
    said(office, whole(begin(office, 1, IN_OCTOBER)))
    made = make_report(office, "2026Q4", tmp_path / "public.xlsx", reader="public", today=today)
    assert "Handovers" not in load(made.path).sheetnames


def test_without_handovers_there_is_no_such_sheet(office: Registry, tmp_path: Path, today: date):
    made = make_report(office, "2026Q4", tmp_path / "none.xlsx", reader="internal", today=today)
    assert "Handovers" not in load(made.path).sheetnames


def test_finished_ones_stand_in_the_report_of_their_quarter_only(office: Registry, tmp_path: Path, today: date):
    in_august, in_october = whole(begin(office, 1, IN_AUGUST)), whole(begin(office, 2, IN_OCTOBER))
    said(office, in_august, in_october)
    assert [row["Begun"] for row in sheet(office, tmp_path, today)] == [midnight(2026, 10, 5)]
    assert [row["Begun"] for row in sheet(office, tmp_path, today, quarter="2026Q3")] == [midnight(2026, 8, 3)]


def test_the_sheet_tells_how_far_it_was_on_the_day_whenever_that_was_taken_in(
    office: Registry, tmp_path: Path, today: date
):
    talk = begin(office, 1, datetime(2026, 9, 30, 9, tzinfo=UTC))
    talk.ask([FACEBOOK])
    talk.now = IN_OCTOBER
    talk.release(talk.confirm([FACEBOOK]), [FACEBOOK])
    said(office, talk)
    (then,) = sheet(office, tmp_path, today, quarter="2026Q3")
    (now,) = sheet(office, tmp_path, today)
    assert (then["State"], then["Finished"], then["Whose turn"]) == ("still open", None, "Max Mustermann")
    assert (now["State"], now["Finished"], now["Whose turn"]) == ("handed over", midnight(2026, 10, 5), None)


def test_for_somebody_who_has_left_it_is_the_turn_of_the_head_of_press(office: Registry, tmp_path: Path, today: date):
    talk = begin(office, 1, IN_OCTOBER)
    talk.ask([FACEBOOK])
    talk.confirm([FACEBOOK])
    said(office, talk)
    (before,) = sheet(office, tmp_path, today)
    with office.action("leave") as session:
        session.get_one(Person, ERIKA.id).left_on = today - timedelta(days=1)
    (after,) = sheet(office, tmp_path, today)
    assert (before["Whose turn"], after["Whose turn"]) == ("Erika Mustermann", "Lisa Musterfrau")


def test_what_broke_off_and_what_covers_for_a_time_is_told(office: Registry, tmp_path: Path, today: date):
    broken, cover = begin(office, 1, IN_OCTOBER), begin(office, 2, IN_OCTOBER)
    broken.ask([FACEBOOK])
    broken.says(broken.giver, Act.WITHDRAWAL, [FACEBOOK], {"reason": "Frau Beispiel kommt doch nicht."})
    cover.ask([INSTAGRAM], until=date(2026, 12, 31))
    said(office, broken, cover)
    covered, withdrawn = sheet(office, tmp_path, today)
    assert (covered["Occasion"], covered["Covers until"]) == ("is covered for a time", midnight(2026, 12, 31))
    assert (withdrawn["State"], withdrawn["Finished"]) == ("broken off", midnight(2026, 10, 5))
    assert "Beispiel" not in " ".join(texts(tmp_path / "internal2026Q4.xlsx"))


def test_what_was_signed_in_the_quarter_and_taken_in_later_is_a_correction(
    office: Registry, tmp_path: Path, today: date
):
    with_none = make_report(office, "2026Q3", tmp_path / "a.xlsx", reader="internal", today=date(2026, 10, 5)).path
    assert "Handovers" not in load(with_none).sheetnames
    said(office, begin(office, 1, IN_OCTOBER))
    said(office, whole(begin(office, 2, IN_AUGUST)))
    again = make_report(office, "2026Q3", tmp_path / "b.xlsx", reader="internal", today=today).path
    told = [tuple(row.values()) for row in table(again, "Corrections")]
    missing = "Erika Mustermann → Max Mustermann", "Handover", "not in the report", "in the report"
    assert [row for row in told if row[1] == "Handover"] == [missing]
