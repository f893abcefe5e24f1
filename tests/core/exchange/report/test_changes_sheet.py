"""The sheet of the changes tells what happened in the quarter, from what to what, to whom it may concern."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.exchange.report.making import make_report
from core.inventory.channels import close, mark_dormant
from core.inventory.responsibilities import assign
from core.model import Channel, OrgUnit, Person, ResponsibilityRole, Rotation
from core.registry import Registry
from tests.core.custody.keeping_records import make_login, tied
from tests.core.exchange.report.workbooks import load, table, texts
from tests.factories import make_channel, make_owner, make_person, make_unit

pytestmark = pytest.mark.usefixtures("in_english")
OWNER = ResponsibilityRole.OWNER


def at(month: int, day: int, hour: int = 12) -> datetime:
    return datetime(2026, month, day, hour).astimezone()


@pytest.fixture
def channel(registry: Registry, today: date) -> Channel:
    """A channel of Erika's, entered in May."""
    registry.today = lambda: today
    erika = make_person(function="Redaktion")
    channel = make_channel(opened_on="2012")
    with registry.action("Begin", now=at(5, 4)) as session:
        session.add_all([erika, make_person(given_name="Max", function="Pressestelle"), channel])
        session.add_all([make_owner(channel, erika), make_unit()])
    return channel


def changes(
    registry: Registry, folder: Path, today: date, quarter: str = "2026Q3", reader: str = "internal"
) -> list[tuple[Any, ...]]:
    made = make_report(registry, quarter, folder / f"{quarter}-{reader}.xlsx", reader=reader, today=today)
    rows = [list(row.values()) for row in table(made.path, "Changes")]
    return [tuple(cell.date() if isinstance(cell, datetime) else cell for cell in row) for row in rows]


def test_without_changes_the_sheet_says_so(channel: Channel, registry: Registry, tmp_path: Path, today: date) -> None:
    assert [row for row in changes(registry, tmp_path, today) if any(row)] == []


def test_titles_units_and_states_change_on_the_day_on_which_they_are_entered(
    channel: Channel, registry: Registry, tmp_path: Path, today: date
) -> None:
    with registry.reading() as session:
        unit = session.scalars(select(OrgUnit.id)).one()
    steps: tuple[tuple[int, str, Any], ...] = ((2, "title", "Moers"), (3, "handle", "moers"), (4, "unit_id", unit))
    for day, column, value in steps:
        with registry.action("Change channel", now=at(8, day)) as session:
            setattr(session.get_one(Channel, channel.id), column, value)
    with registry.action("Mark channel as dormant", now=at(8, 5)) as session:
        mark_dormant(session.get_one(Channel, channel.id))
    of = "Moers", "Facebook"
    assert changes(registry, tmp_path, today) == [
        (date(2026, 8, 2), "renamed", *of, "Stadt Moers", "Moers"),
        (date(2026, 8, 3), "renamed", *of, "stadtmoers", "moers"),
        (date(2026, 8, 4), "other unit", *of, None, "FD 3.5 Internetredaktion"),
        (date(2026, 8, 5), "other state", *of, "active", "dormant"),
    ]
    assert [row for row in changes(registry, tmp_path, today, "2026Q4") if any(row)] == []


def test_what_is_changed_back_on_the_same_day_has_not_changed(
    channel: Channel, registry: Registry, tmp_path: Path, today: date
) -> None:
    for day, hour, title in (
        (2, 9, "Irrtum"),
        (2, 10, "Stadt Moers"),
        (3, 9, "A"),
        (3, 10, "B"),
        (4, 9, "Stadt Moers"),
    ):
        with registry.action("Rename channel", now=at(8, day, hour)) as session:
            session.get_one(Channel, channel.id).title = title
    told = [(row[0], row[4], row[5]) for row in changes(registry, tmp_path, today)]
    assert told == [(date(2026, 8, 3), "Stadt Moers", "B"), (date(2026, 8, 4), "B", "Stadt Moers")]


