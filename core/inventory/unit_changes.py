"""Changing organisation units: moving one in the tree, noting that it no longer exists, removing a mistaken one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.i18n import _
from core.inventory.editing import Edit, save_record
from core.model import Channel, OrgUnit, Person


def move_unit(session: Session, unit: OrgUnit, parent_id: UUID | None) -> None:
    """Make a unit part of another one, or of none; call inside an action.

    Raises:
        BadInputError: The other unit is the unit itself or a part of it.
    """
    above, seen = parent_id, set[UUID]()
    while above is not None and above not in seen:
        if above == unit.id:
            raise BadInputError(
                _("A unit cannot be part of itself or of its own sub-units. Please choose another one.")
            )
        seen.add(above)
        parent = session.get(OrgUnit, above)
        above = parent.parent_id if parent is not None else None
    unit.parent_id = parent_id


def end_unit(unit: OrgUnit) -> None:
    """Note that a unit no longer exists; what hangs on it stays. Call inside an action."""
    unit.active = False


def revive_unit(unit: OrgUnit) -> None:
    """Note that a unit exists after all; call inside an action."""
    unit.active = True


def remove_unit(session: Session, unit: OrgUnit) -> None:
    """Remove a unit that was entered by mistake; call inside an action.

    Raises:
        BadInputError: Something hangs on it; then one only notes that it no longer exists.
    """
    for hanging in (Channel.unit_id, Person.unit_id, OrgUnit.parent_id):
        if session.execute(select(hanging).where(hanging == unit.id).limit(1)).first() is not None:
            raise BadInputError(
                _("“{name}” cannot be removed: something hangs on it. Please note that it no longer exists.").format(
                    name=unit.title
                )
            )
    session.delete(unit)


def save_unit(session: Session, edit: Edit) -> None:
    """Write what a person changed in a unit; call inside an action.

    Raises:
        BadInputError: It would become a part of itself.
        ConflictError: Somebody else changed it meanwhile.
    """
    unit = save_record(session, edit)
    if isinstance(unit, OrgUnit) and "parent" in edit.changes:
        move_unit(session, unit, edit.changes["parent"])
