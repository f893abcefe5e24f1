"""The circle of a person: all cards that the registry has, and what the person's own keyring says of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, store_here
from core.custody.identity.canonical import clean_line
from core.custody.identity.cards import LONGEST_NAME, Card, read_card
from core.custody.identity.enrolling import Identity, identity_in
from core.custody.identity.pins import Pin, Pins, read_pins
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.errors import BadInputError
from core.i18n import _
from core.model import KeyCard, Person
from core.settings import read_settings

HEAD_OF_PRESS = "handover.head-of-press"
CLOCKS_APART = timedelta(days=1)


class Standing(StrEnum):
    """What a card is to the person at this keyring; the first two and a certificate are verified."""

    OWN = "own"
    WORDS = "words"
    CERTIFICATE = "certificate"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Listed:
    """A card as the registry keeps it; all but the card itself anybody may have written."""

    card: Card
    revoked_on: date | None
    revocation: str | None


@dataclass(frozen=True, slots=True)
class Circle:
    """What is known at one moment.

    Attributes:
        registry: The registry's id.
        store_id: The store of this keyring, None where there is none yet.
        me: The identity of this keyring.
        pins: What the person verified.
        cards: The cards of the registry by fingerprint.
        broken: Fingerprints under which the registry keeps something else than that card, and why it is refused.
        people: The names of the people by id, as cards write them.
        head: The head of press as the settings name them.
    """

    registry: str
    store_id: UUID | None
    me: Identity | None
    pins: Pins
    cards: Mapping[str, Listed]
    broken: Mapping[str, RefusalCode]
    people: Mapping[UUID, str]
    head: UUID | None

    def is_own(self, fingerprint: str) -> bool:
        """Say whether the card belongs to this very keyring."""
        return self.me is not None and self.me.card.fingerprint == fingerprint

    def is_revoked(self, fingerprint: str) -> bool:
        """Say whether anybody revoked a card; without a proof, too, since doubt is enough not to use it."""
        listed = self.cards.get(fingerprint)
        return fingerprint in self.pins.revoked or (listed is not None and listed.revoked_on is not None)

    def is_replaced(self, card: Card) -> bool:
        """Say whether a newer card took a card's place, by its own signature or because the newer one is verified."""
        return any(
            newer.replaces(card) or self._is_renewed_by(card, newer)
            for newer in (listed.card for listed in self.cards.values())
        )

    def standing(self, card: Card) -> Standing:
        """Say how the person at this keyring verified a card."""
        if self.is_own(card.fingerprint):
            return Standing.OWN
        pin = self.pin(card.fingerprint)
        return Standing(pin.how.value) if pin is not None else Standing.NO

    def pin(self, fingerprint: str) -> Pin | None:
        """Return the pin of a card that counts now; what a card certified that is revoked since does not."""
        pin = self.pins.of(fingerprint)
        if pin is None or self.is_revoked(fingerprint) or (pin.by is not None and self.is_revoked(pin.by)):
            return None
        return pin

    def usable(self, person: UUID) -> list[Card]:
        """Return a person's cards to which something may be sealed: verified, not revoked, not replaced."""
        return [
            listed.card
            for fingerprint, listed in self.cards.items()
            if listed.card.person == person
            and self.standing(listed.card) is not Standing.NO
            and not self.is_revoked(fingerprint)
            and not self.is_replaced(listed.card)
        ]

    def _is_renewed_by(self, card: Card, newer: Card) -> bool:
        same = (newer.person, newer.store) == (card.person, card.store)
        return same and newer.created > card.created and self.standing(newer) is not Standing.NO


def look(custodian: Custodian) -> Circle:
    """Return what registry and keyring know of cards now.

    Raises:
        VaultError: The keyring does not answer, or an entry is damaged.
    """
    store_id = store_here(custodian)
    pins, me = read_pins(custodian.vault, store_id), identity_in(custodian.vault, store_id)
    with custodian.registry.reading() as session:
        cards, broken = _cards(session)
        people = {one.id: clean_line(one.name)[:LONGEST_NAME].strip() for one in session.scalars(select(Person))}
        head = _head(session)
    return Circle(custodian.registry.id, store_id, me, pins, cards, broken, people, head)


def own_identity(circle: Circle, custodian: Custodian) -> Identity:
    """Return the identity of this keyring, with which words are compared and statements signed.

    Raises:
        BadInputError: There is none, it is revoked, or it is not the person's.
    """
    me = circle.me
    if me is None:
        raise BadInputError(_("This computer has no key card yet. Please make one first."))
    if (me.card.registry, me.card.person) != (circle.registry, custodian.person_id):
        raise BadInputError(_("The key card in this keyring belongs to somebody else. Please make one first."))
    if circle.is_revoked(me.card.fingerprint):
        raise BadInputError(_("Your own key card is revoked. Please make a new one first."))
    return me


def check_card(circle: Circle, card: Card, now: datetime) -> None:
    """See that a card received from somebody else can be verified.

    Raises:
        RefusedError: It cannot.
    """
    if card.registry != circle.registry:
        raise RefusedError(Refusal.OTHER_REGISTRY)
    if card.person not in circle.people:
        raise RefusedError(Refusal.UNKNOWN_PERSON)
    if card.name != circle.people[card.person]:
        raise RefusedError(Refusal.OTHER_NAME)
    if card.created > now + CLOCKS_APART:
        raise RefusedError(Refusal.FROM_THE_FUTURE)
    if circle.is_own(card.fingerprint):
        raise RefusedError(Refusal.OWN_CARD)
    if circle.is_revoked(card.fingerprint):
        raise RefusedError(Refusal.REVOKED)
    if circle.is_replaced(card):
        raise RefusedError(Refusal.STALE)


def _cards(session: Session) -> tuple[dict[str, Listed], dict[str, RefusalCode]]:
    cards, broken = dict[str, Listed](), dict[str, RefusalCode]()
    kept = select(KeyCard).where(KeyCard.text != "")  # Cards of erased people are empty.
    for row in session.scalars(kept.order_by(KeyCard.created_on, KeyCard.fingerprint)):
        try:
            card = read_card(row.text.encode("utf-8", "surrogatepass"))
        except RefusedError as error:
            broken[row.fingerprint] = error.code
            continue
        if (row.fingerprint, row.person_id, row.store_id) == (card.fingerprint, card.person, card.store):
            cards[card.fingerprint] = Listed(card, row.revoked_on, row.revocation)
        else:
            broken[row.fingerprint] = Refusal.WRONG_VALUE
    return cards, broken


def _head(session: Session) -> UUID | None:
    try:
        return UUID(str(read_settings(session)[HEAD_OF_PRESS]))
    except ValueError:
        return None
