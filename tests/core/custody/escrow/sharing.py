"""An office whose people sit at computers of their own and share one registry, with logins to seal."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.envelopes import envelope_files
from core.custody.escrow.pairs import needed_in
from core.custody.escrow.standing import Fault, Standing, standings
from core.custody.identity.circle import look
from core.custody.identity.enrolling import Identity
from core.custody.recovery import RecoveryKey, new_recovery_key, put_in_force
from core.custody.secret import Secret
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, EscrowOpening
from core.registry import Registry
from tests.core.custody.identity.office import Desk, Office
from tests.parts.missing import needed_program

SECRETS = {"Facebook": "Möwe 🔑", "Mastodon": "zweite\nZeile"}


@dataclass
class Seat:
    """One person at one computer who acts in a registry that several share by turns."""

    desk: Desk
    person_id: UUID
    store_id: UUID

    @property
    def custodian(self) -> Custodian:
        """The person, signed in: the registry is theirs for this step."""
        registry = self.desk.registry
        registry.store_id, registry._me = self.store_id, None
        return self.desk.custodian


def take_seats(office: Office, *names: str) -> list[Seat]:
    """Let people share the first registry, each with a keyring of their own."""
    seats = []
    for name in names:
        desk = office.desk(name, same_registry=True)
        seats.append(Seat(desk, office.people[name], desk.registry.store_id))
    return seats


def enrol(*seats: Seat) -> None:
    """Make a card for each."""
    for seat in seats:
        _ = seat.custodian
        seat.desk.enrol()


def verify(one: Seat, other: Seat) -> None:
    """Let two people compare their words."""
    cards = []
    for seat in (one, other):
        _ = seat.custodian
        cards.append(seat.desk.enrol())
    for me, them, card in ((one, other, cards[1]), (other, one, cards[0])):
        _ = them.custodian
        read_out = them.desk.words(cards[0] if them is other else cards[1])
        _ = me.custodian
        me.desk.verify(card, read_out)


def store(seat: Seat) -> dict[str, UUID]:
    """Let a person keep some secrets."""
    custodian = seat.custodian
    with custodian.registry.action("add") as session:
        made = {label: add_credential(session, NewCredential(CredentialKind.PASSWORD, label)).id for label in SECRETS}
    for label, login in made.items():
        keeping.store_secret(custodian, login, Secret(SECRETS[label]))
    return made


def print_key(seat: Seat) -> RecoveryKey:
    """Put a printed key into the safe."""
    made = new_recovery_key()
    put_in_force(seat.custodian, made.recipient, place="Tresor")
    return made


def files(registry: Registry) -> list[Path]:
    """Return the envelopes' files."""
    return list(envelope_files(registry.path))


def opened_by_age(file: Path, *identities: Secret, folder: Path) -> dict[str, object] | None:
    """Open a file with the real command, seal by seal; None where it does not open."""
    content = file.read_bytes()
    for number, one in enumerate(identities):
        key = folder / f"key-{number}.txt"
        key.write_text(one.reveal() + "\n", "utf-8")
        command = [needed_program("age"), "--decrypt", "--identity", str(key)]
        done = subprocess.run(command, input=content, capture_output=True, timeout=30, check=False)
        if done.returncode:
            return None
        content = done.stdout
    if content.startswith(b"-----BEGIN AGE"):
        return None  # There is one more seal.
    found: dict[str, object] = json.loads(content)
    return found


def me(seat: Seat) -> Identity:
    """Return somebody's identity."""
    found = look(seat.custodian).me
    assert found is not None
    return found


def identity(seat: Seat) -> Secret:
    """Return the private half that somebody exports from their own keyring."""
    return me(seat).keys.age_identity()


def faults(seat: Seat) -> set[Fault]:
    """Return what is wrong with the envelopes."""
    return {flaw.fault for one in judged(seat).values() for flaw in one.flaws}


def judged(seat: Seat) -> dict[str, Standing]:
    """Return how each secret is sealed, by label."""
    custodian = seat.custodian
    with custodian.registry.reading() as session:
        return {one.label: one for one in standings(session, custodian.today, needed_in(session))}


def openings(seat: Seat) -> list[EscrowOpening]:
    """Return the openings and drills that are recorded, the first one first."""
    with seat.custodian.registry.reading() as session:
        found = list(session.scalars(select(EscrowOpening).order_by(EscrowOpening.created_at)))
        session.expunge_all()
    return found
