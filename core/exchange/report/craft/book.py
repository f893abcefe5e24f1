"""A workbook that is being written: streamed to a private folder, the same bytes for the same content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from core import workstation
from core.errors import UnusableFileError
from core.exchange.report.craft.names import define, identifier, reference, unique
from core.exchange.report.craft.protecting import protect_book, protect_sheet
from core.exchange.report.craft.safe_text import safe
from core.exchange.report.craft.sizes import Written, height_of, set_widths
from core.i18n import _, ngettext

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

    from core.exchange.report.craft.stream import Link

_SHEET_END = b"</worksheet>"


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document says about itself."""

    title: str
    subject: str
    creator: str
    made_on: date


class Book:
    """A workbook to which sheets are written one after the other.

    Attributes:
        notes: What readers should know about its sheets, in sentences.
    """

    def __init__(self, workbook: Workbook, folder: Path, properties: Properties, *, protected: bool = False) -> None:
        self.notes: list[str] = []
        self._workbook = workbook
        self._folder = folder
        self._made_on = properties.made_on
        self._protected = protected
        self._sheets: list[Page] = []
        self._names = set[str]()
        told = workbook.properties
        told.title, told.subject = safe(properties.title).text, safe(properties.subject).text
        told.creator = told.lastModifiedBy = safe(properties.creator).text
        told.created = told.modified = datetime.combine(properties.made_on, time())
        if protected:
            protect_book(workbook)

    @property
    def altered(self) -> int:
        """In how many cells characters were replaced or texts cut so far."""
        return sum(page.cells.altered for page in self._sheets)

    def add(self, title: str, widths: Sequence[float]) -> Page:
        """Begin a sheet with columns of the given widths, and end the one before; set it up, then write its rows."""
        self._finish_last()
        page = Page(self._workbook.create_sheet(title), self._folder / f"sheet{len(self._sheets)}.xml", widths)
        if self._protected:
            protect_sheet(page.sheet)
        self._sheets.append(page)
        return page

    def name_for(self, title: str) -> str:
        """Return a name for a table of this title that nothing else in the workbook bears."""
        return unique(identifier(title), self._names)

    def name_cell(self, title: str, page: Page, place: str) -> None:
        """Give a cell a name, by which formulas and people find it."""
        define(self._workbook, self.name_for(title), reference(page.sheet.title, place))

    def hash_of_sheets(self) -> tuple[int, str]:
        """Return how many sheets there are so far, and the SHA-256 of their files one after the other; it ends them."""
        self._finish_last()
        digest = hashlib.sha256()
        for page in self._sheets:
            with page.file.open("rb") as file:
                while some := file.read(1 << 16):
                    digest.update(some)
        return len(self._sheets), digest.hexdigest()

    def save(self, path: Path, step: Callable[[], None] = lambda: None) -> None:
        """Write the workbook to a file; it is finished by that.

        Args:
            path: The file.
            step: Called now and then.
        """
        from openpyxl.writer.excel import ExcelWriter

        from core.exchange.report.craft.stream import timeless_zip

        for page in self._sheets:
            page.finish()
            page.check()
        with timeless_zip(path, self._made_on, step) as archive:
            ExcelWriter(self._workbook, archive).write_data()

    def abandon(self) -> None:
        """Let go of sheets that were begun, after something went wrong."""
        for page in self._sheets:
            page.abandon()

    def _finish_last(self) -> None:
        if self._sheets:
            self._sheets[-1].finish()
            self._sheets[-1].check()


