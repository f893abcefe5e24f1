"""Looks at a file before it is taken in: what it is by its content, and whether it is whole and harmless.

Everything that takes a file apart does so in a limited child process that can open neither files nor connections.
"""

from __future__ import annotations

import hashlib
import time as clock
from dataclasses import dataclass
from pathlib import Path

from core.exchange.limits import MAX_FILE_BYTES, Refused
from core.exchange.pictures.asking import ask
from core.exchange.pictures.kinds import SUFFIXES
from core.exchange.pictures.refusals import in_words
from core.exchange.reading import bytes_of

SECONDS = 10.0
"""How long a file may take, the drive from which it is read included; the child itself has two seconds of processor."""


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that passed: whole, harmless, and of a kind that is kept.

    Attributes:
        data: Its bytes, exactly as they were.
        sha256: Of these bytes.
        media_type: What it is by its content.
        width: In points of a raster picture held upright, or as a drawing says it; None where it has none.
        height: The same.
        file_name: What it was called, without folders; its ending may say something else than its content.
    """

    data: bytes
    sha256: str
    media_type: str
    width: int | None
    height: int | None
    file_name: str


def examine(path: Path, *, seconds: float = SECONDS) -> Examined:
    """Read and examine a file.

    Args:
        path: The file; its name decides nothing.
        seconds: After this time the child is ended and the file refused.

    Raises:
        BadInputError: The file is of no kind that is kept.
        UnusableFileError: The file cannot be read, is damaged, or could do harm.
    """
    name = path.name or str(path)
    deadline = clock.monotonic() + seconds
    try:
        return _examined(bytes_of(path, seconds), name, deadline)
    except Refused as refusal:
        raise in_words(name, refusal) from None


def examine_bytes(data: bytes, name: str, *, seconds: float = SECONDS) -> Examined:
    """Examine what did not come from a file, from the clipboard for example.

    Raises:
        BadInputError: It is of no kind that is kept.
        UnusableFileError: It is damaged, or could do harm.
    """
    if not data or len(data) > MAX_FILE_BYTES:
        raise in_words(name, Refused("too-large" if data else "empty"))
    try:
        return _examined(data, name, clock.monotonic() + seconds)
    except Refused as refusal:
        raise in_words(name, refusal) from None


def _examined(data: bytes, name: str, deadline: float) -> Examined:
    match ask(("examine",), data, deadline):
        case ("examined", str(media_type), int() | None as width, int() | None as height) if media_type in SUFFIXES:
            sha256 = hashlib.sha256(data).hexdigest()
            return Examined(data, sha256, media_type, width, height, name)
    raise Refused("damaged")
