"""Every foreign error has one sentence of ours, and none of its own words is taken over."""

from __future__ import annotations

import pytest

from core.custody.vault import (
    DamagedEntryError,
    KeyringFailedError,
    KeyringGoneError,
    KeyringLockedError,
    NoKeyringError,
    NotRemovedError,
    PromptDismissedError,
    VaultError,
)
from core.custody.vault.translating import translated


def foreign(place: str, *args: object, cause: BaseException | None = None, **facts: object) -> Exception:
    """Return an error of a class with that full name, as a library that is not installed here would raise it."""
    module, _dot, name = place.rpartition(".")
    error: Exception = type(name, (Exception,), {"__module__": module, **facts})(*args)
    error.__cause__ = cause
    return error


def on_the_bus(name: str) -> Exception:
    return foreign("jeepney.wrappers.DBusErrorResponse", name=name)


GONE = foreign("secretstorage.exceptions.SecretServiceNotAvailableException", "geheim")
DISMISSED = foreign("secretstorage.exceptions.PromptDismissedException", "geheim")

CASES: list[tuple[str, BaseException, type[VaultError]]] = [
    ("secret-service", foreign("keyring.errors.KeyringLocked", "geheim"), KeyringLockedError),
    ("secret-service", foreign("keyring.errors.InitError", "geheim"), KeyringGoneError),
    ("secret-service", foreign("keyring.errors.InitError", "geheim", cause=GONE), KeyringGoneError),
    ("secret-service", foreign("keyring.errors.InitError", "geheim", cause=DISMISSED), PromptDismissedError),
    ("secret-service", GONE, KeyringGoneError),
    ("secret-service", DISMISSED, PromptDismissedError),
    ("secret-service", foreign("secretstorage.exceptions.LockedException"), KeyringLockedError),
    ("secret-service", foreign("keyring.errors.NoKeyringError"), NoKeyringError),
    ("secret-service", foreign("keyring.errors.PasswordDeleteError"), NotRemovedError),
    ("secret-service", foreign("keyring.errors.PasswordSetError", "geheim"), KeyringFailedError),
    ("secret-service", FileNotFoundError(2, "geheim"), KeyringGoneError),
    ("secret-service", ConnectionResetError(104, "geheim"), KeyringGoneError),
    ("secret-service", TimeoutError("geheim"), KeyringGoneError),
    ("secret-service", on_the_bus("org.freedesktop.Secret.Error.IsLocked"), KeyringLockedError),
    ("secret-service", on_the_bus("org.freedesktop.DBus.Error.NoReply"), KeyringGoneError),
    ("secret-service", on_the_bus("org.gnome.keyring.Error.Denied"), KeyringFailedError),
    ("secret-service", UnicodeDecodeError("utf-8", b"geheim", 0, 1, "geheim"), DamagedEntryError),
    ("libsecret", foreign("keyring.errors.KeyringLocked", "geheim"), KeyringLockedError),
    ("kwallet", foreign("keyring.errors.KeyringLocked", "geheim"), PromptDismissedError),
    ("kwallet", foreign("keyring.errors.PasswordSetError", "Cancelled by user"), PromptDismissedError),
    ("kwallet", foreign("keyring.errors.PasswordDeleteError", "Cancelled by user"), PromptDismissedError),
    ("kwallet", foreign("keyring.errors.PasswordDeleteError", "Password not found"), NotRemovedError),
    (
        "kwallet",
        foreign("dbus.exceptions.DBusException", "geheim", _dbus_error_name="org.freedesktop.DBus.Error.NoReply"),
        KeyringGoneError,
    ),
    ("windows", foreign("pywintypes.error", 1312, "CredRead", "geheim", winerror=1312), KeyringFailedError),
    ("windows", foreign("pywintypes.error", 1223, "CredRead", "geheim", winerror=1223), PromptDismissedError),
    ("windows", OSError(22, "geheim"), KeyringFailedError),
    ("macos", foreign("keyring.errors.KeyringError", "geheim"), KeyringFailedError),
    ("macos", KeyError("geheim"), KeyringFailedError),
]


@pytest.mark.parametrize(("kind", "error", "ours"), CASES)
def test_what_a_library_raises_becomes_ours(kind: str, error: BaseException, ours: type[VaultError]):
    told = translated(error, kind)
    assert type(told) is ours
    assert "geheim" not in told.sentence
    assert told.__cause__ is None
    assert told.__context__ is None


def test_our_own_errors_stay_as_they_are():
    error = NotRemovedError()
    assert translated(error, "macos") is error
