"""What is owed, against a model that goes through everybody and every login by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.custody.losing import losses
from core.custody.owed import rotation_list
from core.model import AccessKind, Credential, CredentialKind, CustodyEnd, KeptIn, Person
from tests.core.custody.keeping_records import make_copy, make_login, make_reading, make_store, shared_login, tied
from tests.factories import TODAY, make_channel, make_person
from tests.memory import records_in_memory

DAYS = st.sampled_from([None, *(TODAY + timedelta(days=days) for days in (-30, -20, -10, -1, 0, 5))])
PAST = st.sampled_from([TODAY + timedelta(days=days) for days in (-30, -20, -10, -1)])


@st.composite
def worlds(draw: st.DrawFn) -> dict[str, Any]:
    """A few people, one channel or two, a few logins, and what anybody ever kept, read or shared of them."""
    people = [make_person(given_name=name, left_on=draw(DAYS)) for name in ("Erika", "Max", "Ute")]
    channels = [make_channel(handle=handle) for handle in ("stadt", "hafen")]
    logins = [make_login(**draw(_LOGIN), holder_id=draw(st.sampled_from([None, people[0].id]))) for _one in range(2)]
    stores = [make_store(one) for one in people]
    ties = [tie for one in logins for tie in tied(one, *(channel for channel in channels if draw(st.booleans())))]
    copies = [draw(_copy(logins, stores)) for _one in range(draw(st.integers(0, 4)))]
    readings = {
        (login.id, person.id): make_reading(login, person, revision=draw(st.integers(1, 2)))
        for login, person in draw(st.lists(st.tuples(st.sampled_from(logins), st.sampled_from(people)), max_size=2))
    }
    accesses = [
        shared_login(draw(st.sampled_from(channels)), draw(st.sampled_from(people)), **draw(_ACCESS))
        for _one in range(draw(st.integers(0, 3)))
    ]
    return {
        "people": people,
        "channels": channels,
        "logins": logins,
        "stores": stores,
        "ties": ties,
        "copies": copies,
        "readings": list(readings.values()),
        "accesses": accesses,
    }


_LOGIN = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([CredentialKind.PASSWORD, CredentialKind.MAILBOX, CredentialKind.TOTP]),
        "kept_in": st.sampled_from([KeptIn.KEYRING, KeptIn.ENVELOPE]),
        "revision": st.integers(0, 2),
        "rotated_on": st.one_of(st.none(), PAST),
        "retired_on": st.sampled_from([None, None, None, TODAY]),
    }
)
_ACCESS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from([AccessKind.SHARED_LOGIN, AccessKind.SHARED_LOGIN, AccessKind.PLATFORM_ROLE]),
        "granted_on": DAYS,
        "withdrawn_on": DAYS,
    }
)


@st.composite
def _copy(draw: st.DrawFn, logins: list[Credential], stores: list[Any]) -> Any:
    until = draw(st.one_of(st.none(), PAST))
    ended = draw(st.sampled_from(list(CustodyEnd))) if until else None
    revision = draw(st.integers(1, 3))
    return make_copy(
        draw(st.sampled_from(logins)), draw(st.sampled_from(stores)), revision=revision, until=until, ended=ended
    )


def expected(world: dict[str, Any]) -> dict[Any, set[Any]]:
    """Go through everybody and every login by hand."""
    owed: dict[Any, set[Any]] = {}
    for login in world["logins"]:
        if login.retired_on is not None and login.retired_on <= TODAY:
            continue
        for person in world["people"]:
            if knows(world, login, person) and (day := lost(world, login, person)) is not None:
                owed.setdefault(login.id, set()).add((person.id, day))
    return owed


def knows(world: dict[str, Any], login: Credential, person: Person) -> bool:
    copies = [one for one in of(world["copies"], login, person) if one.ended is not CustodyEnd.ABANDONED]
    if any(one.revision == login.revision for one in [*copies, *of(world["readings"], login, person)]):
        return True
    rotated = login.rotated_on or date.min
    if person.left_on is not None and person.left_on < rotated:
        return False
    elsewhere = login.kept_in is not KeptIn.KEYRING
    if elsewhere and login.holder_id == person.id:
        return True
    if login.kind is CredentialKind.TOTP or not (elsewhere or login.revision <= 1):
        return False
    logins = [one for one in shared_by(world, login, person) if one.granted_on is None or one.granted_on <= TODAY]
    return any(one.withdrawn_on is None or one.withdrawn_on > rotated for one in logins)


def lost(world: dict[str, Any], login: Credential, person: Person) -> date | None:
    left = person.left_on + timedelta(days=1) if person.left_on is not None and person.left_on < TODAY else None
    return min((day for day in (left, cut_off(world, login, person)) if day is not None), default=None)


def cut_off(world: dict[str, Any], login: Credential, person: Person) -> date | None:
    copies = of(world["copies"], login, person)
    if any(one.until is None and one.revision >= login.revision for one in copies):
        return None
    if login.kept_in is not KeptIn.KEYRING and login.holder_id == person.id:
        return None
    accesses = shared_by(world, login, person)
    if any((one.granted_on or date.min) <= TODAY < (one.withdrawn_on or date.max) for one in accesses):
        return None
    ended = [
        one for one in copies if one.until and one.revision == login.revision and one.ended != CustodyEnd.ABANDONED
    ]
    last = max((one.until for one in ended), default=None)
    given_back = last is not None and any(one.until == last and one.ended is CustodyEnd.RELEASED for one in ended)
    rotated = login.rotated_on or date.min
    gone = [one.withdrawn_on for one in accesses if one.withdrawn_on and rotated < one.withdrawn_on <= TODAY]
    return max([*([last] if given_back else []), *gone], default=None)


def of(records: list[Any], login: Credential, person: Person) -> list[Any]:
    return [one for one in records if (one.credential_id, one.person_id) == (login.id, person.id)]


def shared_by(world: dict[str, Any], login: Credential, person: Person) -> list[Any]:
    tied_to = {tie.channel_id for tie in world["ties"] if tie.credential_id == login.id}
    return [
        one
        for one in world["accesses"]
        if one.kind is AccessKind.SHARED_LOGIN and one.person_id == person.id and one.channel_id in tied_to
    ]


@given(world=worlds())
def test_what_is_owed_is_what_a_model_says_that_goes_through_everybody_by_hand(world):
    wanted = expected(world)
    with records_in_memory() as session:
        session.add_all([one for records in world.values() for one in records])
        session.flush()
        found = losses(session, TODAY)
        listed_now = rotation_list(session, TODAY)
        done = [rotation_list(session, TODAY, person.id) for person in world["people"]]
    assert {one: {(loser.person_id, loser.day) for loser in people} for one, people in found.items()} == wanted
    assert {one.credential_id for one in listed_now} == set(wanted)
    assert all(one.since == min(loser.day for loser in one.people) for one in listed_now)
    for person, rows in zip(world["people"], done, strict=True):
        owed = {one.credential_id for one in rows if one.done_on is None}
        assert owed == {one for one, people in wanted.items() if person.id in {loser for loser, _day in people}}
