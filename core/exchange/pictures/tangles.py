"""Counts, inside the limited child process, how much a drawing becomes when all its references are followed.

Ten elements that each use the one before ten times are ten billion shapes: no parser minds, every painter hangs.
"""

from __future__ import annotations

import re
from typing import Any

from core.exchange.limits import Refused

MAX_DRAWN = 20_000
_PART = re.compile(r"#([^\s'\"()]+)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_WORD = re.compile(r"\*|[.#]?[\w-]+")
_UNDER_WAY = -1


def check(root: Any) -> None:
    """Refuse a drawing whose parts refer to themselves, or become too many.

    Raises:
        Refused: They do.
    """
    try:
        drawn = _Counting(root).drawn(root)
    except RecursionError:
        drawn = MAX_DRAWN + 1
    if drawn > MAX_DRAWN:
        raise Refused("tangled")


class _Counting:
    """What is known of the parts of a drawing while they are counted."""

    def __init__(self, root: Any) -> None:
        elements = [one for one in root.iter() if isinstance(one.tag, str)]
        self._targets = {one.get("id"): one for one in elements if one.get("id")}
        self._styled = _styled("".join("".join(one.itertext()) for one in elements if one.tag.endswith("}style")))
        # The elements themselves are the keys, which also keeps lxml from making new ones for the same place.
        self._known: dict[Any, int] = {}

    def drawn(self, element: Any) -> int:
        """Return how many elements are drawn for one, itself included; beyond the limit nobody counts on."""
        before = self._known.get(element)
        if before == _UNDER_WAY:
            raise Refused("tangled")
        if before is not None:
            return before
        self._known[element] = _UNDER_WAY
        total = 1
        for part in (*element, *self._referred(element)):
            if isinstance(part.tag, str):
                total = min(total + self.drawn(part), MAX_DRAWN + 1)
        self._known[element] = total
        return total

    def _referred(self, element: Any) -> list[Any]:
        """Return the parts that an element refers to, in its attributes or by a style sheet."""
        values = (value for name, value in element.items() if "#" in value and name != "id")
        names = [name for value in values for name in _PART.findall(value)]
        if self._styled:
            called = ("*", element.tag.rpartition("}")[2], f"#{element.get('id')}")
            classes = (f".{name}" for name in (element.get("class") or "").split())
            names.extend(name for word in (*called, *classes) for name in self._styled.get(word, ()))
        return [self._targets[name] for name in names if name in self._targets]


def _styled(sheet: str) -> dict[str, list[str]]:
    """Return to which parts a style sheet lets whom refer: rather too many than too few."""
    found: dict[str, list[str]] = {}
    for selectors, declarations in _RULE.findall(sheet):
        for word in _WORD.findall(selectors):
            found.setdefault(word, []).extend(_PART.findall(declarations))
    return found
