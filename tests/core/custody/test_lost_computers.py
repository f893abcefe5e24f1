"""A computer that is lost with its keyring: its secrets are to be changed, those of a mere new installation are not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.identity.enrolling import enrol
from core.custody.identity.revoking import revoke
from core.custody.losing import Why
from core.custody.lost_computers import give_up_computer
from core.custody.owed import rotation_list
from core.custody.reconciling import VanishedAnswer, answer_vanished
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, Custody, CustodyEnd, Store
from tests.core.custody.keeping_records import make_copy, make_login, make_store
from tests.factories import TODAY, make_person
from tests.memory import records_in_memory

GONE = TODAY - timedelta(days=3)
STOLEN = {"until": GONE, "ended": CustodyEnd.STOLEN}


@pytest.mark.parametrize(
    ("copy_has", "login_has", "since"),
    [
        (STOLEN, {}, GONE),
        (STOLEN | {"revision": 1}, {}, None),
        (STOLEN, {"retired_on": GONE}, None),
        ({"until": GONE, "ended": CustodyEnd.LOST}, {}, None),
        ({"until": GONE, "ended": CustodyEnd.REPLACED}, {}, None),
        ({}, {}, None),
    ],
)
def test_what_lay_on_a_lost_computer_is_to_be_changed(copy_has, login_has, since):
    with records_in_memory() as session:
        erika, login = make_person(), make_login(**login_has)
        store = make_store(erika, until=GONE)
        session.add_all([erika, login, store, make_copy(login, store, **copy_has)])
        session.flush()
        found = [(one.people[0].why, one.people[0].day) for one in rotation_list(session, TODAY)]
    assert found == ([(Why.LOST, since)] if since else [])


def test_a_lost_computer_is_given_up_from_another_and_only_once(registry, keyrings, today, now):
    with registry.action("begin") as session:
        erika = bind(session, registry.store_id, "Erika Mustermann", today).person.id
        login = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Facebook")).id
    first, second = keyrings(), keyrings()
    keyrings.use(first)
    lost = enrol(at_work(registry, today), now)
    keeping.store_secret(at_work(registry, today), login, Secret("geheim"))
    keyrings.use(second)
    here = at_work(registry, today)
    enrol(here, now)
    revoke(here, lost, now)
    assert [give_up_computer(here, lost.store) for _twice in range(2)] == [1, 1]
    with registry.reading() as session:
        assert session.get(Store, lost.store).until == today
        assert [one.ended for one in session.scalars(select(Custody))] == [CustodyEnd.STOLEN]
        [one] = rotation_list(session, today, erika)
        assert [(loser.why, loser.day) for loser in one.people] == [(Why.LOST, today)]
    labels = [entry.label for entry in registry.log()]
    assert labels.count("Give up a lost computer") > 0


def test_what_was_given_up_with_the_keyring_before_counts_too(registry, keyrings, today, now):
    with registry.action("begin") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
        login = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Facebook")).id
    keyrings.use(keyrings())
    lost = enrol(at_work(registry, today), now)
    keeping.store_secret(at_work(registry, today), login, Secret("geheim"))
    keyrings.use(keyrings())
    here = at_work(registry, today)
    enrol(here, now)
    answer_vanished(here, VanishedAnswer.LOST, lost.store)
    with registry.reading() as session:
        assert rotation_list(session, today) == []
    assert give_up_computer(here, lost.store) == 1
    with registry.reading() as session:
        assert [one.label for one in rotation_list(session, today)] == ["Facebook"]


def test_a_keyring_that_this_registry_does_not_know_has_nothing_to_give_up(registry, keyring_daemon, today, now):
    with registry.action("begin") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    assert give_up_computer(at_work(registry, today), make_person().id) == 0


def at_work(registry, today):
    """The person at the keyring that is in use now."""
    return Custodian(registry, open_vault(registry.id, limit_seconds=60), today)
