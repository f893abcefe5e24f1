"""Nobody can read in the registry who was away once they are back: neither in the record nor in the log."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.i18n import N_
from core.model import DataHold, Person
from core.protection.erasure.absences import forget_absences
from core.protection.rights.holds import hold
from core.registry import Registry
from tests.core.protection.canaries import leaks
from tests.factories import make_person

TODAY = date(2026, 11, 23)
PAST, EARLIER, TO_COME = date(2026, 11, 20), date(2026, 3, 17), TODAY + timedelta(days=30)


@pytest.fixture
def registry(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Registry:
    monkeypatch.setattr(registry, "today", lambda: TODAY)
    return registry


def absent(registry: Registry, *days: date | None, **facts: object) -> Person:
    """Add somebody, and enter one absence after the other."""
    person = make_person(**facts)
    with registry.action(N_("Add person")) as session:
        session.add(person)
    for day in days:
        with registry.action(N_("Edit person")) as session:
            there = session.get_one(Person, person.id)
            there.absent_until, there.phone = day, f"02841 201-{len(str(day))}"
    return person


def now(registry: Registry, person: Person) -> Person:
    with registry.reading() as session:
        return session.get_one(Person, person.id)


def test_the_day_is_gone_from_record_and_log_as_soon_as_it_is_over(registry: Registry):
    person = absent(registry, EARLIER, PAST)
    assert forget_absences(registry) == 1
    assert now(registry, person).absent_until is None
    assert now(registry, person).phone == "02841 201-10"
    assert leaks(registry.path.parent, (EARLIER.isoformat(), PAST.isoformat())) == []
    assert registry.verify().broken_at is None
    with registry.snapshot(as_of=TODAY) as session:
        assert session.info["bypassed"] == ()


def test_an_absence_that_was_taken_out_by_hand_goes_from_the_log(registry: Registry):
    absent(registry, EARLIER, None)
    assert forget_absences(registry) == 1
    assert leaks(registry.path.parent, (EARLIER.isoformat(),)) == []
    assert forget_absences(registry) == 0


@pytest.mark.parametrize("day", [TODAY, TO_COME])
def test_who_is_away_stays_away(registry: Registry, day: date):
    person = absent(registry, EARLIER, day)
    head = registry.head()
    assert forget_absences(registry) == 0
    assert now(registry, person).absent_until == day
    assert registry.head() == head


def test_nothing_goes_unasked_of_whoever_is_restricted_or_kept_for_a_case(registry: Registry):
    kept, restricted = absent(registry, PAST), absent(registry, PAST, restricted_on=EARLIER)
    with registry.action(N_("Hold")) as session:
        held = hold(session, kept.id, until=TODAY, reason="AZ 1", today=TODAY)
    assert forget_absences(registry) == 0
    assert [now(registry, one).absent_until for one in (kept, restricted)] == [PAST, PAST]
    with registry.action(N_("Release")) as session:
        session.get_one(DataHold, held.id).ended_on = TODAY
        session.get_one(Person, restricted.id).restricted_on = None
    assert forget_absences(registry) == 2


def test_nothing_else_of_the_log_is_lost(registry: Registry):
    person = absent(registry, PAST, given_name="Max")
    forget_absences(registry)
    made = [one.after or {} for one in registry.log() if one.table == "person" and one.record_id == person.id]
    assert made[0]["given_name"] == "Max"
    assert made[1]["phone"] == "02841 201-10"
    assert made[1]["absent_until"] is None
