"""What is handed over, thing by thing, and what a statement says of it; never a secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.identity.canonical import (
    Shape,
    Value,
    clean_line,
    clean_text,
    either,
    is_choice,
    is_line,
    is_mapping,
    is_nothing,
    is_number,
    is_object,
    is_text,
    is_uuid,
)
from core.custody.identity.refusals import Refusal, RefusedError
from core.model.choices import ItemKind, Way

MOST_ITEMS = 200
MOST_FACTS, MOST_ANSWERS = 64, 32
LONGEST_LABEL, LONGEST_FACT, LONGEST_ANSWER, LONGEST_NAME = 200, 4_000, 200, 64
LARGEST_NUMBER = 2_147_483_647
"""What a whole number of the database holds."""

Key = tuple[ItemKind, UUID]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a handover.

    Attributes:
        kind: What sort of thing it is.
        id: The id of its record.
        way: How it passes.
        revision: Which revision of its secret is meant, None where there is none.
        label: What it is called.
    """

    kind: ItemKind
    id: UUID
    way: Way
    revision: int | None
    label: str

    @property
    def key(self) -> Key:
        """Which thing it is, whatever is said of it."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class Told(Item):
    """What one statement says of one thing.

    Attributes:
        facts: What another copy of the registry may lack, by name.
        answers: What was done and seen, by question.
    """

    facts: Mapping[str, str] = field(default_factory=dict, hash=False)
    answers: Mapping[str, str] = field(default_factory=dict, hash=False)


def content_of(told: Told) -> dict[str, Value]:
    """Return what is written of a thing; texts are cleaned, for a name may hold signs that nobody sees."""
    return {
        "kind": told.kind.value,
        "id": str(told.id),
        "way": told.way.value,
        "revision": told.revision,
        "label": clean_line(told.label)[:LONGEST_LABEL].strip(),
        "facts": {name: clean_text(text) for name, text in told.facts.items()},
        "answers": {name: clean_line(text) for name, text in told.answers.items()},
    }


def told_of(content: Mapping[str, Any]) -> Told:
    """Return the thing of which something that passed `check_items` tells."""
    return Told(
        kind=ItemKind(content["kind"]),
        id=UUID(content["id"]),
        way=Way(content["way"]),
        revision=content["revision"],
        label=content["label"],
        facts=dict(content["facts"]),
        answers=dict(content["answers"]),
    )


def check_items(contents: Any) -> None:
    """Look whether a list tells of something, of each thing once, and of nothing else than it may.

    Raises:
        RefusedError: It does not.
    """
    if not contents:
        raise RefusedError(HandoverRefusal.NO_ITEMS)
    if len(contents) > MOST_ITEMS:
        raise RefusedError(HandoverRefusal.TOO_LARGE)
    if not all(_IS_ITEM(content) for content in contents):
        raise RefusedError(Refusal.WRONG_VALUE)
    if len({content["id"] for content in contents}) < len(contents):  # No two records share an id, whatever they are.
        raise RefusedError(HandoverRefusal.DOUBLED_ITEM)


def _is_name(value: Value) -> bool:
    """Say whether a value names a fact or a question: small letters and digits, with hyphens or dots between."""
    if not isinstance(value, str) or not (value.isascii() and 0 < len(value) <= LONGEST_NAME):
        return False
    return all(part.isalnum() and part == part.lower() for part in value.replace(".", "-").split("-"))


_SHAPE: Shape = {
    "kind": is_choice(ItemKind),
    "id": is_uuid,
    "way": is_choice(Way),
    "revision": either(is_nothing, is_number(0, LARGEST_NUMBER)),
    "label": is_line(LONGEST_LABEL),
    "facts": is_mapping(_is_name, is_text(LONGEST_FACT), MOST_FACTS),
    "answers": is_mapping(_is_name, is_line(LONGEST_ANSWER), MOST_ANSWERS),
}
_IS_ITEM = is_object(_SHAPE)
