"""The log's rows as the driver takes them: texts, digests and links of many entries, made column by column.

What an entry looks like in the log does not depend on how many are written with it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain as joined
from itertools import count, islice, repeat
from typing import Any

from core.storage import chain
from core.storage.values import canonical_rows, personal_keys, uuid_texts

CHANGE_COLUMNS = ("seq", "action_id", "table_name", "record_id", "kind", "digests", "hash")
VALUE_COLUMNS = ("seq", "part", "personal", "salt", "text")


@dataclass(frozen=True, slots=True)
class Alike:
    """Entries of one table and kind that name the same columns.

    Attributes:
        table: The table's name.
        kind: What happened to the records.
        ids: The records.
        before: Their plain values before, as many as records; empty where there are none.
        after: Their plain values after.
    """

    table: str
    kind: str
    ids: Sequence[uuid.UUID]
    before: Sequence[Mapping[str, Any]]
    after: Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class LogRows:
    """The rows of one action's entries, each linked to the one before.

    Attributes:
        action_id: The action.
        digest: The action's digest.
        seq: The number of the newest entry.
        newest: Its hash.
        changes: Rows with CHANGE_COLUMNS.
        values: Rows with VALUE_COLUMNS.
    """

    action_id: uuid.UUID
    digest: str
    seq: int
    newest: str
    changes: list[tuple[Any, ...]] = field(default_factory=list)
    values: list[tuple[Any, ...]] = field(default_factory=list)
    _salts: Iterator[str] = field(default_factory=chain.fresh_salts)

    def add(self, alike: Alike) -> None:
        """Append entries that are alike, in their order."""
        parts = _parts(alike)
        salts = list(islice(self._salts, len(parts) * len(alike.ids)))
        digests, rows = list[list[str]](), list[Iterator[tuple[Any, ...]]]()
        for place, (part, personal, texts) in enumerate(parts):
            some = salts[place :: len(parts)]  # Salts are drawn entry by entry.
            start = f"{part}:{int(personal)}:"
            digests.append([start + chain.value_digest(*one) for one in zip(some, texts, strict=True)])
            rows.append(zip(count(self.seq + 1), repeat(part), repeat(personal), some, texts, strict=False))
        self.values += joined.from_iterable(zip(*rows, strict=True))
        self._link(alike, map(" ".join, zip(*digests, strict=True)) if parts else repeat(""))

    def _link(self, alike: Alike, digests: Iterator[str]) -> None:
        action, digest, table, kind = self.action_id, self.digest, alike.table, alike.kind
        seq, newest = self.seq, self.newest
        for record, told, each in zip(alike.ids, uuid_texts(alike.ids), digests, strict=False):
            seq += 1
            newest = chain.link(newest, seq, digest, (table, told, kind), each)
            self.changes.append((seq, action, table, record, kind, each, newest))
        self.seq, self.newest = seq, newest


def _parts(alike: Alike) -> list[tuple[str, bool, list[str]]]:
    """Return the texts of what was before and after, personal values apart; parts without values are left out."""
    found: list[tuple[str, bool, list[str]]] = []
    for part, rows in (("before", alike.before), ("after", alike.after)):
        keys = sorted(rows[0]) if rows else []
        own = personal_keys(alike.table, keys)
        kinds = (False, [key for key in keys if key not in own]), (True, [key for key in keys if key in own])
        found += [(part, personal, canonical_rows(rows, some)) for personal, some in kinds if some]
    return found
