"""The connection to the keyring: one while work goes on, none afterwards, a new one where the old one is stale."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core.custody.secret import Secret
from core.custody.vault import Held, Vault, bus, lane, open_vault
from tests.core.custody.vault.contract import REGISTRY, SLOT
from tests.parts.keyrings import Keyring, wait_until


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Note each connection that is opened."""
    made: list[object] = []
    really = bus.connected

    def connected() -> object:
        made.append(really())
        return made[-1]

    monkeypatch.setattr(bus, "connected", connected)
    return made


@pytest.fixture
def vault(keyring_daemon: Keyring, opened: list[object]) -> Vault:
    return open_vault(REGISTRY, limit_seconds=60)


def test_what_is_done_in_a_row_goes_over_one_connection(vault: Vault, opened: list[object]):
    vault.make_store()
    vault.put(SLOT, 1, Secret("x" * 5_000))
    vault.put(uuid4(), 1, Secret("kurz"))
    assert vault.get(SLOT) == Held(1, Secret("x" * 5_000))
    vault.remove(SLOT)
    assert vault.get(SLOT) is None
    assert len(opened) == 1


def test_an_idle_keyring_is_left_in_peace(keyring_daemon: Keyring, monkeypatch: pytest.MonkeyPatch, opened):
    monkeypatch.setattr(lane, "REST_SECONDS", 0.05)
    vault = open_vault(REGISTRY, limit_seconds=60)
    vault.put(SLOT, 1, Secret("da"))
    wait_until(lambda: all(one.sock.fileno() == -1 for one in opened), "the end of the connection")
    assert vault.get(SLOT) == Held(1, Secret("da"))


@pytest.mark.parametrize("use", ["get", "put", "remove"])
def test_a_keyring_started_anew_is_used_on(use: str, vault: Vault, keyring_daemon: Keyring):
    vault.put(SLOT, 1, Secret("da"))
    keyring_daemon.restart()
    match use:
        case "get":
            assert vault.get(SLOT) == Held(1, Secret("da"))
        case "put":
            vault.put(SLOT, 1, Secret("da"))
            vault.put(uuid4(), 1, Secret("neu"))
        case _:
            vault.remove(SLOT)
            assert vault.get(SLOT) is None


def test_a_bus_started_anew_is_used_on(vault: Vault, keyring_daemon: Keyring, opened: list[object]):
    vault.put(SLOT, 1, Secret("da"))
    keyring_daemon.bus.kill()
    keyring_daemon.kill()
    keyring_daemon.bus.start()
    keyring_daemon.start()
    assert vault.get(SLOT) == Held(1, Secret("da"))
    assert len(opened) == 2
