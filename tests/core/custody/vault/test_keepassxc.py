"""The vault on a real KeePassXC as Secret Service: the contract, and what its file keeps."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from core.custody.secret import Secret
from core.custody.vault import Held, KeyringGoneError, KeyringLockedError, NoKeyringError, Vault, open_vault
from tests.core.custody.vault.contract import SLOT, TEXTS, VaultContract
from tests.parts.keepassxc import KeePassXC
from tests.parts.screen import Screen


@pytest.fixture(scope="module")
def running(screen: Screen) -> Iterator[KeePassXC]:
    """One KeePassXC for all tests, which take registries of their own."""
    with KeePassXC(screen.display) as running:
        yield running


@pytest.fixture
def keepassxc(running: KeePassXC, monkeypatch: pytest.MonkeyPatch) -> KeePassXC:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", running.address)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return running


@pytest.fixture
def vault(keepassxc: KeePassXC) -> Vault:
    return open_vault(str(uuid4()), limit_seconds=60)


@pytest.fixture
def other_registry(keepassxc: KeePassXC) -> Vault:
    return open_vault(str(uuid4()), limit_seconds=60)


class TestKeePassXC(VaultContract):
    """The contract, and one note: what is removed lies in the recycle bin."""

    notes = 1


def test_it_is_called_as_people_call_it_and_its_recycle_bin_is_told(vault: Vault, in_english):
    state = vault.state()
    assert (state.backend, state.name, state.unlocked) == ("secret-service", "KeePassXC", True)
    assert "recycle bin" in state.notes[0]


def test_what_is_removed_lies_in_the_recycle_bin(vault: Vault, keepassxc: KeePassXC):
    """Which nobody can empty from outside; when this fails, the note is no longer needed."""
    slot = uuid4()
    vault.put(slot, 1, Secret("weg"))
    vault.remove(slot)
    assert vault.get(slot) is None
    keepassxc.restart()
    assert [line for line in keepassxc.listed().splitlines() if str(slot) in line and "Recycle Bin/" in line]


def test_a_locked_database_without_a_screen_says_so(vault: Vault, keepassxc: KeePassXC):
    keepassxc.lock()
    with pytest.raises(KeyringLockedError):
        vault.put(SLOT, 1, Secret("zu"))
    assert vault.state().unlocked is False
    keepassxc.restart()
    vault.put(SLOT, 1, Secret("offen"))


def test_every_text_is_the_same_when_it_comes_from_the_file(vault: Vault, keepassxc: KeePassXC):
    """Only the file shows what XML does to a secret; in memory KeePassXC keeps anything."""
    slots = {uuid4(): text for text in TEXTS.values()}
    for slot, text in slots.items():
        vault.put(slot, 1, Secret(text))
    keepassxc.restart()
    assert all(str(slot) in keepassxc.listed() for slot in slots)
    assert {slot: vault.get(slot) for slot in slots} == {slot: Held(1, Secret(text)) for slot, text in slots.items()}
    for slot in slots:
        vault.remove(slot)
    assert not any(map(vault.get, slots))


def test_a_crash_is_told_and_the_next_start_serves_again(vault: Vault, keepassxc: KeePassXC):
    vault.put(SLOT, 1, Secret("gespeichert"))
    keepassxc.restart()
    keepassxc.kill()
    with pytest.raises(KeyringGoneError):
        vault.get(SLOT)
    with pytest.raises(NoKeyringError):
        open_vault("x")
    keepassxc.start()
    assert vault.get(SLOT) == Held(1, Secret("gespeichert"))
