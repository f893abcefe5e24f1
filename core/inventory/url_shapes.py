"""The forms an account's address takes on a platform: read from the catalogue, matched and written.

A form is a template like "/pages/{title}/{id}"; `{name}` is the handle, `{id}` the immutable ID, `{title…}` any text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from core.inventory.web_address import Address

_SLOT = re.compile(r"\{(\w+)\}")
_ANY_TITLE = r"(?!\.\.?$).+"

Filled = Mapping[str, str]
"""What an address says of an account: some of name, id and title."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One form an account's address takes on a platform."""

    path: str
    """The template of path and query; what follows in an address is dropped."""
    to: str
    """The template of the canonical address, in full."""
    writes: str
    """The template of the handle; empty where the address only has an ID."""
    host: str
    """The one host with this form, itself a template; empty for every host of the platform."""
    name: str
    """What a handle may be, a regular expression of the whole text."""
    id: str
    """What an immutable ID may be, a regular expression of the whole text."""

    @property
    def fixed_word(self) -> str:
        """The first word of the path if it is fixed: no handle can be called so."""
        word = self.path.partition("?")[0].strip("/").partition("/")[0]
        return "" if "{" in word or self.host else word

    @property
    def host_suffix(self) -> str:
        """What follows the handle where the handle is part of the host, else an empty text."""
        return self.host.removeprefix("{name}.") if self.host.startswith("{name}.") else ""


def shape_from(entry: Mapping[str, str], base: str, name: str, id: str) -> Shape:
    """Make a form from its lines in the catalogue.

    Args:
        entry: path and, where they differ from what is usual, to, as, host, name and id.
        base: Scheme and host of the platform's canonical addresses.
        name: What a handle of the platform may be.
        id: What an ID of the platform may be.
    """
    to = entry.get("to", entry["path"])
    usual_handle = "{name}" if "{name}" in entry["path"] + entry.get("host", "") else ""
    return Shape(
        path=entry["path"],
        to=to if to.startswith("https:") else base + to,
        writes=entry.get("as", usual_handle),
        host=entry.get("host", ""),
        name=entry.get("name", name),
        id=entry.get("id", id),
    )


def filled_by(shape: Shape, host: str, address: Address) -> Filled | None:
    """Return what an address fills into a form, or None if it has another form.

    Args:
        shape: The form.
        host: The address's host without `www.` and its like.
        address: The address; its host has been found to be the platform's.
    """
    path, _, query = shape.path.partition("?")
    templates = [part for part in path.split("/") if part]
    pairs = list(zip(templates, address.segments, strict=False))
    if len(pairs) < len(templates):
        return None
    for wanted in query.split("&") if query else ():
        key, _, template = wanted.partition("=")
        pairs.append((template, address.parameters.get(key, "")))
    if shape.host:
        pairs.append((shape.host, host))
    return _filled_by_pairs(shape, pairs)


def filled_by_name(shape: Shape, name: str) -> Filled | None:
    """Return what a bare handle fills into a form that is written as the handle alone, else None."""
    return _filled_by_pairs(shape, [("{name}", name)]) if shape.writes == "{name}" else None


def filled_by_id(shape: Shape, text: str) -> Filled | None:
    """Return what a bare ID fills into a form that needs nothing else, else None."""
    slots = _SLOT.findall(shape.path + shape.to)
    return _filled_by_pairs(shape, [("{id}", text)]) if slots and set(slots) == {"id"} else None


def written(template: str, filled: Filled) -> str:
    """Fill a template of a handle."""
    return _SLOT.sub(lambda slot: filled[slot[1]], template)


def url_of(shape: Shape, filled: Filled) -> str:
    """Write the canonical address of the account found."""
    return written(shape.to, {slot: quote(text, safe="@:~.+-_", errors="replace") for slot, text in filled.items()})


def _filled_by_pairs(shape: Shape, pairs: list[tuple[str, str]]) -> Filled | None:
    """Match templates with texts one by one and gather what the slots hold."""
    filled: dict[str, str] = {}
    for template, text in pairs:
        match = _pattern(template, shape.name, shape.id).fullmatch(text)
        if match is None:
            return None
        filled |= match.groupdict()
    return filled


@cache
def _pattern(template: str, name: str, id: str) -> re.Pattern[str]:
    """Compile a template; fixed words match in any case, what fills a slot obeys the platform's rule."""
    rules = {"name": name, "id": id}
    parts = _SLOT.split(template)
    fixed, slots = parts[::2], [*parts[1::2], ""]
    texts = (f"(?i:{re.escape(text)})" if text else "" for text in fixed)
    groups = (f"(?P<{slot}>{rules.get(slot, _ANY_TITLE)})" if slot else "" for slot in slots)
    return re.compile("".join(text + group for text, group in zip(texts, groups, strict=True)))
