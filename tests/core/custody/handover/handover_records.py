"""Records of handovers and key cards, with defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from core.model import (
    Handover,
    HandoverItem,
    ItemKind,
    ItemState,
    KeyCard,
    KeyVerification,
    Occasion,
    Person,
    VerifiedBy,
    Way,
)
from tests.core.custody.keeping_records import LONG_AGO, make_copy, make_login, make_store
from tests.factories import make_person


def make_handover(giver: Person, taker: Person, **values: Any) -> Handover:
    """Somebody leaves and hands over."""
    ids = {"from_id": giver.id, "to_id": taker.id}
    return Handover(**{**ids, "occasion": Occasion.LEAVING, "opened_on": LONG_AGO, **values})


def make_item(handover: Handover, **values: Any) -> HandoverItem:
    """A login that is to be sealed, asked for long ago."""
    defaults = {"kind": ItemKind.CREDENTIAL, "way": Way.SEALED, "state": ItemState.REQUESTED, "state_since": LONG_AGO}
    return HandoverItem(**{"handover_id": handover.id, "item_id": uuid4(), **defaults, **values})


def make_key_card(person: Person, **values: Any) -> KeyCard:
    """A person's card, of which only the registry's side matters."""
    defaults = {"store_id": uuid4(), "text": "{}", "fingerprint": uuid4().hex * 2, "created_on": LONG_AGO}
    return KeyCard(**{"person_id": person.id, **defaults, **values})


def make_verification(card: KeyCard, person: Person, **values: Any) -> KeyVerification:
    """A person says that they verified a card."""
    ids = {"key_card_id": card.id, "person_id": person.id}
    return KeyVerification(**{**ids, "how": VerifiedBy.WORDS, "on": LONG_AGO, **values})


def troubled_handovers(today: date) -> Iterator[Any]:
    """Give handovers and cards of which every rule about them raises some, in every variant of its sentence."""
    giver, taker = make_person(function="Presse"), make_person(given_name="Ute")
    login = make_login(label="Unterwegs")
    handover, back = make_handover(giver, taker), make_handover(taker, giver)
    yield from (giver, taker, login, handover, back)
    yield make_item(handover)
    yield make_item(handover, state=ItemState.OPENED)
    yield make_item(back, item_id=login.id, state=ItemState.REFUSED, sealed_on=LONG_AGO, revision_before=2)
    yield make_item(back, state=ItemState.SEALED, expires_on=today + timedelta(days=99))
    yield from (make_key_card(giver), make_key_card(taker))
    store = make_store(taker)
    yield from (store, make_copy(login, store, last_seen_on=today - timedelta(days=400)))
