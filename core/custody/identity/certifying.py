"""Certificates: the head of press verifies each card once, and whoever verified the head's card accepts the rest.

Whether somebody is the head of press is asked twice: the settings say who is, and the pin says whether the person at
this keyring knew it when the words were compared. Whoever can write to the registry changes only the first.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.circle import HEAD_OF_PRESS, Circle, check_card, look, own_identity
from core.custody.identity.enrolling import card_row, record_card
from core.custody.identity.pins import Pin
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.statements import Said, Statement, make_statement
from core.custody.identity.verifying import put_pin
from core.i18n import N_
from core.model import VerifiedBy
from core.settings import change_setting


def name_head(session: Session, person_id: UUID) -> None:
    """Say who is head of press; call inside an action."""
    change_setting(session, HEAD_OF_PRESS, str(person_id))


def certify(custodian: Custodian, card: Card, now: datetime) -> Statement:
    """Certify a card as head of press; it must have been verified by words.

    Raises:
        RefusedError: The person is not head of press, or has not verified the card.
        BadInputError: This keyring has no card in force.
        VaultError: The keyring does not answer.
    """
    circle = look(custodian)
    me = own_identity(circle, custodian)
    if circle.head != custodian.person_id:
        raise RefusedError(Refusal.NOT_HEAD)
    check_card(circle, card, now)
    pin = circle.pin(card.fingerprint)
    if pin is None or pin.how is not VerifiedBy.WORDS:
        raise RefusedError(Refusal.NOT_VERIFIED)
    statement = make_statement(Said.CERTIFIED, card, me.card, me.keys, now)
    _record(custodian, statement)
    return statement


def accept_certificate(custodian: Custodian, statement: Statement, now: datetime) -> Pin:
    """Pin a card that the head of press certified.

    Raises:
        RefusedError: The card cannot be verified, or whoever signed is not the head of press whose card was pinned.
        BadInputError: This keyring has no card in force.
        VaultError: The keyring does not answer.
    """
    circle = look(custodian)
    own_identity(circle, custodian)
    check_card(circle, statement.card, now)
    _check_signer(circle, statement)
    known = circle.pin(statement.card.fingerprint)
    if known is not None and known.how is VerifiedBy.WORDS:
        pin = known  # What one has compared oneself stays so.
    else:
        pin = Pin(statement.card.fingerprint, VerifiedBy.CERTIFICATE, custodian.today, by=statement.by)
    put_pin(custodian, circle, statement.card, pin)
    _record(custodian, statement)
    return pin


def _check_signer(circle: Circle, statement: Statement) -> None:
    signer, pin = circle.cards.get(statement.by), circle.pin(statement.by)
    if signer is None or pin is None:
        raise RefusedError(Refusal.SIGNER_UNKNOWN)
    if not pin.head or signer.card.person != circle.head:
        raise RefusedError(Refusal.SIGNER_NOT_ALLOWED)
    if not statement.signed_by(signer.card):
        raise RefusedError(Refusal.BAD_SIGNATURE)


def _record(custodian: Custodian, statement: Statement) -> None:
    record_card(custodian, statement.card, N_("Take in key card"))
    with custodian.registry.action(N_("Certify key card")) as session:
        row = card_row(session, statement.card.fingerprint)
        if row is not None:
            row.certificate = statement.text.decode()
