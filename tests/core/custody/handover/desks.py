"""Two people who hand over: Erika gives, Max takes, each with a keyring, meeting through files only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from core.custody import keeping
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import told
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement, read_statement_file
from core.custody.secret import Secret
from core.inventory.accesses import Grant, grant_access
from core.inventory.binding import bind
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential
from core.model import (
    Access,
    CredentialKind,
    Custody,
    HandoverItem,
    ItemKind,
    ItemState,
    Occasion,
    PlatformRole,
    Responsibility,
    ResponsibilityRole,
    Way,
)
from core.registry import open_registry
from core.storage import chain
from tests.core.custody.identity.office import NAMES, Desk, Office, meet

SECRET = "Sommer in Musterstadt 2026"
NEW_SECRET = "ganz anders, seit heute"


def yes(today: date) -> dict[str, str]:
    """All questions are answered."""
    questions = ("sessions-ended", "second-factor", "recovery", "roles-removed", "tokens-removed")
    return {"login-seen": today.isoformat(), **dict.fromkeys(questions, "yes")}


@dataclass
class Place:
    """One person at a computer, who hands over or takes over."""

    desk: Desk
    person: UUID
    sent: list[bytes] = field(default_factory=list)

    @property
    def party(self) -> Actor:
        """The person as a party, looking anew."""
        return Actor(self.desk.custodian, self.desk.now)

    def later(self, days: int = 0, minutes: int = 1) -> Place:
        """Be there some time later."""
        gone = timedelta(days=days, minutes=minutes)
        self.desk = replace(self.desk, today=self.desk.today + timedelta(days=days), now=self.desk.now + gone)
        return self

    def take_in(self, statement: Statement) -> Any:
        """Take in a statement's file."""
        return protocol.take_in(self.party, read_statement_file(statement.file_text.encode()))

    def items(self, handover: UUID) -> dict[UUID, HandoverItem]:
        """The rows as the registry keeps them."""
        with self.desk.registry.reading() as session:
            rows = session.scalars(select(HandoverItem).where(HandoverItem.handover_id == handover)).all()
            session.expunge_all()
        return {row.item_id: row for row in rows}

    def states(self, handover: UUID) -> list[ItemState]:
        """How far the things are."""
        return sorted(one.state for one in self.items(handover).values())

    def custodies(self, credential: UUID) -> set[tuple[str, int, bool]]:
        """Who keeps which revision, and whether still: Erika as "giver", Max as "taker" is told by the caller."""
        with self.desk.registry.reading() as session:
            rows = session.scalars(select(Custody).where(Custody.credential_id == credential)).all()
            return {(str(row.person_id), row.revision, row.until is None) for row in rows}

    def revision(self, credential: UUID) -> int:
        """Which revision is in force here."""
        return self.party.revision(credential)

    def log_holds(self) -> bool:
        """Say whether the registry's own log is whole; both copies are one to this computer, and heads differ."""
        with self.desk.registry.reading() as session:
            return chain.verify(session).broken_at is None

    def get(self, table: Any, record: UUID) -> Any:
        """A record as it is here."""
        with self.desk.registry.reading() as session:
            found = session.get(table, record)
            session.expunge_all()
        return found


@dataclass
class Pair:
    """Erika, who gives, and Max, who takes; the things are Erika's."""

    giver: Place
    taker: Place
    things: Mapping[str, UUID]
    handover: UUID = field(default_factory=uuid4)

    def told(self, name: str, way: Way) -> Told:
        """A thing as the taker's registry tells of it."""
        kinds = {"login": ItemKind.CREDENTIAL, "role": ItemKind.ACCESS, "duty": ItemKind.RESPONSIBILITY}
        with self.taker.desk.registry.reading() as session:
            return told(session, kinds[name], self.things[name], way)

    def request(self, name: str, way: Way, occasion: Occasion = Occasion.LEAVING, **more: Any) -> Statement:
        """Max asks for a thing, and Erika takes his request in, unless they share a registry."""
        taker = self.taker.party
        asked = protocol.request(taker, self.handover, self.giver.person, [self.told(name, way)], occasion, **more)
        self.exchange(self.giver, asked)
        return asked

    def exchange(self, to: Place, statement: Statement) -> Any:
        """Send a statement as a file."""
        to.later()
        return to.take_in(statement)

    def states(self) -> set[tuple[ItemState, ...]]:
        """How far it is in both registries: one element if both say the same."""
        return {tuple(one.states(self.handover)) for one in (self.giver, self.taker)}


def pair_of(office: Office, *, shared: bool, verified: bool = True, move: bool = False) -> Pair:
    """Let Erika have a login with its secret, a role and a duty; then let both be at their computers."""
    things, names = _things(office), ("Erika", "Erika" if move else "Max")
    erika, max_ = (_beside(office, name) if shared else office.desk(name) for name in names)
    if verified:
        meet(erika, max_)
    giver, taker = (Place(desk, office.people[name]) for desk, name in zip((erika, max_), names, strict=True))
    keeping.store_secret(erika.custodian, things["login"], Secret(SECRET))
    return Pair(giver, taker, things)


def _beside(office: Office, name: str) -> Desk:
    """Open the one registry at a computer of one's own."""
    registry = open_registry(office.first.path, today=lambda: date(2026, 11, 23))
    registry.store_id = uuid4()
    with registry.action("bind") as session:
        bind(session, registry.store_id, f"{name} {NAMES[name]}", date(2026, 11, 23))
    return office.make(registry)


def _things(office: Office) -> dict[str, UUID]:
    today, erika = date(2026, 11, 23), office.people["Erika"]
    with office.first.action("things") as session:
        channel = add_channel(session, "instagram.com/stadt.musterstadt", today=today)
        login = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Instagram", (channel.id,), "presse"))
        given = Grant(erika, platform_role=PlatformRole.ADMIN)
        access = grant_access(session, channel.id, given, today - timedelta(days=300), None)
        tie = Responsibility(channel_id=channel.id, person_id=erika, role=ResponsibilityRole.OWNER)
        session.add(tie)
        return {"login": login.id, "role": access.id, "duty": tie.id, "channel": channel.id}


__all__ = ["NEW_SECRET", "SECRET", "Access", "Pair", "Place", "pair_of", "yes"]
