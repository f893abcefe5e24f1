"""Which fields are emptied and which records go, by what such a record is called: what is shown before an erasure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.protection.erasure.blanks import read_blanks
from core.protection.extract.labels import label_of, noun

if TYPE_CHECKING:
    from core.governance.retention import Due
    from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Emptied:
    """What becomes of the records of one table.

    Attributes:
        noun: What such a record is called.
        records: How many of them are concerned.
        fields: What is emptied in them; nothing where they go as a whole.
    """

    noun: str
    records: int
    fields: tuple[str, ...]


def emptied_fields(registry: Registry, due: Due) -> list[Emptied]:
    """Return what becomes of the records, those that are emptied before those that go."""
    with registry.reading() as session:
        blanks = read_blanks(session.connection(), due)
    emptied, gone = list(blanks.emptied.values()), list(blanks.gone.values())
    columns = {blank.table: blank.values for blank in emptied}
    tables = [blank.table for blank in emptied]
    changed = [
        Emptied(noun(table), tables.count(table), tuple(filter(None, (label_of(table, key) for key in keys))))
        for table, keys in columns.items()
    ]
    return changed + [Emptied(noun(table), gone.count(table), ()) for table in dict.fromkeys(gone)]
