"""Compares what a row says with what the registry holds, and notes what is to be written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from core.exchange.importing.known_channels import KnownChannel
from core.exchange.importing.known_people import People
from core.exchange.importing.known_units import Units, unit_in_cell
from core.exchange.importing.plan import Plan
from core.exchange.reading import Cell
from core.i18n import _, show_date
from core.inventory.person_names import NamedPerson
from core.model import Channel, Confirmation, FollowerCount, KnownBy
from core.partial_dates import first_day, last_day, show_partial


@dataclass(slots=True)
class Target:
    """A channel that rows of the list speak of, and what the first of them said."""

    id: UUID
    row: int
    known: KnownChannel | None
    given: dict[str, Any] = field(default_factory=dict)
    """What rows have said so far, by field key; the first that says something wins."""


@dataclass(frozen=True, slots=True)
class Against:
    """What every row is compared against."""

    people: People
    units: Units
    plan: Plan
    today: date
    counted_on: date
    """The day for which the list counts followers."""


@dataclass(slots=True)
class Comparison:
    """What one row does to its channel."""

    target: Target
    against: Against
    values: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    doubts: list[tuple[str, str]] = field(default_factory=list)
    """Field key and sentence."""
    changes: bool = False
    """Whether the registry changes; what goes into a new channel is no change."""

    def change(self, key: str, before: Any) -> None:
        """Note that a known record gets another value."""
        self.changes = True
        self.before[key] = before

    def doubt(self, key: str, sentence: str) -> None:
        """Note a doubt about what a field says."""
        self.doubts.append((key, sentence))

    def is_first(self, key: str, value: Any) -> bool:
        """Tell whether no earlier row said anything of this field; one that says something else is doubtful."""
        given = self.target.given
        if key not in given:
            given[key] = value
            return True
        if not _agrees(key, given[key], value):
            message = _("“{text}” differs from row {row}, which stands first; it was not taken over.")
            self.doubt(key, message.format(text=shown_value(value), row=self.target.row))
        return False


def compare_facts(facts: Mapping[str, Any], comparison: Comparison) -> None:
    """Compare the plain fields of a row, its date of confirmation and its count of followers."""
    for key, value in facts.items():
        comparison.values[key] = value
        if not comparison.is_first(key, value):
            continue
        match key:
            case "confirmed_on":
                _compare_confirmation(value, comparison)
            case "followers":
                _compare_followers(value, comparison)
            case _:
                _compare_fact(key, value, comparison)


def compare_unit(header: str, cell: Cell, comparison: Comparison) -> None:
    """Compare the unit of a row, which is added if it is new."""
    named, doubt = unit_in_cell(cell)
    if doubt:
        comparison.doubt("unit", doubt)
    unit, completed = comparison.against.units.find_or_add(named, header)
    comparison.values["unit"] = unit.title
    target, known = comparison.target, comparison.target.known
    if completed:
        comparison.change("unit", unit.code)
    if not comparison.is_first("unit", unit.title) or (known and known.unit_id == unit.id):
        return
    comparison.against.plan.set(Channel, target.id, unit_id=unit.id)
    if known:
        before = comparison.against.units.by_id.get(known.unit_id) if known.unit_id else None
        comparison.change("unit", before.title if before else None)


def shown_value(value: Any) -> str:
    """Write a value of a row for a sentence."""
    match value:
        case date():
            return show_date(value)
        case tuple():
            names = (part.name if isinstance(part, NamedPerson) else str(part) for part in value)
            return "; ".join(names)
        case _:
            return str(getattr(value, "label", None) or value)


def _agrees(key: str, earlier: Any, value: Any) -> bool:
    if key.endswith("_on") and isinstance(value, str):
        return bool(earlier.startswith(value))
    return bool(earlier == value)


def _compare_fact(key: str, value: Any, comparison: Comparison) -> None:
    target = comparison.target
    current = target.known.facts[key] if target.known else None
    if key == "last_post_on" and isinstance(current, str) and last_day(value) < first_day(current):
        message = _("The registry knows a later last post ({known}); “{text}” was not taken over.")
        comparison.doubt(key, message.format(known=show_partial(current), text=show_partial(value)))
        return
    merged = _merged(key, current, value)
    if merged == current:
        return
    extra = {"last_post_known_by": KnownBy.IMPORTED} if key == "last_post_on" else {}
    comparison.against.plan.set(Channel, target.id, **{key: merged}, **extra)
    if target.known:
        comparison.change(key, current)


def _merged(key: str, current: Any, value: Any) -> Any:
    """Return what a field will hold: lists add to notes, tags and languages, a less exact date changes nothing."""
    match current, value:
        case ((None | "" | ()), _):
            return value
        case str(), str() if key == "notes":
            return current if value in current else f"{current}\n{value}"
        case tuple(), tuple():
            return (*current, *(one for one in value if one not in current))
        case str(), str() if key.endswith("_on") and current.startswith(value):
            return current
        case _:
            return value


def _compare_confirmation(on: date, comparison: Comparison) -> None:
    target = comparison.target
    known = target.known.confirmed_on if target.known else None
    if known is not None and on <= known:
        return
    comparison.against.plan.add(Confirmation, channel_id=target.id, on=on)
    if target.known:
        comparison.change("confirmed_on", known)


def _compare_followers(count: int, comparison: Comparison) -> None:
    target, on = comparison.target, comparison.against.counted_on
    known = target.known.followers if target.known else None
    if known is not None and (known[1] == count or on <= known[0]):
        return
    comparison.against.plan.add(FollowerCount, channel_id=target.id, on=on, count=count, known_by=KnownBy.IMPORTED)
    if target.known:
        comparison.change("followers", known[1] if known else None)
