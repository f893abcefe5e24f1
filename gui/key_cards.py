"""What the window knows of key cards at one moment, and what can be done with each of them now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from core.custody.custodian import Custodian
from core.custody.identity.cards import Card
from core.custody.identity.circle import Circle, Listed, Standing, look
from core.custody.identity.listing import CardRow, count_cards, kept_certificates, rows_of
from core.custody.identity.statements import Statement
from core.model import VerifiedBy


@dataclass(frozen=True, slots=True)
class CardsRead:
    """What one reading of registry and keyring brought; nothing of it is secret.

    Attributes:
        rows: All cards, by name, the newest first.
        cards: The cards themselves by fingerprint; damaged ones are not there.
        certificates: Certificates of the head of press that the registry keeps, by the fingerprint of their card.
        me: Who works here, None where nobody said so yet.
        own: The fingerprint of the card of this keyring, None where there is none in force.
        head: Who is head of press, None where the settings name nobody.
        heads: The fingerprints of cards whose certificates count here.
    """

    rows: tuple[CardRow, ...] = ()
    cards: Mapping[str, Listed] = field(default_factory=dict)
    certificates: Mapping[str, Statement] = field(default_factory=dict)
    me: UUID | None = None
    own: str | None = None
    head: UUID | None = None
    heads: frozenset[str] = frozenset()

    def others_of(self, row: CardRow) -> list[CardRow]:
        """Return the other cards of the same person."""
        return [one for one in self.rows if one.person_id == row.person_id and one.fingerprint != row.fingerprint]

    def card(self, row: CardRow) -> Card | None:
        """Return the card itself, None where the registry keeps something else."""
        listed = self.cards.get(row.fingerprint)
        return listed.card if listed is not None else None


@dataclass(frozen=True, slots=True)
class Locked:
    """The keyring is locked, and nobody asked for its password.

    Attributes:
        count: How many cards the registry keeps.
    """

    count: int


def read_cards(custodian: Custodian, *, asking: bool) -> CardsRead | Locked:
    """Read all cards, on the keyring's lane.

    Args:
        custodian: The person at this workstation.
        asking: Whether the system may ask for the keyring's password; otherwise a locked one is only named.

    Raises:
        VaultError: The keyring does not answer, or an entry is damaged.
    """
    registry = custodian.registry
    if not asking and custodian.vault.state().unlocked is False:
        with registry.reading() as session:
            return Locked(count_cards(session))
    circle, me = look(custodian), registry.me()
    with registry.reading() as session:
        certificates = kept_certificates(session)
    return CardsRead(
        rows=tuple(rows_of(circle, custodian)),
        cards=circle.cards,
        certificates=certificates,
        me=me,
        own=_own(circle, me),
        head=circle.head,
        heads=frozenset(pin.card for pin in circle.pins.pins if pin.head and circle.pin(pin.card) is not None),
    )


def in_use(row: CardRow) -> bool:
    """Say whether a card can be used at all: neither damaged nor revoked nor replaced."""
    return row.problem is None and row.revoked is None and not row.replaced


def is_open(read: CardsRead, row: CardRow) -> bool:
    """Say whether the person at this keyring still has to compare words: never did, or not with the head of press."""
    if not in_use(row) or row.fingerprint == read.own:
        return False
    return row.verified is Standing.NO or (row.head and row.fingerprint not in read.heads)


def ways(read: CardsRead, row: CardRow) -> frozenset[str]:
    """Return what can be done with a card now, by the names of the page's actions."""
    card, usable = read.card(row), in_use(row)
    mine, is_head = row.person_id == read.me, read.me is not None and read.me == read.head
    certificate = read.certificates.get(row.fingerprint)
    accepted = certificate is not None and certificate.by in read.heads and row.verified is Standing.NO
    able = {
        "verify-card": is_open(read, row),
        "accept-certificate": usable and accepted,
        "save-card": card is not None and usable,
        "show-card": card is not None and usable,
        "certify-card": usable and is_head and row.verified.value == VerifiedBy.WORDS.value,
        "renew-card": row.fingerprint == read.own,
        "revoke-card": card is not None and row.revoked is None and read.own is not None and (mine or is_head),
        "save-revocation": row.fingerprint in read.cards and read.cards[row.fingerprint].revocation is not None,
    }
    return frozenset(name for name, is_able in able.items() if is_able)


def this_instant() -> datetime:
    """Return the instant that counts as now."""
    return datetime.now(UTC)


def _own(circle: Circle, me: UUID | None) -> str | None:
    """Return the card of this keyring, if it is this person's in this registry and in force."""
    if circle.me is None or me is None:
        return None
    card = circle.me.card
    ours = (card.registry, card.person) == (circle.registry, me) and not circle.is_revoked(card.fingerprint)
    return card.fingerprint if ours else None
