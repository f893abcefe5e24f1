"""What the registry keeps about itself: its settings, who works where, derived findings, reports made."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.organisation import reference
from core.model.record import PERSONAL, TEAM_ONLY, Base, Record

OUTSIDE_THE_JOURNAL: dict[str, Any] = {"journal": False}


class RegistrySetting(Record, kw_only=True):
    """One setting of the registry that was changed from its default (`core.settings`)."""

    __tablename__ = "registry_setting"

    key: Mapped[str] = mapped_column(String(80), unique=True)
    value: Mapped[dict[str, Any]] = mapped_column(info=TEAM_ONLY)
    """`{"value": ...}`, so that every kind of setting is stored alike."""


class StoreBinding(Record, kw_only=True):
    """A person works at a store, that is under one account of one operating system; bound once."""

    __tablename__ = "store_binding"

    store_id: Mapped[uuid.UUID] = mapped_column(index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)


class Finding(Base, kw_only=True):
    """Something that is not as a rule wants it; derived from the records and written anew when they change."""

    __tablename__ = "finding"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    rule: Mapped[str] = mapped_column(String(40), index=True)
    severity: Mapped[str] = mapped_column(String(10))
    subject_type: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(default=None, index=True)
    evidence: Mapped[dict[str, Any]]
    since: Mapped[date | None] = mapped_column(default=None)


class FindingState(Base, kw_only=True):
    """For which entry of the log, which day and which rules the findings were derived; there is one row at most."""

    __tablename__ = "finding_state"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seq: Mapped[int]
    day: Mapped[date]
    rules: Mapped[str] = mapped_column(String(64))


class MendedFinding(Base, kw_only=True):
    """A finding that an action put an end to; derived when it went, so that who mended it is told."""

    __tablename__ = "mended_finding"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    rule: Mapped[str] = mapped_column(String(40))
    subject_type: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(default=None, index=True)
    since: Mapped[date | None] = mapped_column(default=None)
    mended_on: Mapped[date]
    action_id: Mapped[uuid.UUID] = mapped_column(index=True)


class Waiver(Record, kw_only=True):
    """A finding that is borne with for a reason and for a time, both days included; never without either."""

    __tablename__ = "waiver"

    rule: Mapped[str] = mapped_column(String(40))
    subject_type: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[uuid.UUID | None] = mapped_column(default=None, index=True)
    reason: Mapped[str] = mapped_column(info=PERSONAL)
    since: Mapped[date]
    until: Mapped[date]


class ReportRun(Base, kw_only=True):
    """A report that was made: for which period, by whom, what its file and its figures were."""

    __tablename__ = "report_run"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4)
    quarter: Mapped[str] = mapped_column(String(6))
    """As in "2026Q3"."""
    as_of: Mapped[date]
    reader: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    made_at: Mapped[datetime]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(String(64))
    head_seq: Mapped[int]
    head_hash: Mapped[str] = mapped_column(String(64))
    figures: Mapped[dict[str, Any]]
    removed_on: Mapped[date | None] = mapped_column(default=None)
    """The day on which its workbook was taken from the archive, because it named people whose time had come."""
