"""Verifying a card by words: both sides see the same six, and each types two that the other reads out.

There is no trust on first use, and no way around.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.circle import Circle, check_card, look, own_identity
from core.custody.identity.enrolling import card_row, record_card
from core.custody.identity.pins import Pin, keep_pins
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.words import are_right, asked_numbers, verification_words
from core.i18n import N_
from core.model import KeyVerification, VerifiedBy

MOST_TRIES = 3


def words_with(custodian: Custodian, card: Card, now: datetime) -> tuple[str, ...]:
    """Return the six words of this keyring's card and another one.

    Raises:
        RefusedError: The card cannot be verified.
        BadInputError: This keyring has no card in force.
        VaultError: The keyring does not answer.
    """
    circle = look(custodian)
    me = own_identity(circle, custodian)
    check_card(circle, card, now)
    return verification_words(me.card.fingerprint, card.fingerprint)


def begin_verification(custodian: Custodian, card: Card, now: datetime) -> tuple[int, ...]:
    """Return which of the six words are to be typed, chosen anew each time.

    Raises:
        RefusedError: The card cannot be verified, or not today any more.
        BadInputError: This keyring has no card in force.
        VaultError: The keyring does not answer.
    """
    circle = look(custodian)
    own_identity(circle, custodian)
    check_card(circle, card, now)
    _refuse_after_tries(circle, custodian, card)
    return asked_numbers()


def verify_by_words(custodian: Custodian, card: Card, typed: Mapping[int, str], now: datetime) -> Pin:
    """Pin a card whose words were typed as the other side read them out.

    Args:
        custodian: The person at this workstation.
        card: The card.
        typed: The words by their number.
        now: The instant.

    Returns:
        The pin; `head` says whether certificates by this person count from now on.

    Raises:
        RefusedError: The words are wrong, or the card cannot be verified.
        BadInputError: This keyring has no card in force.
        VaultError: The keyring does not answer; nothing is verified.
    """
    circle = look(custodian)
    me = own_identity(circle, custodian)
    check_card(circle, card, now)
    _refuse_after_tries(circle, custodian, card)
    fingerprint = card.fingerprint
    if not are_right(verification_words(me.card.fingerprint, fingerprint), typed):
        keep_pins(custodian.vault, me.card.store, circle.pins.with_miss(fingerprint, custodian.today))
        raise RefusedError(Refusal.WRONG_WORDS)
    pin = Pin(fingerprint, VerifiedBy.WORDS, custodian.today, head=card.person == circle.head)
    put_pin(custodian, circle, card, pin)
    return pin


def put_pin(custodian: Custodian, circle: Circle, card: Card, pin: Pin) -> None:
    """Keep a pin in the keyring, then tell the registry; what a crash leaves out, doing it once more adds."""
    if circle.store_id is not None:
        keep_pins(custodian.vault, circle.store_id, circle.pins.with_pin(pin))
    record_card(custodian, card, N_("Take in key card"))
    me = custodian.person_id
    with custodian.registry.action(N_("Verify key card")) as session:
        row = card_row(session, card.fingerprint)
        if row is None:
            return
        known = session.scalars(
            select(KeyVerification).where(KeyVerification.key_card_id == row.id, KeyVerification.person_id == me)
        ).first()
        if known is None:
            session.add(KeyVerification(key_card_id=row.id, person_id=me, how=pin.how, on=pin.on))
        elif known.how is not pin.how:
            known.how, known.on = pin.how, pin.on


def _refuse_after_tries(circle: Circle, custodian: Custodian, card: Card) -> None:
    if circle.pins.missed(card.fingerprint, custodian.today) >= MOST_TRIES:
        raise RefusedError(Refusal.TOO_MANY_TRIES)
