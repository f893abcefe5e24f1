"""Letters with several armored texts in them: one file or mail for all that one step, or several, brought forth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from core.custody.identity.armor import LARGEST, letter_of
from core.errors import UnusableFileError
from core.i18n import _
from core.system_reasons import reason_of

_TEXT = re.compile(
    r"-----BEGIN (KANALREGISTER [A-Z ]{1,40}|AGE ENCRYPTED FILE)-----.*?-----END \1-----", re.DOTALL | re.ASCII
)


def one_letter(texts: Iterable[bytes]) -> bytes:
    """Put armored texts below one another."""
    return b"\n".join(texts)


def parts_of(letter: bytes) -> list[bytes]:
    """Return the armored texts of a letter, each to be read by itself; what holds one at most comes back as it is."""
    if len(letter) > LARGEST:
        return [letter]
    found = [part[0].encode() for part in _TEXT.finditer(letter_of(letter))]
    return found if len(found) > 1 else [letter]


def read_letter(file: Path) -> bytes:
    """Return the content of a file, no more of it than is ever looked at.

    Raises:
        UnusableFileError: It cannot be read.
    """
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=file, reason=reason_of(error))
        ) from error
