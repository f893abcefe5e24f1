"""Guards about steps: whose turn it is, where a thing must be, and what must have been done before."""

from __future__ import annotations

from datetime import date

from core.custody.handover.formats.items import Item, Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.item_course import BY_BUNDLE, LOGIN_SEEN, QUESTIONS, ROTATED, ItemCourse
from core.custody.handover.steps.bundle_guards import GIVEN_UP
from core.custody.handover.steps.case import Case, Step
from core.custody.handover.steps.party import Party
from core.model.choices import Act, ItemState, Way

_BY_GIVER = frozenset({Step.SEAL, Step.RELEASE, Step.WITHDRAW})
_BY_HEAD = frozenset({Step.CLOSE, Step.SUPERSEDE})
_PASSED = frozenset({ItemState.OPENED, ItemState.ROTATING, ItemState.CONFIRMED, ItemState.CLOSED})


def own_card(case: Case) -> HandoverRefusal | None:
    """Refuse to sign with a revoked card."""
    return HandoverRefusal.REVOKED if case.party.is_revoked(case.me.card.fingerprint) else None


def own_turn(case: Case) -> HandoverRefusal | None:
    """Refuse a step that is somebody else's."""
    party, matter = case.party, case.matter
    if case.step is Step.PROPOSE:
        return HandoverRefusal.NOT_YOUR_TURN if party.person not in {matter.giver, party.head} else None
    if case.step in _BY_HEAD:
        return HandoverRefusal.NOT_HEAD if party.person != party.head else None
    actor = matter.giver if case.step in _BY_GIVER else matter.taker
    return HandoverRefusal.NOT_YOUR_TURN if party.person != actor else None


def right_state(case: Case) -> HandoverRefusal | None:
    """Refuse a step that comes too early or too late for one of the things."""
    wrong = (_too_late(course) for told in case.items if not fits(case.step, course := case.course(told)))
    return next(wrong, None)


def open_nowhere_else(case: Case) -> HandoverRefusal | None:
    """Refuse to hand over what is being handed over already."""
    others = {one for told in case.items for one in case.party.open_items(told.id)} - {case.matter.handover}
    return HandoverRefusal.ALREADY_OPEN if others else None


def no_rotation_owed(case: Case) -> HandoverRefusal | None:
    """Refuse to seal a secret of which a bundle left the house in vain."""
    owed = any(case.party.owes_rotation(told.id) for told in case.secrets() if told.way in BY_BUNDLE)
    return HandoverRefusal.ROTATION_REQUIRED if owed else None


def not_held_already(case: Case) -> HandoverRefusal | None:
    """Refuse to ask for a copy of what this keyring holds: giving the copy back would take the secret out of it."""
    party = case.party
    for told in case.secrets():
        newest = party.newest(told.id) if told.way is Way.COPY else 0
        if newest and newest >= party.revision(told.id):
            return HandoverRefusal.HELD_ALREADY
    return None


def between_two(case: Case) -> HandoverRefusal | None:
    """Refuse a handover to oneself that is no move to another keyring, and a move to somebody else."""
    to_oneself = case.matter.giver == case.matter.taker
    wrong = any((told.way is Way.MOVE) != to_oneself for told in case.items)
    return HandoverRefusal.TO_ITSELF if wrong else None


def not_overtaken(case: Case) -> HandoverRefusal | None:
    """Refuse to prepare a change of a secret that somebody else has changed meanwhile."""
    party = case.party
    for told in case.secrets():
        in_force = party.revision(told.id)
        if told.way is Way.SEALED and in_force > case.before(told) and party.newest(told.id) <= in_force:
            return HandoverRefusal.OLDER_REVISION
    return None


def login_seen(case: Case) -> HandoverRefusal | None:
    """Refuse a confirmation without a login."""
    unseen = any(LOGIN_SEEN in QUESTIONS.get(told.way, ()) and not _is_day(told) for told in case.items)
    return HandoverRefusal.NO_LOGIN if unseen else None


