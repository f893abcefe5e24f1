"""Only a trusted keyring is used, whatever the environment and the files of the `keyring` library want."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.custody.secret import Secret
from core.custody.vault import Held, open_vault, vault_state
from core.custody.vault.backends import KINDS
from tests.core.custody.vault.contract import REGISTRY, SLOT
from tests.parts.keyrings import Keyring

ROOT = Path(__file__).resolve().parents[4]
FORCED = [
    "keyring.backends.null.Keyring",
    "keyring.backends.fail.Keyring",
    "keyring.backends.chainer.ChainerBackend",
    "keyrings.alt.file.PlaintextKeyring",
    "keyrings.alt.file.EncryptedKeyring",
    "no.such.Keyring",
    "nonsense",
    "",
]
everything_forced = pytest.mark.parametrize("forced", FORCED)


@everything_forced
def test_the_variable_changes_nothing_and_is_told(
    forced: str, keyring_daemon: Keyring, monkeypatch: pytest.MonkeyPatch, in_english
):
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", forced)
    open_vault(REGISTRY).put(SLOT, 1, Secret("sicher"))
    assert [text for _label, _attributes, text in keyring_daemon.texts()] == ["kr1:1:1/1:6:sicher;"]
    state = vault_state(REGISTRY)
    assert (state.backend, state.trusted, state.unlocked) == ("secret-service", True, True)
    assert [note for note in state.notes if "PYTHON_KEYRING_BACKEND is set and ignored" in note]


@everything_forced
def test_the_file_changes_nothing_and_is_told(forced: str, keyring_daemon: Keyring, own_folders: Path, in_english):
    file = own_folders / ".config" / "python_keyring" / "keyringrc.cfg"
    file.parent.mkdir()
    file.write_text(f"[backend]\ndefault-keyring={forced}\nkeyring-path=/nowhere\n")
    open_vault(REGISTRY).put(SLOT, 1, Secret("sicher"))
    assert len(keyring_daemon.texts()) == 1
    assert "/nowhere" not in sys.path
    assert [note for note in vault_state(REGISTRY).notes if "keyringrc.cfg is there and ignored" in note]


@pytest.mark.parametrize(
    ("name", "value"),
    [("PREFERRED_COLLECTION", "/org/freedesktop/secrets/collection/session"), ("SCHEME", "KeePassXC")],
)
def test_variables_cannot_lead_the_secrets_elsewhere(
    name: str, value: str, keyring_daemon: Keyring, monkeypatch: pytest.MonkeyPatch, in_english
):
    monkeypatch.setenv(f"KEYRING_PROPERTY_{name}", value)
    open_vault(REGISTRY).put(SLOT, 1, Secret("sicher"))
    keyring_daemon.restart()
    assert open_vault(REGISTRY).get(SLOT) == Held(1, Secret("sicher"))
    assert keyring_daemon.texts()[0][1]["username"] == "kanalregister"
    assert any("KEYRING_PROPERTY_" in note for note in vault_state(REGISTRY).notes)


def test_the_list_of_the_trusted_is_as_decided():
    assert {".".join(kind.place) for kind in KINDS} == {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
    unix = [kind.key for kind in KINDS if not kind.system]
    assert unix == ["secret-service", "libsecret", "kwallet", "kwallet"]


def test_the_vault_is_known_without_loading_a_keyring():
    code = (
        "import sys, core.custody.vault; print([n for n in sys.modules if n.split('.')[0] in ('keyring', 'jeepney')])"
    )
    said = subprocess.check_output([sys.executable, "-c", code], cwd=ROOT, text=True)
    assert said.strip() == "[]"
