"""What stands on a sheet of paper: cells, rows of them, and the charts between."""

from __future__ import annotations

from dataclasses import dataclass

from core.exchange.report.craft.looks import INK
from core.exchange.report.paper_charts import PaperChart, PaperPicture


@dataclass(frozen=True, slots=True)
class PaperCell:
    """A cell: its text, how it looks, and over how many columns it reaches."""

    text: str
    span: int = 1
    size: float = 10
    bold: bool = False
    colour: str = INK
    fill: str = ""
    line: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """A sheet.

    Attributes:
        title: Its name.
        widths: Of its columns, in characters.
        rows: Its cells, the widths of which add up to all columns.
        header: Which row stands at the head of every page, None where none does.
        note: A sentence about rows that are left out, or nothing.
        charts: Its charts, from top to bottom.
        picture: The coat of arms, beside its title.
    """

    title: str
    widths: tuple[float, ...]
    rows: tuple[tuple[PaperCell, ...], ...]
    header: int | None = None
    note: str = ""
    charts: tuple[PaperChart, ...] = ()
    picture: PaperPicture | None = None
