"""Compares who answers for a channel: whom the list names, and who holds the role in the registry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.exchange.importing.comparing import Comparison
from core.exchange.importing.importable import ROLES
from core.exchange.importing.known_channels import Held
from core.exchange.importing.known_people import KnownPerson, name_key
from core.i18n import _, show_date
from core.inventory.person_names import NamedPerson
from core.model import Responsibility


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody the list names, found among the people, with the period the list gives."""

    person: KnownPerson
    since: date | None
    until: date | None


def compare_people(key: str, named: tuple[NamedPerson, ...], comparison: Comparison) -> list[KnownPerson]:
    """Compare the people of one role; return whom the list means.

    Whoever the list does not name any more ends the day before today, and whoever takes the place begins today. Where
    nobody is replaced, the beginning stays unknown. A list that names only people of the past ends nobody, and one
    that names somebody whose end the registry knows is older than the registry: that is doubtful and changes nothing.
    """
    comparison.values[key] = "; ".join(person.name for person in named)
    if not _says_something_new(key, named, comparison):
        return []
    held = _held(key, comparison)
    found = _found(key, named, held, comparison)
    before = "; ".join(_name(one, comparison) for one in held if _goes_on(one, comparison)) or None
    if _write(key, [one for one in found if not _is_outdated(key, one, held, comparison)], held, comparison):
        comparison.change(key, before)
    comparison.values[key] = "; ".join(one.person.name for one in found) or comparison.values[key]
    return [one.person for one in found]


def _says_something_new(key: str, named: Sequence[NamedPerson], comparison: Comparison) -> bool:
    """Tell whether an earlier row has not named these people already; other people are doubtful."""
    names = frozenset(map(name_key, named))
    given = comparison.target.given
    if names <= given.setdefault(f"{key}:names", names) and key in given:
        return False
    return comparison.is_first(key, tuple(named))


def _held(key: str, comparison: Comparison) -> list[Held]:
    known = comparison.target.known
    return [one for one in known.held if one.role is ROLES[key]] if known else []


def _found(key: str, named: Sequence[NamedPerson], held: Sequence[Held], comparison: Comparison) -> list[_Named]:
    holders = {one.person_id for one in held}
    found: dict[object, _Named] = {}
    for one in named:
        match = comparison.against.people.find_or_add(one, holders)
        for doubt in match.doubts:
            comparison.doubt(key, doubt)
        if match.filled:
            comparison.change("email" if key == "owner" else f"{key}_email", None)
        if match.person is not None:
            found.setdefault(match.person.id, _Named(match.person, one.since, one.until))
    return list(found.values())


def _name(one: Held, comparison: Comparison) -> str:
    return comparison.against.people.by_id[one.person_id].name


def _goes_on(one: Held | _Named, comparison: Comparison) -> bool:
    return one.until is None or one.until >= comparison.against.today


def _is_outdated(key: str, one: _Named, held: Sequence[Held], comparison: Comparison) -> bool:
    """Tell whether the registry knows the end of what the list still shows as going on."""
    own = [known for known in held if known.person_id == one.person.id]
    if one.until is not None or not own or any(_goes_on(known, comparison) for known in own):
        return False
    last = max(known.until for known in own if known.until is not None)
    message = _("The registry knows that {name} was responsible until {day}; the list was not followed.")
    comparison.doubt(key, message.format(name=one.person.name, day=show_date(last)))
    return True


def _write(key: str, found: Sequence[_Named], held: Sequence[Held], comparison: Comparison) -> bool:
    """Note new, changed and ended responsibilities; tell whether a known channel changes by it."""
    named = {one.person.id for one in found}
    present = any(_goes_on(one, comparison) for one in found)
    others = [one for one in held if one.person_id not in named and _goes_on(one, comparison)]
    replaced = others if present else []
    for other in replaced:
        _end(other, comparison)
    begin = comparison.against.today if replaced else None
    begun = [_begin_or_keep(key, one, held, begin, comparison) for one in found]
    return comparison.target.known is not None and (bool(replaced) or any(begun))


def _begin_or_keep(key: str, one: _Named, held: Sequence[Held], begin: date | None, comparison: Comparison) -> bool:
    """Note what the list says of one person; tell whether the registry does not say so yet."""
    own = [known for known in held if known.person_id == one.person.id]
    if any(known.until == one.until or (one.until is None and _goes_on(known, comparison)) for known in own):
        return False
    plan = comparison.against.plan
    running = next((known for known in own if known.until is None), None)
    if running is not None:
        plan.set(Responsibility, running.id, until=one.until)
        return True
    plan.add(
        Responsibility,
        channel_id=comparison.target.id,
        person_id=one.person.id,
        role=ROLES[key],
        since=one.since or (begin if one.until is None else None),
        until=one.until,
    )
    return True


def _end(one: Held, comparison: Comparison) -> None:
    """End a responsibility yesterday; one that would end before it began goes altogether."""
    yesterday = comparison.against.today - timedelta(days=1)
    if one.since is not None and one.since > yesterday:
        comparison.against.plan.remove(Responsibility, one.id)
    else:
        comparison.against.plan.set(Responsibility, one.id, until=yesterday)
