"""Finds the organisation units of a list among those the registry knows: "3.5", "FD 3.5" and its name are one unit."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.importing.cell_text import line_of
from core.exchange.importing.plan import Plan
from core.exchange.reading import Cell
from core.i18n import _
from core.model import OrgUnit, UnitKind

_PREFIXES = {
    **dict.fromkeys(("fd", "fachdienst"), "FD"),
    **dict.fromkeys(("fb", "fachbereich"), "FB"),
    **dict.fromkeys(("ref", "referat"), "Referat"),
    **dict.fromkeys(("abt", "abteilung"), "Abteilung"),
    **dict.fromkeys(("dez", "dezernat"), "Dezernat"),
    **dict.fromkeys(("sg", "sachgebiet"), "SG"),
    **dict.fromkeys(("gb", "geschäftsbereich"), "GB"),
    **dict.fromkeys(("eb", "eigenbetrieb"), "EB"),
    **dict.fromkeys(("oe", "organisationseinheit"), "OE"),
    "amt": "Amt",
    "team": "Team",
    "stabsstelle": "Stabsstelle",
}
_KINDS = {
    **dict.fromkeys(("FB", "Amt", "Dezernat", "GB"), UnitKind.DEPARTMENT),
    **dict.fromkeys(("FD", "Referat", "Abteilung", "SG", "Team"), UnitKind.SECTION),
    "Stabsstelle": UnitKind.STAFF_OFFICE,
    "EB": UnitKind.MUNICIPAL_COMPANY,
}
_PREFIX = "|".join(sorted(_PREFIXES, key=len, reverse=True))
_NUMBER = r"(?P<number>\d+(?:[.,/-]\d+)*[a-z]?|[ivx]+)"
_CODE = re.compile(
    rf"(?:(?P<prefix>{_PREFIX})(?=[\s.\d])\.?\s*)?{_NUMBER}\b(?:\s*[-–:,/]\s*|\s+|$)(?P<name>.*)", re.IGNORECASE
)
_CODE_BEHIND = re.compile(rf"(?P<name>.*?\S)\s*[-–,(]+\s*(?P<prefix>{_PREFIX})\b\.?\s*{_NUMBER}\)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A unit as a cell names it: the prefix and number of its code, its name, or both."""

    prefix: str = ""
    number: str = ""
    name: str = ""

    @property
    def code(self) -> str:
        """The code in full: "FD 3.5"."""
        return f"{self.prefix} {self.number}".strip()


@dataclass(slots=True)
class KnownUnit:
    """A unit the registry or an earlier row of the list knows."""

    id: UUID
    code: str | None
    name: str

    @property
    def title(self) -> str:
        """The unit as lists show it."""
        return f"{self.code} {self.name}" if self.code and self.code != self.name else self.name


class Units:
    """The units of the registry, and those which the list adds."""

    def __init__(self, session: Session, plan: Plan, column: Iterable[str]) -> None:
        """Take in the registry's units.

        Args:
            session: A session that reads.
            plan: Where new units are noted.
            column: The texts of the list's unit column; a bare "3.5" has the prefix another row gives that number.
        """
        self._plan = plan
        self.by_id: dict[UUID, KnownUnit] = {}
        self._by_number: dict[str, list[KnownUnit]] = defaultdict(list)
        self._by_name: dict[str, KnownUnit] = {}
        self._prefixes = {unit.number: unit.prefix for unit in map(named_unit, set(column)) if unit.prefix}
        for unit in session.scalars(select(OrgUnit).order_by(OrgUnit.created_at, OrgUnit.id)):
            self._enter(KnownUnit(unit.id, unit.code, unit.name))

    def find_or_add(self, named: NamedUnit, header: str) -> tuple[KnownUnit, bool]:
        """Return the unit that is meant, a new one if none is, and whether a known one was given its name."""
        prefix = named.prefix or self._prefixes.get(named.number) or _prefix_of_header(header)
        full = NamedUnit(prefix if named.number else "", named.number, named.name)
        known = self._known(full)
        if known is None:
            return self._add(full), False
        if full.name and known.code and known.name == known.code:
            known.name = full.name
            self._by_name[_folded(full.name)] = known
            self._plan.set(OrgUnit, known.id, name=full.name)
            return known, not self._plan.is_new(OrgUnit, known.id)
        return known, False

    def _known(self, named: NamedUnit) -> KnownUnit | None:
        if not named.number:
            return self._by_name.get(_folded(named.name))
        same = self._by_number.get(named.number, [])
        exact = [unit for unit in same if named_unit(unit.code or unit.name).code == named.code]
        loose = [unit for unit in same if not (named.prefix and named_unit(unit.code or unit.name).prefix)]
        return exact[0] if exact else loose[0] if len(loose) == 1 else None

    def _add(self, named: NamedUnit) -> KnownUnit:
        code, name = named.code or None, named.name or named.code
        kind = _KINDS.get(named.prefix, UnitKind.OTHER)
        unit = KnownUnit(self._plan.add(OrgUnit, code=code, name=name, kind=kind), code, name)
        self._enter(unit)
        return unit

    def _enter(self, unit: KnownUnit) -> None:
        self.by_id[unit.id] = unit
        self._by_name.setdefault(_folded(unit.name), unit)
        self._by_name.setdefault(_folded(unit.title), unit)
        if number := named_unit(unit.code or unit.name).number:
            self._by_number[number].append(unit)


def named_unit(text: str) -> NamedUnit:
    """Read a unit from a text: "3.5", "FD 3.5", "FD 3.5 Internetredaktion", "Internetredaktion (FD 3.5)"."""
    plain = " ".join(text.split())[:500]
    found = _CODE.fullmatch(plain) or _CODE_BEHIND.fullmatch(plain)
    if found is None or (found["prefix"] is None and (found["name"] or not found["number"][0].isdigit())):
        digits_first = re.fullmatch(r"(\d{2,3}|\d+(?:\.\d+)+)\s+([^\W\d_].*)", plain)
        return NamedUnit("", digits_first[1], digits_first[2]) if digits_first else NamedUnit(name=plain)
    prefix = _PREFIXES[found["prefix"].casefold()] if found["prefix"] else ""
    return NamedUnit(prefix, found["number"].replace(",", ".").upper().rstrip("."), found["name"].strip(" ()/"))


def unit_in_cell(cell: Cell) -> tuple[NamedUnit, str]:
    """Read a unit from a cell, and the doubt about it: spreadsheets turn "3.5" into the third of May."""
    if isinstance(cell, date):
        number = f"{cell.day}.{cell.month}"
        return NamedUnit(number=number), _("The spreadsheet made a date of “{text}”. Please check the unit.").format(
            text=number
        )
    return named_unit(line_of(cell)), ""


def _prefix_of_header(header: str) -> str:
    return _PREFIXES.get(header.casefold().strip(" .:"), "")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
