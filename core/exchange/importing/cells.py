"""Reads one cell as what its field holds; what cannot be read is a sentence that quotes the cell."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.exchange.importing.cell_text import line_of, text_of
from core.exchange.importing.state_words import state_named
from core.fields import Address, Day, Field, Kind, LongText, Mail, Number, OneOf, PartialDay, TextList, YesNo
from core.i18n import N_, _
from core.inventory.dates_in_text import read_date
from core.inventory.names import says_nothing
from core.inventory.web_address import parsed
from core.model.choices import Choice
from core.partial_dates import first_day

_YES = frozenset({"ja", "j", "yes", "y", "x", "wahr", "true", "✓", "✔", "1"})
_NO = frozenset({"nein", "n", "no", "falsch", "false", "✗", "0"})
_COUNT = re.compile(
    r"(?:ca\.?|rund|etwa|über|about)?\s*(\d[\d.,' ]*)\s*(tsd\.?|tausend|k|mio\.?|m)?(?:\s.*)?", re.IGNORECASE
)
_TIMES = {"tsd": 1_000, "tausend": 1_000, "k": 1_000, "mio": 1_000_000, "m": 1_000_000}
_SEPARATED = re.compile(r"[;,|\n]|\s/\s")
_NO_SUCH_DAY = N_("“{text}” is not a day of the calendar. Please correct the date.")
_NO_DATE = N_("“{text}” was not understood as a date. Please write it like 31.12.2026.")


@dataclass(frozen=True, slots=True)
class Read:
    """What a cell holds: a value, or None; and a sentence if there is a doubt about it."""

    value: Any = None
    doubt: str = ""


def read_cell(field: Field, cell: object, today: date) -> Read:
    """Read a cell as what its field holds; an empty cell or one that says "k. A." gives nothing."""
    text = text_of(cell)
    if says_nothing(text):
        return Read()
    if field.key == "state":
        return _read_state(text)
    if field.key in {"last_post_on", "confirmed_on"}:
        return _not_after(today, _read_as(field.kind, cell, text), text)
    return _read_as(field.kind, cell, text)


def _read_as(kind: Kind, cell: object, text: str) -> Read:
    match kind:
        case PartialDay():
            return _read_partial(cell, text)
        case Day():
            return _read_day(cell, text)
        case LongText():
            return Read(text)
        case Number():
            return _read_number(cell, text)
        case TextList():
            return Read(tuple(dict.fromkeys(part.strip() for part in _SEPARATED.split(text) if part.strip())))
        case YesNo():
            return _read_yes_no(text)
        case Address():
            return _read_address(text)
        case Mail():
            return Read(text)
        case OneOf(choices):
            return _read_choice(choices, text)
        case _:
            return Read(line_of(cell))


def _read_partial(cell: object, text: str) -> Read:
    read = read_date(cell)
    if read.value is not None:
        return Read(read.value)
    return Read(doubt=_(_NO_SUCH_DAY if read.impossible else _NO_DATE).format(text=text))


def _read_day(cell: object, text: str) -> Read:
    """Read a date that has to be a day; of a month or year the first day is taken, and said."""
    read = _read_partial(cell, text)
    if read.value is None or len(read.value) == 10:
        return Read(date.fromisoformat(read.value)) if read.value else read
    return Read(
        first_day(read.value), _("“{text}” names no day; the first day was taken. Please check it.").format(text=text)
    )


def _not_after(today: date, read: Read, text: str) -> Read:
    day = first_day(read.value) if isinstance(read.value, str) else read.value
    if day is None or day <= today:
        return read
    return Read(doubt=_("“{text}” lies in the future. Please correct the date.").format(text=text))


def _read_state(text: str) -> Read:
    if state := state_named(text):
        return Read(state)
    return Read(doubt=_("“{text}” is no known state. Please choose a state.").format(text=text))


def _read_choice(choices: type[Choice], text: str) -> Read:
    for choice in choices:
        if text.casefold() in {choice.value, choice.label.casefold(), _(choice.label).casefold()}:
            return Read(choice)
    known = ", ".join(_(choice.label) for choice in choices)
    return Read(doubt=_("“{text}” is not one of: {known}.").format(text=text, known=known))


def _read_yes_no(text: str) -> Read:
    if text.casefold() in _YES | _NO:
        return Read(text.casefold() in _YES)
    return Read(doubt=_("“{text}” is neither yes nor no.").format(text=text))


def _read_address(text: str) -> Read:
    if parsed(text) is not None:
        return Read(text)
    return Read(doubt=_("“{text}” is no web address.").format(text=text))


def _read_number(cell: object, text: str) -> Read:
    """Read a count: "1.234", "1 234", "12,5 Tsd.", "ca. 300"."""
    if isinstance(cell, int) and not isinstance(cell, bool) and cell >= 0:
        return Read(cell)
    found = _COUNT.fullmatch(text[:80])
    count = _counted(found[1], (found[2] or "").casefold().rstrip(".")) if found else None
    if count is not None:
        return Read(count)
    return Read(doubt=_("“{text}” is no number.").format(text=text))


def _counted(digits: str, times: str) -> int | None:
    plain = re.sub(r"[\s']", "", digits).rstrip(".,")
    if not times:
        whole = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", plain)
        return int(whole) if whole.isdecimal() and len(whole) < 13 else None
    try:
        return round(float(plain.replace(",", ".")) * _TIMES[times])
    except ValueError:
        return None
