"""Storing, reading, changing and releasing secrets, with a real keyring and a real registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.custody import keeping, rotating
from core.custody.adopting import discard_newer
from core.custody.custodian import Custodian, slot_of
from core.custody.revisions import MissingSecretError
from core.custody.secret import Secret
from core.custody.vault import KeyringGoneError, open_vault
from core.days import beginning_of, local_day
from core.errors import BadInputError, ConflictError, IrreversibleError
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential, retire
from core.model import Credential, CredentialKind, Custody, CustodyEnd, KeptIn, Reading, Rotation
from core.registry import Registry
from core.storage.log_view import LogFilter, action_numbers, read_actions
from tests.factories import make_channel

FIRST, SECOND, THIRD = Secret("Möwe-7 \x00 €"), Secret("zweites Geheimnis"), Secret("drittes")


@pytest.fixture
def custodian(registry: Registry, keyring_daemon, today: date) -> Custodian:
    with registry.action("bind") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    return Custodian(registry, open_vault(registry.id, limit_seconds=60), today)


@pytest.fixture
def login(registry: Registry) -> UUID:
    with registry.action("add") as session:
        channel = make_channel()
        session.add(channel)
        session.flush()
        return add_credential(session, NewCredential(CredentialKind.PASSWORD, "Login", (channel.id,))).id


def records(registry, kind):
    with registry.reading() as session:
        found = list(session.scalars(select(kind).order_by(kind.created_at)))
        session.expunge_all()
    return found


def credential(registry):
    return records(registry, Credential)[0]


def test_what_was_stored_is_read_again_and_the_first_reading_has_its_day(custodian, login: UUID):
    assert keeping.store_secret(custodian, login, FIRST) == 1
    assert keeping.read_secret(custodian, login) == FIRST
    kept = credential(custodian.registry)
    assert (kept.revision, kept.rotated_on) == (1, None), "it was there before anybody recorded it"
    keeping.read_secret(replace(custodian, today=custodian.today + timedelta(days=5)), login)
    assert [(one.revision, one.on) for one in records(custodian.registry, Reading)] == [(1, custodian.today)]


def test_the_log_keeps_the_day_of_a_first_reading_and_never_the_time(custodian, login: UUID):
    registry = custodian.registry
    keeping.store_secret(custodian, login, FIRST)
    rotating.begin_rotation(custodian, login, SECOND)
    rotating.confirm_rotation(custodian, login)
    with registry.action("forget") as session:
        for one in session.scalars(select(Reading)):
            session.delete(one)
    before = registry.head()[0]
    assert keeping.read_secret(custodian, login) == SECOND
    (entry,) = [one for one in registry.log() if one.seq > before]
    (reading,) = records(registry, Reading)
    day = beginning_of(local_day(datetime.now(UTC)))
    assert {entry.at, reading.created_at, reading.updated_at} == {day}
    assert datetime.fromisoformat((entry.after or {})["created_at"]) == day
    with registry.reading() as session:
        rows = read_actions(session, [entry.seq, before])
        shown = action_numbers(session, LogFilter(since=local_day(day), until=local_day(day)))
    assert [one.seq for one in rows] == [entry.seq, before]
    assert shown[0] == entry.seq, "it stays the newest of its day"
    assert registry.verify().broken_at is None


def test_nobody_keeps_a_secret_who_has_not_said_who_they_are(registry: Registry, login: UUID, keyring_daemon, today):
    nobody = Custodian(registry, open_vault(registry.id), today)
    with pytest.raises(BadInputError):
        keeping.store_secret(nobody, login, FIRST)
    assert not keyring_daemon.texts()
    assert not records(registry, Custody)


def test_the_secret_before_stays_until_the_new_one_works(custodian, login: UUID):
    keeping.store_secret(custodian, login, FIRST)
    assert keeping.store_secret(custodian, login, SECOND) == 2
    assert keeping.read_secret(custodian, login) == SECOND
    assert keeping.read_secret(custodian, login, revision=1) == FIRST
    assert rotating.confirm_works(custodian, login)
    with pytest.raises(ConflictError):
        keeping.read_secret(custodian, login, revision=1)
    assert not rotating.confirm_works(custodian, login)
    assert credential(custodian.registry).rotated_on == custodian.today


def test_of_older_secrets_only_the_one_before_is_kept(custodian, login: UUID, keyring_daemon):
    for secret in (FIRST, SECOND, THIRD):
        keeping.store_secret(custodian, login, secret)
    assert [one.revision for one in records(custodian.registry, Custody) if one.until is None] == [2, 3]


def test_a_rotation_takes_effect_only_when_it_is_confirmed(custodian, login: UUID, keyring_daemon):
    keeping.store_secret(custodian, login, FIRST)
    assert rotating.begin_rotation(custodian, login, SECOND) == 2
    assert credential(custodian.registry).revision == 1
    assert keeping.read_secret(custodian, login) == FIRST
    assert keeping.read_secret(custodian, login, revision=2) == SECOND
    assert rotating.confirm_rotation(custodian, login) == 2
    assert keeping.read_secret(custodian, login) == SECOND
    assert [(one.revision, one.on) for one in records(custodian.registry, Rotation)] == [
        (1, custodian.today),
        (2, custodian.today),
    ]
    assert len(keyring_daemon.texts()) == 2, "the id of the keyring, and the one secret in force"


def test_an_abandoned_secret_leaves_nothing_behind(custodian, login: UUID, keyring_daemon):
    keeping.store_secret(custodian, login, FIRST)
    rotating.begin_rotation(custodian, login, SECOND)
    keeping.read_secret(custodian, login, revision=2)
    rotating.abandon_rotation(custodian, login)
    assert keeping.read_secret(custodian, login) == FIRST
    assert [one.revision for one in records(custodian.registry, Reading)] == [1]
    rotating.begin_rotation(custodian, login, THIRD)
    assert keeping.read_secret(custodian, login, revision=2) == THIRD


@pytest.mark.parametrize("change", [keeping.store_secret, rotating.begin_rotation])
def test_a_second_change_waits_for_the_first(custodian, login: UUID, change):
    keeping.store_secret(custodian, login, FIRST)
    rotating.begin_rotation(custodian, login, SECOND)
    with pytest.raises(ConflictError):
        change(custodian, login, THIRD)
    assert keeping.read_secret(custodian, login, revision=2) == SECOND


def test_a_released_secret_is_gone_from_the_keyring_and_the_record_stays(custodian, login: UUID, keyring_daemon):
    keeping.store_secret(custodian, login, FIRST)
    keeping.store_secret(custodian, login, SECOND)
    keeping.release(custodian, login)
    assert len(keyring_daemon.texts()) == 1, "only the id of the keyring"
    assert {one.ended for one in records(custodian.registry, Custody)} == {CustodyEnd.RELEASED}
    with pytest.raises(ConflictError):
        keeping.release(custodian, login)


def test_a_colleague_keeps_a_copy_of_what_she_knows_already(custodian, login: UUID, keyrings, today: date):
    keeping.store_secret(custodian, login, FIRST)
    registry = custodian.registry
    keyrings.use(other := keyrings())
    with registry.action("bind") as session:
        registry.store_id = uuid4()
        bind(session, registry.store_id, "Max Mustermann", today)
    colleague = Custodian(registry, open_vault(registry.id), today)
    with pytest.raises(ConflictError):
        keeping.read_secret(colleague, login)
    assert keeping.keep_copy(colleague, login, FIRST) == 1
    assert keeping.read_secret(colleague, login) == FIRST
    assert len(other.texts()) == 2
    assert len({one.person_id for one in records(registry, Custody)}) == 2
    assert keeping.store_secret(colleague, login, SECOND) == 2
    held = {(one.person_id, one.revision) for one in records(registry, Custody) if one.until is None}
    assert len(held) == 3, "the colleague keeps both, Erika the outdated one"


def test_a_newer_secret_that_the_registry_does_not_know_is_never_overwritten(custodian, login: UUID):
    """A crash between keyring and registry leaves one, and so does a registry put back from a backup."""
    keeping.store_secret(custodian, login, FIRST)
    unknown = slot_of(custodian.vault.make_store(), login, 2)
    custodian.vault.put(unknown, 2, SECOND)
    with pytest.raises(ConflictError):
        rotating.begin_rotation(custodian, login, THIRD)
    assert keeping.store_secret(custodian, login, THIRD) == 3
    assert keeping.read_secret(custodian, login) == THIRD
    held = custodian.vault.get(unknown)
    assert held is not None
    assert held.secret == SECOND


def test_a_newer_secret_that_does_not_work_is_discarded(custodian, login: UUID, keyring_daemon):
    keeping.store_secret(custodian, login, FIRST)
    custodian.vault.put(slot_of(custodian.vault.make_store(), login, 2), 2, SECOND)
    assert discard_newer(custodian, login) == 1
    assert rotating.begin_rotation(custodian, login, THIRD) == 2


def test_a_secret_that_the_keyring_lost_is_said_to_be_missing(custodian, login: UUID):
    keeping.store_secret(custodian, login, FIRST)
    custodian.vault.remove(records(custodian.registry, Custody)[0].slot)
    with pytest.raises(MissingSecretError):
        keeping.read_secret(custodian, login)


def test_a_keyring_killed_in_the_middle_of_a_rotation_loses_nothing(custodian, login: UUID, keyring_daemon):
    keeping.store_secret(custodian, login, FIRST)
    rotating.begin_rotation(custodian, login, SECOND)
    keyring_daemon.kill()
    with pytest.raises(KeyringGoneError):
        rotating.confirm_rotation(custodian, login)
    assert credential(custodian.registry).revision == 1
    keyring_daemon.restart()
    assert keeping.read_secret(custodian, login) == FIRST
    assert keeping.read_secret(custodian, login, revision=2) == SECOND
    rotating.confirm_rotation(custodian, login)
    assert keeping.read_secret(custodian, login) == SECOND


def test_what_happened_in_a_keyring_is_not_undone(custodian, login: UUID):
    registry = custodian.registry
    before = registry.undoable
    keeping.store_secret(custodian, login, FIRST)
    assert registry.undoable == before
    with pytest.raises(IrreversibleError):
        registry.undo()
    assert registry.undoable != before, "whoever asks again means the step before"
    newest = registry.log()[-1]
    with pytest.raises(ConflictError):
        registry.undo_action(newest.action_id)
    assert keeping.read_secret(custodian, login) == FIRST


def test_a_login_in_an_envelope_or_retired_is_none_for_the_keyring(custodian, login: UUID, today: date):
    registry = custodian.registry
    with registry.action("move") as session:
        session.get_one(Credential, login).kept_in = KeptIn.ENVELOPE
    with pytest.raises(BadInputError):
        keeping.store_secret(custodian, login, FIRST)
    with registry.action("changed") as session:
        assert rotating.note_rotation(session, login, today, None) == 1
    assert credential(registry).rotated_on == today
    with registry.action("move") as session:
        session.get_one(Credential, login).kept_in = KeptIn.KEYRING
        retire(session, login, today)
    with pytest.raises(BadInputError):
        keeping.store_secret(custodian, login, FIRST)


def test_a_login_of_which_copies_are_kept_is_not_retired(custodian, login: UUID, today: date):
    keeping.store_secret(custodian, login, FIRST)
    with pytest.raises(ConflictError), custodian.registry.action("retire") as session:
        retire(session, login, today)
