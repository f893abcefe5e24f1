"""What the maker of a handover record adds to the statements: names, certificates, and how each key was verified."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar, cast
from uuid import UUID

from core.custody.identity.canonical import (
    Shape,
    Value,
    canonical,
    clean_line,
    either,
    is_choice,
    is_day,
    is_line,
    is_list,
    is_mapping,
    is_nothing,
    is_number,
    is_object,
    is_uuid,
)
from core.custody.identity.cards import LONGEST_NAME, Card, is_fingerprint, read_card
from core.custody.identity.circle import Standing
from core.custody.identity.statements import Said
from core.custody.identity.statements import Statement as AboutCard
from core.custody.identity.statements import read_statement as read_about_card

MOST_CARDS = 400
_Part = TypeVar("_Part")


@dataclass(frozen=True, slots=True)
class Checked:
    """How the maker of a record had verified a card: what their keyring said, not what others told them."""

    card: str
    how: Standing
    on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """What the maker of a record adds to the statements, from the registry and the keyring.

    Attributes:
        city: What the city is called.
        people: What the people of the handover are called, by id; somebody who never signed has no card to say so.
        head: The head of press, as the settings name them.
        checked: How the cards were verified.
        certificates: The head of press's statements that cards are genuine.
        revocations: Statements that cards are not to be used any more.
        cards: The cards of whoever signed those, where no statement brings them.
        unreadable: How many statements the registry keeps that nobody can read.
    """

    city: str = ""
    people: Mapping[UUID, str] = field(default_factory=dict, hash=False)
    head: UUID | None = None
    checked: tuple[Checked, ...] = ()
    certificates: tuple[AboutCard, ...] = ()
    revocations: tuple[AboutCard, ...] = ()
    cards: tuple[Card, ...] = ()
    unreadable: int = 0


def known_of(content: Mapping[str, Any]) -> Known:
    """Return what something that passed `KNOWN` adds.

    Raises:
        RefusedError: A certificate, a revocation or a card is not as it must be.
    """
    return Known(
        city=content["city"],
        people={UUID(person): name for person, name in content["people"].items()},
        head=UUID(content["head_of_press"]) if content["head_of_press"] else None,
        checked=tuple(
            Checked(one["card"], Standing(one["how"]), date.fromisoformat(one["on"]) if one["on"] else None)
            for one in content["checked"]
        ),
        certificates=tuple(read_about_card(canonical(one), Said.CERTIFIED) for one in content["certificates"]),
        revocations=tuple(read_about_card(canonical(one), Said.REVOKED) for one in content["revocations"]),
        cards=tuple(read_card(canonical(one)) for one in content["cards"]),
        unreadable=content["unreadable"],
    )


def ordered(known: Known) -> Known:
    """Return the same with each thing once, in the one order in which it is written."""
    return replace(
        known,
        city=_line(known.city),
        people={person: line for person, name in known.people.items() if (line := _line(name))},
        checked=_each(known.checked, lambda one: one.card),
        certificates=_each(known.certificates, lambda one: one.text),
        revocations=_each(known.revocations, lambda one: one.text),
        cards=_each(known.cards, lambda one: one.fingerprint),
    )


def content_of(known: Known) -> dict[str, Value]:
    """Return what is written of it."""
    return {
        "city": known.city,
        "people": {str(person): name for person, name in known.people.items()},
        "head_of_press": str(known.head) if known.head else None,
        "checked": [
            {"card": one.card, "how": one.how.value, "on": one.on.isoformat() if one.on else None}
            for one in known.checked
        ],
        "certificates": [object_of(one.text) for one in known.certificates],
        "revocations": [object_of(one.text) for one in known.revocations],
        "cards": [object_of(card.text) for card in known.cards],
        "unreadable": known.unreadable,
    }


def object_of(text: bytes) -> Value:
    """Return a canonical text as the object that it writes: inside the record each line is brought to NFC by itself."""
    return cast("Value", json.loads(text))


def is_writable(value: Value) -> bool:
    """Say whether a value is an object that can be written; what it says is looked at when it is read."""
    if not isinstance(value, dict):
        return False
    try:
        canonical(value)
    except (ValueError, RecursionError):
        return False
    return True


def _line(text: str) -> str:
    return clean_line(text)[:LONGEST_NAME].strip()


def _each(parts: Iterable[_Part], key: Callable[[_Part], Any]) -> tuple[_Part, ...]:
    each = {key(part): part for part in parts}
    return tuple(each[one] for one in sorted(each))


_ARE_OBJECTS = is_list(is_writable, MOST_CARDS)
KNOWN: Shape = {
    "city": is_line(LONGEST_NAME, shortest=0),
    "people": is_mapping(is_uuid, is_line(LONGEST_NAME), MOST_CARDS),
    "head_of_press": either(is_nothing, is_uuid),
    "checked": is_list(
        is_object({"card": is_fingerprint, "how": is_choice(Standing), "on": either(is_nothing, is_day)}), MOST_CARDS
    ),
    "certificates": _ARE_OBJECTS,
    "revocations": _ARE_OBJECTS,
    "cards": _ARE_OBJECTS,
    "unreadable": is_number(0, 1_000_000),
}
"""Which keys there are for it in a record, and what may stand there."""
