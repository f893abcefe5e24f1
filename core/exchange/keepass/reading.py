"""Reads a KeePass file: whatever it holds, the answer is its entries or one sentence."""

from __future__ import annotations

import importlib.util
import marshal
import time as clock
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from core.custody.secret import Secret
from core.errors import BadInputError, RegistryError, UnusableFileError
from core.exchange.child import ask_child
from core.exchange.keepass.entries import Entry, codes_in, day_of
from core.exchange.limits import MAX_FILE_BYTES, MEBIBYTE, Refused
from core.exchange.reading import bytes_of
from core.i18n import N_, _

LONGEST_SECRET = 100_000
_SHARE_OF_THE_CHILD = 0.95
_KEEPASS = b"\x03\xd9\xa2\x9a"
_VERSIONS = {b"\x67\xfb\x4b\xb5": "", b"\x66\xfb\x4b\xb5": "old-format", b"\x65\xfb\x4b\xb5": "old-format"}

_SENTENCES = {
    "folder": N_("{file} is a folder. Choose the KeePass file in it."),
    "special-file": N_("{file} is not an ordinary file. Choose a KeePass file (.kdbx)."),
    "not-keepass": N_("{file} is no KeePass file. Choose a file of the kind .kdbx."),
    "old-format": N_("{file} is a file of the old KeePass 1. Open it in KeePassXC and save it as .kdbx."),
    "credentials": N_("Password or key file do not fit {file}. Check both and try again."),
    "missing": N_("{file} was not found. Check its name and folder."),
    "denied": N_("{file} may not be read. Close it in other programs or ask for the right to read it."),
    "unreadable": N_("{file} could not be read. Copy it to this computer and import the copy."),
    "empty": N_("{file} is empty. Choose a file with content."),
    "damaged": N_("{file} is damaged. Open it in KeePass or KeePassXC, save it again and import the new file."),
    "too-large": N_("{file} is larger than {megabytes} MB. Remove attachments from it, or divide it."),
    "too-many": N_("{file} has too many entries. Divide it into several files."),
    "memory": N_("{file} needs more memory than an import may use. Lower the memory of its encryption in KeePassXC."),
    "slow": N_("{file} could not be opened in time. Lower the decryption time in its settings in KeePassXC."),
}
_BAD_INPUT = {"folder", "special-file", "not-keepass", "old-format", "credentials"}


def require_keepass() -> None:
    """Make sure that the library for KeePass files is there; it is an extra of its own, for its licence.

    Raises:
        BadInputError: It is not installed.
    """
    try:
        there = importlib.util.find_spec("pykeepass") is not None
    except ImportError:
        there = False
    if not there:
        raise BadInputError(
            _(
                "KeePass files need the extra “keepass”, which is not installed. Install it with "
                "“pip install pykeepass”, or ask who looks after your computer."
            )
        )


def read_keepass(
    path: Path, password: Secret, key_file: Path | None = None, *, with_notes: bool = False, seconds: float = 20.0
) -> tuple[Entry, ...]:
    """Read every entry of a KeePass file (.kdbx, 3.1 and 4) but those in its recycle bin.

    Args:
        path: The file; its name decides nothing.
        password: Its password, empty if it has none.
        key_file: Its key file.
        with_notes: Whether notes are read, too; they may hold private things.
        seconds: After this time the child is ended and the file refused.

    Raises:
        UnusableFileError: A file cannot be opened or read, with a sentence that says why.
        BadInputError: It is no KeePass file, the password does not fit, or the extra is not installed.
    """
    require_keepass()
    deadline = clock.monotonic() + seconds * _SHARE_OF_THE_CHILD
    key = _bytes(key_file, seconds) if key_file is not None else None
    data = _bytes(path, seconds)
    try:
        _check_signature(data)
        asked = marshal.dumps((password.reveal() or None, key, with_notes, data), 2)
        return _entries(ask_child(asked, "keepass", deadline), deadline)
    except Refused as refusal:
        raise _in_words(path, refusal) from None


def _bytes(path: Path, seconds: float) -> bytes:
    try:
        return bytes_of(path, seconds)
    except Refused as refusal:
        raise _in_words(path, refusal) from None


def _check_signature(data: bytes) -> None:
    reason = _VERSIONS.get(data[4:8], "not-keepass") if data.startswith(_KEEPASS) else "not-keepass"
    if reason:
        raise Refused(reason)


def _entries(told: list[tuple[Any, ...]], deadline: float) -> tuple[Entry, ...]:
    """Rebuild the entries; without the last word of the child they are not all."""
    match told[-1] if told else ():
        case ("refused", str(reason)):
            raise Refused(reason)
        case ("done",):
            return tuple(_entry(number, message[1:]) for number, message in enumerate(told[:-1], start=1))
        case _:
            raise Refused("slow" if clock.monotonic() >= deadline else "damaged")


def _entry(number: int, told: tuple[Any, ...]) -> Entry:
    title, login_name, password, urls, codes, notes, groups, expiry, changed = told
    return Entry(
        number,
        _line(title),
        _line(login_name),
        _secret(password),
        _cut(urls),
        _secret(codes_in(codes).reveal()),
        notes.strip()[:LONGEST_SECRET],
        _cut(groups),
        day_of(expiry) if expiry else None,
        day_of(changed) if changed else None,
    )


def _secret(text: str) -> Secret:
    """Keep a secret as it is; what no keyring could hold is no secret one signs in with."""
    if len(text) > LONGEST_SECRET:
        raise Refused("damaged")
    return Secret(text)


def _line(text: str) -> str:
    return " ".join(text.split())[:1000]


def _cut(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_line(text) for text in texts if text.strip())


def _in_words(path: Path, refusal: Refused) -> RegistryError:
    kind = BadInputError if refusal.reason in _BAD_INPUT else UnusableFileError
    sentence = _SENTENCES.get(refusal.reason, _SENTENCES["damaged"])
    return kind(_(sentence).format(file=path.name or str(path), megabytes=MAX_FILE_BYTES // MEBIBYTE))
