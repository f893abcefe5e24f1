"""What the lists of channels, people and units show of their neighbours on a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from core.inventory import channels, people, units
from core.model import (
    Channel,
    ChannelState,
    Confirmation,
    ConfirmationResult,
    Finding,
    FollowerCount,
    FormerHandle,
    OrgUnit,
    Person,
    ResponsibilityRole,
    Severity,
)
from tests.factories import TODAY, make_channel, make_owner, make_person, make_unit
from tests.memory import records_in_memory

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


def listed(session: Session, module: Any = channels, today: date = TODAY) -> Any:
    session.flush()
    return session.execute(module.listing(today)).mappings().one()


def test_a_channel_shows_its_own_facts_as_they_are_stored(session: Session):
    session.add(make_channel(tags=("Presse", "Kultur"), opened_on="2010-03"))
    row = listed(session)
    assert (row["title"], row["state"], row["opened_on"]) == ("Stadt Moers", ChannelState.ACTIVE, "2010-03")
    assert row["tags"] == ("Presse", "Kultur")


def test_a_channel_alone_shows_nobody_and_nothing(session: Session):
    session.add(make_channel())
    row = listed(session)
    nothing = ("owner", "deputy", "unit", "findings", "confirmed_on", "followers", "former_handles", "successor")
    assert {row[key] for key in nothing} == {None}
    assert row["findings_count"] == 0


@pytest.mark.parametrize(
    ("since", "until", "shown"),
    [(None, None, True), (TODAY, TODAY, True), (TOMORROW, None, False), (None, YESTERDAY, False)],
)
def test_an_owner_is_shown_from_the_first_to_the_last_day(session: Session, since, until, shown):
    channel, person = make_channel(), make_person()
    session.add_all([channel, person, make_owner(channel, person, since=since, until=until)])
    assert listed(session)["owner"] == ("Erika Mustermann" if shown else None)


def test_several_owners_stand_in_the_order_of_their_beginning(session: Session):
    channel = make_channel()
    first, second = make_person(name_title="Dr."), make_person(given_name="Max")
    press = Person(family_name="Pressestelle")
    session.add_all([channel, first, second, press])
    session.add(make_owner(channel, second, since=date(2026, 2, 1)))
    session.add(make_owner(channel, first, since=date(2026, 1, 1)))
    session.add(make_owner(channel, press))
    assert listed(session)["owner"] == "Pressestelle; Dr. Erika Mustermann; Max Mustermann"


def test_deputies_are_no_owners(session: Session):
    channel, person = make_channel(), make_person()
    session.add_all([channel, person, make_owner(channel, person, role=ResponsibilityRole.DEPUTY)])
    row = listed(session)
    assert (row["owner"], row["deputy"]) == (None, "Erika Mustermann")


def test_neighbours_of_another_channel_are_not_shown(session: Session):
    channel, other, person = make_channel(title="A"), make_channel(title="B"), make_person()
    session.add_all([channel, other, person, make_owner(other, person)])
    session.flush()
    rows = {row["title"]: row["owner"] for row in session.execute(channels.listing(TODAY)).mappings()}
    assert rows == {"A": None, "B": "Erika Mustermann"}


def test_references_show_what_they_point_at(session: Session):
    unit, person = make_unit(), make_person()
    old = make_channel(
        unit_id=unit.id, reply_coordinator_id=person.id, approved_by_id=person.id, state=ChannelState.CLOSED
    )
    old.successor_id = old.id
    session.add_all([unit, person, old])
    row = listed(session)
    assert row["unit"] == unit.title == "FD 3.5 Internetredaktion"
    assert row["reply_coordinator"] == row["approved_by"] == "Erika Mustermann"
    assert (row["successor"], row["unit_id"]) == ("Stadt Moers", unit.id)


def test_the_last_confirmation_up_to_the_day_is_shown(session: Session):
    channel = make_channel()
    days = (date(2026, 3, 1), date(2026, 6, 1), TOMORROW)
    session.add(channel)
    session.add_all(Confirmation(channel_id=channel.id, on=day, result=ConfirmationResult.CORRECT) for day in days)
    assert listed(session)["confirmed_on"] == date(2026, 6, 1)
    assert listed(session, today=TOMORROW)["confirmed_on"] == TOMORROW


def test_the_newest_count_and_former_names_are_shown(session: Session):
    channel = make_channel()
    session.add(channel)
    session.add_all(
        FollowerCount(channel_id=channel.id, on=date(2026, month, 1), count=100 * month) for month in (3, 1, 2)
    )
    session.add(FormerHandle(channel_id=channel.id, handle="moers", until=date(2012, 1, 1)))
    session.add(FormerHandle(channel_id=channel.id, handle="moers_de", until=date(2016, 1, 1)))
    row = listed(session)
    assert (row["followers"], row["former_handles"]) == (300, "moers_de; moers")


@pytest.mark.parametrize(
    ("severities", "worst"),
    [
        (["notice"], Severity.NOTICE),
        (["notice", "warning"], Severity.WARNING),
        (["warning", "severe", "notice"], Severity.SEVERE),
    ],
)
def test_the_gravest_finding_stands_for_all(session: Session, severities, worst):
    channel = make_channel()
    session.add(channel)
    session.add(Finding(rule="report-overdue", severity="severe", subject_type="registry", evidence={}))
    for severity in severities:
        session.add(
            Finding(rule="stale", severity=severity, subject_type="channel", subject_id=channel.id, evidence={})
        )
    row = listed(session)
    assert (row["findings"], row["findings_count"]) == (worst, len(severities))


@given(
    title=st.sampled_from([None, "", "Dr."]),
    given_name=st.sampled_from([None, "", "Erika"]),
    left=st.none() | st.dates(YESTERDAY, TOMORROW),
    leaving=st.none() | st.dates(YESTERDAY, TOMORROW),
    absent=st.none() | st.dates(YESTERDAY, TOMORROW),
)
def test_the_list_of_people_says_what_the_record_says(title, given_name, left, leaving, absent):
    person = make_person(name_title=title, given_name=given_name, left_on=left, leaving_on=leaving, absent_until=absent)
    with records_in_memory() as session:
        session.add(person)
        row = listed(session, people)
        assert (row["name"], row["state"]) == (person.name, person.state(TODAY))


def test_a_person_shows_unit_and_successor(session: Session):
    unit, heir = make_unit(), make_person(given_name="Max")
    session.add_all([unit, heir, make_person(unit_id=unit.id, successor_id=heir.id)])
    session.flush()
    rows = {row["name"]: row for row in session.execute(people.listing(TODAY)).mappings()}
    assert rows["Erika Mustermann"]["successor"] == "Max Mustermann"
    assert rows["Erika Mustermann"]["unit"] == "FD 3.5 Internetredaktion"
    assert rows["Max Mustermann"]["unit"] is None


@pytest.mark.parametrize(("code", "name"), [("FD 3", "Kultur"), (None, "Kultur"), ("", "Kultur"), ("FD 3", "FD 3")])
def test_a_unit_shows_what_it_is_part_of(session: Session, code, name):
    parent = make_unit(code=code, name=name)
    session.add_all([parent, make_unit(code="FD 3.1", parent_id=parent.id)])
    session.flush()
    rows = {row["code"]: row["parent"] for row in session.execute(units.listing(TODAY)).mappings()}
    assert rows["FD 3.1"] == parent.title


def test_listings_narrow_to_some_records(session: Session):
    one, other = make_channel(title="A"), make_channel(title="B")
    session.add_all([one, other])
    session.flush()
    query = channels.listing(TODAY).where(Channel.id.in_([other.id]))
    assert [row.title for row in session.execute(query)] == ["B"]
    assert session.execute(units.listing(TODAY).where(OrgUnit.id.in_([]))).all() == []