class Page:
    """One sheet of a workbook while it is written; rows leave memory as soon as they are written.

    Attributes:
        sheet: openpyxl's own; what it is told counts until the sheet is finished.
        rows: How many were written.
        cells: What makes rows into text.
        links: Which cells lead to which addresses in the web.
        file: Where the sheet is written.
        widths: Of its columns, in characters.
    """

    def __init__(self, sheet: Any, aside: Path, widths: Sequence[float]) -> None:
        from core.exchange.report.craft.cells import Cells

        self.sheet = sheet
        self.rows = 0
        self.cells = Cells(sheet)
        self.links: list[Link] = []
        self.file = aside
        self.widths = widths
        self._provisional: tuple[int, int, int] | None = None
        set_widths(sheet, widths)
        sheet._values_to_row = lambda row, _number: row  # noqa: SLF001 - what is appended here is made already

    def write(self, row: Sequence[Written | None]) -> None:
        """Append a row; its cells from left to right, None leaves one bare."""
        self._append(self._made(row, self.rows + 1))

    def write_over(self, cell: Written, columns: int) -> None:
        """Append a row of one cell that reaches over several columns, as high as its text needs there."""
        from core.exchange.report.craft.cells import letter_of

        height = height_of([cell], [sum(self.widths[:columns])])
        self._append(self.cells.row(self.rows + 1, [cell], height))
        self.sheet.merged_cells.add(f"A{self.rows}:{letter_of(columns)}{self.rows}")

    def write_all(self, rows: Iterable[Sequence[Written | None]]) -> None:
        """Append several rows."""
        for row in rows:
            self.write(row)

    def write_provisional(self, *rows: Sequence[Written | None]) -> None:
        """Keep room for a row that is written when the sheet is whole; not for the first one.

        Args:
            rows: What may stand there in the end; the longest of them decides how much room is kept.
        """
        place = self.sheet._writer.place()  # noqa: SLF001
        longest = max((self._made(row, self.rows + 1) for row in rows), key=len)
        self._append(longest)
        self._provisional = self.rows, place, len(longest)

    def replace_provisional(self, row: Sequence[Written | None]) -> None:
        """Write the row for which room was kept."""
        if self._provisional is not None:
            number, place, length = self._provisional
            self.sheet._writer.replace(place, self._made(row, number).ljust(length))  # noqa: SLF001

    def finish(self) -> None:
        """Write what comes after the rows."""
        if self.rows == 0:
            self._begin()
        if not self.sheet.closed:
            self.sheet.close()
            self.sheet._writer.end()  # noqa: SLF001

    def check(self) -> None:
        """Look whether the stream reached its end: lxml keeps silent about writes that failed.

        Raises:
            UnusableFileError: It did not.
        """
        with self.file.open("rb") as written:
            written.seek(max(0, self.file.stat().st_size - len(_SHEET_END)))
            if written.read() != _SHEET_END:
                raise _no_room()

    def abandon(self) -> None:
        """Close the sheet's stream, whatever state it is in."""
        from lxml.etree import LxmlError

        with suppress(OSError, LxmlError):
            self.finish()
        writer = self.sheet._writer  # noqa: SLF001
        with suppress(OSError):
            if writer is not None:
                writer.end()

    def _made(self, row: Sequence[Written | None], number: int) -> bytes:
        return self.cells.row(number, row, height_of(row, self.widths))

    def _append(self, row: bytes) -> None:
        if self.rows == 0:
            self._begin()
        self.rows += 1
        self.sheet.append([row])

    def _begin(self) -> None:
        """Open the stream in the private folder; openpyxl by itself would leave report data in the system's one."""
        from core.exchange.report.craft.stream import SheetStream

        self.sheet._writer = SheetStream(self.sheet, self.file, self.links)  # noqa: SLF001 - there is no other way
        self.sheet._writer.write_top()  # noqa: SLF001


@contextmanager
def new_book(properties: Properties, *, protected: bool = False) -> Iterator[Book]:
    """Give an empty workbook; whatever happens, nothing of it stays in any temporary folder.

    Args:
        properties: What the document says about itself.
        protected: Whether its sheets can only be read, but for cells that are there to be filled in.

    Raises:
        UnusableFileError: There is no room for it.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    with TemporaryDirectory(dir=workstation.scratch_folder()) as folder:
        book = Book(Workbook(write_only=True), Path(folder), properties, protected=protected)
        try:
            yield book
        except SerialisationError as error:
            raise _no_room() from error
        finally:
            book.abandon()


def _no_room() -> UnusableFileError:
    return UnusableFileError(_("The workbook cannot be written. Please check whether the disk is full."))


def altered_note(count: int) -> str:
    """Say that cells do not hold exactly what the registry holds."""
    return ngettext(
        "{count} cell holds characters that a workbook cannot store, or was too long; the place is marked.",
        "{count} cells hold characters that a workbook cannot store, or were too long; the places are marked.",
        count,
    ).format(count=count)
