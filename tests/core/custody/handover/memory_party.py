"""Small keyrings and registries in memory, and the party at one computer that does the real protocol on them.

Every write that lasts goes through `World.lasting`, where a test can let the program die before the k-th.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from core.custody.handover.course import Course, course_of
from core.custody.handover.formats.statements import Statement
from core.custody.handover.steps.case import secrets_in
from core.custody.identity.cards import Card, Owner, make_card
from core.custody.identity.enrolling import Identity
from core.custody.identity.keys import Keys, base64_of
from core.custody.secret import Secret
from core.errors import ConflictError
from core.model.choices import Act

REGISTRY = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a001"
START = datetime(2026, 11, 23, 9, tzinfo=UTC)
Slot = tuple[UUID, int]


class Crash(Exception):  # noqa: N818 - the program dies, which is no error of it
    """The program dies between two writes that last."""


@cache
def keys_of(name: str) -> Keys:
    """Return keys that follow from a name; making them is the slow part."""
    return Keys(Secret(base64_of(sha256(name.encode()).digest())))


@cache
def card_of(person: UUID, name: str, device: str, turn: int, registry: str = REGISTRY) -> Card:
    """Return the card of a computer; each turn of it replaces the one before."""
    owner = Owner(registry, person, name, device, UUID(bytes=sha256(device.encode()).digest()[:16]))
    before = card_of(person, name, device, turn - 1, registry) if turn else None
    older = (before, keys_of(f"{device}/{turn - 1}")) if before is not None else None
    return make_card(owner, keys_of(f"{device}/{turn}"), START + timedelta(seconds=turn), before=older)


@dataclass
class Keyring:
    """One computer: its identity, secrets, marks and pins; nothing of it goes back when a registry is put back."""

    person: UUID
    name: str
    device: str
    turn: int = 0
    slots: dict[Slot, Secret] = field(default_factory=dict)
    marks: set[str] = field(default_factory=set)
    number: int = 0
    pins: set[str] = field(default_factory=set)
    ahead: timedelta = timedelta(0)
    lost: bool = False

    @property
    def card(self) -> Card:
        """The card in force."""
        return card_of(self.person, self.name, self.device, self.turn)

    @property
    def cards(self) -> list[Card]:
        """All cards that this computer ever had."""
        return [card_of(self.person, self.name, self.device, turn) for turn in range(self.turn + 1)]

    @property
    def identity(self) -> Identity:
        """The card with its keys."""
        return Identity(self.card, keys_of(f"{self.device}/{self.turn}"), cast("Any", None))


@dataclass
class Registry:
    """One copy of the registry; all of it can be put back to an earlier state."""

    statements: dict[UUID, dict[str, Statement]] = field(default_factory=dict)
    revisions: dict[UUID, int] = field(default_factory=dict)
    custody: set[tuple[UUID, UUID, int]] = field(default_factory=set)
    """Person, credential and revision."""
    cards: dict[str, Card] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    names: dict[UUID, str] = field(default_factory=dict)
    head: UUID | None = None
    envelopes: dict[Slot, Secret] = field(default_factory=dict)

    def copied(self) -> Registry:
        """Return a copy, as a backup is."""
        return Registry(
            {one: dict(known) for one, known in self.statements.items()},
            dict(self.revisions),
            set(self.custody),
            dict(self.cards),
            set(self.revoked),
            dict(self.names),
            self.head,
            dict(self.envelopes),
        )


@dataclass
class World:
    """The clock, and the writes until the program dies."""

    now: datetime = START
    left: int | None = None
    courses: dict[Any, Course] = field(default_factory=dict)

    @contextmanager
    def dying_at(self, write: int | None) -> Iterator[None]:
        """Let the program die before the k-th write that lasts."""
        self.left = write
        try:
            yield
        finally:
            self.left = None

    def lasting(self) -> None:
        """Stand before every write that lasts."""
        if self.left is not None:
            self.left -= 1
            if self.left < 0:
                self.left = None
                raise Crash

    def course(self, registry: Registry, handover: UUID, now: datetime, pending: frozenset[UUID]) -> Course:
        """Return how far a handover is in a copy; each is told once only."""
        known = registry.statements[handover]
        key = (tuple(known), now.date(), registry.head, pending)
        if key not in self.courses:
            self.courses[key] = course_of(known.values(), now, head=registry.head, in_keyring=pending)
        return self.courses[key]


@dataclass
class MemoryParty:
    """A person at a computer; the `Party` of the tests."""

    world: World
    keyring: Keyring
    copy: Registry

    @property
    def registry(self) -> str:
        return REGISTRY

    @property
    def person(self) -> UUID:
        return self.keyring.person

    @property
    def head(self) -> UUID | None:
        return self.copy.head

    @property
    def now(self) -> datetime:
        return self.world.now + self.keyring.ahead

    def me(self) -> Identity:
        return self.keyring.identity

    def name_of(self, person: UUID) -> str | None:
        return self.copy.names.get(person)

    def verified(self, card: Card) -> bool:
        mine = card.fingerprint == self.keyring.card.fingerprint
        return (mine or card.fingerprint in self.keyring.pins) and not self.is_revoked(card.fingerprint)

    def is_revoked(self, fingerprint: str) -> bool:
        return fingerprint in self.copy.revoked

    def usable(self, person: UUID) -> list[Card]:
        cards = [one for one in self.copy.cards.values() if one.person == person and self.verified(one)]
        return [one for one in cards if not any(newer.replaces(one) for newer in self.copy.cards.values())]

    def statements(self, handover: UUID) -> tuple[Statement, ...]:
        return tuple(self.copy.statements.get(handover, {}).values())

    def open_items(self, item: UUID) -> tuple[UUID, ...]:
        return tuple(one for one, course in self.courses() if (found := course.item(item)) and found.is_open)

    def owes_rotation(self, credential: UUID) -> bool:
        found = (course.item(credential) for _handover, course in self.courses())
        return any(one is not None and one.owes_rotation(self.revision(credential)) for one in found)

    def revision(self, credential: UUID) -> int:
        return self.copy.revisions.get(credential, 0)

    def audit_head(self) -> str:
        return "a1" * 32

    def held(self, credential: UUID, revision: int) -> Secret | None:
        return self.keyring.slots.get((credential, revision))

    def held_to_seal(self, credential: UUID, revision: int) -> Secret | None:
        return self.held(credential, revision)

    def newest(self, credential: UUID) -> int:
        return max((revision for known, revision in self.keyring.slots if known == credential), default=0)

    def is_used(self, mark: str) -> bool:
        return mark in self.keyring.marks

    def use(self, mark: str) -> None:
        self.world.lasting()
        self.keyring.marks.add(mark)

    def next_number(self) -> int:
        self.world.lasting()
        self.keyring.number += 1
        return self.keyring.number

    def keep(self, credential: UUID, revision: int, secret: Secret) -> None:
        self._put(credential, revision, secret)
        self.world.lasting()
        self.copy.custody.add((self.person, credential, revision))
        self.copy.revisions[credential] = max(self.revision(credential), revision)

    def drop(self, credential: UUID, up_to: int) -> None:
        for slot in [one for one in self.keyring.slots if one[0] == credential and one[1] <= up_to]:
            self.world.lasting()
            del self.keyring.slots[slot]
        self.world.lasting()
        ended = {(self.person, credential, revision) for revision in range(up_to + 1)}
        self.copy.custody -= ended

    def begin_rotation(self, credential: UUID, secret: Secret) -> int:
        if any(
            known == credential and revision > self.revision(credential) and person != self.person
            for person, known, revision in self.copy.custody
        ):
            raise ConflictError("a change is under way elsewhere")
        revision = max(self.newest(credential), self.revision(credential) + 1)
        if (credential, revision) not in self.keyring.slots:
            self._put(credential, revision, secret)
        self.world.lasting()
        self.copy.envelopes[credential, revision] = self.keyring.slots[credential, revision]
        self.world.lasting()
        self.copy.custody.add((self.person, credential, revision))
        return revision

    def finish_rotation(self, credential: UUID, revision: int) -> None:
        if self.revision(credential) > revision or (credential, revision) not in self.keyring.slots:
            raise ConflictError("somebody else was quicker")
        self.world.lasting()
        self.copy.custody.add((self.person, credential, revision))
        self.copy.revisions[credential] = revision
        self.copy.envelopes.setdefault((credential, revision), self.keyring.slots[credential, revision])
        for slot in [one for one in self.copy.envelopes if one[0] == credential and one[1] < revision]:
            self.world.lasting()
            del self.copy.envelopes[slot]

    def record(self, *statements: Statement, learnt: Mapping[UUID, int]) -> None:
        self.world.lasting()
        for one in statements:
            self.copy.statements.setdefault(one.handover, {})[one.digest] = one
            self.copy.cards.setdefault(one.by.fingerprint, one.by)
            if one.act in (Act.SEALING, Act.RECEIPT):
                self.copy.custody |= {(one.by.person, told.id, told.revision or 0) for told in one.items}
        for credential, revision in learnt.items():
            if revision > self.revision(credential):
                self.copy.revisions[credential] = revision
                self.copy.custody.add((statements[0].taker, credential, revision))

    # What the tests do besides the protocol.

    def courses(self) -> Iterator[tuple[UUID, Course]]:
        """Give all handovers of this copy."""
        for handover in self.copy.statements:
            yield handover, self.course(handover)

    def course(self, handover: UUID) -> Course:
        """Return how far a handover is, as this party sees it."""
        credentials = secrets_in(self.statements(handover))
        pending = frozenset(one for one in credentials if self.newest(one) > self.revision(one))
        return self.world.course(self.copy, handover, self.now, pending)

    def abandon(self, credential: UUID) -> None:
        """Give up a prepared secret, as the page of the logins does."""
        revision = self.newest(credential)
        self.keyring.slots.pop((credential, revision), None)
        self.copy.envelopes.pop((credential, revision), None)
        self.copy.custody.discard((self.person, credential, revision))

    def _put(self, credential: UUID, revision: int, secret: Secret) -> None:
        self.world.lasting()
        self.keyring.slots[credential, revision] = secret
