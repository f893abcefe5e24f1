"""Colleagues in tests of key cards: keys of their own, cards that arrive, and what is done at other computers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from core.custody.custodian import Custodian
from core.custody.identity import enrolling, verifying
from core.custody.identity.cards import Card, Owner, make_card
from core.custody.identity.enrolling import card_row
from core.custody.identity.keys import Keys, new_seed
from core.custody.identity.statements import Said, Statement, make_statement
from core.i18n import N_
from core.inventory.people import add_person
from core.model import KeyCard


class Colleague:
    """Somebody with keys of their own; their keyring is nobody's business here."""

    def __init__(self, desk: Any, name: str, device: str = "PC-120", person: UUID | None = None) -> None:
        if person is None:
            with desk.registry.action(N_("Person")) as session:
                person = add_person(session, name).id
        self.keys, self.person, self.name = Keys(new_seed()), person, name
        owner = Owner(desk.registry.id, person, name, device, uuid4())
        self.card = make_card(owner, self.keys, datetime.now(UTC))

    def arrive(self, custodian: Custodian) -> None:
        """Come into the registry, as a shared one brings it."""
        enrolling.record_card(custodian, self.card, N_("Take in key card"))

    def say(self, said: Said, card: Card) -> Statement:
        """Certify or revoke a card at their own computer."""
        return make_statement(said, card, self.card, self.keys, datetime.now(UTC))


def verify(custodian: Custodian, card: Card) -> None:
    """Verify a card by words, as the dialog does."""
    now = datetime.now(UTC)
    right = verifying.words_with(custodian, card, now)
    numbers = verifying.begin_verification(custodian, card, now)
    verifying.verify_by_words(custodian, card, {number: right[number - 1] for number in numbers}, now)


def saved_as(monkeypatch: Any, target: Path) -> Path:
    """Let the next file be saved there."""
    monkeypatch.setattr("gui.key_card_files.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
    return target


def card_in(session, card: Card) -> KeyCard:
    """What the registry keeps of a card."""
    row = card_row(session, card.fingerprint)
    assert row is not None
    return row
