"""How cells look: a small closed set of looks, made into openpyxl's styles once a sheet."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from core.i18n import current_language

FONT = "Calibri"
INK, MUTED, ACCENT, WHITE = "1B1F24", "545D68", "1F4E79", "FFFFFF"
LINE, HEAVY_LINE, BAND = "D5DAE1", "8A94A0", "EAF0F6"
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks and how its value is formatted."""

    size: float = 10
    bold: bool = False
    colour: str = INK
    fill: str = ""
    line: str = ""
    """The colour of the line below, none if empty."""
    wrap: bool = True
    align: str = "left"
    upright: str = "center"
    format: str = "General"
    air: float = 2.5
    """How much higher than its text a row is, in points."""
    underlined: bool = False
    open: bool = False
    """Whether people may write into the cell where the sheet is protected."""
    height: float = field(init=False, compare=False)
    """Of a row with one line of it, in points."""

    def __post_init__(self) -> None:
        """Work the height out once: it is asked of every cell."""
        object.__setattr__(self, "height", self.size * _LEADING + self.air)


PLAIN = Look()
TITLE = Look(size=20, bold=True, colour=ACCENT, wrap=False)
HEADING = Look(size=15, bold=True, colour=ACCENT, wrap=False)
SUBTITLE = Look(size=10, colour=MUTED, wrap=False)
SECTION = Look(size=11, bold=True, colour=ACCENT, line=HEAVY_LINE, wrap=False, air=5)
SECTION_NUMBER = Look(size=9, colour=MUTED, line=HEAVY_LINE, wrap=False, align="right", upright="bottom")
HEADER = Look(bold=True, fill=BAND, line=HEAVY_LINE, air=9)
LABEL = Look(colour=MUTED)
VALUE = Look(wrap=False)
NOTE = Look(size=9, colour=MUTED, wrap=False)
TEXT = Look(line=LINE)
LINK = Look(line=LINE, colour=ACCENT, underlined=True)
NUMBER = Look(line=LINE, align="right", wrap=False, format="#,##0")
"""Numbers are not wrapped: LibreOffice then forgets how far they stand from the next column."""
CHANGE = Look(line=LINE, colour=MUTED, align="right", wrap=False, format='+#,##0;"−"#,##0;"±"0')
TOTAL = Look(bold=True, wrap=False)
TOTAL_NUMBER = Look(bold=True, align="right", wrap=False, format="#,##0")
TOTAL_CHANGE = Look(bold=True, colour=MUTED, align="right", wrap=False, format=CHANGE.format)
SHOWN = Look(size=9, bold=True, colour=MUTED, wrap=False)
SHOWN_SUM = Look(size=9, bold=True, colour=MUTED, wrap=False, align="right", format='"Σ "#,##0;"Σ −"#,##0')
FILL_IN = Look(line=HEAVY_LINE, fill="FFFCF0", open=True)
FIGURE = Look(size=24, bold=True, colour=ACCENT, wrap=False, upright="bottom", format="#,##0")
CAPTION = Look(size=9, colour=MUTED, upright="top")
SEVERITY = {
    "severe": Look(bold=True, colour="B3261E", fill="FDECEB", line=LINE),
    "warning": Look(bold=True, colour="855000", fill="FDF2DE", line=LINE),
    "notice": Look(colour="475363", fill="EDF0F4", line=LINE),
}


def percent() -> str:
    """Return how a part of a whole is written, in the way of the language."""
    return "0 %" if current_language() == "de" else "0%"


def rate_look() -> Look:
    """Return how a rate looks."""
    return Look(line=LINE, align="right", wrap=False, format=percent())


def day_look(*, line: str = LINE) -> Look:
    """Return how a date looks, written as the language writes it, whatever language the spreadsheet program speaks."""
    german = current_language() == "de"
    return Look(line=line, wrap=False, format="dd.mm.yyyy" if german else "[$-809]d mmm yyyy")


def instant_look() -> Look:
    """Return how a day with its time looks, to the second; as dates do, whatever language the program speaks."""
    return replace(day_look(), format=f"{day_look().format} hh:mm:ss")


def dress(cell: Any, look: Look, *, quoted: bool = False) -> None:
    """Give a cell of openpyxl its look.

    Args:
        cell: A cell for writing.
        look: The look.
        quoted: Whether spreadsheets are told that the content stays a text, whatever it begins with.
    """
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    cell.font = Font(
        name=FONT,
        size=look.size,
        bold=look.bold,
        color=look.colour,
        underline="single" if look.underlined else None,
    )
    indent = 1 if look.align == "right" else 0  # Numbers keep their distance from the text of the next column.
    cell.alignment = Alignment(horizontal=look.align, vertical=look.upright, wrap_text=look.wrap, indent=indent)
    cell.number_format = look.format
    if look.fill:
        cell.fill = PatternFill("solid", start_color=look.fill, end_color=look.fill)
    if look.line:
        cell.border = Border(bottom=Side("thin", color=look.line))
    if look.open:
        cell.protection = Protection(locked=False)
    cell.quotePrefix = quoted
