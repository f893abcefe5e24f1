"""The armor of age around a bundle: written so that the `age` command reads it, read whatever mail did to it."""

from __future__ import annotations

import base64
import re

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.identity.armor import letter_of, unwrapped
from core.custody.identity.refusals import RefusedError

LARGEST_FILE = 1_048_576
"""Bytes of a file that are looked at, the mail around the bundle included."""

_BEGIN, _END = "-----BEGIN AGE ENCRYPTED FILE-----", "-----END AGE ENCRYPTED FILE-----"
_BLOCK = re.compile(f"{_BEGIN}(.*?){_END}", re.DOTALL)
_LINE = 64


def armored_age(file: bytes) -> bytes:
    """Write a binary age file as lines of text."""
    text = base64.b64encode(file).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join([_BEGIN, *lines, _END, ""]).encode()


def unarmored_age(text: bytes) -> bytes:
    """Read the one armored age file in a file or a mail, as binary.

    Line ends of any kind, lines broken anew, quotation and text around it do no harm: what is in it is sealed anyway.

    Raises:
        RefusedError: There is none, there are several, or it is damaged or too large.
    """
    if len(text) > LARGEST_FILE:
        raise RefusedError(HandoverRefusal.TOO_LARGE)
    letter = letter_of(text)
    if _BEGIN not in letter:
        raise RefusedError(HandoverRefusal.OTHER_KIND)
    if letter.count(_BEGIN) > 1:
        raise RefusedError(HandoverRefusal.SEVERAL)
    block = _BLOCK.search(letter)
    if block is None:
        raise RefusedError(HandoverRefusal.TRUNCATED)
    return unwrapped(block[1])
