"""What an extract consists of: parts, their rows, and each value as a person reads it and as it is stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Told:
    """One value.

    Attributes:
        key: Its stable English name.
        label: What it is called, translated.
        text: As a person reads it; empty where it says something to programs only.
        plain: As it is stored, in what JSON knows, without other people.
    """

    key: str
    label: str
    text: str
    plain: Any


@dataclass(frozen=True, slots=True)
class Row:
    """One record, entry of the log or action; the title says which one, where the values do not."""

    values: tuple[Told, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind, with a sentence about them."""

    key: str
    title: str
    rows: tuple[Row, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything that a registry knows about one person.

    Attributes:
        person_id: Who.
        name: What they are called.
        city: Whose registry it is.
        made_at: When it was put together.
        parts: What is known, part by part.
        elsewhere: Sentences about copies that the registry holds besides.
    """

    person_id: UUID
    name: str
    city: str
    made_at: datetime
    parts: tuple[Part, ...] = ()
    elsewhere: tuple[str, ...] = field(default=())
