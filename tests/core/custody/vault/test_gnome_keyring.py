"""The vault on a real gnome-keyring: the contract, and everything that can happen to a daemon."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from core.custody.secret import Secret
from core.custody.vault import (
    DamagedEntryError,
    Held,
    KeyringGoneError,
    KeyringLockedError,
    KeyringSlowError,
    NoKeyringError,
    Vault,
    VaultError,
    open_vault,
    vault_state,
)
from tests.core.custody.vault.contract import OTHER_REGISTRY, OTHER_SLOT, REGISTRY, SLOT, VaultContract
from tests.parts.keyrings import Keyring, Keyrings, secretstorage_connection

ROOT = Path(__file__).resolve().parents[4]
CALLS = {
    "store": lambda vault: vault.store(),
    "make_store": lambda vault: vault.make_store(),
    "put": lambda vault: vault.put(OTHER_SLOT, 1, Secret("neu")),
    "get": lambda vault: vault.get(SLOT),
    "remove": lambda vault: vault.remove(SLOT),
}
every_call = pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)


@pytest.fixture
def vault(keyring_daemon: Keyring) -> Vault:
    return open_vault(REGISTRY, limit_seconds=60)


@pytest.fixture
def other_registry(keyring_daemon: Keyring) -> Vault:
    return open_vault(OTHER_REGISTRY, limit_seconds=60)


class TestGnomeKeyring(VaultContract):
    """The contract."""


def test_it_is_called_as_people_call_it(vault: Vault):
    state = vault.state()
    assert (state.backend, state.name, state.unlocked) == ("secret-service", "GNOME Keyring", True)


def test_what_other_programs_can_read_names_nobody(vault: Vault, keyring_daemon: Keyring):
    vault.put(SLOT, 1, Secret("Rathaus" * 300))
    vault.make_store()
    for label, attributes, _text in keyring_daemon.texts():
        assert label.startswith(f"Password for 'kanalregister' on 'kanalregister/{REGISTRY}/")
        assert attributes["username"] == "kanalregister"
        assert "@" not in label + "".join(attributes.values())
        assert "Rathaus" not in label + "".join(attributes.values())


def test_a_removed_secret_leaves_no_part_behind(vault: Vault, keyring_daemon: Keyring):
    vault.put(SLOT, 1, Secret("x" * 10_000))
    assert len(keyring_daemon.texts()) == 9
    vault.remove(SLOT)
    assert keyring_daemon.texts() == []


def test_doubles_that_another_program_made_are_removed_too(vault: Vault, keyring_daemon: Keyring):
    import secretstorage

    vault.put(SLOT, 1, Secret("einmal"))
    named = {"service": f"kanalregister/{REGISTRY}/{SLOT}", "username": "kanalregister", "application": "Kopierer"}
    with secretstorage_connection(keyring_daemon.address) as connection:
        secretstorage.Collection(connection).create_item("Kopie", named, b"kr1:1:1/1:6:einmal;")
    vault.remove(SLOT)
    assert keyring_daemon.texts() == []


def test_what_was_put_outlives_the_daemon(vault: Vault, keyring_daemon: Keyring):
    vault.put(SLOT, 4, Secret("bleibt"))
    made = vault.make_store()
    keyring_daemon.restart()
    assert vault.get(SLOT) == Held(4, Secret("bleibt"))
    assert open_vault(REGISTRY).store() == made


@every_call
def test_a_locked_keyring_without_a_screen_says_so_at_once(call, vault: Vault, keyring_daemon: Keyring, in_english):
    vault.put(SLOT, 1, Secret("da"))
    keyring_daemon.lock()
    began = time.monotonic()
    with pytest.raises(KeyringLockedError, match="The keyring is locked"):
        call(vault)
    assert time.monotonic() - began < 15  # well before the usual limit
    keyring_daemon.restart()
    assert vault.get(SLOT) == Held(1, Secret("da"))


def test_the_state_of_a_locked_keyring_asks_nobody(vault: Vault, keyring_daemon: Keyring):
    vault.make_store()
    keyring_daemon.lock()
    state = vault_state(REGISTRY)
    assert (state.backend, state.trusted, state.unlocked, state.store) == ("secret-service", True, False, None)


def test_a_keyring_nobody_ever_unlocked_is_locked(keyrings: Keyrings):
    keyrings.use(keyrings(unlocked=False))
    with pytest.raises(KeyringLockedError):
        open_vault(REGISTRY).make_store()
    assert vault_state(REGISTRY).unlocked is False


@every_call
def test_a_daemon_that_died_is_told_and_nothing_is_lost(call, vault: Vault, keyring_daemon: Keyring, in_english):
    vault.put(SLOT, 1, Secret("da"))
    keyring_daemon.kill()
    with pytest.raises(KeyringGoneError, match="The keyring has stopped"):
        call(vault)
    keyring_daemon.start()
    assert vault.get(SLOT) == Held(1, Secret("da"))


@every_call
def test_a_bus_that_died_is_told(call, vault: Vault, keyring_daemon: Keyring):
    keyring_daemon.bus.kill()
    with pytest.raises(KeyringGoneError):
        call(vault)


def test_the_state_after_a_death_is_told_and_not_raised(vault: Vault, keyring_daemon: Keyring, in_english):
    keyring_daemon.kill()
    assert any("The keyring has stopped" in note for note in vault.state().notes)
    gone = vault_state(REGISTRY)
    assert (gone.backend, gone.trusted, gone.unlocked, gone.store) == (None, False, None, None)
    assert "install GNOME Keyring" in gone.notes[-1]


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere", "nonsense"])
def test_without_a_bus_there_is_no_keyring(address: str | None, monkeypatch: pytest.MonkeyPatch, in_english):
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    with pytest.raises(NoKeyringError, match="GNOME Keyring, KWallet or KeePassXC"):
        open_vault(REGISTRY)


@every_call
def test_a_daemon_that_hangs_is_left_within_the_limit(call, keyring_daemon: Keyring, in_english):
    vault = open_vault(REGISTRY)
    vault._ring.limit_seconds = 0.4
    keyring_daemon.freeze()
    began = time.monotonic()
    with pytest.raises(KeyringSlowError, match="has not answered for 1 second"):
        call(vault)
    assert time.monotonic() - began < 15  # well before the usual limit
    keyring_daemon.thaw()
    vault._ring.limit_seconds = 20
    vault.put(SLOT, 1, Secret("wieder da"))
    assert vault.get(SLOT) == Held(1, Secret("wieder da"))


def test_a_bus_that_is_only_busy_is_waited_for(vault: Vault, keyring_daemon: Keyring):
    vault.put(SLOT, 1, Secret("da"))
    for use in (lambda: vault.get(SLOT), lambda: open_vault(REGISTRY, limit_seconds=60).get(SLOT)):
        keyring_daemon.bus.freeze()
        going_on = threading.Timer(1.3, keyring_daemon.bus.thaw)
        going_on.start()
        try:
            assert use() == Held(1, Secret("da")), "one second is no reason to give it up"
        finally:
            going_on.join()


def test_a_daemon_killed_at_any_moment_of_a_put_loses_nothing(vault: Vault, keyring_daemon: Keyring, rounds):
    vault.put(SLOT, 1, Secret("alt"))
    text = "neu" * 2_000
    outcomes = set()
    for number in range(rounds(6, 100)):
        slot, killer = uuid4(), threading.Timer(0.02 * (number % 12), keyring_daemon.kill)
        killer.start()
        try:
            vault.put(slot, 2, Secret(text))
            outcomes.add("kept")
        except VaultError as error:
            outcomes.add(type(error).__name__)
        killer.join()
        keyring_daemon.start()
        assert vault.get(SLOT) == Held(1, Secret("alt"))
        assert vault.get(slot) in (None, Held(2, Secret(text)))
        vault.put(slot, 2, Secret(text))
        assert vault.get(slot) == Held(2, Secret(text))
    assert outcomes <= {"kept", "KeyringGoneError", "KeyringFailedError"}


PUTTING = """
from uuid import UUID
from core.custody.secret import Secret
from core.custody.vault import open_vault
vault = open_vault({registry!r})
print("ready", flush=True)
vault.put(UUID({slot!r}), 2, Secret("neu" * 2_000))
"""


def test_a_program_killed_in_the_middle_of_a_put_can_repeat_it(vault: Vault, keyring_daemon: Keyring, rounds):
    for number in range(rounds(3, 40)):
        slot = uuid4()
        code = PUTTING.format(registry=REGISTRY, slot=str(slot))
        with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
            time.sleep(0.03 * (number % 10))
            program.kill()
        assert vault.get(slot) in (None, Held(2, Secret("neu" * 2_000)))
        vault.put(slot, 2, Secret("neu" * 2_000))
        vault.remove(slot)
    assert keyring_daemon.texts() == []


@pytest.mark.parametrize("text", ["", "kr1:1:1/1:99:cut;", "kr1:1:1/2:1:x;", "kr2:1:1/1:1:x;", "a note", "\\"])
def test_an_entry_changed_by_hand_is_told_and_can_be_removed(vault: Vault, keyring_daemon: Keyring, text: str):
    import secretstorage

    vault.put(SLOT, 1, Secret("da"))
    with secretstorage_connection(keyring_daemon.address) as connection:
        for item in secretstorage.Collection(connection).get_all_items():
            item.set_secret(text.encode() or b"\xff\xfe")
    with pytest.raises(DamagedEntryError):
        vault.get(SLOT)
    vault.remove(SLOT)
    assert vault.get(SLOT) is None


def test_two_people_have_two_keyrings(keyrings: Keyrings):
    hers, his = keyrings(), keyrings()
    stores = []
    for keyring, text in ((hers, "ihres"), (his, "seines")):
        keyrings.use(keyring)
        vault = open_vault(REGISTRY)
        vault.put(SLOT, 1, Secret(text))
        stores.append(vault.make_store())
    keyrings.use(hers)
    assert vault.get(SLOT) == Held(1, Secret("ihres"))
    assert vault.store() == stores[0] != stores[1]


def test_no_question_appears_on_a_screen_that_is_not_there(keyring_daemon: Keyring):
    assert not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys()
