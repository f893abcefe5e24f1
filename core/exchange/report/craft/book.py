"""A workbook that is being written: streamed to a private folder, the same bytes for the same content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from core import workstation
from core.errors import UnusableFileError
from core.exchange.report.craft.safe_text import safe
from core.exchange.report.craft.sizes import Written, height_of, set_widths
from core.i18n import _, ngettext

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_SHEET_END = b"</worksheet>"


@dataclass(frozen=True, slots=True)
class Properties:
    """What the document says about itself."""

    title: str
    subject: str
    creator: str
    made_on: date


class Book:
    """A workbook to which sheets are written one after the other."""

    def __init__(self, workbook: Workbook, folder: Path, properties: Properties) -> None:
        self._workbook = workbook
        self._folder = folder
        self._made_on = properties.made_on
        self._sheets: list[Page] = []
        told = workbook.properties
        told.title, told.subject = safe(properties.title).text, safe(properties.subject).text
        told.creator = told.lastModifiedBy = safe(properties.creator).text
        told.created = told.modified = datetime.combine(properties.made_on, time())

    @property
    def altered(self) -> int:
        """In how many cells characters were replaced or texts cut so far."""
        return sum(page.cells.altered for page in self._sheets)

    def add(self, title: str, widths: Sequence[float]) -> Page:
        """Begin a sheet with columns of the given widths; set it up, then write its rows."""
        page = Page(self._workbook.create_sheet(title), self._folder / f"sheet{len(self._sheets)}.xml", widths)
        self._sheets.append(page)
        return page

    def save(self, path: Path) -> None:
        """Write the workbook to a file; it is finished by that."""
        from openpyxl.writer.excel import ExcelWriter

        for page in self._sheets:
            page.finish()
            page.check()
        with _timeless_zip(path, self._made_on) as archive:
            ExcelWriter(self._workbook, archive).write_data()

    def abandon(self) -> None:
        """Let go of sheets that were begun, after something went wrong."""
        for page in self._sheets:
            page.abandon()


class Page:
    """One sheet of a workbook while it is written; rows leave memory as soon as they are written."""

    def __init__(self, sheet: Any, aside: Path, widths: Sequence[float]) -> None:
        from core.exchange.report.craft.cells import Cells

        self.sheet = sheet
        self.rows = 0
        self.cells = Cells(sheet)
        self._widths = widths
        self._aside = aside
        set_widths(sheet, widths)
        sheet._values_to_row = lambda row, _number: row  # noqa: SLF001 - what is appended here is made already

    def write(self, row: Sequence[Written | None]) -> None:
        """Append a row; its cells from left to right, None leaves one bare."""
        if self.rows == 0:
            self._begin()
        self.rows += 1
        self.sheet.append([self.cells.row(self.rows, row, height_of(row, self._widths))])

    def write_all(self, rows: Iterable[Sequence[Written | None]]) -> None:
        """Append several rows."""
        for row in rows:
            self.write(row)

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
        with self._aside.open("rb") as written:
            written.seek(max(0, self._aside.stat().st_size - len(_SHEET_END)))
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

    def _begin(self) -> None:
        """Open the stream in the private folder; openpyxl by itself would leave report data in the system's one."""
        self.sheet._writer = _writer(self.sheet, self._aside)  # noqa: SLF001 - openpyxl has no other way to say where
        self.sheet._writer.write_top()  # noqa: SLF001


@contextmanager
def new_book(properties: Properties) -> Iterator[Book]:
    """Give an empty workbook; whatever happens, nothing of it stays in any temporary folder.

    Raises:
        UnusableFileError: There is no room for it.
    """
    from lxml.etree import SerialisationError
    from openpyxl import Workbook

    with TemporaryDirectory(dir=workstation.scratch_folder()) as folder:
        book = Book(Workbook(write_only=True), Path(folder), properties)
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


def _writer(sheet: Any, aside: Path) -> Any:
    from openpyxl.worksheet._writer import WorksheetWriter

    class AsideWriter(WorksheetWriter):
        """Writes a sheet to a file of ours, which the folder around it takes away."""

        def __init__(self) -> None:
            self._file = aside.open("wb")
            self._begun = False
            super().__init__(sheet, self._file)

        def write_row(self, xf: Any, row: Iterable[Any], row_idx: int) -> None:  # noqa: ARG002 - it knows its number
            """Write a row that is a text already."""
            if not self._begun:
                xf.flush()  # What stands before the rows comes first.
                self._begun = True
            self._file.writelines(row)

        def end(self) -> None:
            """Close the file; the archive takes it by its name."""
            self._file.close()
            self.out = str(aside)

        def cleanup(self) -> None:
            """Leave the file to its folder."""

    return AsideWriter()


@contextmanager
def _timeless_zip(path: Path, made_on: date) -> Iterator[ZipFile]:
    """Give an archive whose entries all bear one day and one system, so that equal content is equal bytes."""
    stamp = (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0)

    class TimelessZip(ZipFile):
        """An archive that knows no clock."""

        def open(self, name: Any, mode: Any = "r", *arguments: Any, **options: Any) -> Any:
            """Open an entry, its time and system set."""
            if isinstance(name, ZipInfo):
                name.date_time, name.create_system, name.external_attr = stamp, 0, 0
            return super().open(name, mode, *arguments, **options)

    with TimelessZip(path, "w", ZIP_DEFLATED) as archive:
        yield archive