def test_dated_facts_count_by_their_day_and_late_ones_are_marked(
    channel: Channel, registry: Registry, tmp_path: Path, today: date
) -> None:
    with registry.action("Close channel", now=at(10, 20)) as session:
        close(session.get_one(Channel, channel.id), on=date(2026, 9, 10), reason="Zu wenig Zeit")
    with registry.action("Add channel", now=at(9, 1)) as session:
        session.add(make_channel(handle="neu", title="Neu", opened_on="2026-09", registered_on=date(2026, 9, 1)))
    assert changes(registry, tmp_path, today) == [
        ("09/2026", "opened", "Neu", "Facebook", None, "https://www.facebook.com/neu", None),
        (date(2026, 9, 10), "closed", "Stadt Moers", "Facebook", None, "Zu wenig Zeit", date(2026, 10, 20)),
    ]
    assert [row for row in changes(registry, tmp_path, today, "2026Q4") if any(row)] == []


@pytest.mark.parametrize(
    ("reader", "old", "new"),
    [("internal", "Erika Mustermann", "Max Mustermann"), ("committee", "Redaktion", "Pressestelle")],
)
def test_owners_are_named_to_the_team_only(
    reader: str, old: str, new: str, channel: Channel, registry: Registry, tmp_path: Path, today: date
) -> None:
    with registry.action("Assign owner", now=at(7, 6)) as session:
        who = session.scalars(select(Person).where(Person.given_name == "Max")).one()
        assign(session, channel.id, who.id, OWNER, since=date(2026, 7, 15), replace=True)
    assert changes(registry, tmp_path, today, reader=reader) == [
        (date(2026, 7, 15), "other owner", "Stadt Moers", "Facebook", old, new)
    ]
    assert reader == "internal" or not [
        text for text in texts(tmp_path / "2026Q3-committee.xlsx") if "Mustermann" in text
    ]


def test_the_public_reads_none_of_it(channel: Channel, registry: Registry, tmp_path: Path, today: date) -> None:
    made = make_report(registry, "2026Q3", tmp_path / "public.xlsx", reader="public", today=today)
    assert "Changes" not in load(made.path).sheetnames


@pytest.mark.parametrize(("reader", "login"), [("internal", "Stadtseite, "), ("committee", "")])
def test_a_changed_secret_is_told_with_its_login_to_the_team_and_the_first_one_is_no_change(
    reader: str, login: str, channel: Channel, registry: Registry, tmp_path: Path, today: date
) -> None:
    kept = make_login()
    with registry.action("Add login", now=at(5, 5)) as session:
        session.add_all([kept, *tied(kept, session.get_one(Channel, channel.id))])
        for revision, day in ((1, date(2026, 7, 1)), (3, date(2026, 8, 8)), (4, date(2026, 10, 1))):
            session.add(Rotation(credential_id=kept.id, revision=revision, on=day))
    happened = "login changed", "Stadt Moers (Facebook)", None
    assert changes(registry, tmp_path, today, reader=reader) == [
        (date(2026, 8, 8), *happened, f"{login}revision 1", f"{login}revision 3")
    ]


def test_changes_of_the_days_around_the_quarter_belong_to_others(
    channel: Channel, registry: Registry, tmp_path: Path, today: date
) -> None:
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2026, 9, 30), date(2026, 10, 1)):
        moment = datetime.combine(day, datetime.min.time()).astimezone() + timedelta(hours=23, minutes=59)
        with registry.action("Rename channel", now=moment) as session:
            session.get_one(Channel, channel.id).title = f"bis {day}"
    assert [row[0] for row in changes(registry, tmp_path, today)] == [date(2026, 7, 1), date(2026, 9, 30)]


def test_whoever_takes_on_what_nobody_had_is_no_other_owner(registry: Registry, tmp_path: Path, today: date) -> None:
    with registry.action("Begin", now=at(7, 6)) as session:
        fresh, who = make_channel(handle="neu", title="Neu"), make_person(given_name="Max")
        session.add_all([fresh, who])
        session.flush()
        assign(session, fresh.id, who.id, OWNER, since=date(2026, 7, 15))
    assert [row[1:] for row in changes(registry, tmp_path, today, reader="internal") if row[1] == "owner taken on"] == [
        ("owner taken on", "Neu", "Facebook", None, "Max Mustermann")
    ]
