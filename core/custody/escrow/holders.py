"""Who holds the escrow besides the paper: naming people whose card was verified, removing them, one or two needed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.envelopes import keys_in_force
from core.custody.escrow.pairs import NEEDED, TWO, keys_that_count, needed_in
from core.custody.escrow.resealing import seal_missing
from core.custody.identity.cards import Card
from core.custody.identity.circle import Circle, look
from core.custody.identity.refusals import Refusal, RefusedError
from core.errors import BadInputError
from core.i18n import N_, _
from core.inventory.people import has_left
from core.model import EscrowKey, Person
from core.settings import change_setting


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of the escrow has brought.

    Attributes:
        name: Whom it is about; None for a change of how many are needed.
        sealed: How many secrets of this keyring were sealed anew.
    """

    name: str | None
    sealed: int


def name_holder(custodian: Custodian, person_id: UUID) -> Changed:
    """Let a person open envelopes from now on, and seal what this keyring keeps to each of their verified cards.

    Naming them again takes a renewed card or a second computer into account.

    Raises:
        RefusedError: None of their cards was verified at this keyring, or all of them are revoked or replaced.
        BadInputError: They have no card, or have left.
        VaultError: The keyring does not answer; the person is named, sealing can be taken up again.
    """
    circle = look(custodian)
    with custodian.registry.reading() as session:
        name = _present(session, custodian, person_id)
    cards = circle.usable(person_id)
    if not cards:
        if any(listed.card.person == person_id for listed in circle.cards.values()):
            raise RefusedError(Refusal.NOT_VERIFIED)
        raise BadInputError(
            _("{name} has no key card yet. Please ask {name} to make one and send it to you.").format(name=name)
        )
    _record(custodian, circle, person_id, cards)
    return Changed(name, seal_missing(custodian))


def remove_holder(custodian: Custodian, person_id: UUID) -> Changed:
    """Let a person open no envelopes any more; what they could open is removed where somebody else can.

    What they have copied before they can still open: that ends with the next change of each secret alone.

    Raises:
        BadInputError: They hold no escrow.
        VaultError: The keyring does not answer; the person is removed, sealing can be taken up again.
    """
    with custodian.registry.action(N_("Remove holder of the escrow")) as session:
        person = session.get(Person, person_id)
        held = _held(session, custodian, person_id)
        if person is None or not held:
            raise BadInputError(_("This person holds no escrow."))
        for key in held:
            key.until = custodian.today
        name = person.name
    return Changed(name, seal_missing(custodian))


def set_needed(custodian: Custodian, needed: int) -> Changed:
    """Say how many it takes to open an envelope, one or two, and seal anew what this keyring keeps.

    Raises:
        BadInputError: It is another number, or there are not two of whom each has a key.
        VaultError: The keyring does not answer; the number holds, sealing can be taken up again.
    """
    if needed not in {1, TWO}:
        raise BadInputError(_("One or two people of the escrow can be needed, not {number}.").format(number=needed))
    with custodian.registry.reading() as session:
        parties = {key.person_id for key in keys_that_count(session, custodian.today)}
        changes = needed_in(session) != needed
    if needed == TWO and len(parties) < TWO:
        raise BadInputError(
            _("Two can only be needed where there are two. Please name somebody first, or print a recovery key.")
        )
    if changes:
        with custodian.registry.action(N_("Change who opens the escrow")) as session:
            change_setting(session, NEEDED, needed)
    return Changed(None, seal_missing(custodian))


def _present(session: Session, custodian: Custodian, person_id: UUID) -> str:
    """Return the name of a person who is here."""
    person = session.get(Person, person_id)
    if person is None:
        raise BadInputError(_("The registry does not know this person."))
    gone = select(Person.id).where(Person.id == person_id, has_left(Person, custodian.today))
    if session.scalars(gone).first() is not None:
        raise BadInputError(_("{name} has left and cannot hold the escrow.").format(name=person.name))
    return person.name


def _record(custodian: Custodian, circle: Circle, person_id: UUID, cards: list[Card]) -> None:
    """Put the keys of a person's cards into force and those of cards that are none any more out of it."""
    with custodian.registry.reading() as session:
        held = {key.card for key in _held(session, custodian, person_id)}
    new = [card for card in cards if card.fingerprint not in held]
    gone = {card for card in held if card is not None and not _is_good(circle, card)}
    if not new and not gone:
        return
    with custodian.registry.action(N_("Name holder of the escrow")) as session:
        for key in _held(session, custodian, person_id):
            if key.card in gone:
                key.until = custodian.today
        session.add_all(_key_of(custodian, card) for card in new)


def _held(session: Session, custodian: Custodian, person_id: UUID) -> list[EscrowKey]:
    return [key for key in keys_in_force(session, custodian.today) if key.person_id == person_id]


def _is_good(circle: Circle, fingerprint: str) -> bool:
    """Say whether a card is in force; who verified it is another question, which each keyring answers for itself."""
    listed = circle.cards.get(fingerprint)
    return listed is not None and not circle.is_revoked(fingerprint) and not circle.is_replaced(listed.card)


def _key_of(custodian: Custodian, card: Card) -> EscrowKey:
    return EscrowKey(
        recipient=card.recipient,
        person_id=card.person,
        card=card.fingerprint,
        made_by_id=custodian.person_id,
        since=custodian.today,
    )
