"""What Windows and macOS do below the `keyring` library, call by call, so that its own classes run on this machine.

Only the system's calls are ours; the logic above them is the library's, which is what has the traps: Windows moves
the old secret to `user@service` when another is written, macOS deletes before it adds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from core.custody.vault.backends import KINDS, Kind, Serving, _class

NOT_FOUND = 1168
BAD_STUB_DATA = 1783
BLOB_BYTES = 2_560
MAC_NOT_FOUND = -25300
MAC_DENIED = -128


class Killed(BaseException):
    """The process is gone: nothing it wanted to do from here on happens."""


class Native:
    """What is common to both: entries by name, a count of the calls, and the call after which the process dies."""

    def __init__(self) -> None:
        self.calls = 0
        self.dies_after: int | None = None
        self.fails_with: BaseException | None = None

    def called(self) -> None:
        """Count one call, which does not happen any more in a process that is dead."""
        if self.fails_with is not None:
            raise self.fails_with
        if self.dies_after is not None and self.calls >= self.dies_after:
            raise Killed
        self.calls += 1

    def live_again(self) -> None:
        """Start the program anew: what was written is there."""
        self.calls, self.dies_after = 0, None


class WindowsError(Exception):
    """What pywintypes.error is."""

    def __init__(self, winerror: int, funcname: str, strerror: str) -> None:
        super().__init__(winerror, funcname, strerror)
        self.winerror, self.funcname = winerror, funcname


class CredentialManager(Native):
    """The Windows Credential Manager: one user and 2,560 bytes for each name, letter case aside."""

    CRED_TYPE_GENERIC = 1
    CRED_PERSIST_ENTERPRISE = 3

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[str, dict[str, object]] = {}

    def CredRead(self, Type: int, TargetName: str) -> dict[str, object]:  # noqa: N803
        self.called()
        if (found := self.entries.get(TargetName.casefold())) is None:
            raise WindowsError(NOT_FOUND, "CredRead", "Element not found.")
        return dict(found)

    def CredWrite(self, credential: dict[str, object], _flags: int) -> None:
        self.called()
        blob = str(credential["CredentialBlob"]).encode("utf-16-le")
        if len(blob) > BLOB_BYTES:
            raise WindowsError(BAD_STUB_DATA, "CredWrite", "The stub received bad data.")
        self.entries[str(credential["TargetName"]).casefold()] = credential | {"CredentialBlob": blob}

    def CredDelete(self, Type: int, TargetName: str) -> None:  # noqa: N803
        self.called()
        if self.entries.pop(TargetName.casefold(), None) is None:
            raise WindowsError(NOT_FOUND, "CredDelete", "Element not found.")


class Keychain(Native):
    """The macOS keychain: one text for each service and account, as C strings, which end at NUL."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def copy_matching(self, service: str, account: str) -> tuple[int, str]:
        self.called()
        found = self.entries.get((service, account))
        return (MAC_NOT_FOUND, "") if found is None else (0, found)

    def delete(self, service: str, account: str) -> int:
        self.called()
        return MAC_NOT_FOUND if self.entries.pop((service, account), None) is None else 0

    def add(self, service: str, account: str, text: str) -> int:
        self.called()
        if (service, account) in self.entries:
            return -25299
        self.entries[service, account] = text.encode("utf-8").split(b"\0")[0].decode("utf-8")
        return 0


class MacError(Exception):
    """What keyring.backends.macOS.api.Error is."""

    @classmethod
    def raise_for_status(cls, status: int) -> None:
        if status == MAC_NOT_FOUND:
            raise MacNotFound(status, "Item not found")
        if status == MAC_DENIED:
            raise MacDenied(status, "Keychain Access Denied")
        if status != 0:
            raise cls(status, "Unknown Error")


class MacNotFound(MacError):  # noqa: N818 - the library's name
    """What keyring.backends.macOS.api.NotFound is."""


class MacDenied(MacError):  # noqa: N818 - the library's name
    """What keyring.backends.macOS.api.KeychainDenied is."""


for _ours, _theirs in ((MacError, "Error"), (MacNotFound, "NotFound"), (MacDenied, "KeychainDenied")):
    _ours.__module__, _ours.__qualname__ = "keyring.backends.macOS.api", _theirs


def mac_api(keychain: Keychain) -> SimpleNamespace:
    """Return keyring.backends.macOS.api above a keychain: its functions, statement by statement."""

    def find_generic_password(_name, service, username):
        status, text = keychain.copy_matching(service, username)
        MacError.raise_for_status(status)
        return text

    def set_generic_password(name, service, username, password):
        with contextlib.suppress(MacNotFound):
            delete_generic_password(name, service, username)
        MacError.raise_for_status(keychain.add(service, username, password))

    def delete_generic_password(_name, service, username):
        MacError.raise_for_status(keychain.delete(service, username))

    functions = (find_generic_password, set_generic_password, delete_generic_password)
    errors = {"Error": MacError, "NotFound": MacNotFound, "KeychainDenied": MacDenied}
    return SimpleNamespace(**errors, **{each.__name__: each for each in functions})


def windows(monkeypatch: pytest.MonkeyPatch) -> tuple[Serving, CredentialManager]:
    """Return the library's own Windows keyring above a credential manager of the test."""
    from keyring.backends import Windows

    manager = CredentialManager()
    monkeypatch.setattr(Windows, "win32cred", manager, raising=False)
    monkeypatch.setattr(Windows, "pywintypes", SimpleNamespace(error=WindowsError), raising=False)
    monkeypatch.setattr(Windows, "missing_deps", False)
    return _serving("windows"), manager


def macos(monkeypatch: pytest.MonkeyPatch) -> tuple[Serving, Keychain]:
    """Return the library's own macOS keyring above a keychain of the test."""
    import platform

    from keyring.backends import macOS

    keychain = Keychain()
    monkeypatch.setattr(macOS, "api", mac_api(keychain), raising=False)
    monkeypatch.setattr(platform, "system", lambda: "Darwin")
    return _serving("macos"), keychain


SYSTEMS: dict[str, Callable[[pytest.MonkeyPatch], tuple[Serving, CredentialManager | Keychain]]] = {
    "windows": windows,
    "macos": macos,
}


def kind_of(key: str) -> Kind:
    """Return the kind of keyring with a key."""
    return next(kind for kind in KINDS if kind.key == key)


def _serving(key: str) -> Serving:
    return Serving(kind_of(key), _class(kind_of(key))())
