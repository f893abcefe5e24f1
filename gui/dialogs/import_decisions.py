"""What the user decided about an import before it happens: sheet, mapping, corrections, rows left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.exchange.importing.proposal import ColumnMap, Proposal
    from core.exchange.reading import Workbook
    from core.registry import Registry


@dataclass
class Decisions:
    """Changed on the GUI thread; `asked` freezes a question that the database lane answers.

    Attributes:
        sheet: The name of the sheet, None for the one that fits best.
        mapping: Field by column as headers or letters name it, "" for not imported.
        corrections: New texts of cells, by row number and column place.
        left_out: Numbers of rows.
        private_data: Whether private telephone numbers and profiles are imported.
    """

    sheet: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    corrections: dict[tuple[int, int], str] = field(default_factory=dict)
    left_out: set[int] = field(default_factory=set)
    private_data: bool = False

    def map(self, columns: tuple[ColumnMap, ...], place: int, key: str) -> None:
        """Decide what a column holds."""
        headers = [column.header for column in columns]
        chosen = next(column for column in columns if column.column == place)
        self.mapping[_name(chosen, headers)] = key

    def asked(self) -> Decisions:
        """Return a copy that the window does not change any more."""
        return Decisions(
            self.sheet, dict(self.mapping), dict(self.corrections), set(self.left_out), private_data=self.private_data
        )


def propose(registry: Registry, workbook: Workbook, decisions: Decisions) -> Proposal:
    """Find out on the database lane what the import would do."""
    from core.exchange.importing.proposing import propose as ask

    with registry.reading() as session:
        proposal: Proposal = ask(
            workbook,
            session,
            today=registry.today(),
            sheet=decisions.sheet,
            mapping=decisions.mapping,
            corrections=decisions.corrections,
            left_out=frozenset(decisions.left_out),
            private_data=decisions.private_data,
        )
    return proposal


def _name(column: ColumnMap, headers: list[str]) -> str:
    """Return a column's header, or its letter where two columns have the same header."""
    if headers.count(column.header) == 1:
        return column.header
    from core.exchange.importing.cell_text import letter_of

    return letter_of(column.column)
