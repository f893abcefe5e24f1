"""Organisation units: what they show, the query that lists them, finding and adding one by its name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, case, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from core.errors import BadInputError
from core.fields import Field, LongText, OneOf, Reference, YesNo
from core.i18n import N_, _
from core.model import OrgUnit, UnitKind

FIELDS = (
    Field("code", N_("Code"), help=N_("The short name in the organisation chart, “FD 3.5” for example.")),
    Field("name", N_("Name"), required=True, help=N_("The name in full.")),
    Field("parent", N_("Part of"), Reference("org_unit"), help=N_("The unit it belongs to.")),
    Field("kind", N_("Kind"), OneOf(UnitKind), required=True, help=N_("What sort of unit it is.")),
    Field("active", N_("Exists"), YesNo(), required=True, help=N_("Whether the unit still exists.")),
    Field("notes", N_("Notes"), LongText(), help=N_("What else a colleague should know.")),
)

_CODE_THEN_NAME = re.compile(r"([A-ZÄÖÜ]{1,5}\.?\s?\d+(?:[./-]\d+)*)\s*[-–:,]?\s+(\S.*)")


def listing(today: date) -> Select[Any]:  # noqa: ARG001 - every record's listing is asked for a day
    """Return the query of all units; its labels are the keys of FIELDS, "id" and "parent_id"."""
    unit = OrgUnit
    columns: list[Any] = [unit.id, unit.code, unit.name, title_of(unit.parent_id).label("parent"), unit.parent_id]
    return select(*columns, unit.kind, unit.active, unit.notes)


def title_of(reference: InstrumentedAttribute[UUID | None]) -> ColumnElement[str | None]:
    """Return the title of the unit that a column points at, null where it points at none."""
    unit = aliased(OrgUnit)
    title = case(
        (or_(unit.code.is_(None), unit.code == "", unit.code == unit.name), unit.name),
        else_=unit.code.concat(" ").concat(unit.name),
    )
    query = select(title.cast(String)).where(unit.id == reference).correlate(reference.class_)
    return query.scalar_subquery()


def split_title(text: str) -> tuple[str | None, str]:
    """Part "FD 3.5 Internetredaktion" into code and name; a text without a code is a name."""
    plain = " ".join(text.split())
    found = _CODE_THEN_NAME.fullmatch(plain)
    return (found[1], found[2]) if found else (None, plain)


def find_unit(session: Session, text: str) -> OrgUnit | None:
    """Find the unit of a code, a name or both, in whatever case; None where none or several are meant."""
    wanted = " ".join(text.split()).casefold()
    units = [unit for unit in session.scalars(select(OrgUnit)) if wanted in _names(unit)]
    return units[0] if len(units) == 1 else None


def add_unit(session: Session, text: str, *, kind: UnitKind = UnitKind.OTHER, parent_id: UUID | None = None) -> OrgUnit:
    """Add a unit by its code and name; call inside an action.

    Raises:
        BadInputError: The text is empty, or such a unit is there already.
    """
    code, name = split_title(text)
    if not name:
        raise BadInputError(_("The unit needs a name."))
    if find_unit(session, text) is not None:
        raise BadInputError(_("There is a unit “{name}” already.").format(name=name))
    unit = OrgUnit(code=code, name=name, kind=kind, parent_id=parent_id)
    session.add(unit)
    return unit


def _names(unit: OrgUnit) -> set[str]:
    return {text.casefold() for text in (unit.code, unit.name, unit.title) if text}
