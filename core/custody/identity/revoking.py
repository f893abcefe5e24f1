"""Revoking a card: by its own key, by another card of the same person, or by the head of press."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.circle import Circle, Listed, look, own_identity
from core.custody.identity.enrolling import IDENTITY, card_row, record_card
from core.custody.identity.notes import remove_note
from core.custody.identity.pins import keep_pins
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.statements import Said, Statement, make_statement, read_statement
from core.errors import BadInputError
from core.i18n import N_, _

SHORTEST_PIECE = 8


def card_called(circle: Circle, text: str) -> Listed:
    """Return the card of the registry that a fingerprint or its beginning means, written in groups or not.

    Raises:
        BadInputError: There is none, or several.
    """
    wanted = "".join(text.split()).lower()
    found = [one for fingerprint, one in circle.cards.items() if fingerprint.startswith(wanted)]
    if len(wanted) < SHORTEST_PIECE or not found:
        raise BadInputError(_("There is no key card “{text}”. Please give its fingerprint.").format(text=text))
    if len(found) > 1:
        raise BadInputError(_("Several key cards begin with “{text}”. Please give more of it.").format(text=text))
    return found[0]


def revoke(custodian: Custodian, card: Card, now: datetime) -> Statement:
    """Revoke a card for good and return the statement for those who have another copy of the registry.

    The keys go last from the keyring, if the card is its own. A card that is revoked already gives its statement again,
    and loses its keys if a crash had left them.

    Raises:
        RefusedError: It is somebody else's, and the person is not head of press.
        BadInputError: This keyring has no card in force to sign with.
        VaultError: The keyring does not answer; then the card is revoked, and its keys may still be there.
    """
    circle = look(custodian)
    listed, fingerprint = circle.cards.get(card.fingerprint), card.fingerprint
    if listed is not None and listed.revocation is not None:
        statement = read_statement(listed.revocation.encode(), Said.REVOKED)
    else:
        me = own_identity(circle, custodian)
        if custodian.person_id not in {card.person, circle.head}:
            raise RefusedError(Refusal.SIGNER_NOT_ALLOWED)
        statement = make_statement(Said.REVOKED, card, me.card, me.keys, now)
        _record(custodian, statement, custodian.person_id)
    _forget(custodian, circle, fingerprint)
    return statement


def take_in_revocation(custodian: Custodian, statement: Statement) -> None:
    """Take in that a card was revoked elsewhere.

    Raises:
        RefusedError: It belongs to another registry, or whoever signed it may not revoke the card.
        VaultError: The keyring does not answer.
    """
    circle, card = look(custodian), statement.card
    if card.registry != circle.registry:
        raise RefusedError(Refusal.OTHER_REGISTRY)
    if card.person not in circle.people:
        raise RefusedError(Refusal.UNKNOWN_PERSON)
    signer = _signer(circle, statement)
    if not statement.signed_by(signer):
        raise RefusedError(Refusal.BAD_SIGNATURE)
    _record(custodian, statement, signer.person)
    _forget(custodian, circle, card.fingerprint)


def _signer(circle: Circle, statement: Statement) -> Card:
    """Return the card that signed a revocation, if it may."""
    if statement.by == statement.card.fingerprint:
        return statement.card  # Whoever has the key may say that it is not to be used any more.
    listed, pin = circle.cards.get(statement.by), circle.pin(statement.by)
    if listed is None or (pin is None and not circle.is_own(statement.by)):
        raise RefusedError(Refusal.SIGNER_UNKNOWN)
    is_head = listed.card.person == circle.head and (pin is None or pin.head)
    if listed.card.person != statement.card.person and not is_head:
        raise RefusedError(Refusal.SIGNER_NOT_ALLOWED)
    return listed.card


def _record(custodian: Custodian, statement: Statement, by: UUID) -> None:
    record_card(custodian, statement.card, N_("Take in key card"))
    with custodian.registry.action(N_("Revoke key card")) as session:
        row = card_row(session, statement.card.fingerprint)
        if row is not None and row.revocation is None:
            row.revoked_on = row.revoked_on or custodian.today
            row.revoked_by_id, row.revocation = by, statement.text.decode()


def _forget(custodian: Custodian, circle: Circle, fingerprint: str) -> None:
    """Note in the keyring that a card is revoked, and remove its keys if they are there."""
    if circle.store_id is None:
        return
    if fingerprint not in circle.pins.revoked:
        keep_pins(custodian.vault, circle.store_id, circle.pins.with_revoked(fingerprint))
    if circle.is_own(fingerprint):
        remove_note(custodian.vault, circle.store_id, IDENTITY)
