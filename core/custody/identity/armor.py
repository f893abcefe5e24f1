"""Armored text that survives mail: a first line, base64 in lines of 64 characters, a last line."""

from __future__ import annotations

import base64
import re
from enum import StrEnum
from pathlib import Path

from core.custody.identity.refusals import Refusal, RefusedError
from core.errors import UnusableFileError
from core.i18n import _

LARGEST = 65_536
"""Bytes of a file that are looked at; a mail around a card is well below."""

_LINE = 64
_BLOCK = re.compile(
    r"-----BEGIN KANALREGISTER ([A-Z ]{1,40})-----(.*?)-----END KANALREGISTER \1-----", re.DOTALL | re.ASCII
)
_BEGIN = "-----BEGIN KANALREGISTER "
_AROUND = re.compile(r"[\s>|]+")
"""What mail programs put around lines: line ends of all kinds, indentation, signs of a quotation."""


class Kind(StrEnum):
    """What an armored text holds, as its first line says."""

    KEY_CARD = "KEY CARD"
    CERTIFICATE = "CERTIFICATE"
    REVOCATION = "REVOCATION"


def armored(kind: Kind, content: bytes) -> str:
    """Write bytes as armored text."""
    text = base64.b64encode(content).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join([f"{_BEGIN}{kind}-----", *lines, f"-----END KANALREGISTER {kind}-----", ""])


def unarmored(text: bytes) -> tuple[Kind, bytes]:
    """Read the one armored text in a file or a mail; text around it, CRLF, indentation and quotation do no harm.

    Raises:
        RefusedError: There is none, there are several, or it is damaged.
    """
    if len(text) > LARGEST:
        raise RefusedError(Refusal.TOO_LARGE)
    letter = _decoded(text)
    if letter.count(_BEGIN) > 1:
        raise RefusedError(Refusal.SEVERAL)
    found = _BLOCK.search(letter)
    if found is None:
        raise RefusedError(Refusal.DAMAGED if _BEGIN in letter else Refusal.NOT_OURS)
    if found[1] not in list(Kind):
        raise RefusedError(Refusal.NEWER_FORMAT)
    return Kind(found[1]), _content(found[2])


def read_armored(file: Path) -> tuple[Kind, bytes]:
    """Read the one armored text of a file.

    Raises:
        UnusableFileError: The file cannot be read.
        RefusedError: It holds none, several, or a damaged one.
    """
    try:
        with file.open("rb") as stream:
            return unarmored(stream.read(LARGEST + 1))
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=error.strerror or error)
        ) from error


def _decoded(text: bytes) -> str:
    """Read the bytes as text; editors on Windows like to save UTF-16."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text.decode("utf-16", "replace")
    return text.decode("utf-8", "replace")


def _content(body: str) -> bytes:
    """Read the lines; mail that was saved undecoded writes "=" as "=3D" and ends long lines with "="."""
    joined = _AROUND.sub("", body).replace("=3D", "=")
    try:
        content = base64.b64decode(joined, validate=True)
    except ValueError:
        content = b""
    if not content or base64.b64encode(content).decode() != joined:
        raise RefusedError(Refusal.DAMAGED)
    return content
