"""The escrow at one look: who holds it, how each secret is sealed, which files are at fault, and the last drill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.custody.custodian import OpenRegistry
from core.custody.escrow.drill import ON, LastDrill, last_drill
from core.custody.escrow.pairs import needed_by
from core.custody.escrow.standing import Holder, Standing, files_at_fault, holders, standings
from core.custody.escrow.unresolved import Unresolved, unresolved
from core.i18n import N_
from core.model import Credential, Envelope
from core.model.choices import Choice
from core.settings import read_settings


class HolderState(Choice):
    """Whether envelopes are made for a key."""

    IN_FORCE = "in-force", N_("in force")
    LEFT = "left", N_("has left")
    REVOKED = "revoked", N_("card revoked")


class SealState(Choice):
    """How a secret is sealed."""

    SEALED = "sealed", N_("sealed")
    STALE = "stale", N_("stale")
    MISSING = "missing", N_("not sealed")


@dataclass(frozen=True, slots=True)
class HolderRow:
    """The paper, or a person with one of their computers.

    Attributes:
        key_id: The record.
        person_id: None for the paper.
        name: How the person is called; None for the paper.
        place: Where the paper is.
        since: From which day on.
        state: Whether envelopes are made for it.
        envelopes: How many envelopes of secrets in force it takes part in opening.
    """

    key_id: UUID
    person_id: UUID | None
    name: str | None
    place: str | None
    since: date
    state: HolderState
    envelopes: int


@dataclass(frozen=True, slots=True)
class EscrowStatus:
    """All of it.

    Attributes:
        needed: How many keys it takes to open an envelope.
        holders: Whose keys are in force, the paper first.
        secrets: How each stored secret is sealed.
        damaged: The labels of the logins of which a file is gone or altered.
        opened: Openings that have not ended with a new secret.
        drill_on: Whether drills are due each quarter.
        drill: The last one.
    """

    needed: int
    holders: tuple[HolderRow, ...]
    secrets: tuple[Standing, ...]
    damaged: tuple[str, ...]
    opened: tuple[Unresolved, ...]
    drill_on: bool
    drill: LastDrill | None

    def count(self, state: SealState) -> int:
        """Return how many secrets are sealed in a way."""
        return sum(seal_state(one) is state for one in self.secrets)


def seal_state(one: Standing) -> SealState:
    """Return how a secret is sealed in one word."""
    if not one.sealed:
        return SealState.MISSING
    return SealState.STALE if one.flaws else SealState.SEALED


def escrow_status(registry: OpenRegistry, today: date) -> EscrowStatus:
    """Read how the escrow stands; the files are looked at, too."""
    damaged = tuple(files_at_fault(registry))
    with registry.reading() as session:
        settings = read_settings(session)
        needed = needed_by(settings)
        known = [one for one in holders(session).values() if one.is_in_force(today)]
        taking_part = _taking_part(session)
        rows = [_row(one, today, taking_part.get(one.key.id, 0)) for one in known]
        return EscrowStatus(
            needed,
            tuple(sorted(rows, key=lambda row: (row.name is not None, row.name or "", row.since))),
            tuple(standings(session, today, needed)),
            damaged,
            tuple(unresolved(session, today)),
            bool(settings[ON]),
            last_drill(session),
        )


def _row(one: Holder, today: date, envelopes: int) -> HolderRow:
    state = HolderState.IN_FORCE
    if one.left_on(today) is not None:
        state = HolderState.LEFT
    elif one.revoked_on is not None:
        state = HolderState.REVOKED
    key = one.key
    return HolderRow(key.id, key.person_id, one.name, key.place, key.since, state, envelopes)


def _taking_part(session: Session) -> dict[UUID, int]:
    """Return how many envelopes of secrets in force each key takes part in opening."""
    found: dict[UUID, int] = {}
    columns: list[Any] = [Envelope.escrow_key_id, Envelope.with_key_id]
    for column in columns:
        query = select(column, func.count(Envelope.id)).join(Credential, Credential.id == Envelope.credential_id)
        query = query.where(Envelope.revision == Credential.revision, column.is_not(None)).group_by(column)
        for key, count in session.execute(query):
            found[key] = found.get(key, 0) + count
    return found