def rotated_here(case: Case) -> HandoverRefusal | None:
    """Refuse a confirmation where this keyring holds nothing newer than what was handed over."""
    for told in case.secrets():
        newest, before = case.party.newest(told.id), case.before(told)
        if told.way in ROTATED and (newest <= before or case.party.held(told.id, newest) is None):
            return HandoverRefusal.NOT_ROTATED
    return None


def not_my_own_change(case: Case) -> HandoverRefusal | None:
    """Refuse to learn of a change while one of the same secret is prepared here."""
    relied, party = case.relied, case.party
    if relied is None or relied.act is not Act.CONFIRMATION or relied.by.signing_key == case.me.card.signing_key:
        return None
    mine = any(party.newest(told.id) > party.revision(told.id) for told in case.secrets() if told.way in ROTATED)
    return HandoverRefusal.OWN_CHANGE if mine else None


def proves_a_change(case: Case) -> HandoverRefusal | None:
    """Refuse a confirmation of a revision that is not after the one that was handed over."""
    if case.relied is None or case.relied.act is not Act.CONFIRMATION:
        return None
    for told in case.secrets():
        said, before = case.relied.told_of(told.key), case.before(told)
        if said is None or (told.way in ROTATED and (said.revision or 0) <= before):
            return HandoverRefusal.FORGED_CONFIRMATION
    return None


def newer_than_mine(case: Case) -> HandoverRefusal | None:
    """Refuse to let go of a secret that is not older than the confirmed one.

    Where each has a registry of their own, a reset may bear the number of a change that the successor never heard of,
    or a lower one. Which of the two opens the account, only a try can tell.
    """
    for told in case.secrets():
        said = case.relied.told_of(told.key) if case.relied is not None else None
        confirmed = (said.revision or 0) if said is not None else 0
        if told.way not in ROTATED or case.party.newest(told.id) < confirmed:
            continue
        if not numbers_meet(case.party, told, confirmed):
            return HandoverRefusal.OLDER_REVISION
        if told.id not in case.tried:
            return HandoverRefusal.SAME_NUMBER
    return None


def numbers_meet(party: Party, told: Item, confirmed: int) -> bool:
    """Say whether the giver's own change bears the number of the successor's, or a later one.

    Only a try tells them apart. One that the giver has merely begun is not tried: it is confirmed or given up first.
    """
    newest = party.newest(told.id)
    return told.way is Way.RESET and confirmed <= newest <= max(confirmed, party.revision(told.id))


def fits(step: Step, course: ItemCourse | None) -> bool:
    """Say whether a thing is where a step begins."""
    if course is None:
        return step in {Step.PROPOSE, Step.REQUEST}
    state, way = course.state, course.way
    match step:
        case Step.SEAL:
            return state is ItemState.REQUESTED and way in BY_BUNDLE
        case Step.BEGIN:
            asked = way is Way.RESET and state is ItemState.REQUESTED
            return state is ItemState.ROTATING or (way in ROTATED and state is ItemState.OPENED) or asked
        case Step.CONFIRM:
            # Whoever changed a password has changed it, even if the handover was given up meanwhile.
            begun = state not in {ItemState.CLOSED, ItemState.PLANNED}
            return begun and (way in ROTATED or state is ItemState.REQUESTED)
        case Step.RELEASE | Step.CLOSE:
            return state is ItemState.CONFIRMED
        case Step.RETURN:
            return way is Way.COPY and state is ItemState.OPENED
        case Step.SUPERSEDE:
            return state is not ItemState.CLOSED
        case _:
            return state not in _PASSED and state not in GIVEN_UP


def _too_late(course: ItemCourse | None) -> HandoverRefusal:
    if course is None:
        return HandoverRefusal.UNKNOWN_HANDOVER
    if course.state in GIVEN_UP:
        return HandoverRefusal.WITHDRAWN
    return HandoverRefusal.EXPIRED if course.state is ItemState.EXPIRED else HandoverRefusal.NOT_YOUR_TURN


def _is_day(told: Told) -> bool:
    try:
        date.fromisoformat(told.answers.get(LOGIN_SEEN, ""))
    except ValueError:
        return False
    return True
