"""Files beside a registry and its backups that nothing in them names: an erasure leaves none of them behind.

A program that was killed at the wrong moment leaves a report that no run tells of; an asset whose adding was undone
leaves its picture. Nobody can say any more whom they show or name, so that they go.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from core.exchange.report import archive
from core.inventory.assets.unrecorded import remove_unrecorded
from core.storage.engine import file_engine
from core.storage.opening import understood

if TYPE_CHECKING:
    from core.registry import Registry


def sweep(registry: Registry, copies: Iterable[Path]) -> None:
    """Remove what lies beside the registry, or beside a backup, and is named by neither its records nor its log.

    Args:
        registry: The open registry, in which the erasure is done.
        copies: The backups, in which it is done as well.

    Raises:
        RegistryError: A file cannot be removed now.
    """
    with registry.deriving() as session:
        _sweep_beside(session, registry.path)
    for copy in copies:
        engine = file_engine(copy)
        try:
            with understood(copy), engine.connect() as connection, Session(bind=connection) as session:
                _sweep_beside(session, copy)
        finally:
            engine.dispose()


def _sweep_beside(session: Session, registry: Path) -> None:
    archive.sweep(session, registry)
    remove_unrecorded(session, registry)
