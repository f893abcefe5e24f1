"""The printed recovery key: a wiped keyring comes back from paper and envelopes, and age itself opens them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pyrage
import pytest
from sqlalchemy import select

from core.custody import keeping, rotating
from core.custody.custodian import Custodian
from core.custody.envelopes import envelope_files, folder_of
from core.custody.escrow.resealing import seal_missing
from core.custody.recovery import RecoveryKey, new_recovery_key, put_in_force, restore
from core.custody.secret import Secret
from core.custody.vault import open_vault
from core.errors import BadInputError
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, Custody, CustodyEnd, Envelope, EscrowOpening, Store
from core.registry import Registry
from tests.parts.missing import needed_program

SECRETS = {"Facebook": "Möwe 🔑 \x00", "Mastodon": "x" * 3_000, "Postfach": "zweite\nZeile"}


@pytest.fixture
def custodian(registry: Registry, keyring_daemon, today: date) -> Custodian:
    with registry.action("bind") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    return Custodian(registry, open_vault(registry.id, limit_seconds=60), today)


@pytest.fixture
def logins(custodian) -> dict[str, UUID]:
    with custodian.registry.action("add") as session:
        made = {label: add_credential(session, NewCredential(CredentialKind.PASSWORD, label)).id for label in SECRETS}
    for label, login in made.items():
        keeping.store_secret(custodian, login, Secret(SECRETS[label]))
    return made


@pytest.fixture
def key(custodian, logins: dict[str, UUID]) -> RecoveryKey:
    made = new_recovery_key()
    assert put_in_force(custodian, made.recipient, place="Tresor") == len(SECRETS)
    return made


def records(registry, kind):
    with registry.reading() as session:
        found = list(session.scalars(select(kind).order_by(kind.created_at)))
        session.expunge_all()
    return found


def fresh(custodian, keyrings):
    """The same person after the profile died: another, empty keyring."""
    keyrings.use(keyrings())
    return Custodian(custodian.registry, open_vault(custodian.registry.id, limit_seconds=60), custodian.today)


def test_a_wiped_keyring_comes_back_from_paper_and_envelopes(custodian, logins, key, keyrings):
    with custodian.registry.action("vanished") as session:
        session.scalars(select(Store)).one().vanished_on = custodian.today
    new = fresh(custodian, keyrings)
    typed = Secret(key.private.reveal().lower().replace("1", "1 ", 1))
    recovered = restore(new, typed, reason="Profil verloren")
    assert sorted(recovered.restored) == sorted(SECRETS)
    assert {label: keeping.read_secret(new, login).reveal() for label, login in logins.items()} == SECRETS
    ended = {one.ended for one in records(new.registry, Custody) if one.until is not None}
    assert ended == {CustodyEnd.LOST}
    assert [one.reason for one in records(new.registry, EscrowOpening)] == ["Profil verloren"]
    again = restore(new, key.private)
    assert (sorted(again.kept), again.restored) == (sorted(SECRETS), [])


def test_what_is_stored_later_is_sealed_at_once_and_what_is_replaced_leaves_no_envelope(custodian, logins, key):
    login = logins["Facebook"]
    rotating.begin_rotation(custodian, login, Secret("neu"))
    assert len(list(envelope_files(custodian.registry.path))) == len(SECRETS) + 1, "before it is shown to anybody"
    rotating.confirm_rotation(custodian, login)
    assert len(list(envelope_files(custodian.registry.path))) == len(SECRETS)
    assert sorted(one.revision for one in records(custodian.registry, Envelope)) == [1, 1, 2]


def test_an_abandoned_change_leaves_no_envelope(custodian, logins, key):
    rotating.begin_rotation(custodian, logins["Facebook"], Secret("neu"))
    rotating.abandon_rotation(custodian, logins["Facebook"])
    assert len(list(envelope_files(custodian.registry.path))) == len(SECRETS)


def test_a_new_key_takes_the_place_of_the_old_one(custodian, logins, key, keyrings):
    newer = new_recovery_key()
    assert put_in_force(custodian, newer.recipient) == len(SECRETS)
    assert len(list(envelope_files(custodian.registry.path))) == len(SECRETS)
    recovered = restore(fresh(custodian, keyrings), key.private)
    assert (recovered.restored, len(recovered.unreadable)) == ([], len(SECRETS))


def test_a_missing_envelope_never_blocks_and_is_made_up_for(custodian, logins, key):
    folder = folder_of(custodian.registry.path)
    for file in envelope_files(custodian.registry.path):
        file.unlink()
    folder.rmdir()
    folder.write_text("in the way", "utf-8")
    assert keeping.store_secret(custodian, logins["Facebook"], Secret("neu")) == 2
    folder.unlink()
    assert seal_missing(custodian) == len(SECRETS), "the one that was never written, and those that are gone"
    assert len(list(envelope_files(custodian.registry.path))) == len(SECRETS)
    assert seal_missing(custodian) == 0


def test_a_secret_changed_without_an_envelope_is_named_as_outdated(custodian, logins, key, keyrings):
    with custodian.registry.action("changed elsewhere") as session:
        rotating.note_rotation(session, logins["Facebook"], custodian.today, None)
    recovered = restore(fresh(custodian, keyrings), key.private)
    assert recovered.outdated == ["Facebook"]
    assert sorted(recovered.restored) == ["Mastodon", "Postfach"]


def test_damaged_and_foreign_files_are_named_and_the_others_restored(custodian, logins, key, keyrings):
    folder = folder_of(custodian.registry.path)
    first = next(envelope_files(custodian.registry.path))
    first.write_bytes(first.read_bytes().replace(b"A", b"B"))
    (folder / "none.age").write_bytes(b"hello")
    (folder / "link.age").symlink_to("/etc/hostname")
    recovered = restore(fresh(custodian, keyrings), key.private)
    assert sorted(recovered.unreadable) == sorted([first.name, "none.age"])
    assert len(recovered.restored) == len(SECRETS) - 1


@pytest.mark.parametrize(
    "typed", ["", "hello", "AGE-SECRET-KEY-1QQQQ", "age1lvyvwawkr0mcnnnncaghunadrqkmuf9e6507x9y92"]
)
def test_what_is_no_recovery_key_is_refused_without_being_quoted(custodian, logins, key, typed: str):
    with pytest.raises(BadInputError) as refused:
        restore(custodian, Secret(typed))
    assert not typed or typed not in refused.value.sentence


def test_a_key_of_another_registry_opens_nothing_here(custodian, logins, key):
    with pytest.raises(BadInputError):
        restore(custodian, new_recovery_key().private)
    assert not records(custodian.registry, EscrowOpening)


def test_restoring_can_be_stopped_and_taken_up_again(custodian, logins, key, keyrings):
    new = fresh(custodian, keyrings)
    stopping = replace(new, told=lambda done, _all: done < 1)
    assert len(restore(stopping, key.private).restored) == 1
    again = restore(new, key.private)
    assert (len(again.kept), len(again.restored)) == (1, 2)


def test_the_age_command_opens_an_envelope_with_what_stands_on_the_paper(custodian, logins, key, tmp_path: Path):
    paper = tmp_path / "paper.txt"
    paper.write_text(key.private.reveal() + "\n", "utf-8")
    opened = set()
    for file in envelope_files(custodian.registry.path):
        command = [needed_program("age"), "--decrypt", "--identity", str(paper), str(file)]
        done = subprocess.run(command, capture_output=True, timeout=30, check=True)
        opened.add(json.loads(done.stdout)["secret"])
    assert opened == set(SECRETS.values())


def test_envelopes_are_private_and_padded_so_that_their_length_tells_little(custodian, logins, key):
    files = list(envelope_files(custodian.registry.path))
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert files[0].parent.stat().st_mode & 0o777 == 0o700
    identity = pyrage.x25519.Identity.from_str(key.private.reveal())
    lengths = sorted(len(pyrage.decrypt(file.read_bytes(), [identity])) for file in files)
    assert lengths == [1_024, 1_024, 4_096]
