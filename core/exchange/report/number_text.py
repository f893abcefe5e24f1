"""Numbers as a workbook's formats show them: the few formats that reports use.

Spreadsheets round a half up and take a number for the shortest one that reads back as it; Python's own rounding knows
neither, and would write 12.5 % as 12 %.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from core.exchange.report.craft.looks import percent
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
    told = _digits(_in_percent(shown) if "%" in part else shown, digits[0])
    return f"{_plain(part[: digits.start()])}{told}{_plain(part[digits.end() :])}"


def shown_percent(part: float) -> int:
    """Return a part of 1 in whole percent, as every sheet shows it; changes are told between the numbers shown."""
    return int(_rounded(_in_percent(part), 0))


def percent_text(part: float) -> str:
    """Return a part of 1 as every sheet writes it."""
    return number_text(part, percent())


def _in_percent(part: float) -> Decimal:
    return Decimal(str(part)) * 100


def _rounded(value: float | Decimal, decimals: int) -> Decimal:
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _plain(part: str) -> str:
    """Return what stands around the digits."""
    return _QUOTED.sub(r"\1", part)


def _digits(value: float | Decimal, written: str) -> str:
    decimals = len(written.partition(".")[2])
    rounded = _rounded(value, decimals)
    told = f"{rounded:,f}" if "," in written else f"{rounded:f}"
    return told.translate(str.maketrans(",.", ".,")) if current_language() == "de" else told
