"""Guards about bundles: to whom one is sealed, and whether one that came may be opened."""

from __future__ import annotations

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import BY_BUNDLE, day_of
from core.custody.handover.steps.case import Case, Step
from core.model.choices import Act, ItemState

GIVEN_UP = frozenset({ItemState.REFUSED, ItemState.WITHDRAWN, ItemState.SUPERSEDED})


def opened_mark(statement: Statement) -> str:
    """Return the mark by which a keyring remembers that it opened the bundle of a request; either of them tells it."""
    return f"opened:{statement.about['nonce']}"


def ended_mark(nonce: str) -> str:
    """Return the mark by which a keyring remembers that a request came to nothing."""
    return f"ended:{nonce}"


def holds_the_newest(case: Case) -> HandoverRefusal | None:
    """Refuse to seal what this keyring does not hold, or is changing."""
    party = case.party
    for told in case.secrets():
        in_force = party.revision(told.id)
        if party.newest(told.id) > in_force:
            return HandoverRefusal.OWN_CHANGE
        if in_force == 0 or party.held(told.id, in_force) is None:
            return HandoverRefusal.NOT_HELD
    return None


def not_into_itself(case: Case) -> HandoverRefusal | None:
    """Refuse to seal a bundle for the keyring that it comes from, and to open such a one."""
    if case.relied is None:
        return None
    cards = case.relied.cards if case.step is Step.SEAL else (case.relied.by,)
    return HandoverRefusal.TO_ITSELF if case.me.card.signing_key in {one.signing_key for one in cards} else None


def to_verified_cards(case: Case) -> HandoverRefusal | None:
    """Refuse to seal to a card that is not verified, was revoked or replaced, or is not the successor's."""
    taker, usable = case.matter.taker, case.party.usable(case.matter.taker)
    good = {one.fingerprint for one in usable}
    cards = case.relied.cards if case.relied is not None else ()
    for card in cards:
        if card.person != taker:
            return HandoverRefusal.SWAPPED_CARD
        if card.name != case.party.name_of(taker):
            return HandoverRefusal.OTHER_NAME
        if card.fingerprint not in good:
            return _why_not(case, card.fingerprint, verified=case.party.verified(card), others=bool(good))
    return None if cards else HandoverRefusal.NOT_VERIFIED


def for_me(case: Case) -> HandoverRefusal | None:
    """Refuse a bundle that was sealed for somebody else and wrapped anew."""
    sealing = case.relied
    mine = sealing is not None and case.me.card.fingerprint in sealing.to and sealing.taker == case.party.person
    return None if mine else HandoverRefusal.NOT_FOR_YOU


def as_asked_for(case: Case) -> HandoverRefusal | None:
    """Refuse a bundle that answers no request of one's own, or brings something else."""
    sealing = case.relied
    if sealing is None:
        return None
    request = request_of(case, sealing)
    if request is None:
        return HandoverRefusal.OTHER_REQUEST
    asked = {told.key: told.way for told in request.items}
    brought = all(asked.get(told.key) is told.way and told.way in BY_BUNDLE for told in sealing.items)
    same = request.about["nonce"] == sealing.about["nonce"] and brought
    return None if same else HandoverRefusal.OTHER_REQUEST


def only_bundle(case: Case) -> HandoverRefusal | None:
    """Refuse a second bundle of one handover, be it to seal or to open."""
    others = any(
        one.act is Act.SEALING and case.relied is not None and one.digest != case.relied.digest for one in case.known
    )
    return HandoverRefusal.DOUBLED_ID if others else None


def not_opened_before(case: Case) -> HandoverRefusal | None:
    """Refuse a bundle whose request this keyring has seen answered, whatever the registry remembers."""
    opened = case.relied is not None and case.party.is_used(opened_mark(case.relied))
    return HandoverRefusal.REPLAYED if opened else None


def not_given_up(case: Case) -> HandoverRefusal | None:
    """Refuse a bundle of which anybody says that it was withdrawn, refused or superseded."""
    ended = any(course.state in GIVEN_UP for told in case.items if (course := case.course(told)) is not None)
    return HandoverRefusal.WITHDRAWN if ended else None


def not_ended_before(case: Case) -> HandoverRefusal | None:
    """Refuse a bundle of which this keyring knows that it came to nothing, whatever the registry remembers."""
    ended = case.relied is not None and case.party.is_used(ended_mark(str(case.relied.about["nonce"])))
    return HandoverRefusal.WITHDRAWN if ended else None


def in_time(case: Case) -> HandoverRefusal | None:
    """Refuse a bundle whose time is over."""
    expires = case.relied.expires_on if case.relied is not None else None
    return HandoverRefusal.EXPIRED if expires is not None and day_of(case.party.now) > expires else None


def newest_revision(case: Case) -> HandoverRefusal | None:
    """Refuse an older secret than the one that registry or keyring knows of."""
    party = case.party
    older = any((told.revision or 0) < max(party.revision(told.id), party.newest(told.id)) for told in case.secrets())
    return HandoverRefusal.OLDER_REVISION if older else None


def nothing_in_its_place(case: Case) -> HandoverRefusal | None:
    """Refuse a secret in whose place the keyring holds another one, a prepared one for example."""
    for told in case.secrets():
        there = case.party.held(told.id, told.revision or 0)
        if there is not None and case.values is not None and there != case.values.get(told.id):
            return HandoverRefusal.OWN_CHANGE
    return None


def request_of(case: Case, sealing: Statement) -> Statement | None:
    """Return the request of one's own that a bundle answers."""
    mine = (one for one in case.known if one.act is Act.REQUEST and one.by.person == case.party.person)
    return next((one for one in mine if one.digest == sealing.about["request"] and case.party.verified(one.by)), None)


def _why_not(case: Case, fingerprint: str, *, verified: bool, others: bool) -> HandoverRefusal:
    if verified or case.party.is_revoked(fingerprint):
        return HandoverRefusal.REVOKED
    return HandoverRefusal.SWAPPED_CARD if others else HandoverRefusal.NOT_VERIFIED
