"""The connection to the keyring: one while work goes on, none afterwards, a new one where the old one is stale."""

from __future__ import annotations

import gc
import socket
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from secretstorage import SecretServiceNotAvailableException

from core.custody.secret import Secret
from core.custody.vault import Held, Vault, bus, lane, open_vault
from core.custody.vault.bus import ADDRESS, connected
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


@pytest.fixture
def rude_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A bus that lets somebody in and hangs up before it says hello, as a busy one does now and then."""
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(tmp_path / "bus"))
        bus.listen()

        def let_in() -> None:
            guest, _address = bus.accept()
            with guest, guest.makefile("rb") as said:
                said.readline()
                guest.sendall(b"OK 0123456789abcdef0123456789abcdef\r\n")
                said.readline()

        host = threading.Thread(target=let_in)
        host.start()
        monkeypatch.setenv(ADDRESS, f"unix:path={tmp_path / 'bus'}")
        yield
        host.join()


def test_a_bus_that_hangs_up_at_once_leaves_nothing_open(rude_bus: None):
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        with pytest.raises(SecretServiceNotAvailableException):
            connected()
        gc.collect()
    assert [one for one in warned if issubclass(one.category, ResourceWarning)] == []
