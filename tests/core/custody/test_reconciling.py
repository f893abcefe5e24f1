"""What the registry expects of a real keyring, compared with what is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core import workstation
from core.custody import keeping, rotating
from core.custody.adopting import adopt_newer
from core.custody.custodian import Custodian, remembered_as, slot_of
from core.custody.reconciling import Reconciliation, VanishedAnswer, answer_vanished, reconcile
from core.custody.secret import Secret
from core.custody.vault import CancelledError, open_vault
from core.errors import ConflictError
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import Credential, CredentialKind, Custody, CustodyEnd, Store
from core.registry import Registry

FIRST, SECOND, THIRD = Secret("erstes Geheimnis"), Secret("zweites"), Secret("drittes")


@pytest.fixture
def custodian(registry: Registry, keyring_daemon, today: date) -> Custodian:
    with registry.action("bind") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    return Custodian(registry, open_vault(registry.id, limit_seconds=60), today)


@pytest.fixture
def logins(custodian: Custodian) -> list[UUID]:
    """Three logins whose secrets are kept here."""
    found = [add(custodian, label) for label in ("Amt", "Bad", "Zoo")]
    for one in found:
        keeping.store_secret(custodian, one, FIRST)
    return found


def add(custodian: Custodian, label: str) -> UUID:
    with custodian.registry.action("add") as session:
        return add_credential(session, NewCredential(CredentialKind.PASSWORD, label)).id


def copies(custodian: Custodian, **having) -> list[Custody]:
    with custodian.registry.reading() as session:
        found = list(session.scalars(select(Custody).filter_by(**having).order_by(Custody.created_at)))
        session.expunge_all()
    return found


def store(custodian: Custodian) -> Store:
    with custodian.registry.reading() as session:
        found = session.scalars(select(Store).order_by(Store.created_at)).first()
        session.expunge_all()
    assert found is not None
    return found


def slot(custodian: Custodian, login: UUID, revision: int) -> UUID:
    here = custodian.vault.store()
    assert here is not None
    return slot_of(here, login, revision)


def wipe(custodian: Custodian) -> None:
    """Take everything out of the keyring, its id included."""
    for one in copies(custodian, until=None):
        custodian.vault.remove(one.slot)
    custodian.vault._remove(custodian.vault._service("store"), custodian.vault._ring.ready(None, None))


def later(custodian: Custodian, days: int) -> Custodian:
    return replace(custodian, today=custodian.today + timedelta(days=days))


def actions(custodian: Custodian) -> int:
    from core.model import Action

    with custodian.registry.reading() as session:
        return len(session.scalars(select(Action.id)).all())


def test_where_all_is_as_expected_nothing_is_written(custodian: Custodian, logins):
    before = actions(custodian)
    assert reconcile(custodian) == Reconciliation(3, 3, 0, None, 0)
    assert actions(custodian) == before


def test_the_day_on_which_an_entry_was_seen_is_noted_once_a_month(custodian: Custodian, logins):
    reconcile(later(custodian, 30))
    assert {one.last_seen_on for one in copies(custodian)} == {custodian.today}
    reconcile(later(custodian, 31))
    assert {one.last_seen_on for one in copies(custodian)} == {custodian.today + timedelta(days=31)}


def test_a_secret_that_is_gone_is_marked_until_it_is_there_again(custodian: Custodian, logins):
    custodian.vault.remove(slot(custodian, logins[0], 1))
    assert reconcile(custodian) == Reconciliation(3, 2, 1, None, 0)
    assert [one.missing_since for one in copies(custodian, credential_id=logins[0])] == [custodian.today]
    reconcile(later(custodian, 2))
    assert [one.missing_since for one in copies(custodian, credential_id=logins[0])] == [custodian.today]
    custodian.vault.put(slot(custodian, logins[0], 1), 1, FIRST)
    assert reconcile(custodian).missing == 0
    assert not copies(custodian, missing_since=custodian.today)


@pytest.mark.parametrize("with_id", [True, False], ids=["emptied", "gone"])
def test_a_keyring_that_is_gone_is_asked_about_once_and_no_single_secret_is_marked(custodian, logins, with_id):
    here = store(custodian).id
    wipe(custodian)
    if with_id:
        within = custodian.vault._ring.ready(None, None)
        custodian.vault._write("store", 0, Secret(str(here)), within)
    assert reconcile(custodian).vanished == here
    before = actions(custodian)
    again = reconcile(later(custodian, 1))
    assert (again.vanished, again.missing, actions(custodian)) == (here, 0, before)
    assert store(custodian).vanished_on == custodian.today
    assert not [one for one in copies(custodian) if one.missing_since is not None]


def test_what_was_in_a_lost_keyring_is_not_kept_any_more(custodian: Custodian, logins):
    wipe(custodian)
    reconcile(custodian)
    answer_vanished(custodian, VanishedAnswer.LOST)
    assert {(one.until, one.ended) for one in copies(custodian)} == {(custodian.today, CustodyEnd.LOST)}
    assert (store(custodian).until, store(custodian).vanished_on) == (custodian.today, None)
    assert reconcile(custodian) == Reconciliation(0, 0, 0, None, 0)
    with pytest.raises(ConflictError):
        answer_vanished(custodian, VanishedAnswer.LOST)


def test_a_keyring_counts_as_back_only_where_it_is(custodian: Custodian, logins):
    here = store(custodian).id
    kept = [(one.slot, one.revision) for one in copies(custodian)]
    wipe(custodian)
    reconcile(custodian)
    with pytest.raises(ConflictError):
        answer_vanished(custodian, VanishedAnswer.BACK)
    custodian.vault._write("store", 0, Secret(str(here)), custodian.vault._ring.ready(None, None))
    custodian.vault.put(*kept[0], FIRST)
    answer_vanished(custodian, VanishedAnswer.BACK)
    assert store(custodian).vanished_on is None
    assert len([one for one in copies(custodian) if one.missing_since is not None]) == 2
    assert reconcile(custodian) == Reconciliation(3, 1, 2, None, 0)


def test_a_keyring_that_comes_back_by_itself_is_asked_about_no_longer(custodian: Custodian, logins):
    here, kept = store(custodian).id, [(one.slot, one.revision) for one in copies(custodian)]
    wipe(custodian)
    reconcile(custodian)
    custodian.vault._write("store", 0, Secret(str(here)), custodian.vault._ring.ready(None, None))
    for one in kept:
        custodian.vault.put(*one, FIRST)
    assert reconcile(custodian) == Reconciliation(3, 3, 0, None, 0)
    assert store(custodian).vanished_on is None


def test_what_was_given_up_as_lost_and_is_there_after_all_is_kept_again(custodian: Custodian, logins):
    here, kept = store(custodian).id, [(one.slot, one.revision) for one in copies(custodian)]
    wipe(custodian)
    reconcile(custodian)
    answer_vanished(custodian, VanishedAnswer.LOST)
    custodian.vault._write("store", 0, Secret(str(here)), custodian.vault._ring.ready(None, None))
    for one in kept:
        custodian.vault.put(*one, FIRST)
    assert reconcile(custodian).found_again == 3
    assert reconcile(custodian) == Reconciliation(3, 3, 0, None, 0)
    assert keeping.read_secret(custodian, logins[0]) == FIRST
    assert store(custodian).until is None


def test_the_keyring_before_is_asked_about_when_a_new_one_takes_its_place(custodian: Custodian, logins):
    here = store(custodian).id
    wipe(custodian)
    keeping.store_secret(custodian, logins[0], SECOND)
    assert custodian.vault.store() != here
    assert reconcile(custodian).vanished == here


def test_what_was_given_back_and_is_still_there_is_removed_if_somebody_else_has_it(custodian, logins, keyrings):
    login = logins[0]
    left = slot(custodian, login, 1)
    keeping.release(custodian, login)
    custodian.vault.put(left, 1, FIRST)
    assert reconcile(custodian).leftovers_removed == 0
    assert custodian.vault.get(left) is not None, "it is the only copy there is"
    with custodian.registry.action("other") as session:
        other = Store(person_id=custodian.person_id, backend="windows", since=custodian.today)
        session.add(other)
        ids = {"credential_id": login, "person_id": custodian.person_id, "store_id": other.id}
        session.add(Custody(**ids, slot=slot_of(other.id, login, 1), revision=1, since=custodian.today))
    assert reconcile(later(custodian, 91)).leftovers_removed == 0
    assert reconcile(custodian).leftovers_removed == 1
    assert custodian.vault.get(left) is None


def test_a_replaced_secret_goes_only_as_long_as_the_new_one_is_there(custodian: Custodian, logins):
    login = logins[0]
    keeping.store_secret(custodian, login, SECOND)
    assert rotating.confirm_works(custodian, login)
    custodian.vault.put(slot(custodian, login, 1), 1, FIRST)
    custodian.vault.remove(slot(custodian, login, 2))
    assert reconcile(custodian).leftovers_removed == 0
    custodian.vault.put(slot(custodian, login, 2), 2, SECOND)
    assert reconcile(custodian).leftovers_removed == 1
    assert custodian.vault.get(slot(custodian, login, 1)) is None


def test_what_a_crash_left_is_told_and_taken_over_never_removed(custodian: Custodian, logins):
    login = logins[0]
    custodian.vault.put(slot(custodian, login, 2), 2, SECOND)
    found = reconcile(custodian)
    assert (found.newer, found.missing, found.leftovers_removed) == ((login,), 0, 0)
    assert adopt_newer(custodian, login) == 2
    assert keeping.read_secret(custodian, login) == SECOND
    assert keeping.read_secret(custodian, login, revision=1) == FIRST, "until somebody says that the new one works"
    assert reconcile(custodian).newer == ()
    with pytest.raises(ConflictError):
        adopt_newer(custodian, login)


def test_after_a_backup_was_restored_the_newer_secret_is_taken_over_under_its_number(custodian: Custodian, logins):
    login = logins[0]
    custodian.vault.remove(slot(custodian, login, 1))
    custodian.vault.put(slot(custodian, login, 6), 6, THIRD)
    found = reconcile(custodian)
    assert (found.newer, found.missing) == ((login,), 0)
    assert not copies(custodian, missing_since=custodian.today)
    assert adopt_newer(custodian, login) == 6
    assert reconcile(custodian) == Reconciliation(3, 3, 0, None, 0)
    with custodian.registry.reading() as session:
        assert session.get_one(Credential, login).revision == 6


def test_another_keyring_with_the_secret_taken_over_is_right_again(custodian: Custodian, logins):
    login = logins[0]
    with custodian.registry.action("taken over at another workstation") as session:
        session.get_one(Credential, login).revision = 4
    custodian.vault.put(slot(custodian, login, 4), 4, THIRD)
    assert reconcile(custodian).found_again == 1
    assert keeping.read_secret(custodian, login) == THIRD


def test_a_change_that_is_under_way_is_nothing_newer(custodian: Custodian, logins):
    rotating.begin_rotation(custodian, logins[0], SECOND)
    assert reconcile(custodian) == Reconciliation(4, 4, 0, None, 0)
    with pytest.raises(ConflictError):
        adopt_newer(custodian, logins[0])


def test_who_does_not_want_to_wait_records_nothing(custodian: Custodian, logins):
    custodian.vault.remove(slot(custodian, logins[0], 1))
    before = actions(custodian)
    with pytest.raises(CancelledError):
        reconcile(replace(custodian, told=lambda done, _all: done < 2))
    assert actions(custodian) == before


def test_a_workstation_that_forgot_its_keyring_knows_it_again(custodian: Custodian, logins):
    name = remembered_as(custodian.registry.id)
    workstation.remember(name, None)
    reconcile(custodian)
    assert workstation.remembered(name) == str(store(custodian).id)


def test_without_a_keyring_nothing_is_expected(custodian: Custodian):
    assert reconcile(custodian) == Reconciliation(0, 0, 0, None, 0)
