"""How the registry keeps faith with the people it knows: what is kept for a running case, and what has been erased."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.organisation import reference
from core.model.oversight import OUTSIDE_THE_JOURNAL
from core.model.record import PERSONAL, Base, Record

REDACTED = "[…]"
"""What takes the place of a name in a text; a file of the library that is called so was erased."""


class DataHold(Record, kw_only=True):
    """A person's data is kept although its time has come, for a reason and until a day, that day included.

    Attributes:
        ended_on: The day on which somebody lifted it early.
    """

    __tablename__ = "data_hold"

    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    reason: Mapped[str] = mapped_column(info=PERSONAL)
    since: Mapped[date]
    until: Mapped[date]
    ended_on: Mapped[date | None] = mapped_column(default=None)


class Erasure(Base, kw_only=True):
    """One run of the erasure: what it set out to remove and how far it has come, so that it can be taken up again.

    It lies outside the log, because it works on the log itself; what it did is an entry there.

    Attributes:
        plan: What was confirmed: record ids, numbers of log entries, report runs; never a name.
        done: The steps that are durably behind it, by their keys.
        counts: How many values, reports and backups it removed, by kind.
    """

    __tablename__ = "erasure"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4)
    begun_at: Mapped[datetime]
    as_of: Mapped[date]
    by_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    plan: Mapped[dict[str, Any]]
    done: Mapped[tuple[str, ...]] = mapped_column(default=())
    counts: Mapped[dict[str, Any]]
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class SecretUse(Base, kw_only=True):
    """One use of a secret by a person; written only while the full log of uses is switched on, and erased with it."""

    __tablename__ = "secret_use"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4)
    at: Mapped[datetime]
    person_id: Mapped[uuid.UUID] = mapped_column(index=True)
    credential_id: Mapped[uuid.UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
