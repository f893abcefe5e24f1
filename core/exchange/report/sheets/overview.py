"""The first sheet: whose report, on which quarter, for whom, and the figures on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO

from core.exchange.coat_of_arms import coat_of_arms
from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.looks import (
    CAPTION,
    FIGURE,
    HEADING,
    LABEL,
    NUMBER,
    SECTION,
    SECTION_NUMBER,
    SEVERITY,
    TEXT,
    TITLE,
    TOTAL,
    TOTAL_NUMBER,
    VALUE,
    day_look,
)
from core.exchange.report.craft.page import Block, Row, beside, write_page
from core.exchange.report.figures import Count, Figures, platform_name
from core.exchange.report.readers import Reader
from core.governance.stages import stage_title
from core.i18n import _
from core.model import ChannelState, Severity

_GAP = 3.0
_ARMS_HEIGHT = 96
_ARMS_AT = "I1"
_WIDTHS = (26.0, 11.0, 13.0, _GAP, 38.0, 9.0, 9.0, _GAP, 24.0, 9.0)


def write(book: Book, content: Content, figures: Figures) -> None:
    """Write the sheet."""
    with_findings = content.order.reader is not Reader.PUBLIC
    rows = [*_head(content), [None], *_greatest(figures, with_findings=with_findings), [None]]
    blocks = [_by_platform(figures), _by_unit(content, figures)]
    if with_findings:
        blocks.append(_stacked(_by_severity(figures), _by_state(figures)))
    page = write_page(book, _("Overview"), _WIDTHS, [*rows, *beside(*blocks)], content.printed)
    if (arms := coat_of_arms(content.session)) is not None:
        _put_arms(page, arms)


def _put_arms(page: Page, arms: bytes) -> None:
    """Put the city's coat of arms at the top right, as high as the head of the sheet."""
    from openpyxl.drawing.image import Image

    picture = Image(BytesIO(arms))
    scale = _ARMS_HEIGHT / picture.height
    picture.width, picture.height = round(picture.width * scale), _ARMS_HEIGHT
    page.sheet.add_image(picture, _ARMS_AT)


def _head(content: Content) -> list[Row]:
    order, day = content.order, replace(day_look(), line="")
    until = replace(day, format=f'"– "{day.format}')
    rows: list[Row] = [
        [(content.city, TITLE)],
        [(_("Official channels: {quarter}").format(quarter=order.quarter.title), HEADING)],
        [None],
        [(_("Period"), LABEL), (order.quarter.first_day, day), (order.quarter.last_day, until)],
        [(_("As of"), LABEL), (order.day, day)],
        [(_("Made for"), LABEL), (_(order.reader.label), VALUE)],
    ]
    if content.maker:
        rows.append([(_("Made by"), LABEL), (content.maker, VALUE)])
    if order.reader is not Reader.PUBLIC:
        rows.append([(_("Stage of the rules"), LABEL), (stage_title(int(content.settings["rules.stage"])), VALUE)])
    return rows


def _greatest(figures: Figures, *, with_findings: bool) -> list[Row]:
    """Show the figures everybody looks for first, large."""
    told = [(figures.channels, _("channels"))]
    if with_findings:
        told += [(figures.active, _("of them active")), (sum(figures.findings.values()), _("findings"))]
    numbers: list[Row] = [[(number, FIGURE)] for number, _caption in told]
    captions: list[Row] = [[(caption, CAPTION)] for _number, caption in told]
    widths = (3, 3, 2)
    return [
        *beside(*(Block(width, (row,)) for width, row in zip(widths, numbers, strict=False))),
        *beside(*(Block(width, (row,)) for width, row in zip(widths, captions, strict=False))),
    ]


def _by_platform(figures: Figures) -> Block:
    return _counted(_("By platform"), figures.by_platform, platform_name, figures)


def _by_unit(content: Content, figures: Figures) -> Block:
    names = {str(unit): name for unit, name in content.units.items()}
    return _counted(_("By unit"), figures.by_unit, lambda key: names.get(key) or _("without a unit"), figures)


def _counted(title: str, counts: Iterable[Count], name: Callable[[str], str], figures: Figures) -> Block:
    header: Row = [(title, SECTION), (_("active"), SECTION_NUMBER), (_("all"), SECTION_NUMBER)]
    rows: list[Row] = [[(name(one.key), TEXT), (one.active, NUMBER), (one.all, NUMBER)] for one in counts]
    total: Row = [(_("Total"), TOTAL), (figures.active, TOTAL_NUMBER), (figures.channels, TOTAL_NUMBER)]
    return Block(3, (header, *rows, total))


def _by_severity(figures: Figures) -> Block:
    header: Row = [(_("Findings"), SECTION), (_("number"), SECTION_NUMBER)]
    rows: list[Row] = [
        [(_(Severity(key).label), SEVERITY[key]), (number, NUMBER)] for key, number in figures.findings.items()
    ]
    total: Row = [(_("Total"), TOTAL), (sum(figures.findings.values()), TOTAL_NUMBER)]
    return Block(2, (header, *rows, total))


def _by_state(figures: Figures) -> Block:
    header: Row = [(_("By state"), SECTION), (_("channels"), SECTION_NUMBER)]
    rows: list[Row] = [[(_(ChannelState(one.key).label), TEXT), (one.all, NUMBER)] for one in figures.by_state]
    total: Row = [(_("Total"), TOTAL), (figures.channels, TOTAL_NUMBER)]
    return Block(2, (header, *rows, total))


def _stacked(upper: Block, lower: Block) -> Block:
    return Block(upper.width, (*upper.rows, [None], *lower.rows))
