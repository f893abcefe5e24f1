"""The quick filter of the logins that lie with one person only: it counts what its words say."""

from __future__ import annotations

from typing import Any

import pytest

from core.inventory.quick_filters import CREDENTIAL_FILTERS, filter_counts
from core.model import CredentialKind, CustodyEnd, KeptIn
from tests.core.custody.keeping_records import make_copy, make_envelope, make_key, make_login, make_store
from tests.core.governance.raising import YESTERDAY
from tests.factories import TODAY, make_person
from tests.memory import records_in_memory


@pytest.fixture
def count():
    """Count the logins with one person, of those that are given: who keeps which."""
    with records_in_memory() as session:
        people = {name: make_person(given_name=name) for name in ("Erika", "Max")}
        stores = {name: make_store(one) for name, one in people.items()}
        session.add_all([*people.values(), *stores.values()])

        def counted(*made):
            for login, keepers, more in made:
                session.add(login)
                session.add_all([make_copy(login, stores[name], **more) for name in keepers])
            session.flush()
            return filter_counts(session, TODAY, None, CREDENTIAL_FILTERS)["one-holder"]

        yield session, counted


def test_all_that_lie_with_one_person_are_counted(count):
    _session, counted = count
    logins: list[Any] = [(make_login(label=str(number)), ["Erika"], {}) for number in range(5)]
    assert counted(*logins) == 5


@pytest.mark.parametrize(
    ("values", "keepers", "more", "number"),
    [
        ({}, ["Erika"], {}, 1),
        ({}, ["Erika", "Max"], {}, 0),
        ({}, [], {}, 0),
        ({}, ["Erika"], {"until": YESTERDAY, "ended": CustodyEnd.RELEASED}, 0),
        ({}, ["Erika"], {"missing_since": YESTERDAY}, 0),
        ({}, ["Erika"], {"revision": 1}, 0),
        ({"retired_on": YESTERDAY}, ["Erika"], {}, 0),
        ({"kind": CredentialKind.SIM, "kept_in": KeptIn.DEVICE}, [], {}, 0),
    ],
)
def test_only_the_secret_in_force_that_one_person_keeps_counts(count, values, keepers, more, number):
    _session, counted = count
    assert counted((make_login(**values), keepers, more)) == number


def test_a_printed_recovery_key_is_no_second_person(count):
    session, counted = count
    login, key = make_login(), make_key()
    session.add_all([login, key])
    session.flush()
    session.add(make_envelope(login, key))
    assert counted((login, ["Erika"], {})) == 1
