"""What a person types into an editor, read as a field's value; what cannot be used is refused with a sentence."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from core import fields as kinds
from core.errors import BadInputError
from core.fields import Field
from core.i18n import _
from core.inventory.dates_in_text import read_date

LONGEST_NUMBER = 100_000
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_ADDRESS = re.compile(r"(?:https?://)?[^\s/]+\.[^\s/.]+(?:[/?#]\S*)?", re.IGNORECASE)


def read_typed(field: Field, text: str) -> Any:
    """Read a typed text as a value of the field's kind; nothing typed is no value.

    Raises:
        BadInputError: The field is required and empty, or the text does not fit its kind.
    """
    plain = text.strip()
    if not plain:
        if field.required:
            raise BadInputError(_("“{field}” is needed. Please fill it in.").format(field=field.title))
        return () if isinstance(field.kind, kinds.TextList) else None
    match field.kind:
        case kinds.Day():
            return _day(field, plain)
        case kinds.PartialDay():
            return _partial_day(field, plain)
        case kinds.Number():
            return _number(field, plain)
        case kinds.Mail():
            return _fitting(_MAIL, plain, _("“{text}” is no e-mail address. Write it like name@city.example."))
        case kinds.Address():
            return _fitting(_ADDRESS, plain, _("“{text}” is no web address. Copy it from your browser's address bar."))
        case kinds.TextList():
            return tuple(dict.fromkeys(part.strip() for part in re.split(r"[,;\n]", plain) if part.strip()))
        case _:
            return plain


def _day(field: Field, text: str) -> date:
    read = _partial_day(field, text)
    if len(read) < 10:
        raise BadInputError(
            _("“{text}” does not name the day. Write day, month and year: 31.12.2026.").format(text=text)
        )
    return date.fromisoformat(read)


def _partial_day(field: Field, text: str) -> str:
    read = read_date(text)
    if read.impossible:
        raise BadInputError(_("{field}: there is no day “{text}”.").format(field=field.title, text=text))
    if read.value is None:
        raise BadInputError(_("“{text}” is no date. Write it like 31.12.2026.").format(text=text))
    return read.value


def _number(field: Field, text: str) -> int:
    if not text.isdecimal() or int(text) > LONGEST_NUMBER:
        raise BadInputError(
            _("{field}: “{text}” is no whole number. Use digits only.").format(field=field.title, text=text)
        )
    return int(text)


def _fitting(shape: re.Pattern[str], text: str, sentence: str) -> str:
    if not shape.fullmatch(text):
        raise BadInputError(sentence.format(text=text))
    return text
