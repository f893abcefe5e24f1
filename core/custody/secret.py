"""A text that nobody sees by accident: no log, no message, no file shows it unless it is asked to."""

from __future__ import annotations

import hmac
from typing import NoReturn, Self

MASK = "•••"


class Secret:
    """A password, code or key; everything but `reveal` shows dots."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Return the text itself, for the one place that needs it."""
        return self._text

    def __repr__(self) -> str:
        return MASK

    __str__ = __repr__

    def __format__(self, wanted: str) -> str:
        return format(MASK, wanted)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(_bytes(self._text), _bytes(other._text))

    def __hash__(self) -> NoReturn:
        raise TypeError("a secret is no key of a dictionary: its hash would tell of it")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, seen: dict[int, object]) -> Self:
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere but into the keyring")

    def __getstate__(self) -> NoReturn:
        raise TypeError("a secret is not written anywhere but into the keyring")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
