"""Bearing with a finding: for a reason, until a day, told with both, and over when the day is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import BadInputError, ConflictError
from core.governance.findings import find
from core.governance.waivers import end_waiver, waive, waived
from core.i18n import N_
from core.inventory.binding import bind
from core.model import Finding, Waiver
from core.registry import Registry
from core.settings import Settings
from tests.factories import TODAY, make_channel
from tests.memory import records_in_memory

END = TODAY + timedelta(days=30)
WAIVE = N_("Waive finding")


@pytest.fixture
def session():
    with records_in_memory() as session:
        yield session


@pytest.fixture
def channel(session):
    made = make_channel()
    session.add(made)
    session.flush()
    return made


def raised(session, today=TODAY):
    return {(one.rule, one.subject_id) for one in find(session, today, Settings(), 1)}


@pytest.mark.parametrize(("day", "borne"), [(TODAY, True), (END, True), (END + timedelta(days=1), False)])
def test_a_finding_is_left_out_until_its_waiver_is_over(session, channel, day, borne):
    waive(session, "no-owner", "channel", channel.id, reason="Amt wird aufgelöst", until=END, today=TODAY)
    session.flush()
    assert (("no-owner", channel.id) not in raised(session, day)) is borne
    assert ("last-post-unknown", channel.id) in raised(session, day), "other rules go on"


def test_the_registry_as_a_whole_can_be_borne_with(session, channel):
    assert ("report-overdue", None) in raised(session)
    waive(session, "report-overdue", "registry", None, reason="Wahl", until=END, today=TODAY)
    session.flush()
    assert ("report-overdue", None) not in raised(session)


@pytest.mark.parametrize(("reason", "until"), [("", END), ("  ", END), ("Umzug", TODAY - timedelta(days=1))])
def test_a_waiver_needs_a_reason_and_an_end_to_come(session, channel, reason, until):
    with pytest.raises(BadInputError):
        waive(session, "no-owner", "channel", channel.id, reason=reason, until=until, today=TODAY)
    assert raised(session)


def test_what_is_borne_with_already_gets_the_new_reason_and_end(session, channel):
    for days in (10, 20):
        end = TODAY + timedelta(days=days)
        waive(session, "no-owner", "channel", channel.id, reason=f"für {days} Tage", until=end, today=TODAY)
        session.flush()
    (one,) = waived(session, TODAY)
    assert (one.reason, one.until) == ("für 20 Tage", TODAY + timedelta(days=20))


def test_a_waiver_that_was_ended_brings_the_finding_back(session, channel):
    waiver = waive(session, "no-owner", "channel", channel.id, reason="Umzug", until=END, today=TODAY)
    session.flush()
    end_waiver(session, waiver.id, today=TODAY + timedelta(days=3))
    session.flush()
    assert waiver.until == TODAY + timedelta(days=2)
    assert ("no-owner", channel.id) in raised(session, TODAY + timedelta(days=3))
    with pytest.raises(ConflictError):
        end_waiver(session, waiver.id, today=TODAY + timedelta(days=3))


def test_a_waiver_taken_back_on_its_first_day_never_was(session, channel):
    waiver = waive(session, "no-owner", "channel", channel.id, reason="Umzug", until=END, today=TODAY)
    session.flush()
    end_waiver(session, waiver.id, today=TODAY)
    session.flush()
    assert session.query(Waiver).count() == 0
    assert waived(session, TODAY) == []


def stored(registry: Registry) -> set[str]:
    with registry.reading() as session:
        return set(session.scalars(Finding.__table__.select().with_only_columns(Finding.rule)))


def test_stored_findings_follow_a_waiver_and_its_undoing(registry, today):
    with registry.action(N_("Add channel")) as session:
        channel = make_channel(registered_on=today)
        session.add(channel)
    assert "no-owner" in stored(registry)
    with registry.action(WAIVE) as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
        waive(
            session, "no-owner", "channel", channel.id, reason="Umzug", until=date(2099, 1, 1), today=registry.today()
        )
    assert "no-owner" not in stored(registry)
    registry.undo()
    assert "no-owner" in stored(registry)
    registry.redo()
    assert "no-owner" not in stored(registry)


def test_the_list_says_who_bears_with_what_and_why(registry, today):
    with registry.action(N_("Bind")) as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    with registry.action(WAIVE) as session:
        channel = make_channel()
        session.add(channel)
        waive(session, "no-owner", "channel", channel.id, reason="Umzug", until=today, today=today)
    with registry.reading() as session:
        (one,) = waived(session, today)
    assert (one.by, one.rule, one.subject_label) == ("Erika Mustermann", "no-owner", "Stadt Moers (Facebook)")
    assert (one.reason, one.since, one.until) == ("Umzug", today, today)
