"""What an import would do, as values: each row with its outcome and its problems, and what gets written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from core.model import Record

Outcome = Literal["created", "changed", "unchanged", "doubtful", "refused"]
Effect = Literal["created", "changed", "unchanged", "refused"]


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What a column of the list was taken for.

    Attributes:
        column: Its place, counted from 0 for column A.
        header: Its header as written, or its letter where there is none.
        field: The key of a field of `importable.FIELDS`, "platform:facebook" for a column of accounts of one
            platform, or None if the column is not imported.
    """

    column: int
    header: str
    field: str | None


@dataclass(frozen=True, slots=True)
class Problem:
    """A doubt at a cell, as a sentence that quotes its text; `at` is the column's place, -1 for the whole row."""

    column: str
    message: str
    text: str = ""
    at: int = -1


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """What becomes of one account of a row.

    A row with several accounts (a column per platform) gives several of these. A doubtful row is written as far as it
    was understood: `effect` says what it does, and the counts of a proposal go by it. A later row of an account that
    is new with an earlier row of the same list has the effect "unchanged", whatever it fills.

    Attributes:
        row: Its number as the spreadsheet shows it.
        channel: How people call the account; empty if none was understood.
        values: What was understood, by field key; people and unit as lists show them.
        before: What the registry holds where the row changes it.
        cells: The row's texts by column, corrections included.
    """

    row: int
    outcome: Outcome
    effect: Effect
    channel: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    before: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    channel_id: UUID | None = None
    cells: tuple[str, ...] = ()
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Writes:
    """All that is written: new records in bulk, changed columns of known ones, responsibilities that never began."""

    creations: Mapping[type[Record], tuple[Mapping[str, Any], ...]]
    changes: Mapping[tuple[type[Record], UUID], Mapping[str, Any]]
    removals: tuple[tuple[type[Record], UUID], ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an import of one sheet would do; nothing is written before `applying.apply`.

    Attributes:
        problems: What concerns columns as a whole, such as one with passwords.
        state: What the registry looked like, so that applying notices a change in between.
    """

    sheet: str
    header_row: int
    columns: tuple[ColumnMap, ...]
    rows: tuple[ProposedRow, ...]
    problems: tuple[Problem, ...]
    writes: Writes
    state: tuple[Any, ...]

    @property
    def created(self) -> int:
        """How many channels are new."""
        return self._count("created")

    @property
    def changed(self) -> int:
        """How many rows change what the registry holds."""
        return self._count("changed")

    @property
    def unchanged(self) -> int:
        """How many rows say what the registry or an earlier row says already."""
        return self._count("unchanged")

    @property
    def refused(self) -> int:
        """How many rows cannot be imported or were left out by hand."""
        return self._count("refused")

    @property
    def doubtful(self) -> int:
        """How many rows have a problem at a cell; they count above under what they do."""
        return sum(row.outcome == "doubtful" for row in self.rows)

    def _count(self, effect: Effect) -> int:
        return sum(row.effect == effect for row in self.rows)
