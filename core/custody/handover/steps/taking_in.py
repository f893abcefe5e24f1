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
from core.model.choices import Act, ItemKind, ItemState, Way

MOST_AHEAD = 64
"""So many changes the giver's registry may be ahead of the successor's; more is no mistake but a trick."""


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
    _number_anew(party, statement)
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
            revisions[key[1]] = max(said.revision or 0, _numbered_anew(party, known, key[1], confirmed))
    return revisions


def _case_of(party: Party, statement: Statement, known: Sequence[Statement]) -> Case:
    before = course_at(party, known)
    matter = before.matter if before is not None else statement.matter
    return Case(Step.TAKE_IN, party, party.me(), matter, tuple(known), before, statement.items, statement)


def _number_anew(party: Party, statement: Statement) -> None:
    """Keep one's own secret under the number that its release gives it: the giver's registry was ahead of this one.

    Nothing is moved while the next change is begun, and not by more than anybody changes a secret meanwhile.
    """
    if statement.act is not Act.RELEASE or statement.taker != party.person:
        return
    for told in statement.items:
        mine, number = party.revision(told.id), told.revision or 0
        secret = party.held(told.id, mine) if mine < number <= mine + MOST_AHEAD else None
        if told.way is Way.RESET and secret is not None and party.newest(told.id) == mine:
            party.keep(told.id, number, secret)
            party.drop(told.id, mine)


def _numbered_anew(party: Party, known: Sequence[Statement], item: UUID, confirmed: Statement) -> int:
    """Return the number that a verified release gave a secret; 0 where this keyring holds the secret under another."""
    released = best(party, known, Act.RELEASE, item)
    if released is None or not party.verified(released.by):
        return 0
    number = max(told.revision or 0 for told in released.items if told.id == item)
    before = max(told.revision or 0 for told in confirmed.items if told.id == item)
    is_mine = confirmed.by.signing_key == party.me().card.signing_key
    is_elsewhere = is_mine and party.held(item, number) is None
    return 0 if is_elsewhere or number > before + MOST_AHEAD else number


def _is_released(party: Party, known: Sequence[Statement], item: UUID) -> bool:
    ended = (best(party, known, act, item) for act in (Act.RELEASE, Act.CLOSING))
    return any(one is not None and party.verified(one.by) for one in ended)
