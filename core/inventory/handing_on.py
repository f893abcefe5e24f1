"""What hangs on one person passes to another: responsibilities and accesses, all or chosen ones, in one action."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.i18n import _, show_date
from core.inventory.accesses import withdraw_access
from core.inventory.responsibilities import assign
from core.inventory.stepping_down import step_down
from core.model import Access, Person, Responsibility
from core.storage.touching import chunks


@dataclass(frozen=True, slots=True)
class HandOn:
    """What is to pass from one person to another.

    Attributes:
        giver: Who gives it up.
        taker: Who takes it over.
        on: The first day on which it is the other's.
        responsibilities: The responsibilities that pass.
        accesses: The accesses that are withdrawn from the one and granted to the other.
    """

    giver: UUID
    taker: UUID
    on: date
    responsibilities: tuple[UUID, ...] = ()
    accesses: tuple[UUID, ...] = ()


def hand_on(session: Session, wanted: HandOn, by: UUID | None) -> None:
    """Let a person take over what hangs on another one; call inside an action.

    Args:
        session: The action's session.
        wanted: What passes from whom to whom.
        by: Who notes the accesses as withdrawn and granted.

    Raises:
        BadInputError: It is one and the same person, who takes over has left before, or nothing is chosen.
        ConflictError: Something was changed since it was shown.
    """
    if wanted.giver == wanted.taker:
        raise BadInputError(_("Nobody can be their own successor. Please choose somebody else."))
    if not (wanted.responsibilities or wanted.accesses):
        raise BadInputError(_("Please choose at least one responsibility or access."))
    _refuse_leaver(session, wanted)
    for tie in _still_held(session, wanted):
        assign(session, tie.channel_id, wanted.taker, tie.role, since=wanted.on)
        step_down(session, tie.channel_id, {wanted.giver}, tie.role, before=wanted.on)
    for access_id in wanted.accesses:
        _pass_access(session, access_id, wanted, by)


def _refuse_leaver(session: Session, wanted: HandOn) -> None:
    taker = session.get_one(Person, wanted.taker)
    if taker.last_day is not None and taker.last_day < wanted.on:
        raise BadInputError(
            _("{name} left on {day} and cannot take this on. Please choose somebody else.").format(
                name=taker.name, day=show_date(taker.last_day)
            )
        )


def _still_held(session: Session, wanted: HandOn) -> Collection[Responsibility]:
    found = [
        tie
        for some in chunks(wanted.responsibilities)
        for tie in session.scalars(
            select(Responsibility).where(Responsibility.id.in_(some), Responsibility.person_id == wanted.giver)
        )
    ]
    if len(found) < len(set(wanted.responsibilities)):
        raise ConflictError(_("A responsibility was changed in the meantime. Nothing was saved."))
    return found


def _pass_access(session: Session, access_id: UUID, wanted: HandOn, by: UUID | None) -> None:
    """Withdraw an access and grant the same one, unless who takes over has it already."""
    given = withdraw_access(session, access_id, wanted.on, by)
    if given.person_id != wanted.giver:
        raise ConflictError(_("This access was withdrawn or removed in the meantime."))
    same = select(Access.id).where(
        Access.channel_id == given.channel_id,
        Access.person_id == wanted.taker,
        Access.kind == given.kind,
        Access.platform_role.is_not_distinct_from(given.platform_role),
        Access.withdrawn_on.is_(None),
    )
    if session.scalars(same).first() is None:
        session.add(
            Access(
                channel_id=given.channel_id,
                person_id=wanted.taker,
                kind=given.kind,
                platform_role=given.platform_role,
                reason=given.reason,
                granted_on=wanted.on,
                granted_by_id=by,
            )
        )
