"""What the successor does: ask, open the bundle, change the secret, confirm, give a copy back, refuse.

In each step what lasts comes in such an order that a crash between any two leaves somebody who can log in, and that the
step can be taken again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from core.custody.handover.formats.abouts import cards_text, new_nonce
from core.custody.handover.formats.bundle import Opened, open_bundle
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Statement
from core.custody.handover.item_course import BY_BUNDLE, ROTATED
from core.custody.handover.steps.bundle_guards import GIVEN_UP, ended_mark, opened_mark
from core.custody.handover.steps.case import Case, Step, course_at, secrets_in
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
from core.custody.identity.cards import Card
from core.custody.secret import Secret
from core.model.choices import Act, Occasion


def request(  # noqa: PLR0913 - who gives what to whom, why, until when and to which keys
    party: Party,
    handover: UUID,
    giver: UUID,
    items: Sequence[Told],
    occasion: Occasion,
    *,
    until: date | None = None,
    cards: Sequence[Card] = (),
) -> Statement:
    """Ask for things; what is asked for already is returned as it is.

    Args:
        party: The successor.
        handover: A new id.
        giver: Who has the things.
        items: The things, each with the way it shall pass.
        occasion: Why.
        until: The last day of a cover.
        cards: The cards of the successor's computers that shall be able to open a bundle; this one unless named.

    Raises:
        RefusedError: Something is handed over already, or may not be.
    """
    me, known = party.me(), party.statements(handover)
    matter = Matter(party.registry, handover, giver, party.person)
    case = Case(Step.REQUEST, party, me, matter, known, course_at(party, known), tuple(items))
    if (before := said_before(case, Act.REQUEST)) is not None:
        return before
    checked(case)
    sealed_to = (cards or (me.card,)) if any(told.way in BY_BUNDLE for told in items) else ()
    about = {
        "nonce": new_nonce(),
        "occasion": occasion.value,
        "until": until.isoformat() if until else None,
        "cards": cards_text(sealed_to),
    }
    asked = say(case, Act.REQUEST, items, about)
    party.record(asked, learnt={})
    return asked


def open_(party: Party, data: bytes) -> Statement:
    """Open a bundle: its secrets into the keyring, then the receipt, then the mark that it was opened.

    A crash before the receipt may be repeated; after it only the mark is missing.

    Returns:
        The receipt for the giver.

    Raises:
        RefusedError: It may not be opened; nothing was written.
        VaultError: The keyring did not keep all of it; opening again goes on.
    """
    opened, received = _looked_into(party, data)
    sealing = opened.sealing
    if received is None:
        case = _case_of(party, opened)
        for told in logins(sealing.items):
            party.keep(told.id, told.revision or 0, opened.values[told.id])
        about = {"bundle": opened.digest, "sealing": sealing.digest}
        received = say(case, Act.RECEIPT, [tell(told) for told in sealing.items], about)
        party.record(sealing, received, learnt={})
    party.use(opened_mark(sealing))
    return received


def may_open(party: Party, data: bytes) -> None:
    """See whether a bundle would be opened; nothing is kept.

    Raises:
        RefusedError: It may not be opened.
    """
    _looked_into(party, data)


def receipt_of(party: Party, sealing: Statement) -> Statement | None:
    """Return this keyring's receipt for a bundle, None where it gave none."""
    key = party.me().card.signing_key
    mine = (one for one in party.statements(sealing.handover) if one.act is Act.RECEIPT and one.by.signing_key == key)
    return next((one for one in mine if one.about["sealing"] == sealing.digest), None)


def begin(party: Party, handover: UUID, credential: UUID, secret: Secret) -> int:
    """Prepare the new secret and return its revision; `party.held` then gives the one that may be shown.

    Where one is prepared already it stays, and the one given here is not used.

    Raises:
        RefusedError: It is not the time for that.
        VaultError: The keyring did not keep it.
        ConflictError: The same secret is being changed elsewhere.
    """
    checked(known_case(Step.BEGIN, party, handover, [credential]))
    return party.begin_rotation(credential, secret)


