"""What a list shows, as a file: its columns, its filter, its order; as workbook, as text with separators, as JSON."""

from __future__ import annotations

import enum
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import Select

from core.errors import RegistryError
from core.exchange.comma_separated import write_separated
from core.exchange.exported_cells import cell_maker, look_of, text_maker
from core.exchange.report.craft.book import Properties, altered_note, new_book
from core.exchange.report.craft.printing import Printed
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.readers import Reader
from core.exchange.targets import refuse_target
from core.fields import Field, LongText, Number
from core.i18n import _, show_date
from core.storage.inserting import without_collecting
from core.storage.places import written_aside
from core.storage.record_list import RecordList
from core.storage.searching import View, ordered_rows, page

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from core.registry import Registry

FORMATS = (".xlsx", ".csv", ".json")
READ_AT_ONCE = 500
_WIDEST, _WIDEST_LONG = 40, 60
"""How wide the columns of texts become, in characters; longer ones are wrapped."""


class ExportCancelledError(RegistryError):
    """Nobody wants the file any more; nothing was written."""


class Exportable(Protocol):
    """What can be written: a title, columns, and rows that are read from a private copy of the registry."""

    @property
    def name(self) -> str:
        """The name of the list for programs."""

    @property
    def title(self) -> str:
        """What the list is called, translated."""

    @property
    def fields(self) -> Sequence[Field]:
        """The columns, from left to right."""

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return how many rows there are, and the rows, their values by the fields' keys and perhaps an "id"."""


@dataclass(frozen=True, slots=True)
class Export:
    """A list of records, as it is shown.

    Attributes:
        records: The list.
        keys: The keys of the columns, from left to right.
        view: What is searched for, the filter and the order.
        title: What the list is called, translated.
    """

    records: RecordList
    keys: tuple[str, ...]
    view: View
    title: str

    @property
    def fields(self) -> list[Field]:
        """The columns' fields."""
        known = {one.key: one for one in self.records.fields}
        return [known[key] for key in self.keys]

    @property
    def name(self) -> str:
        """The name of the list's table."""
        return self.records.name

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return how many records match, and the records in their order."""
        connection = session.connection()
        numbers = ordered_rows(connection, self.records, self.view)
        return len(numbers), _read(connection, _narrowed(self.records, self.keys), numbers, today)


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written: where it lies, how many records are in it, and what should be known about it."""

    path: Path
    count: int
    note: str = ""


