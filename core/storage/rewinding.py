"""What the log tells of records since some instant, put together into one step back for each of them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from core.storage.history import LogEntry
from core.storage.journal import CHANGE, CREATE, DELETE, Entry
from core.storage.values import TABLES


@dataclass(slots=True)
class Since:
    """What happened to one record since an instant.

    Attributes:
        newest: The last entry about it.
        began_with: The kind of the first one.
        before: What it was like before the first one, as far as anything was changed.
    """

    newest: LogEntry
    began_with: str
    before: dict[str, Any]

    @property
    def stays_away(self) -> bool:
        """Whether the record is gone and does not come back: it was not there before, or what it held was erased."""
        return self.newest.kind == DELETE and (self.began_with == CREATE or not self.newest.before)

    def undone(self) -> Entry:
        """Return the one entry that takes the record back to before its first later entry."""
        of = self.newest.table, self.newest.record_id
        if self.began_with == CREATE:
            return Entry(*of, DELETE)
        return Entry(*of, CREATE if self.newest.kind == DELETE else CHANGE, None, self.before)


def by_record(newest_first: Iterable[LogEntry]) -> list[Since]:
    """Put entries together by their records, which come in the order of their first entries.

    Args:
        newest_first: Entries of the log from the newest one back; each is let go of as soon as it is read.
    """
    found: dict[tuple[str, uuid.UUID], Since] = {}
    for entry in newest_first:
        if entry.table in TABLES and entry.kind in {CREATE, CHANGE, DELETE}:
            key = entry.table, entry.record_id
            since = found.pop(key, None) or Since(entry, entry.kind, {})
            since.began_with = entry.kind
            since.before.update(entry.before or {})
            found[key] = since
    return list(reversed(found.values()))