def confirm(
    party: Party, handover: UUID, answers: Mapping[UUID, Mapping[str, str]], facts: Facts = NO_FACTS
) -> Statement:
    """Say that things were taken over: prepared secrets work and are in force, roles were seen, duties taken.

    Args:
        party: The successor.
        handover: In which handover.
        answers: By thing, what was done and seen (see `QUESTIONS`); the day of the login among them.
        facts: What is known of the things.

    Raises:
        RefusedError: Something is missing.
        VaultError: The keyring has lost the new secret.
        ConflictError: Somebody else changed the same secret meanwhile.
    """
    case = known_case(Step.CONFIRM, party, handover, answers)
    said = [tell(told, _new_revision(party, told), answers[told.id], facts) for told in case.items]
    before = next((one for one in said_by(case, Act.CONFIRMATION) if _covers(one, said)), None)
    if before is not None:
        return before
    checked(_with_items(case, said))
    for told in _rotated(said):
        party.finish_rotation(told.id, told.revision or 0)
    confirmation = say(case, Act.CONFIRMATION, said, {})
    party.record(confirmation, learnt={})
    return confirmation


def return_(party: Party, handover: UUID, items: Collection[UUID] | None = None) -> Statement:
    """Give copies back: out of this keyring first, then the statement."""
    case = known_case(Step.RETURN, party, handover, items)
    if (before := said_before(case, Act.RETURN)) is not None:
        return before
    checked(case)
    for told in logins(case.items):
        party.drop(told.id, party.newest(told.id))
    returned = say(case, Act.RETURN, [tell(told) for told in case.items], {})
    party.record(returned, learnt={})
    return returned


def refuse(party: Party, handover: UUID, items: Collection[UUID] | None = None, reason: str = "") -> Statement:
    """Say that one does not take things over, before a bundle is opened."""
    case = known_case(Step.REFUSE, party, handover, items)
    if (before := said_before(case, Act.REFUSAL)) is not None:
        return before
    checked(case)
    refused = say(case, Act.REFUSAL, [tell(told) for told in case.items], {"reason": reason})
    mark_ended(party, (*case.known, refused))
    party.record(refused, learnt={})
    return refused


def mark_ended(party: Party, known: Iterable[Statement]) -> None:
    """Let the successor's keyring remember that a request came to nothing, so that no old bundle is opened later."""
    course = course_at(party, known := tuple(known))
    if course is None or course.matter.taker != party.person:
        return
    if any(one.state not in GIVEN_UP for one in course.items.values() if one.way in BY_BUNDLE):
        return
    for one in known:
        if one.act is Act.REQUEST and one.by.person == party.person:
            party.use(ended_mark(str(one.about["nonce"])))


def _looked_into(party: Party, data: bytes) -> tuple[Opened, Statement | None]:
    """Return what is in a bundle that may be opened, with the receipt for it where only the mark is missing."""
    opened = open_bundle(data, party.me().keys)
    received = receipt_of(party, opened.sealing)
    if received is None or party.is_used(opened_mark(opened.sealing)):
        checked(_case_of(party, opened))
    return opened, received


def _case_of(party: Party, opened: Opened) -> Case:
    sealing = opened.sealing
    known = party.statements(sealing.handover)
    claimed = course_at(party, known, secrets_in([sealing]))
    return Case(
        step=Step.OPEN,
        party=party,
        me=party.me(),
        matter=sealing.matter,
        known=known,
        claimed=claimed,
        items=sealing.items,
        relied=sealing,
        values=opened.values,
    )


def _new_revision(party: Party, told: Told) -> int | None:
    return party.newest(told.id) if _rotated([told]) else None


def _rotated(items: Iterable[Told]) -> list[Told]:
    return [told for told in logins(tuple(items)) if told.way in ROTATED]


def _covers(confirmation: Statement, said: Sequence[Told]) -> bool:
    """Say whether a confirmation says the same of all the things, whatever the answers are now."""
    before = {told.id: told.revision for told in confirmation.items}
    return all(told.id in before and before[told.id] == told.revision for told in said)


def _with_items(case: Case, items: Sequence[Told]) -> Case:
    return replace(case, items=tuple(items))
