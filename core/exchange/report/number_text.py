"""Numbers as a workbook's formats show them: the few formats that reports use."""

from __future__ import annotations

import re

from core.i18n import current_language

_QUOTED = re.compile(r'"([^"]*)"')
_DIGITS = re.compile(r"#,##0(?:\.0+)?|0(?:\.0+)?")


def number_text(value: float, written: str) -> str:
    """Return a number as a format shows it.

    Args:
        value: The number.
        written: The format, with a part each for what is above, below and at nothing, or one for all.
    """
    if written == "General":
        return _digits(value, "0.00" if value % 1 else "0")
    parts = written.split(";")
    place = 2 if value == 0 and len(parts) > 2 else int(value < 0 and len(parts) > 1)
    part = parts[place]
    shown = abs(value) if place == 1 else value
    digits = _DIGITS.search(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), part))
    if digits is None:
        return _plain(part)
    told = _digits(shown * 100 if "%" in part else shown, digits[0])
    return f"{_plain(part[: digits.start()])}{told}{_plain(part[digits.end() :])}"


def _plain(part: str) -> str:
    """Return what stands around the digits."""
    return _QUOTED.sub(r"\1", part)


def _digits(value: float, written: str) -> str:
    decimals = len(written.partition(".")[2])
    told = f"{value:,.{decimals}f}" if "," in written else f"{value:.{decimals}f}"
    return told.translate(str.maketrans(",.", ".,")) if current_language() == "de" else told
