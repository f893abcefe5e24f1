"""Keyrings in memory that differ from a good one in one thing."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

SECRET = "Rathaus-Schlüssel-4711"


@dataclass
class Memory:
    """A keyring in memory that does what it should; the faulty ones differ in one thing."""

    kept: dict[str, str] = field(default_factory=dict)

    def get_password(self, service: str, _username: str) -> str | None:
        return self.kept.get(service)

    def set_password(self, service: str, _username: str, password: str) -> None:
        self.kept[service] = password

    def delete_password(self, service: str, _username: str) -> None:
        self.kept.pop(service)


class Dropping(Memory):
    def set_password(self, service: str, _username: str, password: str) -> None: ...


class Truncating(Memory):
    def set_password(self, service: str, _username: str, password: str) -> None:
        self.kept[service] = password[:20]


class Keeping(Memory):
    """It will not let go of anything."""

    def delete_password(self, service: str, _username: str) -> None: ...


class Locked(Memory):
    def get_password(self, service: str, _username: str) -> str | None:
        from keyring.errors import KeyringLocked

        raise KeyringLocked(f"{SECRET}: Failed to unlock the collection!")


class Slow(Memory):
    def get_password(self, service: str, _username: str) -> str | None:
        time.sleep(3)
        return super().get_password(service, _username)


class NativeError(Memory):
    def get_password(self, service: str, _username: str) -> str | None:
        raise OSError(5, SECRET)

    def set_password(self, service: str, _username: str, password: str) -> None:
        raise ValueError(password)


class Quoting(Memory):
    """Its errors quote what they were given."""

    def set_password(self, service: str, _username: str, password: str) -> None:
        raise ValueError(password) from KeyError(password)


class SlowToWrite(Memory):
    def set_password(self, service: str, username: str, password: str) -> None:
        time.sleep(0.2)
        super().set_password(service, username, password)
