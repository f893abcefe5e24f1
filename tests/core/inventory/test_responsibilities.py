"""Who answers for a channel and who can get in: from when, until when, and on what conditions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.inventory import accesses, confirmations, responsibilities
from core.inventory.accesses import Grant
from core.model import AccessKind, Channel, ConfirmationResult, Person, Responsibility, ResponsibilityRole
from tests.factories import TODAY, make_channel, make_owner, make_person
from tests.memory import records_in_memory

OWNER, DEPUTY = ResponsibilityRole.OWNER, ResponsibilityRole.DEPUTY
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


@pytest.fixture
def channel(session: Session) -> Channel:
    session.add(made := make_channel())
    return made


@pytest.fixture
def erika(session: Session) -> Person:
    session.add(made := make_person())
    return made


@pytest.fixture
def max_(session: Session) -> Person:
    session.add(made := make_person(given_name="Max"))
    return made


def held(session: Session, channel: Channel) -> dict[object, tuple[date | None, date | None]]:
    session.flush()
    query = select(Responsibility).where(Responsibility.channel_id == channel.id)
    return {one.person_id: (one.since, one.until) for one in session.scalars(query)}


def test_assigning_ends_nobody_else(session: Session, channel: Channel, erika: Person, max_: Person):
    responsibilities.assign(session, channel.id, erika.id, OWNER, since=None)
    responsibilities.assign(session, channel.id, max_.id, OWNER, since=TODAY)
    assert held(session, channel) == {erika.id: (None, None), max_.id: (TODAY, None)}


def test_replacing_ends_the_others_on_the_day_before(session: Session, channel: Channel, erika: Person, max_: Person):
    responsibilities.assign(session, channel.id, erika.id, OWNER, since=date(2026, 1, 1))
    responsibilities.assign(session, channel.id, max_.id, OWNER, since=TODAY, replace=True)
    assert held(session, channel) == {erika.id: (date(2026, 1, 1), YESTERDAY), max_.id: (TODAY, None)}


def test_replacing_leaves_other_roles_and_channels_alone(
    session: Session, channel: Channel, erika: Person, max_: Person
):
    session.add(other := make_channel(handle="moers"))
    session.add(make_owner(other, erika))
    responsibilities.assign(session, channel.id, erika.id, DEPUTY, since=None)
    responsibilities.assign(session, channel.id, max_.id, OWNER, since=TODAY, replace=True)
    assert held(session, channel)[erika.id] == held(session, other)[erika.id] == (None, None)


def test_what_was_assigned_on_the_same_day_never_took_effect(
    session: Session, channel: Channel, erika: Person, max_: Person
):
    responsibilities.assign(session, channel.id, erika.id, OWNER, since=TODAY)
    session.flush()
    responsibilities.assign(session, channel.id, max_.id, OWNER, since=TODAY, replace=True)
    assert held(session, channel) == {max_.id: (TODAY, None)}


def test_who_holds_a_role_keeps_it(session: Session, channel: Channel, erika: Person):
    first = responsibilities.assign(session, channel.id, erika.id, OWNER, since=None)
    session.flush()
    assert responsibilities.assign(session, channel.id, erika.id, OWNER, since=TODAY, replace=True) is first
    assert held(session, channel) == {erika.id: (None, None)}


def test_who_held_a_role_before_can_take_it_again(session: Session, channel: Channel, erika: Person):
    session.add(make_owner(channel, erika, until=date(2026, 1, 1)))
    assert responsibilities.assign(session, channel.id, erika.id, OWNER, since=TODAY).until is None


@pytest.mark.parametrize(("left", "refused"), [(YESTERDAY, True), (TODAY, False)])
def test_who_has_left_cannot_take_on_a_channel(session: Session, channel: Channel, erika: Person, left, refused):
    erika.left_on = left
    if refused:
        with pytest.raises(BadInputError, match="Erika Mustermann"):
            responsibilities.assign(session, channel.id, erika.id, OWNER, since=TODAY)
    else:
        assert responsibilities.assign(session, channel.id, erika.id, OWNER, since=TODAY)


def test_a_responsibility_ends_after_its_last_day_but_not_before_its_first(
    session: Session, channel: Channel, erika: Person
):
    one = responsibilities.assign(session, channel.id, erika.id, OWNER, since=TODAY)
    session.flush()
    with pytest.raises(BadInputError):
        responsibilities.end(session, one.id, YESTERDAY)
    assert responsibilities.end(session, one.id, TODAY).until == TODAY


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_shared_login_needs_a_reason(session: Session, channel: Channel, erika: Person, reason):
    with pytest.raises(BadInputError, match=r"ORP\.4"):
        accesses.grant_access(
            session, channel.id, Grant(erika.id, kind=AccessKind.SHARED_LOGIN, reason=reason), TODAY, None
        )


def test_a_shared_login_with_a_reason_and_a_role_without_one_are_granted(
    session: Session, channel: Channel, erika: Person
):
    shared = Grant(erika.id, kind=AccessKind.SHARED_LOGIN, reason="Die Plattform kennt keine Rollen")
    assert accesses.grant_access(session, channel.id, shared, TODAY, erika.id).reason == shared.reason
    assert (
        accesses.grant_access(session, channel.id, Grant(holder=" Agentur Muster "), None, None).holder
        == "Agentur Muster"
    )


def test_an_access_is_somebodys(session: Session, channel: Channel):
    with pytest.raises(BadInputError):
        accesses.grant_access(session, channel.id, Grant(holder=" "), TODAY, None)


def test_an_access_is_withdrawn_once_and_not_before_it_was_granted(session: Session, channel: Channel, erika: Person):
    access = accesses.grant_access(session, channel.id, Grant(erika.id), TODAY, None)
    session.flush()
    with pytest.raises(BadInputError):
        accesses.withdraw_access(session, access.id, YESTERDAY, None)
    accesses.withdraw_access(session, access.id, TODAY, erika.id)
    assert (access.withdrawn_on, access.withdrawn_by_id) == (TODAY, erika.id)
    with pytest.raises(ConflictError):
        accesses.withdraw_access(session, access.id, TODAY, None)


def test_a_confirmation_notes_who_looked_when_and_what_was_found(session: Session, channel: Channel, erika: Person):
    confirmations.confirm(session, channel.id, person_id=erika.id, on=TODAY, result=ConfirmationResult.SHOULD_CLOSE)
    session.flush()
    assert session.scalar(select(confirmations.last_confirmed_on(TODAY)).select_from(Channel)) == TODAY
