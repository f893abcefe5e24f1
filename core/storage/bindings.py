"""Who is bound to a store: one account of one operating system."""

from __future__ import annotations

from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, select
from sqlalchemy.engine import Connection

from core.model import StoreBinding


def bound_person(connection: Connection, store_id: UUID) -> UUID | None:
    """Return the person who is bound to a store, None where nobody is yet."""
    return connection.execute(_bound(), {"store": store_id}).scalar()


@cache
def _bound() -> Select[UUID]:
    """Return the query; kept, because every action of an account without a person asks it."""
    here = StoreBinding.store_id == bindparam("store"), StoreBinding.until.is_(None)
    return select(StoreBinding.person_id).where(*here)
