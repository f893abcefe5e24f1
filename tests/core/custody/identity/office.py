"""Members of staff who meet only through files: each with a keyring and a copy of the registry of their own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from core.custody.custodian import Custodian
from core.custody.identity import certifying, enrolling, verifying
from core.custody.identity.armor import unarmored
from core.custody.identity.cards import Card, read_card
from core.custody.identity.circle import look
from core.custody.identity.listing import CardRow, card_rows
from core.custody.identity.pins import Pin
from core.custody.vault import open_vault
from core.inventory.binding import bind
from core.registry import Registry, open_registry
from tests.factories import make_person
from tests.parts.keyrings import Keyring, Keyrings

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NAMES = {"Erika": "Mustermann", "Max": "Mustermann", "Lisa": "Musterfrau"}


@dataclass
class Desk:
    """One person at one computer."""

    registry: Registry
    keyring: Keyring
    keyrings: Keyrings
    today: date
    now: datetime = NOW

    @property
    def custodian(self) -> Custodian:
        """The person, signed in."""
        self.keyrings.use(self.keyring)
        return Custodian(self.registry, open_vault(self.registry.id, limit_seconds=60), self.today)

    def enrol(self, *, renew: bool = False) -> Card:
        """Make a card, which everybody else gets as a file."""
        card = enrolling.enrol(self.custodian, self.now, renew=renew)
        return read_card(unarmored(card.file_text.encode())[1])

    def words(self, card: Card) -> tuple[str, ...]:
        """See the six words."""
        return verifying.words_with(self.custodian, card, self.now)

    def verify(self, card: Card, read_out: tuple[str, ...]) -> Pin:
        """Type the words that the other side reads out."""
        numbers = verifying.begin_verification(self.custodian, card, self.now)
        typed = {number: read_out[number - 1] for number in numbers}
        return verifying.verify_by_words(self.custodian, card, typed, self.now)

    def circle(self) -> Any:
        """What is known here."""
        return look(self.custodian)

    def row(self, card: Card) -> CardRow:
        """How a card is listed here."""
        return next(row for row in card_rows(self.custodian) if row.fingerprint == card.fingerprint)

    def later(self, days: int) -> Desk:
        """Be at the same desk some days later."""
        gone = timedelta(days=days)
        return replace(self, today=self.today + gone, now=self.now + gone)


@dataclass
class Office:
    """Three people who know each other in the registry; Erika is head of press."""

    people: dict[str, UUID]
    first: Registry
    make: Callable[[Registry], Desk]
    folder: Path

    def desk(self, name: str, *, same_registry: bool = False) -> Desk:
        """Give a person a computer with a keyring, and a copy of the registry unless they share it."""
        registry = self.first if same_registry else self._copy()
        registry.store_id = uuid4()
        registry._me = None
        with registry.action("bind") as session:
            bind(session, registry.store_id, f"{name} {NAMES[name]}", date(2026, 11, 23))
        return self.make(registry)

    def _copy(self) -> Registry:
        target = self.folder / f"{uuid4()}.kanalregister"
        shutil.copyfile(self.first.path, target)
        return open_registry(target, today=lambda: date(2026, 11, 23))


def found_office(registry: Registry, keyrings: Keyrings, today: date, folder: Path) -> Office:
    """Enter the people and name the head."""
    made = {given: make_person(given_name=given, family_name=family) for given, family in NAMES.items()}
    people = {given: person.id for given, person in made.items()}
    with registry.action("people") as session:
        session.add_all(made.values())
    with registry.action("head") as session:
        certifying.name_head(session, people["Erika"])
    return Office(people, registry, lambda one: Desk(one, keyrings(), keyrings, today), folder)


def meet(one: Desk, other: Desk) -> tuple[Card, Card]:
    """Let two people exchange their cards and verify them by words on the telephone."""
    cards = one.enrol(), other.enrol()
    one.verify(cards[1], other.words(cards[0]))
    other.verify(cards[0], one.words(cards[1]))
    return cards
