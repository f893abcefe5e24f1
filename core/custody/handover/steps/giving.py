"""What the predecessor does: propose, seal the bundle, let go of the secret once it is worthless, withdraw.

Nothing leaves the predecessor's keyring before the successor has confirmed a newer secret.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from core.custody.handover.formats.abouts import fingerprints_text
from core.custody.handover.formats.bundle import make_bundle
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Matter, Statement
from core.custody.handover.item_course import BY_BUNDLE, ROTATED, day_of
from core.custody.handover.steps.case import Case, Step, best, course_at
from core.custody.handover.steps.party import Party
from core.custody.handover.steps.saying import (
    NO_FACTS,
    Facts,
    checked,
    known_case,
    logins,
    said_before,
    said_by,
    say,
    tell,
)
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.model.choices import Act, ItemState, Occasion

DAYS_TO_OPEN = 14


def propose(  # noqa: PLR0913 - who gives what to whom, why and until when
    party: Party,
    handover: UUID,
    taker: UUID,
    items: Sequence[Told],
    occasion: Occasion,
    *,
    until: date | None = None,
    giver: UUID | None = None,
) -> Statement:
    """Propose a handover to the successor, who then asks for it; nothing else follows from it.

    Args:
        party: The predecessor, or the head of press.
        handover: A new id.
        taker: The successor.
        items: The things, each with the way it shall pass.
        occasion: Why.
        until: The last day of a cover.
        giver: Whose things they are; one's own unless named.

    Raises:
        RefusedError: Something is handed over already, or may not be.
    """
    me, known = party.me(), party.statements(handover)
    matter = Matter(party.registry, handover, giver or party.person, taker)
    case = Case(Step.PROPOSE, party, me, matter, known, course_at(party, known), tuple(items))
    if (before := said_before(case, Act.PROPOSAL)) is not None:
        return before
    checked(case)
    about = {"occasion": occasion.value, "until": until.isoformat() if until else None}
    proposed = say(case, Act.PROPOSAL, items, about)
    party.record(proposed, learnt={})
    return proposed


def seal(
    party: Party, handover: UUID, items: Collection[UUID] | None = None, facts: Facts = NO_FACTS
) -> tuple[Statement, bytes]:
    """Seal the secrets that were asked for; asked again, the same statement goes into a new envelope.

    Args:
        party: The predecessor.
        handover: In which handover.
        items: Which of them; all that this keyring holds unless named. There is one bundle only: what is left out must
            be withdrawn and asked for anew.
        facts: What another copy of the registry may lack, by thing.

    Returns:
        The statement, and the file for the successor.

    Raises:
        RefusedError: It may not be sealed, or this keyring holds none of it.
    """
    case = known_case(Step.SEAL, party, handover, items)
    if (before := _sealed_before(case)) is not None:
        return before, _bundle(case, before)
    asked = best(party, case.known, Act.REQUEST)
    case = checked(replace(case, relied=asked, items=_asked(case, asked, items)))
    if asked is None:
        raise RefusedError(HandoverRefusal.UNKNOWN_HANDOVER)
    about = {
        "nonce": asked.about["nonce"],
        "expires": (day_of(party.now) + timedelta(days=DAYS_TO_OPEN)).isoformat(),
        "to": fingerprints_text(asked.cards),
        "request": asked.digest,
    }
    told = [tell(one, party.revision(one.id), facts=facts) for one in case.items]
    sealing = say(case, Act.SEALING, told, about)
    bundle = make_bundle(sealing, _values(party, sealing), case.me.keys, asked.cards)
    party.record(sealing, learnt={})
    return sealing, bundle


def release(
    party: Party,
    handover: UUID,
    items: Collection[UUID] | None = None,
    *,
    paper: str | None = None,
    tried: Collection[UUID] = (),
) -> Statement:
    """Let go of what the successor confirmed: out of this keyring first, then the statement.

    Args:
        party: The predecessor.
        handover: In which handover.
        items: Which things; all that are confirmed unless named.
        paper: SHA-256 of the scan of a signed paper.
        tried: The logins of which the predecessor tried that the old secret does not work any more; asked for where the
            successor's card is not verified, and where the own secret bears the number of the confirmed one.

    Raises:
        RefusedError: The confirmation does not count, or is missing; nothing was removed.
        VaultError: The keyring does not let go.
    """
    case = known_case(Step.RELEASE, party, handover, items)
    if (before := said_before(case, Act.RELEASE)) is not None:
        return before
    relied = {told.id: confirmation_of(case, told, tried) for told in case.items}
    rotated = [told for told in logins(case.items) if told.way in ROTATED]
    revisions = {told.id: number_for(party, told, relied[told.id]) for told in rotated}
    for credential, revision in revisions.items():
        # Of the same number or a later one is only what was tried in vain; older is the rule.
        party.drop(credential, revision)
    newest = max(relied.values(), key=lambda one: one.made_at)
    told = [tell(one, revisions.get(one.id)) for one in case.items]
    released = say(case, Act.RELEASE, told, {"confirmation": newest.digest, "paper": paper})
    party.record(released, learnt=revisions)
    return released


def withdraw(party: Party, handover: UUID, items: Collection[UUID] | None = None, reason: str = "") -> Statement:
    """Take back what was offered, before a bundle is opened; what was sealed must then be changed."""
    case = known_case(Step.WITHDRAW, party, handover, items)
    if (before := said_before(case, Act.WITHDRAWAL)) is not None:
        return before
    checked(case)
    withdrawn = say(case, Act.WITHDRAWAL, [tell(told) for told in case.items], {"reason": reason})
    party.record(withdrawn, learnt={})
    return withdrawn


def confirmation_of(case: Case, told: Told, tried: Collection[UUID] = ()) -> Statement:
    """Return the confirmation of one thing on which to rely, after the guards of the step looked at it.

    Raises:
        RefusedError: Nobody confirmed it, or the confirmation does not count.
    """
    confirmed = best(case.party, case.known, Act.CONFIRMATION, told.id)
    checked(replace(case, items=(told,), relied=confirmed, tried=frozenset(tried)))
    if confirmed is None:
        raise RefusedError(HandoverRefusal.NOT_ROTATED)
    return confirmed


def revision_in(confirmation: Statement, told: Told) -> int:
    """Return which revision of a secret a confirmation says is in force now, 0 where it says none."""
    said = confirmation.told_of(told.key)
    return (said.revision or 0) if said is not None else 0


def number_for(party: Party, told: Told, confirmation: Statement) -> int:
    """Return the number under which a confirmed secret goes on: its own, or the next after what the giver had numbered.

    So no number means two secrets, and what the giver knew is older than what is in force. The mark lets a step that
    was interrupted after the own secret was gone find the same number again.
    """
    confirmed, newest = revision_in(confirmation, told), party.newest(told.id)
    mark = f"numbered-anew:{confirmation.digest}:{told.id}"
    if newest >= confirmed:
        party.use(mark)
    elif not party.is_used(mark):
        return confirmed
    return max(confirmed, newest, party.revision(told.id)) + 1


def _asked(case: Case, asked: Statement | None, wanted: Collection[UUID] | None) -> tuple[Told, ...]:
    """Return the things as the request tells of them; what this keyring does not hold is left out unless wanted."""
    ids = {told.id for told in case.items}
    told = [one for one in (asked.items if asked is not None else ()) if one.id in ids and one.way in BY_BUNDLE]
    if wanted is None:
        told = [one for one in told if case.party.held(one.id, case.party.revision(one.id))] or told
    return tuple(told) or case.items


def _sealed_before(case: Case) -> Statement | None:
    """Return what this keyring sealed before, if the envelope may still be needed."""
    before = said_by(case, Act.SEALING)
    courses = [course for one in before[-1:] for told in one.items if (course := case.course(told))]
    return before[-1] if any(one.state is ItemState.SEALED for one in courses) else None


def _bundle(case: Case, sealing: Statement) -> bytes:
    cards = {card.fingerprint: card for card in case.party.usable(case.matter.taker)}
    if not all(one in cards for one in sealing.to):
        raise RefusedError(HandoverRefusal.REVOKED)
    values = _values(case.party, sealing)
    return make_bundle(sealing, values, case.me.keys, [cards[one] for one in sealing.to])


def _values(party: Party, sealing: Statement) -> dict[UUID, Secret]:
    values = {told.id: party.held_to_seal(told.id, told.revision or 0) for told in sealing.items}
    held = {id: value for id, value in values.items() if value}
    if len(held) != len(values):
        raise RefusedError(HandoverRefusal.NOT_HELD)
    return held
