"""The records that one looks for most: channels without anybody in charge, people who are leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, or_, select
from sqlalchemy.orm import Session

from core.i18n import N_
from core.inventory.credentials import in_use, live_custody
from core.inventory.people import state_on
from core.model import (
    Channel,
    Credential,
    Custody,
    Finding,
    KeptIn,
    OrgUnit,
    Person,
    PersonState,
    Record,
    Responsibility,
)

FILTERS = {"all": N_("All"), "unowned": N_("Without owner"), "stale": N_("Stale"), "mine": N_("Mine")}
"""The filters of the channels by key, with the source text of their name, in their order."""

PEOPLE_FILTERS = {"all": N_("All"), "leaving": N_("Leaving"), "left": N_("Left")}
"""The filters of the people."""

UNIT_FILTERS = {"all": N_("All"), "ended": N_("No longer existing")}
"""The filters of the units."""

CREDENTIAL_FILTERS = {
    "all": N_("All"),
    "to-change": N_("To be changed"),
    "one-holder": N_("Held by one person"),
    "not-stored": N_("Not stored yet"),
    "held-by-me": N_("Held by me"),
}
"""The filters of the logins."""

ONES_OWN = frozenset({"mine", "held-by-me"})
"""The filters that show what one person has; nothing is counted by person, not even before that person."""

_RECORDS: tuple[tuple[Mapping[str, str], type[Record]], ...] = (
    (FILTERS, Channel),
    (PEOPLE_FILTERS, Person),
    (UNIT_FILTERS, OrgUnit),
    (CREDENTIAL_FILTERS, Credential),
)
_STATES = {"leaving": PersonState.LEAVING, "left": PersonState.LEFT}
_RULES = {
    "unowned": ("no-owner", "owner-left"),
    "stale": ("stale", "dormant"),
    "to-change": ("rotation-owed", "rotation-overdue", "timed-rotation"),
}


def filtered(key: str, today: date, me: UUID | None) -> Select[Any] | None:
    """Return the query for the ids of a filter's records, None for all records.

    Args:
        key: A key of FILTERS, PEOPLE_FILTERS, UNIT_FILTERS or CREDENTIAL_FILTERS.
        today: The day on which a responsibility must be valid.
        me: The person at this workstation, None where nobody is bound; nothing is theirs then.
    """
    match key:
        case "unowned" | "stale":
            return select(Finding.subject_id).where(Finding.rule.in_(_RULES[key]), Finding.subject_type == "channel")
        case "to-change":
            return select(Finding.subject_id).where(Finding.rule.in_(_RULES[key]), Finding.subject_type == "credential")
        case "one-holder":
            return _with_one_person(today)
        case "not-stored":
            stored = (Credential.kept_in == KeptIn.KEYRING) & (Credential.revision == 0) & in_use(today)
            return select(Credential.id).where(stored)
        case "held-by-me":
            held = select(Custody.credential_id).where(Custody.person_id == me, Custody.until.is_(None))
            return held if me is not None else select(Credential.id).where(false())
        case "mine" if me is None:
            return select(Channel.id).where(false())
        case "mine":
            return select(Responsibility.channel_id).where(
                Responsibility.person_id == me,
                or_(Responsibility.since.is_(None), Responsibility.since <= today),
                or_(Responsibility.until.is_(None), Responsibility.until >= today),
            )
        case "leaving" | "left":
            return select(Person.id).where(state_on(today) == _STATES[key])
        case "ended":
            return select(OrgUnit.id).where(OrgUnit.active.is_(False))
        case _:
            return None


def _with_one_person(today: date) -> Select[Any]:
    """Return the query for the logins whose secret in force only one person keeps.

    The finding "sole-holder" is another matter: it stays away where the escrow would help that person's colleagues.
    """
    kept = select(Custody.credential_id).join(Credential, Credential.id == Custody.credential_id)
    kept = kept.where(live_custody(today), in_use(today), Credential.kept_in == KeptIn.KEYRING)
    return kept.group_by(Custody.credential_id).having(func.count(Custody.person_id.distinct()) == 1)


def filter_counts(
    session: Session, today: date, me: UUID | None, filters: Mapping[str, str] = FILTERS
) -> dict[str, int]:
    """Count the records of each filter of one list, except of those that tell of one person."""
    record = next(record for known, record in _RECORDS if known is filters)
    return {key: _count(session, record, filtered(key, today, me)) for key in filters if key not in ONES_OWN}


def _count(session: Session, record: type[Record], only: Select[Any] | None) -> int:
    query = select(func.count()).select_from(record)
    return session.execute(query if only is None else query.where(record.id.in_(only))).scalar_one()
