"""The vault on the keyrings of Windows and macOS: the contract, and a death after every single call of the system."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from core.custody.secret import Secret
from core.custody.vault import (
    Held,
    KeyringFailedError,
    KeyringLockedError,
    PromptDismissedError,
    Vault,
    VaultError,
)
from core.custody.vault.backends import Serving, serving
from tests.core.custody.vault.contract import OTHER_REGISTRY, OTHER_SLOT, REGISTRY, SLOT, VaultContract, vault_on
from tests.core.custody.vault.natives import (
    SYSTEMS,
    CredentialManager,
    Keychain,
    WindowsError,
    macos,
    windows,
)

System = tuple[Serving, CredentialManager | Keychain]
THIRD_SLOT = UUID("33333333-3333-4333-8333-333333333333")
USES: dict[str, Callable[[Vault], object]] = {
    "put short": lambda vault: vault.put(SLOT, 2, Secret("neu")),
    "put long": lambda vault: vault.put(SLOT, 2, Secret("neu" * 1_500)),
    "remove short": lambda vault: vault.remove(SLOT),
    "remove long": lambda vault: vault.remove(SLOT),
    "make store": lambda vault: vault.make_store(),
}


@pytest.fixture(params=list(SYSTEMS))
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> System:
    return SYSTEMS[request.param](monkeypatch)


class TestWindowsAndMacOS(VaultContract):
    """The contract, on both."""

    @pytest.fixture
    def vault(self, system: System) -> Vault:
        return vault_on(system[0])

    @pytest.fixture
    def other_registry(self, system: System) -> Vault:
        return vault_on(system[0], OTHER_REGISTRY)


def test_each_system_is_served_by_its_own_keyring(monkeypatch: pytest.MonkeyPatch):
    for key, name in (("windows", "win32"), ("macos", "darwin")):
        with monkeypatch.context() as patched:
            SYSTEMS[key](patched)
            found = serving(name)
            assert found is not None
            assert (found.kind.key, type(found.native).__mro__[1].__module__) == (key, found.kind.place[0])


@pytest.mark.parametrize("use", USES)
def test_a_death_after_any_call_loses_and_mixes_nothing(use: str, system: System):
    """Whenever the process dies: the neighbours are whole, the slot is whole or empty, and the same use ends well."""
    serving, native = system
    neighbours = {OTHER_SLOT: Held(7, Secret("Nachbar")), THIRD_SLOT: Held(8, Secret("lang" * 900))}
    for death in range(200):
        native.entries.clear()
        native.live_again()
        vault = vault_on(serving)
        for slot, held in neighbours.items():
            vault.put(slot, held.revision, held.secret)
        old = _before(vault, use)
        native.calls, native.dies_after = 0, death
        died = _died(lambda: USES[use](vault_on(serving)))
        native.live_again()
        after = vault_on(serving)
        assert after.get(SLOT) in (old, _wanted(use))
        assert {slot: after.get(slot) for slot in neighbours} == neighbours
        USES[use](after)
        assert after.get(SLOT) == _wanted(use)
        assert {slot: after.get(slot) for slot in neighbours} == neighbours
        assert len(native.entries) == _entries(use)
        if not died:
            assert death > 2
            return
    pytest.fail("The use never came to its end.")


def _before(vault: Vault, use: str) -> Held | None:
    match use:
        case "remove short":
            vault.put(SLOT, 1, Secret("alt"))
        case "remove long":
            vault.put(SLOT, 1, Secret("alt" * 1_500))
    return vault.get(SLOT)


def _wanted(use: str) -> Held | None:
    return {"put short": Held(2, Secret("neu")), "put long": Held(2, Secret("neu" * 1_500))}.get(use)


def _entries(use: str) -> int:
    """Neighbours have one entry and four; a long secret has four, all else one or none."""
    return 5 + {"put short": 1, "put long": 4, "make store": 1}.get(use, 0)


def _died(use: Callable[[], object]) -> bool:
    try:
        use()
    except VaultError:
        return True
    return False


def test_nothing_is_ever_written_over_something(system: System, monkeypatch: pytest.MonkeyPatch):
    """Which is what keeps the old secret of Windows from `user@service` and macOS from deleting first."""
    serving, native = system
    vault = vault_on(serving)
    vault.put(SLOT, 1, Secret("alt"))
    for revision in (1, 2):
        with pytest.raises(VaultError):
            vault.put(SLOT, revision, Secret("neu"))
    vault.remove(SLOT)
    vault.put(SLOT, 2, Secret("neu"))
    assert len(native.entries) == 1
    assert not any("@" in "".join(name) for name in native.entries)


def test_windows_holds_every_entry_that_the_vault_writes(monkeypatch: pytest.MonkeyPatch):
    serving, manager = windows(monkeypatch)
    vault_on(serving).put(SLOT, 10**9, Secret("🔑ä\0" * 9_000))
    blobs = [entry["CredentialBlob"] for entry in manager.entries.values()]
    assert max(len(blob) for blob in blobs if isinstance(blob, bytes)) <= 2_400


@pytest.mark.parametrize(
    ("raised", "ours", "told"),
    [
        (WindowsError(1312, "CredRead", "geheim"), KeyringFailedError, "1312"),
        (WindowsError(1223, "CredRead", "geheim"), PromptDismissedError, "closed"),
        (OSError(22, "geheim"), KeyringFailedError, "22"),
        (ValueError("geheim"), KeyringFailedError, "ValueError"),
    ],
)
def test_an_error_of_windows_gets_a_sentence(raised, ours, told, monkeypatch: pytest.MonkeyPatch, in_english):
    serving, manager = windows(monkeypatch)
    manager.fails_with = raised
    with pytest.raises(ours, match=told) as caught:
        vault_on(serving).get(SLOT)
    assert "geheim" not in caught.value.sentence


@pytest.mark.parametrize(
    ("status", "ours"), [(-128, PromptDismissedError), (-25308, KeyringLockedError), (-67030, KeyringFailedError)]
)
@pytest.mark.parametrize("use", USES)
def test_a_status_of_macos_gets_a_sentence(status: int, ours, use: str, monkeypatch: pytest.MonkeyPatch):
    serving, keychain = macos(monkeypatch)
    vault = vault_on(serving)
    if "remove" in use:
        vault.put(SLOT, 1, Secret("da"))
    monkeypatch.setattr(keychain, "copy_matching", lambda *_names: (status, ""))
    with pytest.raises(ours):
        USES[use](vault)


def test_a_deletion_that_macos_denies_is_told(monkeypatch: pytest.MonkeyPatch):
    serving, keychain = macos(monkeypatch)
    vault = vault_on(serving)
    vault.put(SLOT, 1, Secret("da"))
    monkeypatch.setattr(keychain, "delete", lambda *_names: -128)
    with pytest.raises(PromptDismissedError):
        vault.remove(SLOT)
    assert vault.get(SLOT) == Held(1, Secret("da"))


def test_registries_of_windows_differ_by_name(monkeypatch: pytest.MonkeyPatch):
    serving, manager = windows(monkeypatch)
    for registry in (REGISTRY, OTHER_REGISTRY):
        vault_on(serving, registry).put(SLOT, 1, Secret(registry))
    assert sorted(manager.entries) == sorted(f"kanalregister/{name}/{SLOT}" for name in (REGISTRY, OTHER_REGISTRY))
