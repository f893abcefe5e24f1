"""Gathers what an import will write while its rows are compared with the registry."""

from __future__ import annotations

import uuid
from collections import defaultdict
from typing import Any
from uuid import UUID

from core.exchange.importing.proposal import Writes
from core.model import Record


class Plan:
    """New records, changed columns and removals, in the order in which rows ask for them."""

    def __init__(self) -> None:
        self._creations: dict[type[Record], dict[UUID, dict[str, Any]]] = defaultdict(dict)
        self._changes: dict[tuple[type[Record], UUID], dict[str, Any]] = defaultdict(dict)
        self._removals: list[tuple[type[Record], UUID]] = []

    def add(self, model: type[Record], **columns: Any) -> UUID:
        """Note a new record and return the id it will have."""
        record_id = uuid.uuid4()
        self._creations[model][record_id] = {"id": record_id, **columns}
        return record_id

    def set(self, model: type[Record], record_id: UUID, **columns: Any) -> None:
        """Note columns of a record, whether it is new or known."""
        new = self._creations[model].get(record_id)
        target = self._changes[model, record_id] if new is None else new
        target.update(columns)

    def remove(self, model: type[Record], record_id: UUID) -> None:
        """Note that a record is to go."""
        self._removals.append((model, record_id))

    def is_new(self, model: type[Record], record_id: UUID) -> bool:
        """Tell whether a record is one of the new ones."""
        return record_id in self._creations[model]

    def writes(self) -> Writes:
        """Return all that was noted."""
        return Writes(
            creations={model: tuple(rows.values()) for model, rows in self._creations.items() if rows},
            changes=dict(self._changes),
            removals=tuple(self._removals),
        )
