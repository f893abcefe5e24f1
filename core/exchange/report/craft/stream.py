"""The files of a workbook while they are written: rows go past openpyxl, and the archive knows no clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import escape
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl.packaging.relationship import RelationshipList
from openpyxl.worksheet._writer import WorksheetWriter

Link = tuple[str, str]
"""A cell's place and the address it leads to."""

_WRITES_A_STEP = 8
"""An archive takes files in pieces of some kilobytes."""

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class SheetStream(WorksheetWriter):
    """Writes one sheet to a file of ours, which the folder around it takes away."""

    def __init__(self, sheet: Any, path: Path, links: Sequence[Link]) -> None:
        self._path, self._links = path, links
        self._file = path.open("wb")
        self._begun = False
        super().__init__(sheet, self._file)
        self._rels = _Relations(links)

    def write_row(self, xf: Any, row: Iterable[Any], row_idx: int) -> None:  # noqa: ARG002 - it knows its number
        """Write a row that is a text already."""
        if not self._begun:
            xf.flush()  # What stands before the rows comes first.
            self._begun = True
        self._file.writelines(row)

    def place(self) -> int:
        """Return where in the file the next row comes to stand; there is one before it."""
        return self._file.tell()

    def replace(self, place: int, content: bytes) -> None:
        """Write over what stands at a place, as long as before; what follows comes after the last row again."""
        end = self._file.tell()
        self._file.seek(place)
        self._file.write(content)
        self._file.seek(end)

    def write_hyperlinks(self) -> None:
        """Write which cells lead where; openpyxl would make two objects of each."""
        if self._links:
            self.xf.send(_element(_hyperlinks(self._links)))

    def end(self) -> None:
        """Close the file; the archive takes it by its name."""
        self._file.close()
        self.out = str(self._path)

    def cleanup(self) -> None:
        """Leave the file to its folder."""


class _Relations(RelationshipList):
    """What a sheet refers to: charts and tables, which openpyxl counts, and addresses in the web, which we add."""

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__()
        self._links = links

    def __bool__(self) -> bool:
        return bool(len(self) or self._links)

    def to_tree(self) -> Any:
        """Return all of them as openpyxl writes them."""
        tree = super().to_tree()
        if self._links:
            tree.extend(_element(_targets(self._links)))
        return tree


def _hyperlinks(links: Sequence[Link]) -> str:
    made = (f'<hyperlink ref="{place}" r:id="link{number}"/>' for number, (place, _target) in enumerate(links, 1))
    return f'<hyperlinks xmlns:r="{_RELATIONS}">{"".join(made)}</hyperlinks>'


def _targets(links: Sequence[Link]) -> str:
    made = (
        f'<Relationship Id="link{number}" Type="{_RELATIONS}/hyperlink" Target="{escape(to)}" TargetMode="External"/>'
        for number, (_place, to) in enumerate(links, 1)
    )
    return f"<Relationships>{''.join(made)}</Relationships>"


def _element(text: str) -> Any:
    from lxml.etree import XMLParser, fromstring

    return fromstring(text.encode(), XMLParser(resolve_entities=False, huge_tree=True))


@contextmanager
def timeless_zip(path: Path, made_on: date, step: Callable[[], None] = lambda: None) -> Iterator[ZipFile]:
    """Give an archive whose entries all bear one day and one system, so that equal content is equal bytes.

    Args:
        path: The file.
        made_on: The day.
        step: Called now and then.
    """
    stamp = (max(made_on.year, 1980), made_on.month, made_on.day, 0, 0, 0)

    class TimelessZip(ZipFile):
        """An archive that knows no clock."""

        def open(self, name: Any, mode: Any = "r", *arguments: Any, **options: Any) -> Any:
            """Open an entry, its time and system set."""
            if isinstance(name, ZipInfo):
                name.date_time, name.create_system, name.external_attr = stamp, 0, 0
            made = super().open(name, mode, *arguments, **options)
            if mode == "w":
                made.write = _told(made.write, step)  # type: ignore[method-assign]  # Only so a long one is followed.
            return made

    with TimelessZip(path, "w", ZIP_DEFLATED, compresslevel=5) as archive:
        yield archive


def _told(write: Callable[[Any], int], step: Callable[[], None]) -> Callable[[Any], int]:
    """Return what writes into an entry, and takes a step each time it has been called some times."""
    calls = count(1)

    def followed(data: Any) -> int:
        if next(calls) % _WRITES_A_STEP == 0:
            step()
        return write(data)

    return followed
