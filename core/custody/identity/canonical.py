"""The one way in which cards and statements are written, so that equal contents are equal bytes, and strict reading.

Canonical is JSON with sorted keys, no white space, in NFC and UTF-8; texts, whole numbers and null are all there is.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from core.custody.identity.keys import unbase64
from core.custody.identity.refusals import Refusal, RefusedError

Value = str | int | None
Shape = Mapping[str, Callable[[Value], bool]]
"""By key, whether a value can stand there."""

FORMAT = 1
_INSTANT = "%Y-%m-%dT%H:%M:%SZ"


def canonical(content: Mapping[str, Value]) -> bytes:
    """Write a flat object."""
    text = json.dumps(dict(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return unicodedata.normalize("NFC", text).encode("utf-8")


def read_canonical(text: bytes, kind: str, shape: Shape, *, largest: int) -> dict[str, Value]:
    """Read a flat object that must be exactly what `canonical` writes.

    Args:
        text: What was received.
        kind: What the value of "kind" must be.
        shape: Which other keys it must have; "format" and "kind" are looked at here.
        largest: How many bytes it may have.

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
    if canonical(content) != text:
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


def is_base64(length: int) -> Callable[[Value], bool]:
    """Return a check for so many bytes in base64 for addresses."""
    return lambda value: isinstance(value, str) and _reads(unbase64, value) and len(unbase64(value)) == length


def is_line(longest: int, *, shortest: int = 1) -> Callable[[Value], bool]:
    """Return a check for one line of visible text of limited length."""
    return lambda value: isinstance(value, str) and shortest <= len(value) <= longest and value == clean_line(value)


def clean_line(text: str) -> str:
    """Return a text as one line in NFC, without signs that nobody sees or that turn the direction of writing."""
    visible = "".join(letter if letter.isprintable() else " " for letter in unicodedata.normalize("NFC", text))
    return " ".join(visible.split())


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _parsed(text: bytes) -> dict[str, Value]:
    try:
        content = json.loads(text.decode("utf-8"), object_pairs_hook=_without_doubles, parse_float=_refuse_number)
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
