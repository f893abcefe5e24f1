"""The one way in which cards and statements are written, so that equal contents are equal bytes, and strict reading.

Canonical is JSON with sorted keys, no white space, in NFC and UTF-8; texts, whole numbers and null are all there is,
and lists and objects of them.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from core.custody.identity.keys import unbase64
from core.custody.identity.refusals import Refusal, RefusedError

Value: TypeAlias = "str | int | Sequence[Value] | Mapping[str, Value] | None"
Fits: TypeAlias = Callable[[Value], bool]
Shape: TypeAlias = Mapping[str, Fits]
"""By key, whether a value can stand there."""
Write: TypeAlias = Callable[[Mapping[str, Value]], bytes]

FORMAT = 1
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def canonical(content: Mapping[str, Value]) -> bytes:
    """Write an object."""
    text = json.dumps(_normal(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def read_canonical(text: bytes, kind: str, shape: Shape, *, largest: int, write: Write = canonical) -> dict[str, Value]:
    """Read an object that must be exactly what `canonical` writes.

    Args:
        text: What was received.
        kind: What the value of "kind" must be.
        shape: Which other keys it must have; "format" and "kind" are looked at here.
        largest: How many bytes it may have.
        write: What else must have written it.

    Raises:
        RefusedError: Anything differs.
    """
    if len(text) > largest:
        raise RefusedError(Refusal.TOO_LARGE)
    content = _parsed(text)
    if content.get("kind") != kind:
        raise RefusedError(Refusal.OTHER_KIND)
    _check_format(content.get("format"))
    _check_shape(content, shape)
    if not _is_written(content, text, write):
        raise RefusedError(Refusal.NOT_CANONICAL)
    return content


def instant_text(instant: datetime) -> str:
    """Write an instant to the second, in UTC."""
    return instant.astimezone(UTC).strftime(_INSTANT)


def instant_of(text: str) -> datetime:
    """Read what `instant_text` wrote.

    Raises:
        ValueError: It is something else.
    """
    instant = datetime.strptime(text, _INSTANT).replace(tzinfo=UTC)
    if instant_text(instant) != text:
        raise ValueError("not written as we write it")
    return instant


def is_instant(value: Value) -> bool:
    """Say whether a value is an instant."""
    return isinstance(value, str) and _reads(instant_of, value)


def is_uuid(value: Value) -> bool:
    """Say whether a value is an id, in lower case with hyphens."""
    return isinstance(value, str) and _reads(UUID, value) and str(UUID(value)) == value


def is_day(value: Value) -> bool:
    """Say whether a value is a day, as year-month-day."""
    return (
        isinstance(value, str) and _reads(date.fromisoformat, value) and date.fromisoformat(value).isoformat() == value
    )


def is_number(least: int, most: int) -> Fits:
    """Return a check for a whole number within bounds."""
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def is_choice(choices: type[StrEnum]) -> Fits:
    """Return a check for a value of a closed list."""
    return lambda value: isinstance(value, str) and value in {choice.value for choice in choices}


def is_nothing(value: Value) -> bool:
    """Say whether a value is null."""
    return value is None


def either(*checks: Fits) -> Fits:
    """Return a check that any of some checks passes."""
    return lambda value: any(fits(value) for fits in checks)


def is_list(fits: Fits, most: int) -> Fits:
    """Return a check for a list of at most so many, of which each passes a check."""
    return lambda value: isinstance(value, list) and len(value) <= most and all(fits(one) for one in value)


def is_object(shape: Shape) -> Fits:
    """Return a check for an object of exactly these keys."""
    return lambda value: (
        isinstance(value, dict)
        and value.keys() == shape.keys()
        and all(fits(value[key]) for key, fits in shape.items())
    )


def is_mapping(key: Fits, fits: Fits, most: int) -> Fits:
    """Return a check for an object of at most so many keys, of which each, and each value, passes a check."""
    return lambda value: (
        isinstance(value, dict)
        and len(value) <= most
        and all(key(name) and fits(content) for name, content in value.items())
    )


def is_base64(length: int) -> Fits:
    """Return a check for so many bytes in base64 for addresses."""
    return lambda value: isinstance(value, str) and _reads(unbase64, value) and len(unbase64(value)) == length


def is_line(longest: int, *, shortest: int = 1) -> Fits:
    """Return a check for one line of visible text of limited length."""
    return lambda value: isinstance(value, str) and shortest <= len(value) <= longest and value == clean_line(value)


def is_text(longest: int) -> Fits:
    """Return a check for lines of visible text, of limited length together; there may be none."""
    return lambda value: isinstance(value, str) and len(value) <= longest and value == clean_text(value)


def clean_text(text: str) -> str:
    """Return each line of a text as `clean_line` does."""
    return "\n".join(clean_line(line) for line in text.split("\n"))


def clean_line(text: str) -> str:
    """Return a text as one line in NFC, without signs that nobody sees or that turn the direction of writing."""
    normal = unicodedata.normalize("NFC", text)
    if not normal.isprintable():
        normal = "".join(letter if letter.isprintable() else " " for letter in normal)
    return " ".join(normal.split())


def _normal(value: Value) -> Value:
    """Return a value with its texts in NFC: one by one, for the n of an escaped line end must not take an accent."""
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case Mapping():
            return {unicodedata.normalize("NFC", key): _normal(content) for key, content in value.items()}
        case Sequence():
            return [_normal(one) for one in value]
        case _:
            return value


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _is_written(content: Mapping[str, Value], text: bytes, write: Write) -> bool:
    """Say whether writing a content gives a text again; half of a sign that takes two cannot be written."""
    try:
        return write(content) == text
    except UnicodeEncodeError:
        return False


def _parsed(text: bytes) -> dict[str, Value]:
    try:
        content = json.loads(
            text.decode("utf-8"),
            object_pairs_hook=_without_doubles,
            parse_float=_refuse_number,
            parse_constant=_refuse_number,
        )
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise RefusedError(Refusal.DAMAGED)
    return content


def _without_doubles(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key stands there twice")
    return content


def _refuse_number(_text: str) -> int:
    raise ValueError("no whole number")


def _check_format(number: Value) -> None:
    if not isinstance(number, int) or isinstance(number, bool):
        raise RefusedError(Refusal.MISSING_KEYS if number is None else Refusal.WRONG_VALUE)
    if number != FORMAT:
        raise RefusedError(Refusal.NEWER_FORMAT if number > FORMAT else Refusal.WRONG_VALUE)


def _check_shape(content: Mapping[str, Value], shape: Shape) -> None:
    keys = {"kind", "format", *shape}
    if content.keys() - keys:
        raise RefusedError(Refusal.UNKNOWN_KEYS)
    if keys - content.keys():
        raise RefusedError(Refusal.MISSING_KEYS)
    if not all(fits(content[key]) for key, fits in shape.items()):
        raise RefusedError(Refusal.WRONG_VALUE)