class _Rows:
    """The records of an export in their order, read page by page; counts them and tells how far it is."""

    def __init__(
        self,
        read: Iterator[Mapping[str, Any]],
        total: int,
        progress: Callable[[int, int], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.count = 0
        self._read, self._total, self._progress, self._cancelled = read, total, progress, cancelled

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        """Give one record after the other.

        Raises:
            ExportCancelledError: Nobody wants them any more.
        """
        for place, listed in enumerate(self._read):
            if place % READ_AT_ONCE == 0:
                self._progress(place, self._total)
                if self._cancelled():
                    raise ExportCancelledError(_("The export was cancelled. Nothing was written."))
            self.count += 1
            yield listed


def export(  # noqa: PLR0913 - what is asked for, and how whoever asks follows it
    registry: Registry,
    wanted: Exportable,
    out: Path,
    *,
    today: date,
    reader: Reader = Reader.INTERNAL,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Exported:
    """Write a list to a file in the format that its name ends in; what was there is replaced when the file is whole.

    Args:
        registry: The open registry; a private copy of it is read.
        wanted: What to write.
        out: The file, ".xlsx", ".csv" or ".json".
        today: The reader's calendar day.
        reader: For whom the list was put together; the file names it.
        progress: Called with the records written and their number.
        cancelled: Asked now and then whether nobody wants the file any more.

    Raises:
        BadInputError: The name ends in none of FORMATS.
        UnusableFileError: The file cannot be written, or is write-protected.
        ExportCancelledError: It was cancelled.
    """
    refuse_target(out, FORMATS, registry.path)
    with written_aside(out, heeding=True) as aside, registry.snapshot() as session:
        total, read = wanted.rows(session, today)
        rows = _Rows(read, total, progress or _nobody, cancelled or _never)
        note = _write(aside, _Told(wanted, out.suffix.lower(), reader, today), rows)
    return Exported(out, rows.count, note)


def _narrowed(records: RecordList, keys: Sequence[str]) -> RecordList:
    """Return the list with no more columns than are needed; those of other tables take longest."""
    needed = {"id", *keys}

    def listing(today: date) -> Select[Any]:
        query = records.listing(today)
        return query.with_only_columns(*(column for key, column in query.selected_columns.items() if key in needed))

    return replace(records, listing=listing)


def _read(connection: Any, records: RecordList, numbers: Sequence[int], today: date) -> Iterator[Mapping[str, Any]]:
    for start in range(0, len(numbers), READ_AT_ONCE):
        listed = page(connection, records, numbers[start : start + READ_AT_ONCE], today)
        yield from (one for one in listed if one is not None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a file says of itself: which list it holds, in which format, for whom, as of which day."""

    wanted: Exportable
    suffix: str
    reader: Reader
    today: date


@without_collecting()
def _write(path: Path, told: _Told, rows: _Rows) -> str:
    match told.suffix:
        case ".xlsx":
            return _write_workbook(path, told, rows)
        case ".csv":
            fields = told.wanted.fields
            makers, reader = [(one.key, text_maker(one)) for one in fields], _(told.reader.label)
            # Plain text has no place beside its table, so that whoever gets a part of it is told, too.
            cells = ([*(make(listed[key]) for key, make in makers), reader] for listed in rows)
            write_separated(path, [*(one.title for one in fields), _("Made for")], cells)
        case _:
            _write_json(path, told, rows)
    return ""


def _write_workbook(path: Path, told: _Told, rows: _Rows) -> str:
    subtitle = _("As of {day}, {reader}").format(day=show_date(told.today), reader=_(told.reader.label))
    title, fields = told.wanted.title, told.wanted.fields
    columns = tuple(
        Column(one.title, look_of(one), _WIDEST_LONG if isinstance(one.kind, LongText) else _WIDEST) for one in fields
    )
    makers = [(one.key, cell_maker(one)) for one in fields]
    cells = ([make(listed[key]) for key, make in makers] for listed in rows)
    with new_book(Properties(title, subtitle, "Kanalregister", told.today)) as book:
        write_table(
            book, Table(title, subtitle, columns, cells, fixed=_fixed(fields)), Printed(title, subtitle), lambda: None
        )
        book.save(path)
        return " ".join([*book.notes, *([altered_note(book.altered)] if book.altered else [])])


def _fixed(fields: Sequence[Field]) -> int:
    """Return how many columns stay in sight: a number alone says little, and leaves no room for the heading."""
    return 2 if len(fields) > 2 and isinstance(fields[0].kind, Number) else 1


def _write_json(path: Path, told: _Told, rows: _Rows) -> None:
    """Write values as they are stored, named by the fields' keys, one record a line."""
    columns = {one.key: one.title for one in told.wanted.fields}
    head = {"list": told.wanted.name, "exported_on": told.today, "reader": told.reader.value, "columns": columns}
    with path.open("w", encoding="utf-8", newline="\n") as target:
        target.write(_json(head)[:-1] + ', "records": [')
        for number, listed in enumerate(rows):
            known = {"id": str(listed["id"])} if "id" in listed else {}
            record = {**known, **{key: listed[key] for key in columns}}
            target.write(("," if number else "") + "\n" + _json(record))
        target.write("\n]}\n")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    match value:
        case enum.Enum():
            return value.value
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _nobody(_done: int, _total: int) -> None:
    """Follow nothing."""


def _never() -> bool:
    return False
