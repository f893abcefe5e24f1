"""Taking in what somebody else said, or what oneself said elsewhere: looked at, believed or refused, then kept once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.custody.handover.course import Course
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import ROTATED
from core.custody.handover.steps.case import Case, Step, best, course_at, secrets_in
from core.custody.handover.steps.party import Party
from core.custody.handover.steps.saying import checked
from core.custody.handover.steps.taking import mark_ended
from core.model.choices import Act, ItemKind, ItemState


def take_in(party: Party, statement: Statement) -> Course | None:
    """Take a statement in; one that is known already changes nothing.

    Returns:
        How far the handover is now; None where the statement was known already.

    Raises:
        RefusedError: It does not count here; nothing was kept.
    """
    known = party.statements(statement.handover)
    if any(one.digest == statement.digest for one in known):
        return None
    checked(_case_of(party, statement, known))
    together = (*known, statement)
    mark_ended(party, together)
    party.record(statement, learnt=learnt(party, together))
    return course_at(party, together, secrets_in(together))


def may_take_in(party: Party, statement: Statement) -> None:
    """See whether a statement would be taken in; nothing is kept.

    Raises:
        RefusedError: It does not count here.
    """
    known = party.statements(statement.handover)
    if all(one.digest != statement.digest for one in known):
        checked(_case_of(party, statement, known))


def learnt(party: Party, known: Sequence[Statement]) -> dict[UUID, int]:
    """Return the revisions that successors put in force: by a verified card, or released by a verified one."""
    course = course_at(party, known)
    revisions = dict[UUID, int]()
    for key, one in course.items.items() if course is not None else ():
        confirmed = best(party, known, Act.CONFIRMATION, key[1]) if one.way in ROTATED else None
        said = confirmed.told_of(key) if confirmed is not None else None
        if confirmed is None or said is None or key[0] is not ItemKind.CREDENTIAL or one.revision_after is None:
            continue
        if party.verified(confirmed.by) or (one.state is ItemState.CLOSED and _is_released(party, known, key[1])):
            revisions[key[1]] = said.revision or 0
    return revisions


def _case_of(party: Party, statement: Statement, known: Sequence[Statement]) -> Case:
    before = course_at(party, known)
    matter = before.matter if before is not None else statement.matter
    return Case(Step.TAKE_IN, party, party.me(), matter, tuple(known), before, statement.items, statement)


def _is_released(party: Party, known: Sequence[Statement], item: UUID) -> bool:
    ended = (best(party, known, act, item) for act in (Act.RELEASE, Act.CLOSING))
    return any(one is not None and party.verified(one.by) for one in ended)
