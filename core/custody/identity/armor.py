"""Armored text that survives mail: a first line, base64 in lines of 64 characters, a last line."""

from __future__ import annotations

import base64
import re
from enum import StrEnum
from pathlib import Path

from core.custody.identity.refusals import Refusal, RefusedError
from core.errors import UnusableFileError
from core.i18n import _
from core.system_reasons import reason_of

_LINE = 64
_BLOCK = re.compile(
    r"-----BEGIN KANALREGISTER ([A-Z ]{1,40})-----(.*?)-----END KANALREGISTER \1-----", re.DOTALL | re.ASCII
)
_BEGIN = "-----BEGIN KANALREGISTER "
_AROUND = re.compile(r"[\s>|]+|=(?:20|09|0D)")
"""What mail programs put around lines: line ends of all kinds, indentation, signs of a quotation."""

_SOFT_BREAK = re.compile(r"=[ \t]*\r?\n(?=[\s>|]*(?:[A-Za-z0-9+/]|=[0-9A-F]{2}))")


class Kind(StrEnum):
    """What an armored text holds, as its first line says."""

    KEY_CARD = "KEY CARD"
    CERTIFICATE = "CERTIFICATE"
    REVOCATION = "REVOCATION"
    HANDOVER_PROPOSAL = "HANDOVER PROPOSAL"
    HANDOVER_REQUEST = "HANDOVER REQUEST"
    HANDOVER_SEALING = "HANDOVER SEALING"
    HANDOVER_RECEIPT = "HANDOVER RECEIPT"
    HANDOVER_CONFIRMATION = "HANDOVER CONFIRMATION"
    HANDOVER_RELEASE = "HANDOVER RELEASE"
    HANDOVER_RETURN = "HANDOVER RETURN"
    HANDOVER_REFUSAL = "HANDOVER REFUSAL"
    HANDOVER_WITHDRAWAL = "HANDOVER WITHDRAWAL"
    HANDOVER_CLOSING = "HANDOVER CLOSING"
    HANDOVER_SUPERSESSION = "HANDOVER SUPERSESSION"
    HANDOVER_RECORD = "HANDOVER RECORD"

    @property
    def largest(self) -> int:
        """How many bytes of a file are looked at, the mail around it included."""
        if self is Kind.HANDOVER_RECORD:
            return LARGEST_WITH_STATEMENTS
        return LARGEST_WITH_ITEMS if self.startswith("HANDOVER ") else LARGEST_WITH_CARDS


LARGEST_WITH_CARDS = 65_536
LARGEST_WITH_ITEMS = 524_288
LARGEST_WITH_STATEMENTS = 8_388_608
LARGEST = LARGEST_WITH_STATEMENTS
"""Bytes of any file that are looked at."""


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
    letter = letter_of(text)
    if letter.count(_BEGIN) > 1:
        raise RefusedError(Refusal.SEVERAL)
    found = _BLOCK.search(letter)
    if found is None:
        raise RefusedError(Refusal.DAMAGED if _BEGIN in letter else Refusal.NOT_OURS)
    if found[1] not in list(Kind):
        raise RefusedError(Refusal.NEWER_FORMAT)
    kind = Kind(found[1])
    if len(text) > kind.largest:
        raise RefusedError(Refusal.TOO_LARGE)
    return kind, unwrapped(found[2])


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
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error


def letter_of(text: bytes) -> str:
    """Read the bytes as text; editors on Windows like to save UTF-16."""
    if text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return text.decode("utf-16", "replace")
    return text.decode("utf-8", "replace")


def unwrapped(body: str) -> bytes:
    """Read base64 out of lines, whatever mail programs did to the lines.

    Mail that was saved undecoded writes "=" as "=3D", blanks at the end as "=20", and breaks lines after a "=".

    Raises:
        RefusedError: It is no base64, or not written as every program writes it.
    """
    joined = _AROUND.sub("", _SOFT_BREAK.sub("", body)).replace("=3D", "=")
    try:
        content = base64.b64decode(joined, validate=True)
    except ValueError:
        content = b""
    if not content or base64.b64encode(content).decode() != joined:
        raise RefusedError(Refusal.DAMAGED)
    return content
