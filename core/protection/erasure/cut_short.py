"""Whether an erasure waits for its end; the window asks at each opening, so nothing else is loaded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from core.model import Erasure

if TYPE_CHECKING:
    from core.registry import Registry


def is_cut_short(registry: Registry) -> bool:
    """Say whether an erasure has begun that has not come to its end."""
    with registry.reading() as session:
        return session.scalar(select(Erasure.id).where(Erasure.finished_at.is_(None)).limit(1)) is not None
