"""What the council reads: each question against figures that were worked out by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.exchange.answers.asking import MOST_DAYS, ask, read_day
from core.exchange.answers.making import Answered, AnswersCancelledError, make_answers
from core.exchange.answers.questions import QUESTIONS
from core.exchange.report.making import make_report
from core.exchange.report.readers import Reader
from core.model import Channel, ChannelState
from core.registry import Registry
from tests.core.exchange.answers.conftest import DAYS, FIRST, SECOND, THIRD
from tests.core.exchange.report.workbooks import load, midnight, read_by_calamine, table, texts

pytestmark = pytest.mark.usefixtures("in_english")
HOUSE = [one.key for one in QUESTIONS]
Answering = Callable[..., Answered]


@pytest.fixture
def answering(city: Registry, tmp_path: Path) -> Answering:
    def answer(*keys: str, days: tuple[date, ...] = DAYS, reader: Reader = Reader.COMMITTEE, **more: Any) -> Answered:
        asked = ask(keys, days, reader, THIRD, city.me())
        return make_answers(city, asked, tmp_path / "answers.xlsx", **more)

    return answer


def called(session: Session, title: str) -> Channel:
    return session.scalars(select(Channel).where(Channel.title == title)).one()


def of_days(rows: list[dict[str, Any]], name: str = "Account") -> dict[str, list[Any]]:
    """Return what the columns of the days hold, by account."""
    return {row[name]: [row[f"{day.day} {day:%b %Y}"] for day in DAYS] for row in rows}


def test_accounts_in_use_are_counted_by_platform_and_unit(answering: Answering) -> None:
    made = answering("accounts")
    rows = table(made.path, "Accounts")
    counted = {(row["Unit"], row["Platform"]): list(row.values())[2:] for row in rows}
    assert counted == {
        ("FD 1 Presse", "Facebook"): [1, 1, 1],
        ("FD 1 Presse", "X"): [1, 0, 0],
        ("FD 2 Zoo", "Instagram"): [0, 1, 1],
    }
    assert made.answers[0].figures == (2, 2, 2)
    for sheet, name, expected in (
        ("Accounts by platform", "Platform", {"Facebook": [1, 1, 1], "Instagram": [0, 1, 1], "X": [1, 0, 0]}),
        ("Accounts by unit", "Unit", {"FD 1 Presse": [2, 1, 1], "FD 2 Zoo": [0, 1, 1]}),
    ):
        assert of_days(table(made.path, sheet), name) == expected


@pytest.mark.parametrize("reader", [Reader.COMMITTEE, Reader.PUBLIC])
def test_what_is_active_is_what_the_quarterly_report_counts(
    city: Registry, answering: Answering, tmp_path: Path, reader: Reader
) -> None:
    with city.action("Rest") as session:
        called(session, "Zoo").state = ChannelState.DORMANT
    made = answering("accounts", days=(date(2026, 9, 30), THIRD), reader=reader)
    for place, quarter in enumerate(("2026Q3", "2026Q4")):
        report = make_report(city, quarter, tmp_path / "report.xlsx", reader=reader.value, today=THIRD)
        assert made.answers[0].parts[0].figures[place] == report.figures["active"]
    assert made.answers[0].figures == ((2, 2) if reader is Reader.COMMITTEE else (2, 1))


def test_what_was_opened_is_new_on_its_first_day(answering: Answering) -> None:
    rows = table(answering("opened").path, "Opened")
    assert of_days(rows) == {"Stadt": ["yes"] * 3, "Zoo": [None, "new", "yes"], "Alt": ["yes", None, None]}
    assert {row["Account"]: row["Opened"] for row in rows} == {
        "Stadt": "05/2011",
        "Zoo": midnight(2025, 3, 1),
        "Alt": midnight(2012, 1, 2),
    }


@pytest.mark.parametrize(
    ("reader", "before", "after"),
    [
        (Reader.COMMITTEE, "Pressesprecherin, FD 1", "Redakteur, FD 1"),
        (Reader.INTERNAL, "Erika Mustermann", "Max Mustermann"),
    ],
)
def test_who_is_responsible_changes_with_the_days(
    reader: Reader, before: str, after: str, answering: Answering
) -> None:
    rows = table(answering("responsible", reader=reader).path, "Responsible")
    assert of_days(rows) == {
        "Stadt": [before, after, after],
        "Zoo": [None, "nobody", "nobody"],
        "Alt": ["nobody", None, None],
    }


def test_followers_are_the_last_count_before_the_day(answering: Answering) -> None:
    made = answering("followers")
    rows = {row["Account"]: row for row in table(made.path, "Followers")}
    assert of_days(list(rows.values())) == {
        "Stadt": [900, 1000, 1000],
        "Zoo": [None, "no count", 50],
        "Alt": ["no count", None, None],
    }
    assert rows["Stadt"]["Counted on, for 31 Dec 2025"] == datetime(2025, 11, 1)  # noqa: DTZ001 - a day in a cell
    assert made.answers[0].figures == (900, 1000, 1050)
    assert made.answers[0].parts[0].figures == (1, 1, 2)


def test_a_day_without_a_count_has_none_and_no_sum(answering: Answering) -> None:
    made = answering("followers", days=(date(2020, 12, 31), FIRST))
    sheet = load(made.path)["Followers"]
    assert made.answers[0].figures == (None, 900)
    assert [sheet.cell(3, column).value is None for column in (5, 7)] == [True, False]
    told = [[cell for cell in row if cell is not None] for row in load(made.path)["Cover"].iter_rows(values_only=True)]
    row = next(row for row in told if row[:1] == ["Followers"])
    assert row[2:] == ["followers that were counted", "no count", 900]


def test_what_is_planned_counts_from_the_day_it_was_entered(answering: Answering) -> None:
    assert of_days(table(answering("planned").path, "Planned")) == {"Plan": [None, None, "proposed"]}


def test_what_was_closed_names_day_and_reason(answering: Answering) -> None:
    (row,) = table(answering("closed").path, "Closed")
    assert (row["Account"], row["Closed on"], row["Reason"]) == ("Alt", midnight(2025, 9, 30), "Kaum noch gelesen.")
    assert of_days([row]) == {"Alt": [None, "new", "yes"]}


def test_the_reason_of_a_closing_is_told_even_if_it_was_entered_later(city: Registry, answering: Answering) -> None:
    with city.action("Reason") as session:
        called(session, "Alt").closing_reason = "Neuer Name."
    (row,) = table(answering("closed", days=(SECOND,)).path, "Closed")
    assert row["Reason"] == "Neuer Name."


@pytest.mark.parametrize(
    ("reader", "told"),
    [(Reader.INTERNAL, "Max Mustermann ist gegangen."), (Reader.COMMITTEE, "A reason is given; it may name people.")],
)
def test_a_reason_that_names_somebody_is_told_to_the_team_only(
    reader: Reader, told: str, city: Registry, answering: Answering
) -> None:
    with city.action("Reason") as session:
        called(session, "Alt").closing_reason = "Max Mustermann ist gegangen."
    (row,) = table(answering("closed", reader=reader).path, "Closed")
    assert row["Reason"] == told


def test_costs_are_said_to_be_unknown_and_tools_are_listed(answering: Answering) -> None:
    path = answering("cost-and-tools").path
    (row,) = table(path, "Cost and tools")
    assert (row["Agency or tool"], row["Kind"], row["Since"]) == (
        "Agentur Beispiel", "through a tool", midnight(2025, 5, 1),
    )  # fmt: skip
    assert of_days([row]) == {"Stadt": [None, "yes", None]}
    assert "The registry records no costs." in load(path)["Cost and tools"]["A2"].value


def test_the_cover_names_questions_days_reader_and_figures(answering: Answering) -> None:
    made = answering(*HOUSE)
    book = load(made.path)
    sheets = [one.sheet for one in QUESTIONS]
    assert book.sheetnames == ["Cover", sheets[0], "Accounts by platform", "Accounts by unit", *sheets[1:]]
    told = [[cell for cell in row if cell is not None] for row in book["Cover"].iter_rows(values_only=True)]
    assert ["As of", "31 Dec 2024, 31 Dec 2025, 23 Nov 2026"] in told
    assert ["Made for", "committee: functions instead of names"] in told
    for question, one in zip(QUESTIONS, made.answers, strict=True):
        assert [question.sheet, question.title, one.counted, *one.figures] in told
    assert read_by_calamine(made.path).keys() == set(book.sheetnames)
    assert not [word for word in ("Hamburg", "Berlin", "Kerpen", "Moers") if word in " ".join(texts(made.path))]


def test_nobody_is_named_outside_the_editorial_team(answering: Answering) -> None:
    told = " ".join(texts(answering(*HOUSE).path))
    assert "Mustermann" not in told
    assert "Redakteur" in told


def test_the_public_sees_active_accounts_without_people(answering: Answering) -> None:
    keys = [one.key for one in QUESTIONS if Reader.PUBLIC in one.readers]
    told = " ".join(texts(answering(*keys, reader=Reader.PUBLIC).path))
    assert keys == ["accounts", "opened", "followers"]
    assert "Zoo" in told
    assert not [word for word in ("Mustermann", "Redakteur", "Plan", "Name") if word in told.split()]


@pytest.mark.parametrize(
    ("keys", "days", "reader", "sentence"),
    [
        ((), DAYS, Reader.COMMITTEE, "at least one question"),
        (("weather",), DAYS, Reader.COMMITTEE, "no question “weather”"),
        (("closed",), DAYS, Reader.PUBLIC, "not answered: closed"),
        (("accounts",), (), Reader.COMMITTEE, "at least one day"),
        (("accounts",), (date(2026, 11, 24),), Reader.COMMITTEE, "has not come yet"),
        (("accounts",), tuple(date(2000 + n, 1, 1) for n in range(MOST_DAYS + 1)), Reader.COMMITTEE, "at most 12"),
    ],
)
def test_what_cannot_be_answered_is_refused_in_a_sentence(
    keys: tuple[str, ...], days: tuple[date, ...], reader: Reader, sentence: str
) -> None:
    with pytest.raises(BadInputError, match=sentence):
        ask(keys, days, reader, THIRD, None)


def test_questions_come_in_the_order_of_the_catalogue_and_days_in_theirs_each_once() -> None:
    asked = ask(["closed", "Accounts", "closed"], [THIRD, FIRST, THIRD], Reader.COMMITTEE, THIRD, None)
    assert [one.key for one in asked.questions] == ["accounts", "closed"]
    assert asked.days == (FIRST, THIRD)


@pytest.mark.parametrize(("text", "day"), [("31.12.2025", SECOND), ("2025-12-31", SECOND), (" 31.12.25 ", SECOND)])
def test_a_day_is_read_as_people_and_programs_write_it(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize("text", ["", "2025", "12/2025", "30.02.2025", "bald"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="is no day"):
        read_day(text)


def test_a_text_never_becomes_a_formula_and_what_a_cell_cannot_hold_is_marked(
    city: Registry, answering: Answering
) -> None:
    with city.action("Rename") as session:
        called(session, "Zoo").title = '=HYPERLINK("http://x.example")\x01'
        called(session, "Alt").closing_reason = "lang " * 10_000
    made = answering("opened", "closed")
    cells = [cell for sheet in load(made.path) for row in sheet.iter_rows() for cell in row]
    formulas = [cell.value for cell in cells if cell.data_type == "f"]
    assert not [one for one in formulas if not one.startswith("=SUBTOTAL(")]
    assert '=HYPERLINK("http://x.example")\N{REPLACEMENT CHARACTER}' in [cell.value for cell in cells]
    assert "2 cells" in made.note
    assert max(len(str(cell.value)) for cell in cells) == 32_767


def test_an_empty_registry_says_that_there_is_nothing(registry: Registry, tmp_path: Path) -> None:
    asked = ask(HOUSE, DAYS, Reader.COMMITTEE, THIRD, None)
    book = load(make_answers(registry, asked, tmp_path / "answers.xlsx").path)
    assert {book[one.sheet]["A5"].value for one in QUESTIONS} == {"None on these days."}


def test_progress_moves_on_to_the_end(answering: Answering) -> None:
    reached: list[tuple[int, int]] = []
    answering(*HOUSE, progress=lambda done, total: reached.append((done, total)))
    steps = len(DAYS) + len(HOUSE) + 1
    assert reached == [(number, steps) for number in range(1, steps + 1)]


def test_the_same_question_gives_the_same_bytes(answering: Answering) -> None:
    first = answering(*HOUSE).path.read_bytes()
    assert answering(*HOUSE).path.read_bytes() == first


def test_cancelling_at_any_moment_leaves_no_file(answering: Answering, tmp_path: Path) -> None:
    for moment in range(len(DAYS) + len(HOUSE) + 1):
        answers = iter([False] * moment + [True])
        with pytest.raises(AnswersCancelledError):
            answering(*HOUSE, cancelled=lambda answers=answers: next(answers))
        assert not list(tmp_path.glob("*.xlsx*"))
        assert not list(tmp_path.glob(".*"))
