"""Writes an import that was looked at: all of it in one action, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from core.errors import ConflictError
from core.exchange.importing.known_channels import state_of
from core.exchange.importing.proposal import Proposal
from core.i18n import _
from core.model import OrgUnit, Person
from core.storage.journal import insert_many


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import wrote."""

    created: int
    changed: int
    unchanged: int
    refused: int
    people: int
    units: int


def apply(session: Session, proposal: Proposal, *, today: date) -> Outcome:  # noqa: ARG001 - the same seam as propose
    """Write what was proposed; call inside `registry.action(N_("Import list"))`.

    Raises:
        ConflictError: The registry has changed since the proposal was made.
    """
    if state_of(session) != proposal.state:
        raise ConflictError(
            _("The registry has changed since this list was looked at. Please look at the list again, then import it.")
        )
    writes = proposal.writes
    for model, record_id in writes.removals:
        session.delete(session.get_one(model, record_id))
    for (model, record_id), columns in writes.changes.items():
        record = session.get_one(model, record_id)
        for column, value in columns.items():
            setattr(record, column, value)
    session.flush()
    for model, rows in writes.creations.items():
        insert_many(session, model, rows)
    return Outcome(
        proposal.created,
        proposal.changed,
        proposal.unchanged,
        proposal.refused,
        people=len(writes.creations.get(Person, ())),
        units=len(writes.creations.get(OrgUnit, ())),
    )
