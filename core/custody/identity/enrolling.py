"""Enrolling a keyring: its seed and its card, both in one note of the keyring, and the card in the registry.

The keyring is written first. A crash before the registry knows the card is mended by enrolling again.
"""

from __future__ import annotations

import json
import platform
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, make_store, store_here
from core.custody.identity.cards import Card, Owner, make_card, read_card
from core.custody.identity.keys import Keys, new_seed
from core.custody.identity.notes import read_note, remove_note, replace_note
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.custody.vault import DamagedEntryError, Held, Vault
from core.i18n import N_
from core.model import KeyCard, Person

IDENTITY = "identity"


@dataclass(frozen=True, slots=True)
class Identity:
    """The card of this keyring with its private keys, which show dots."""

    card: Card
    keys: Keys
    held: Held


def identity_here(custodian: Custodian) -> Identity | None:
    """Return the identity of this keyring, None where it is not enrolled.

    Raises:
        VaultError: The keyring does not answer, or the entry is damaged.
    """
    return identity_in(custodian.vault, store_here(custodian))


def identity_in(vault: Vault, store_id: UUID | None) -> Identity | None:
    """Return the identity of the keyring with a store, None where there is no store, or it is not enrolled.

    Raises:
        VaultError: The keyring does not answer, or the entry is damaged.
    """
    held = read_note(vault, store_id, IDENTITY) if store_id is not None else None
    return _read(held) if held is not None else None


def enrol(custodian: Custodian, now: datetime, *, renew: bool = False) -> Card:
    """Make keys and a card for this keyring, or return the card that is there; it can be repeated.

    A revoked card is followed by a fresh one. A renewed one names the card before it and is signed by that one's key,
    too; whoever verified the old one verifies the new one again all the same.

    Args:
        custodian: The person at this workstation.
        now: The instant.
        renew: Make new keys although there are some.

    Raises:
        BadInputError: Nobody is bound to this workstation.
        ConflictError: The keyring belongs to another person of the registry.
        VaultError: The keyring does not answer, or did not keep the keys.
    """
    store_id = make_store(custodian)
    before = _before(custodian, store_id, renew=renew)
    with custodian.registry.reading() as session:
        revoked = before is not None and is_revoked(session, before.card)
        owner = _owner(session, custodian, store_id)
    ours = before is not None and (before.card.registry, before.card.person) == (owner.registry, owner.person)
    if before is None or not ours or renew or revoked:
        following = before if ours and not revoked else None
        card = _new_identity(custodian, owner, now, following, before.held if before else None)
    else:
        card = before.card
    record_card(custodian, card, N_("Make key card"))
    return card


def is_revoked(session: Session, card: Card) -> bool:
    """Say whether the registry knows a card as revoked."""
    known = card_row(session, card.fingerprint)
    return known is not None and known.revoked_on is not None


def card_row(session: Session, fingerprint: str) -> KeyCard | None:
    """Return what the registry keeps of a card."""
    return session.scalars(select(KeyCard).where(KeyCard.fingerprint == fingerprint)).first()


def record_card(custodian: Custodian, card: Card, label: str) -> None:
    """Put a card into the registry, unless it is there.

    Args:
        custodian: Who does it.
        card: The card.
        label: The action's label, marked by N_.
    """
    with custodian.registry.reading() as session:
        if card_row(session, card.fingerprint) is not None:
            return
    with custodian.registry.action(label) as session:
        if card_row(session, card.fingerprint) is None:
            session.add(
                KeyCard(
                    person_id=card.person,
                    store_id=card.store,
                    text=card.text.decode(),
                    fingerprint=card.fingerprint,
                    created_on=card.created.date(),
                )
            )


def _before(custodian: Custodian, store_id: UUID, *, renew: bool) -> Identity | None:
    """Return the identity that is there; one that is damaged goes when it is renewed."""
    try:
        return identity_here(custodian)
    except DamagedEntryError:
        if not renew:
            raise
    remove_note(custodian.vault, store_id, IDENTITY)
    return None


def _new_identity(
    custodian: Custodian, owner: Owner, now: datetime, following: Identity | None, held: Held | None
) -> Card:
    seed = new_seed()
    card = make_card(owner, Keys(seed), now, before=(following.card, following.keys) if following else None)
    read_card(card.text)  # Others will read it as strictly.
    text = json.dumps({"seed": seed.reveal(), "card": card.text.decode()}, ensure_ascii=False, sort_keys=True)
    replace_note(custodian.vault, owner.store, IDENTITY, Secret(text), known=held)
    return card


def _owner(session: Session, custodian: Custodian, store_id: UUID) -> Owner:
    person = session.get_one(Person, custodian.person_id)
    return Owner(custodian.registry.id, person.id, person.name, platform.node(), store_id)


def _read(held: Held) -> Identity:
    try:
        content = json.loads(held.secret.reveal())
        card, keys = read_card(content["card"].encode()), Keys(Secret(content["seed"]))
    except (ValueError, KeyError, TypeError, AttributeError, RefusedError):
        card, keys = None, None
    if card is None or keys is None or keys.signing_key != card.signing_key or keys.recipient != card.recipient:
        raise DamagedEntryError
    return Identity(card, keys, held)
