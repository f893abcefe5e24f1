"""The keyrings that are trusted, and which of them serves here; whatever else is configured is ignored."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from core.custody.vault import secret_service
from core.custody.vault.secret_items import delete_password, get_password, set_password
from core.i18n import _


class Native(Protocol):
    """What the vault asks of a keyring of the `keyring` library."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a text, or None where there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text."""

    def delete_password(self, service: str, username: str) -> None:
        """Remove a text."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of keyring that is trusted.

    Args:
        key: What the command line and the tests call it.
        name: What people call it.
        place: Module and class in the `keyring` library.
        system: The `sys.platform` it is for; "" is every other Unix.
        properties: What the class is told to be, whatever the environment says.
    """

    key: str
    name: str
    place: tuple[str, str]
    system: str = ""
    properties: tuple[tuple[str, object], ...] = ()

    @property
    def says_when_it_asks(self) -> bool:
        """Whether it can be told from outside that a person is being asked; else any call may wait for one."""
        return self.key == "secret-service"


@dataclass(frozen=True, slots=True)
class Serving:
    """A trusted keyring that answers here."""

    kind: Kind
    native: Native


_SECRET_SERVICE = tuple((one.__name__, one) for one in (get_password, set_password, delete_password))
_KWALLET = "keyring.backends.kwallet"
_KWALLET_6 = (("bus_name", "org.kde.kwalletd6"), ("object_path", "/modules/kwalletd6"))

KINDS = (
    Kind("windows", "Windows Credential Manager", ("keyring.backends.Windows", "WinVaultKeyring"), "win32"),
    Kind("macos", "macOS Keychain", ("keyring.backends.macOS", "Keyring"), "darwin", (("keychain", None),)),
    Kind("secret-service", "Secret Service", ("keyring.backends.SecretService", "Keyring"), properties=_SECRET_SERVICE),
    Kind("libsecret", "Secret Service (libsecret)", ("keyring.backends.libsecret", "Keyring")),
    Kind("kwallet", "KWallet", (_KWALLET, "DBusKeyring"), properties=_KWALLET_6),
    Kind("kwallet", "KWallet", (_KWALLET, "DBusKeyring")),
)
"""In the order of preference: KWallet's own interface only where no Secret Service answers."""


def serving(system: str = sys.platform) -> Serving | None:
    """Return the first trusted keyring that answers here; may wait for it, so ask on the lane."""
    family = system if system in {"win32", "darwin"} else ""
    for kind in KINDS:
        if kind.system == family and _answers(kind):
            return Serving(kind, _class(kind)())
    return None


def _answers(kind: Kind) -> bool:
    return secret_service.answers() if kind.says_when_it_asks else bool(_class(kind).viable)


def ignored_settings() -> tuple[str, ...]:
    """Return a sentence for everything that is set for the `keyring` library and not followed here."""
    from keyring.util import platform_

    told = []
    if "PYTHON_KEYRING_BACKEND" in os.environ:
        told.append(_("PYTHON_KEYRING_BACKEND is set and ignored: only a trusted keyring is used."))
    if (platform_.config_root() / "keyringrc.cfg").exists():
        told.append(_("The file keyringrc.cfg is there and ignored: only a trusted keyring is used."))
    if any(name.startswith("KEYRING_PROPERTY_") for name in os.environ):
        told.append(_("Variables that begin with KEYRING_PROPERTY_ are set and ignored."))
    return tuple(told)


@cache
def _class(kind: Kind) -> Any:
    """Return the library's class, deaf to the variables with which anybody can change where it stores."""
    module, name = kind.place
    deaf = {"set_properties_from_env": lambda _self: None, "__module__": module}
    return type(name, (getattr(import_module(module), name),), deaf | dict(kind.properties))
