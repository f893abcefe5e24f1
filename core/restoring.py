"""Putting a backup in a registry's place, in the name of whoever works here."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path

from core import workstation
from core.errors import RegistryError
from core.registry import open_registry
from core.storage import backing_up


def restore_registry(backup: Path, path: Path) -> Path | None:
    """Put a backup in a registry's place; what was there is kept.

    Returns:
        Where the replaced state is kept, or None where there was none.
    """
    hand = backing_up.Hand(_me_of(path), workstation.store_id(), datetime.now(UTC))
    return backing_up.restore(backup, path, hand)


def _me_of(path: Path) -> uuid.UUID | None:
    """Return who works here, as far as the present registry can say."""
    try:
        registry = open_registry(path)
    except RegistryError:
        return None
    me = registry.me()
    registry.close()
    return me
