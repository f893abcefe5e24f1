"""Which secrets are to be changed: told in truth tables, and played through as a staff change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from core.custody.losing import Why
from core.custody.owed import OwedRotation, overdue_from, rotation_list
from core.model import CredentialKind, CustodyEnd, KeptIn, Person
from tests.core.custody.keeping_records import (
    LONG_AGO,
    make_copy,
    make_login,
    make_reading,
    make_rotation,
    make_store,
    shared_login,
    tied,
)
from tests.factories import TODAY, make_channel, make_person
from tests.memory import records_in_memory

YESTERDAY = TODAY - timedelta(days=1)
GONE = TODAY - timedelta(days=20)
BACK = {"until": GONE, "ended": CustodyEnd.RELEASED}


def listed(*records: Any, person: Person | None = None, today: date = TODAY) -> list[OwedRotation]:
    with records_in_memory() as session:
        session.add_all(flat(records))
        session.flush()
        return rotation_list(session, today, person.id if person is not None else None)


def flat(records: Iterable[Any]) -> Iterable[Any]:
    for one in records:
        yield from one if isinstance(one, list) else [one]


def told(found: list[OwedRotation]) -> list[tuple[str, list[Why], date]]:
    return [(one.label, [loser.why for loser in one.people], one.since) for one in found]


@pytest.fixture
def city():
    """A channel with its login, and Erika with a keyring."""
    channel, erika = make_channel(), make_person()
    login = make_login()
    return channel, erika, login, make_store(erika), tied(login, channel)


@pytest.mark.parametrize(
    ("left_on", "since"), [(None, None), (TODAY, None), (YESTERDAY, TODAY), (GONE, GONE + timedelta(days=1))]
)
def test_what_a_leaver_kept_is_to_be_changed_from_the_day_after_the_last(city, left_on, since):
    channel, erika, login, store, ties = city
    erika.left_on = left_on
    found = listed(channel, erika, login, store, ties, make_copy(login, store))
    assert told(found) == ([("Stadtseite", [Why.LEFT], since)] if since else [])


@pytest.mark.parametrize("revision", [1, 2, 3])
def test_a_login_that_was_never_read_since_its_last_change_is_not_on_the_list(city, revision):
    channel, erika, login, store, ties = city
    erika.left_on = GONE
    found = listed(channel, erika, login, store, ties, make_reading(login, erika, revision=revision))
    assert bool(found) is (revision == login.revision)


@pytest.mark.parametrize(
    ("copy", "why"),
    [
        (BACK, [Why.RELEASED]),
        ({"until": GONE, "ended": CustodyEnd.LOST}, []),
        ({"until": GONE, "ended": CustodyEnd.ABANDONED}, []),
        ({**BACK, "revision": 1}, []),
        ({}, []),
    ],
)
def test_who_gave_a_copy_back_knows_the_secret_and_who_lost_it_may_have_it_again(city, copy, why):
    channel, erika, login, store, ties = city
    found = listed(channel, erika, login, store, ties, make_copy(login, store, **copy))
    assert [whys for _label, whys, _since in told(found)] == ([why] if why else [])


@pytest.mark.parametrize("still", ["copy", "next", "login", "login elsewhere"])
def test_who_can_still_get_in_otherwise_has_lost_nothing(city, still):
    channel, erika, login, store, ties = city
    second, other = make_store(erika), make_channel(handle="hafen")
    more = {
        "copy": [second, make_copy(login, second)],
        "next": [second, make_copy(login, second, revision=3)],
        "login": [shared_login(channel, erika)],
        "login elsewhere": [other, shared_login(other, erika)],
    }[still]
    found = listed(channel, erika, login, store, ties, make_copy(login, store, **BACK), more)
    assert bool(found) is (still == "login elsewhere")


@pytest.mark.parametrize(
    ("values", "withdrawn_on", "owed"),
    [
        ({"revision": 0, "rotated_on": None}, GONE, True),
        ({"revision": 1, "rotated_on": None}, GONE, True),
        ({"revision": 2}, GONE, False),
        ({"kept_in": KeptIn.ENVELOPE}, GONE, True),
        ({"kept_in": KeptIn.ENVELOPE}, LONG_AGO, False),
        ({"kept_in": KeptIn.ENVELOPE}, TODAY, True),
        ({"kept_in": KeptIn.ENVELOPE}, TODAY + timedelta(days=1), False),
        ({"kept_in": KeptIn.ENVELOPE, "kind": CredentialKind.MAILBOX}, GONE, True),
        ({"kept_in": KeptIn.ENVELOPE, "kind": CredentialKind.TOTP}, GONE, False),
        ({"kept_in": KeptIn.ENVELOPE, "retired_on": TODAY}, GONE, False),
    ],
)
def test_who_shared_the_login_knows_the_password_until_it_is_changed(city, values, withdrawn_on, owed):
    channel, erika, _login, _store, _ties = city
    login = make_login(**values)
    found = listed(channel, erika, login, tied(login, channel), shared_login(channel, erika, withdrawn_on=withdrawn_on))
    assert told(found) == ([("Stadtseite", [Why.WITHDRAWN], withdrawn_on)] if owed else [])


@pytest.mark.parametrize(("rotated_on", "owed"), [(None, True), (GONE, True), (GONE + timedelta(days=1), False)])
def test_nobody_tells_a_leaver_what_was_changed_after_the_last_day(city, rotated_on, owed):
    channel, erika, _login, _store, _ties = city
    erika.left_on = GONE
    login = make_login(kept_in=KeptIn.OTHER_MANAGER, rotated_on=rotated_on)
    assert bool(listed(channel, erika, login, tied(login, channel), shared_login(channel, erika))) is owed
    login = make_login(kept_in=KeptIn.OTHER_MANAGER, rotated_on=rotated_on, holder_id=erika.id)
    assert bool(listed(make_person(id=erika.id, left_on=GONE), login)) is owed


def test_an_agency_that_had_the_password_counts_like_a_person(city):
    channel, _erika, _login, _store, _ties = city
    login = make_login(revision=1, rotated_on=None)
    gone = shared_login(channel, None, holder="Agentur", withdrawn_on=GONE)
    (found,) = listed(channel, login, tied(login, channel), gone)
    assert [(one.name, one.person_id, one.why, one.day) for one in found.people] == [
        ("Agentur", None, Why.WITHDRAWN, GONE)
    ]
    again = shared_login(channel, None, holder="Agentur")
    login = make_login(revision=1, rotated_on=None)
    other = make_channel()
    again, gone = (shared_login(other, None, holder="Agentur", withdrawn_on=day) for day in (None, GONE))
    assert not listed(other, login, tied(login, other), gone, again)


def test_a_staff_change_gives_exactly_the_right_list():
    """The issue's play: what only the leaver holds comes first, what was changed meanwhile is not on it."""
    channel, erika, max_ = make_channel(), make_person(left_on=GONE), make_person(given_name="Max")
    hers, his = make_store(erika), make_store(max_)
    alone, both, unread, his_own = (make_login(label=label) for label in ("Zoo", "Amt", "Bad", "Chor"))
    late, kept = (
        make_login(label="Dom", revision=3, rotated_on=YESTERDAY),
        make_login(label="Eis", retired_on=YESTERDAY),
    )
    records = [channel, erika, max_, hers, his, alone, both, unread, his_own, late, kept, tied(both, channel)]
    records += [
        make_copy(alone, hers),
        make_copy(both, hers),
        make_copy(both, his),
        make_copy(unread, hers, revision=1),
    ]
    records += [
        make_copy(unread, his),
        make_copy(his_own, his),
        make_copy(late, hers, revision=2),
        make_copy(kept, hers),
    ]
    records += [
        make_rotation(late, 2, LONG_AGO),
        make_rotation(late, 3, YESTERDAY, max_),
        make_rotation(unread, 2, LONG_AGO),
    ]
    found = listed(*records, person=erika)
    assert [(one.label, one.sole, one.done_on, one.done_by) for one in found] == [
        ("Zoo", True, None, None),
        ("Amt", False, None, None),
        ("Dom", False, YESTERDAY, max_.id),
        ("Eis", False, YESTERDAY, None),
    ]
    assert "facebook.com/" in (found[1].change_at or "")
    assert [one.label for one in listed(*(renewed(one) for one in records))] == ["Zoo", "Amt"]


def renewed(record: Any) -> Any:
    """Return a record that no session knows yet."""
    if isinstance(record, list):
        return [renewed(one) for one in record]
    keys = [column.key for column in type(record).__table__.columns]
    known = {key: getattr(record, key) for key in keys if key not in {"created_at", "updated_at", "version"}}
    return type(record)(**known)


@pytest.mark.parametrize("days", range(8))
def test_overdue_counts_the_days_from_monday_to_friday(days):
    for ahead in range(14):
        since = TODAY + timedelta(days=ahead)
        first = overdue_from(since, days)
        counts = [
            sum((since + timedelta(days=one)).weekday() < 5 for one in range(1, (day - since).days + 1))
            for day in (first - timedelta(days=1), first)
        ]
        assert counts == [days, days + 1]
    assert all(early <= late for early, late in pairwise(overdue_from(TODAY, one) for one in range(20)))
