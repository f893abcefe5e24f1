"""What is wrong with a statement that was made or taken in at a computer, by somebody who knows the truth.

The promises in `promises` are about the state of the world; these are about single steps, so that a step that did no
harm yet, but broke the record, is noticed as well.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import BY_BUNDLE, LOGIN_SEEN, ROTATED, day_of
from core.model.choices import Act, ItemState, Way
from tests.core.custody.handover.looking import Look
from tests.core.custody.handover.memory_party import REGISTRY

TAKERS = frozenset({Act.REQUEST, Act.RECEIPT, Act.CONFIRMATION, Act.REFUSAL, Act.RETURN})
HEADS = frozenset({Act.CLOSING, Act.SUPERSESSION})
GIVEN_UP = frozenset({ItemState.REFUSED, ItemState.WITHDRAWN, ItemState.SUPERSEDED})
TAKEN_OVER = frozenset({ItemState.OPENED, ItemState.ROTATING, ItemState.CONFIRMED, ItemState.CLOSED})

# What was kept of others.


def _is_out_of_turn(look: Look) -> bool:
    one, head = look.one, look.desk.copy.head
    if one.act is Act.PROPOSAL:
        return one.by.person not in {one.giver, head}
    return one.by.person != (head if one.act in HEADS else one.taker if one.act in TAKERS else one.giver)


def _is_by_a_stranger(look: Look) -> bool:
    ids = {told.id for told in look.one.items}
    said = [told for one in (look.one, *look.earlier) for told in one.items if told.id in ids]
    return any(told.way in BY_BUNDLE for told in said) and not look.office.is_real(look.one)


def _is_for_no_bundle(look: Look) -> bool:
    sealed = {one.digest for one in look.earlier if one.act is Act.SEALING}
    return look.one.act is Act.RECEIPT and bool(sealed) and look.one.about["sealing"] not in sealed


def _bears_a_used_number(look: Look) -> bool:
    one = look.one
    return any((other.by.signing_key, other.number) == (one.by.signing_key, one.number) for other in look.earlier)


def _proves_nothing(look: Look) -> bool:
    if look.one.act is not Act.CONFIRMATION or look.course is None:
        return False
    return any((told.revision or 0) <= look.handed(told) for told in look.logins(ROTATED))


def _comes_amid_a_change(look: Look) -> bool:
    own = look.one.by.signing_key == look.desk.keyring.card.signing_key
    confirmed = look.logins(ROTATED) if look.one.act is Act.CONFIRMATION and not own else []
    return any(look.before.prepared(told.id) for told in confirmed)


KEPT: dict[str, Callable[[Look], bool]] = {
    "9: what belongs to another registry was kept": lambda look: look.one.registry != REGISTRY,
    "9: there are two handovers under one number": lambda look: (
        look.course is not None and look.one.matter != look.course.matter
    ),
    "9: it was kept, and not theirs to say": _is_out_of_turn,
    "9: a card names somebody otherwise than the registry": lambda look: (
        look.one.by.name != look.desk.name_of(look.one.by.person)
    ),
    "9: the word of a revoked card was kept": lambda look: look.one.by.fingerprint in look.desk.copy.revoked,
    "9: the word of a stranger was kept": _is_by_a_stranger,
    "9: what is dated in the future was kept": lambda look: look.one.made_at > look.desk.now + timedelta(days=1),
    "9: a receipt for a bundle that was never sealed was kept": _is_for_no_bundle,
    "9: one number was given twice": _bears_a_used_number,
    "5: a confirmation of no change was kept": _proves_nothing,
    "3: a change was learnt of amid one's own": _comes_amid_a_change,
}
"""What is broken if it is true of a statement that was taken in."""


# What was said at this computer.


def _is_no_handover_between_two(look: Look) -> bool:
    to_oneself = look.one.giver == look.one.taker
    new = look.one.act in {Act.REQUEST, Act.PROPOSAL}
    return new and any((told.way is Way.MOVE) != to_oneself for told in look.one.items)


def _comes_too_late(look: Look) -> bool:
    """Say whether something was sealed, taken back, let go or ended that was not where that is done."""
    match look.one.act:
        case Act.SEALING:
            return look.states() != {ItemState.REQUESTED}
        case Act.WITHDRAWAL | Act.REFUSAL:
            return bool(look.states() & (TAKEN_OVER | GIVEN_UP))
        case Act.RELEASE | Act.CLOSING:
            return look.states() != {ItemState.CONFIRMED}
        case Act.SUPERSESSION:
            return ItemState.CLOSED in look.states()
        case _:
            return False


def _is_handed_over_elsewhere(look: Look) -> bool:
    if look.one.act not in {Act.PROPOSAL, Act.REQUEST, Act.SEALING}:
        return False
    return any(set(look.desk.open_items(told.id)) - {look.one.handover} for told in look.one.items)


def _is_owed_a_change(look: Look) -> bool:
    handed_on = look.one.act in {Act.REQUEST, Act.SEALING}
    return handed_on and any(look.desk.owes_rotation(told.id) for told in look.logins(BY_BUNDLE))


def _is_sealed_to_a_wrong_card(look: Look) -> bool:
    """Say whether a card is no real one, one's own, not verified, revoked or replaced."""
    desk, cards = look.desk, look.desk.copy.cards.values()
    real = {card.fingerprint: card for other in look.office.desks.values() for card in other.keyring.cards}
    for fingerprint in look.one.to:
        to = real.get(fingerprint)
        if to is None or to == desk.keyring.card or to.person != look.one.taker:
            return True
        if fingerprint not in desk.keyring.pins or fingerprint in desk.copy.revoked:
            return True
        if any(newer.replaces(to) for newer in cards):
            return True
    return False


