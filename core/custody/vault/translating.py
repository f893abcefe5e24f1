"""What foreign libraries raise, in our words: told by the names of the classes, so that none has to be installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.custody.vault.errors import (
    DamagedEntryError,
    KeyringFailedError,
    KeyringGoneError,
    KeyringLockedError,
    NoKeyringError,
    NotRemovedError,
    PromptDismissedError,
    VaultError,
)

WINDOWS_CANCELLED = 1223
MAC_NO_QUESTIONS = -25308

_BUS_NAMES: dict[str, Callable[[], VaultError]] = {
    "org.freedesktop.Secret.Error.IsLocked": KeyringLockedError,
    "org.freedesktop.DBus.Error.ServiceUnknown": KeyringGoneError,
    "org.freedesktop.DBus.Error.NameHasNoOwner": KeyringGoneError,
    "org.freedesktop.DBus.Error.NoReply": KeyringGoneError,
    "org.freedesktop.DBus.Error.Disconnected": KeyringGoneError,
    "org.freedesktop.DBus.Error.NoServer": KeyringGoneError,
}

_CLASSES: dict[str, Callable[[], VaultError]] = {
    "secretstorage.exceptions.PromptDismissedException": PromptDismissedError,
    "secretstorage.exceptions.LockedException": KeyringLockedError,
    "secretstorage.exceptions.SecretServiceNotAvailableException": KeyringGoneError,
    "keyring.backends.macOS.api.KeychainDenied": PromptDismissedError,
    "keyring.errors.NoKeyringError": NoKeyringError,
    "builtins.UnicodeDecodeError": DamagedEntryError,
}
"""Classes that say what is the matter wherever they stand in the chain of causes."""

_OUTERMOST: dict[str, Callable[[], VaultError]] = {
    "keyring.errors.KeyringLocked": KeyringLockedError,
    "keyring.errors.InitError": KeyringGoneError,
    "keyring.errors.PasswordDeleteError": NotRemovedError,
}
"""Classes that say it only where no cause says more."""

_WITHOUT_A_BUS = ("windows", "macos")
_CANCELLED_IN_KWALLET = "Cancelled by user"
"""The library's own words, by which KWallet's refusals are told from other failures."""


def translated(error: BaseException, kind: str) -> VaultError:
    """Return our error for a foreign one; nothing of its text is taken over, since that may quote a secret.

    Args:
        error: What the keyring raised.
        kind: The key of the kind of keyring that raised it.
    """
    if isinstance(error, VaultError):
        return error
    names = _names(error)
    for link in _chain(error):
        if (told := _told_by(link)) is not None:
            return told
    if kind == "kwallet" and ("keyring.errors.KeyringLocked" in names or _first(error) == _CANCELLED_IN_KWALLET):
        return PromptDismissedError()
    if isinstance(error, OSError) and kind not in _WITHOUT_A_BUS:
        return KeyringGoneError()
    outermost = next((ours for name, ours in _OUTERMOST.items() if name in names), None)
    return outermost() if outermost else KeyringFailedError(_number(error))


def _told_by(error: BaseException) -> VaultError | None:
    """Return what one error of the chain says beyond doubt."""
    names = _names(error)
    for name, ours in _CLASSES.items():
        if name in names:
            return ours()
    if "keyring.backends.macOS.api.Error" in names and _first(error) == MAC_NO_QUESTIONS:
        return KeyringLockedError()
    if isinstance(number := getattr(error, "winerror", None), int):
        return PromptDismissedError() if number == WINDOWS_CANCELLED else KeyringFailedError(str(number))
    bus_name = _bus_name(error)
    if bus_name is not None:
        return _BUS_NAMES.get(bus_name, lambda: KeyringFailedError(bus_name))()
    return None


def _bus_name(error: BaseException) -> str | None:
    """Return the name of an error that came over D-Bus, from jeepney or from dbus-python."""
    names = _names(error)
    if "jeepney.wrappers.DBusErrorResponse" in names:
        return str(getattr(error, "name", ""))
    if "dbus.exceptions.DBusException" in names:
        return str(getattr(error, "_dbus_error_name", ""))
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    link: BaseException | None = error
    while link is not None:
        yield link
        link = link.__cause__


def _names(error: BaseException) -> set[str]:
    return {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}


def _first(error: BaseException) -> object:
    return error.args[0] if error.args else None


def _number(error: BaseException) -> str:
    """Return the status number at the root of an error, else the name of its class."""
    root = list(_chain(error))[-1]
    number = _first(root)
    return str(number) if isinstance(number, int) else type(root).__name__
