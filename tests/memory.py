"""A registry's tables in memory, for what needs records but neither a file nor a history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from core.model import Base, Record

STAMP = datetime(2026, 1, 5, 9, tzinfo=UTC)


class StampedSession(Session):
    """A session that stamps new records as an action does."""


@event.listens_for(StampedSession, "before_flush")
def _stamp(session: Session, _context: object, _instances: object) -> None:
    for record in session.new:
        if isinstance(record, Record):
            record.created_at = record.updated_at = STAMP


@cache
def _tables() -> Engine:
    """Make the tables once; whoever uses them leaves them empty."""
    engine = create_engine("sqlite://", poolclass=StaticPool)
    Base.metadata.create_all(engine)
    return engine


@contextmanager
def records_in_memory() -> Iterator[Session]:
    """Give a session on empty tables; nothing of it stays."""
    with StampedSession(_tables()) as session:
        yield session
        session.rollback()
