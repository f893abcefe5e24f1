"""Writes a KeePass file (.kdbx 4, AES-256, Argon2) from entries; the whole of it is made in memory."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import uuid4

from core.custody.secret import Secret

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """One entry as it will stand in the file.

    Attributes:
        group: The name of its group.
        urls: Its addresses, the main one first.
        codes: An otpauth address, empty if it makes no one-time codes.
    """

    group: str
    title: str
    login_name: str
    password: Secret
    urls: tuple[str, ...] = ()
    codes: Secret | None = None


def fits(secret: Secret) -> bool:
    """Tell whether a KeePass file can hold a secret as it is: XML knows no control characters."""
    return _NOT_IN_XML.search(secret.reveal()) is None


def kdbx_of(name: str, entries: Sequence[WrittenEntry], password: Secret) -> bytes:
    """Return the bytes of a KeePass file with these entries, encrypted with a password."""
    from pykeepass.pykeepass import BLANK_DATABASE_LOCATION, BLANK_DATABASE_PASSWORD, PyKeePass

    made = PyKeePass(BLANK_DATABASE_LOCATION, BLANK_DATABASE_PASSWORD)
    made.password = password.reveal()
    made.database_name = _clean(name)
    groups: dict[str, Any] = {}
    for entry in entries:
        if entry.group not in groups:
            groups[entry.group] = made.add_group(made.root_group, _clean(entry.group))
        groups[entry.group].append(_element(made, entry))
    for identity in made.tree.getroot().iterfind("Root//UUID"):
        # The library's come from the network card and the clock, or from its blank file.
        identity.text = base64.b64encode(uuid4().bytes).decode()
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def _element(made: Any, entry: WrittenEntry) -> Any:
    from pykeepass.entry import Entry

    element = Entry(
        title=_clean(entry.title),
        username=_clean(entry.login_name),
        password=entry.password.reveal(),
        url=_clean(entry.urls[0]) if entry.urls else None,
        otp=entry.codes.reveal() if entry.codes else None,
        kp=made,
    )
    for number, url in enumerate(entry.urls[1:], start=1):
        element.set_custom_property(f"KP2A_URL_{number}", _clean(url))
    return element


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub(" ", text)
