"""The full log of uses: off, unless the city switched it on with a works agreement's reference and an end date.

While it is off, only the day of a person's first reading of a revision is kept (trust.md, "People's data"). Once its
time is over nothing more is written, and what was written is deleted the next time anything is derived.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.model import SecretUse
from core.settings import read_settings

READ, USED = "read", "used"
"""What a use can be: a secret was shown or copied; or it was used and not shown, for a one-time code for example."""

REFERENCE, UNTIL = "uses-log.reference", "uses-log.until"


@dataclass(frozen=True, slots=True)
class UsesLog:
    """The full log of uses is on: under which agreement, and up to which day, that day included."""

    reference: str
    until: date


def uses_log(settings: Mapping[str, str | int | bool], today: date) -> UsesLog | None:
    """Return under what the full log of uses is on, None while it is off; it switches itself off after its last day."""
    reference, last = str(settings[REFERENCE]).strip(), last_day(settings)
    return UsesLog(reference, last) if reference and last is not None and today <= last else None


def last_day(settings: Mapping[str, str | int | bool]) -> date | None:
    """Return the last day of the full log, None where none is entered that is a day."""
    with suppress(ValueError):
        return date.fromisoformat(str(settings[UNTIL]))
    return None


def note_use(custodian: Custodian, credential_id: UUID, kind: str) -> None:
    """Write down that a secret is used, while the full log is on; before it is, so that none is missing.

    Raises:
        VaultError: Nobody is bound to this workstation.
        RegistryError: The registry cannot be written; then the secret is not used.
    """
    registry = custodian.registry
    with registry.reading() as session:
        log = uses_log(read_settings(session), custodian.today)
    if log is None:
        return
    person, now = custodian.person_id, datetime.now(UTC)
    with registry.deriving() as session:
        session.add(SecretUse(at=now, person_id=person, credential_id=credential_id, kind=kind))


def forget_uses(session: Session, today: date) -> bool:
    """Delete what the full log holds as soon as it is off; outside the log of changes, in a session that may write.

    Returns:
        Whether there was anything to delete.
    """
    if session.scalar(select(SecretUse.id).limit(1)) is None:
        return False
    if uses_log(read_settings(session), today) is not None:
        return False
    session.execute(delete(SecretUse))
    return True
