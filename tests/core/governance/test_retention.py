"""What is kept of people longer than its time, and what a running case keeps."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.governance.findings import find
from core.governance.retention import Due, find_due
from core.i18n import N_
from core.model import Confirmation, DataHold, Handover, Occasion, Person, PersonKind
from core.registry import Registry
from core.settings import read_settings
from tests.core.custody.keeping_records import make_login, make_reading, make_rotation
from tests.factories import make_channel, make_person

THREE_YEARS_AGO = date(2023, 11, 23)
"""Three years before the day on which the tests play: not longer ago than three years."""


def due(registry: Registry, today: date) -> Due:
    with registry.reading() as session:
        return find_due(session, today, read_settings(session))


def add(registry: Registry, *records: object) -> None:
    with registry.action(N_("Add")) as session:
        session.add_all(records)


@pytest.mark.parametrize(
    ("values", "is_due"),
    [
        ({"left_on": THREE_YEARS_AGO}, False),
        ({"left_on": THREE_YEARS_AGO - timedelta(days=1)}, True),
        ({"leaving_on": THREE_YEARS_AGO - timedelta(days=1)}, True),
        ({"left_on": date(2020, 1, 1), "kind": PersonKind.OFFICE}, False),
        ({"left_on": date(2020, 1, 1), "erased_on": date(2024, 1, 1)}, False),
        ({}, False),
    ],
)
def test_names_of_leavers_are_kept_three_years(registry, today, values, is_due):
    person = make_person(**values)
    add(registry, person)
    assert due(registry, today).people == ((person.id,) if is_due else ())


def test_readings_are_kept_ninety_days_after_the_secret_was_changed(registry, today):
    person, login = make_person(), make_login(revision=3, rotated_on=today - timedelta(days=90))
    old, late, present = (make_reading(login, person, revision=number) for number in (1, 2, 3))
    changes = (91, 2), (90, 3)
    add(registry, person, login, old, late, present)
    add(registry, *(make_rotation(login, number, today - timedelta(days=days)) for days, number in changes))
    assert due(registry, today).readings == (old.id,)
    assert set(due(registry, today + timedelta(days=1)).readings) == {old.id, late.id}


def test_a_reading_of_a_login_that_is_gone_is_not_kept_for_ever(registry, today):
    person, login = make_person(), make_login(retired_on=today - timedelta(days=91))
    read = make_reading(login, person)
    add(registry, person, login, read)
    assert due(registry, today).readings == (read.id,)


def test_who_confirmed_is_kept_two_years(registry, today):
    person, channel = make_person(), make_channel()
    given = [
        Confirmation(channel_id=channel.id, person_id=who, on=on)
        for who, on in ((person.id, date(2024, 11, 22)), (person.id, date(2024, 11, 23)), (None, date(2020, 1, 1)))
    ]
    add(registry, person, channel, *given)
    assert due(registry, today).confirmations == (given[0].id,)


def test_records_of_handovers_are_kept_ten_years_after_their_end(registry, today):
    people = [make_person(), make_person(given_name="Max")]
    ended = (date(2016, 11, 22), date(2016, 11, 23), None)
    made = [
        Handover(from_id=people[0].id, to_id=people[1].id, occasion=Occasion.LEAVING, opened_on=day, finished_on=end)
        for day, end in zip((date(2016, 1, 1),) * 3, ended, strict=True)
    ]
    add(registry, *people, *made)
    assert due(registry, today).handovers == (made[0].id,)


@pytest.mark.parametrize(
    ("until", "ended", "is_kept"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 22), None, False),
        (date(2027, 1, 1), date(2026, 11, 23), False),
        (date(2027, 1, 1), date(2026, 11, 24), True),
    ],
)
def test_a_hold_keeps_everything_about_a_person(registry, today, until, ended, is_kept):
    person, login = make_person(left_on=date(2020, 1, 1)), make_login(retired_on=date(2020, 1, 1))
    other = make_person(given_name="Max")
    records = (
        make_reading(login, person),
        Confirmation(channel_id=(channel := make_channel()).id, person_id=person.id, on=date(2020, 1, 1)),
        Handover(
            from_id=other.id,
            to_id=person.id,
            occasion=Occasion.LEAVING,
            opened_on=date(2010, 1, 1),
            finished_on=date(2010, 1, 1),
        ),
    )
    add(registry, person, other, login, channel, *records)
    hold = DataHold(person_id=person.id, reason="Klage", since=date(2026, 1, 1), until=until, ended_on=ended)
    add(registry, hold)
    assert bool(due(registry, today)) is not is_kept


def test_the_rule_counts_and_names_nobody(registry, today, in_english):
    add(registry, make_person(left_on=date(2020, 1, 1)), make_person(given_name="Max", left_on=date(2020, 1, 1)))
    with registry.reading() as session:
        found = [one for one in find(session, today, read_settings(session), 4) if one.rule == "retention-due"]
        assert [(one.subject_id, one.evidence["people"]) for one in found] == [(None, 2)]
        assert "Mustermann" not in str(found)
        assert not [one for one in find(session, today, read_settings(session), 3) if one.rule == "retention-due"]


def test_a_view_of_the_past_owes_nothing(registry, today):
    add(registry, make_person(left_on=date(2020, 1, 1)))
    with registry.snapshot(as_of=today - timedelta(days=60)) as session:
        assert session.query(Person).count() == 1
        found = find(session, today, read_settings(session), 4)
    assert "retention-due" not in {one.rule for one in found}
