"""Names of files that every system takes."""

from __future__ import annotations

import re
import unicodedata

from core.i18n import _

_LONGEST_NAME = 80
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)


def safe_name(text: str, suffix: str = "") -> str:
    """Return a text as the name of a file that every system takes, with an ending.

    Args:
        text: What the file is about.
        suffix: Its ending.
    """
    name = _NOT_IN_NAMES.sub(" ", unicodedata.normalize("NFC", text))
    name = " ".join("".join(sign for sign in name if sign.isprintable()).split()).strip(". ")
    name = name[:_LONGEST_NAME].rstrip(". ") or _("File")
    return f"{'_' if _DEVICES.match(name) else ''}{name}{suffix}"