def _is_confirmed_without_proof(look: Look) -> bool:
    if look.one.act is not Act.CONFIRMATION:
        return False
    seen = [told for told in look.one.items if told.way in ROTATED | {Way.ROLE}]
    return any(not told.answers.get(LOGIN_SEEN, "no").startswith("20") for told in seen) or _proves_nothing(look)


def _is_still_there(look: Look) -> bool:
    let_go = look.logins(ROTATED) if look.one.act is Act.RELEASE else []
    return any(look.desk.newest(told.id) for told in let_go)


def _sealing_of(look: Look) -> Statement | None:
    """Return what was opened, None where no bundle was."""
    if look.one.act is not Act.RECEIPT:
        return None
    return look.desk.copy.statements[look.one.handover].get(str(look.one.about["sealing"]))


def _opened(is_wrong: Callable[[Look, Statement], bool]) -> Callable[[Look], bool]:
    """Ask something of the bundle that was opened, if one was."""
    return lambda look: (sealing := _sealing_of(look)) is not None and is_wrong(look, sealing)


def _is_not_asked_for(look: Look, sealing: Statement) -> bool:
    asked = look.office.mail.get(str(sealing.about["request"]))
    if asked is None or asked.by.person != look.desk.person or asked.about["nonce"] != sealing.about["nonce"]:
        return True
    ways = {told.key: told.way for told in asked.items}
    return any(ways.get(told.key) is not told.way for told in sealing.items)


def _is_older(look: Look, sealing: Statement) -> bool:
    return any((told.revision or 0) < look.before.known(told.id) for told in sealing.items)


def _nonce(look: Look, sealing: Statement) -> tuple[str, str]:
    return look.desk.keyring.device, str(sealing.about["nonce"])


SAID: dict[str, Callable[[Look], bool]] = {
    "9: somebody signed with a revoked card": lambda look: look.one.by.fingerprint in look.desk.copy.revoked,
    "9: somebody did what was not theirs to do": _is_out_of_turn,
    "9: a handover goes to oneself": _is_no_handover_between_two,
    "7: a step came too late, or too early": _comes_too_late,
    "9: a thing is handed over twice at a time": _is_handed_over_elsewhere,
    "7: what is owed a change was handed on": _is_owed_a_change,
    "2: sealed to a card that is not verified, revoked, replaced or the own one": _is_sealed_to_a_wrong_card,
    "6: a second bundle was sealed": lambda look: (
        look.one.act is Act.SEALING and any(one.act is Act.SEALING for one in look.earlier)
    ),
    "1: what is just being changed was sealed": lambda look: (
        look.one.act is Act.SEALING and any(look.before.prepared(told.id) for told in look.one.items)
    ),
    "5: confirmed without a login or without a change": _is_confirmed_without_proof,
    "5: released, and still in the keyring": _is_still_there,
    "2: opened by somebody for whom it was not sealed": _opened(
        lambda look, sealing: look.desk.keyring.card.fingerprint not in sealing.to or sealing.taker != look.desk.person
    ),
    "6: a bundle was opened that nobody asked for": _opened(_is_not_asked_for),
    "6: a second bundle was opened": _opened(
        lambda look, sealing: any(one.act is Act.SEALING and one.digest != sealing.digest for one in look.earlier)
    ),
    "6: a request was answered twice": _opened(lambda look, sealing: _nonce(look, sealing) in look.office.answered),
    "7: a bundle was opened that was given up": _opened(lambda look, _sealing: bool(look.states() & GIVEN_UP)),
    "7: a bundle was opened of which the keyring knew the end": _opened(
        lambda look, sealing: _nonce(look, sealing) in look.office.ended
    ),
    "7: a bundle was opened after its time": _opened(
        lambda look, sealing: sealing.expires_on is not None and day_of(look.one.made_at) > sealing.expires_on
    ),
    "3: an older secret was taken over": _opened(_is_older),
}
"""What is broken if it is true of a statement that was made at this computer."""
