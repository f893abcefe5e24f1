"""The cover: whose report, on which quarter, for whom and by whom, the figures that matter, and who signs."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from core.exchange.coat_of_arms import coat_of_arms
from core.exchange.report.content import Content, Issue
from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.charts import Spot, put_picture
from core.exchange.report.craft.filling import Fill, ask_for
from core.exchange.report.craft.looks import (
    CAPTION,
    FIGURE,
    FILL_IN,
    HEADING,
    LABEL,
    SECTION,
    TITLE,
    VALUE,
    day_look,
)
from core.exchange.report.craft.page import Row, write_page
from core.exchange.report.craft.sizes import Written
from core.exchange.report.figures import Figures
from core.exchange.report.key_figures import key_figures
from core.exchange.report.readers import Reader
from core.governance.stages import stage_title
from core.i18n import _, show_date

_WIDTHS = (20.0, 24.0, 3.0, 20.0, 24.0, 3.0, 20.0, 24.0)
_FIGURES_AT = (0, 1, 3, 4)
_ARMS_HEIGHT, _ARMS_AT = 2.54, "H1"
_LINE = 150
"""How many letters of the cover's text fit on a line."""


def write(book: Book, content: Content, figures: Figures) -> None:
    """Write the sheet."""
    head = _head(content)
    rows: list[Row] = [*head, [None], *_figures(content, figures), [None], *_text(content.cover_text)]
    signing = len(rows) + 2
    if content.order.reader is not Reader.PUBLIC:
        rows += [[None], *_signatures()]
    page = write_page(book, _("Cover"), _WIDTHS, rows, content.printed)
    _name(book, page, head)
    if content.order.reader is not Reader.PUBLIC:
        told = _("The day of the signature, not before the day of which the report speaks.")
        ask_for(page.sheet, Fill(told, not_before=content.order.day), f"A{signing} D{signing} G{signing}")
    if (arms := coat_of_arms(content.session)) is not None:
        _put_arms(page, content, arms)


def _head(content: Content) -> list[Row]:
    order, day = content.order, replace(day_look(), line="")
    period = _("{first} to {last}").format(
        first=show_date(order.quarter.first_day), last=show_date(order.quarter.last_day)
    )
    rows: list[Row] = [
        [(content.city, TITLE)],
        [(_("Official channels: {quarter}").format(quarter=order.quarter.title), HEADING)],
        [None],
        [(_("Period"), LABEL), (period, VALUE)],
        [(_("As of"), LABEL), (order.day, day)],
        [(_("Made for"), LABEL), (_(order.reader.label), VALUE)],
        [(_("Made on"), LABEL), (order.today, day)],
    ]
    if content.maker:
        rows.append([(_("Made by"), LABEL), (content.maker, VALUE)])
    if order.reader is not Reader.PUBLIC:
        rows.append([(_("Stage of the rules"), LABEL), (stage_title(int(content.settings["rules.stage"])), VALUE)])
    if order.corrects is not None and content.corrections:
        rows.append([(_("Corrected version"), LABEL), (_replaces(order.corrects), VALUE)])
    return rows


def _replaces(issue: Issue) -> str:
    return _("It replaces the report issued on {day}; the sheet “{sheet}” lists the differences.").format(
        day=show_date(issue.on), sheet=_("Corrections")
    )


def _name(book: Book, page: Page, head: list[Row]) -> None:
    """Give the cells that say when the report speaks of a name."""
    places = {cell[0]: f"B{number}" for number, (cell, *_rest) in enumerate(head, 1) if cell is not None}
    book.name_cell(_("As of"), page, places[_("As of")])
    book.name_cell(_("Made on"), page, places[_("Made on")])


def _figures(content: Content, figures: Figures) -> list[Row]:
    """Show the figures everybody looks for first, large, each with its change below it."""
    plain, told = replace(CAPTION, wrap=False), key_figures(content, figures)
    return [
        [(_("Key figures"), SECTION), *[("", SECTION)] * (len(_WIDTHS) - 1)],
        _spread([(one.value, replace(FIGURE, format=one.format)) for one in told]),
        _spread([(one.caption, plain) for one in told]),
        _spread([(one.changed, plain) for one in told]),
    ]


def _spread(cells: Sequence[Written]) -> Row:
    """Put cells into the columns of the key figures."""
    row: list[Written | None] = [None] * len(_WIDTHS)
    for place, cell in zip(_FIGURES_AT, cells, strict=False):
        row[place] = cell
    return row


def _text(text: str) -> list[Row]:
    """Write the cover's text line by line, so that it reads alike in every program."""
    lines = [line for part in text.splitlines() for line in textwrap.wrap(part, _LINE) or [""]]
    return [[(line, VALUE)] for line in lines] + ([[None]] if lines else [])


def _signatures() -> list[Row]:
    """Leave room for three signatures, each with its day."""
    day, hand = replace(FILL_IN, format=day_look().format, air=26), replace(FILL_IN, air=26)
    who = (_("Prepared by"), _("Head of press"), _("Taken note of"))
    return [
        [cell for _one in who for cell in ((None, day), (None, hand), None)],
        [cell for one in who for cell in ((_("Day"), CAPTION), (one, CAPTION), None)],
    ]


def _put_arms(page: Page, content: Content, arms: bytes) -> None:
    """Put the city's coat of arms at the top right, as high as the head of the sheet."""
    from openpyxl.drawing.image import Image

    picture = Image(BytesIO(arms))
    width = _ARMS_HEIGHT * picture.width / picture.height
    put_picture(
        page, picture, Spot(_ARMS_AT, width, _ARMS_HEIGHT), _("Coat of arms of {city}").format(city=content.city)
    )
