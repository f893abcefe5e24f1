"""The overview: the key figures, three or four charts, and below them the numbers that the charts are drawn from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.charts import SEVERITY_COLOURS, Chart, Series, bars, columns, lines
from core.exchange.report.craft.looks import CAPTION, FIGURE, HEADING, SUBTITLE, percent
from core.exchange.report.craft.page import Block, Row, beside, write_page
from core.exchange.report.craft.sizes import Written
from core.exchange.report.figures import Figures
from core.exchange.report.key_figures import KeyFigure, key_figures
from core.exchange.report.number_text import percent_text
from core.exchange.report.readers import Reader
from core.exchange.report.sheets import numbers
from core.exchange.report.sheets.numbers import LEFT, RIGHT, Compared, short
from core.i18n import _
from core.model import Severity

_WIDTHS = (24.0, 9.0, 9.0, 11.0, 11.0, 3.0, 36.0, 9.0, 9.0, 11.0, 11.0)
_FIGURES_AT = (0, 1, 6, 7)
_WIDE = ("B4:E4", "H4:K4")
"""The cells of key figures that one column alone would not hold."""
_FIRST_CHART, _CHART_ROWS = 8, 14
_FIRST_NUMBER = _FIRST_CHART + 2 * _CHART_ROWS + 1
_MOST_BARS = 10


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The tables of the sheet, and in which rows those begin that charts are drawn from."""

    rows: list[Row]
    platforms: Sequence[Compared]
    units: Sequence[Compared]
    trend_at: int


def write(book: Book, content: Content, figures: Figures) -> None:
    """Write the sheet."""
    with_findings = content.order.reader is not Reader.PUBLIC
    told = _numbers(content, figures, with_findings=with_findings)
    head: list[Row] = [[(_("At a glance"), HEADING)], [(content.subtitle, SUBTITLE)], [None]]
    head += _greatest(key_figures(content, figures))
    head += [[None]] * (_FIRST_NUMBER - 1 - len(head))
    page = write_page(book, _("At a glance"), _WIDTHS, [*head, *told.rows], content.printed)
    for cells in _WIDE:
        page.sheet.merged_cells.add(cells)
    _break_before(page, _FIRST_NUMBER)
    _draw_channels(page, told)
    if with_findings and any(one.findings is not None for one in content.trend):
        _draw_findings(page, content, told.trend_at)
    else:
        _draw_number(page, content, told.trend_at)
    for name, place in zip((_("channels"), _("active"), _("findings"), _("confirmation rate")), "ABGH", strict=True):
        if with_findings or place == "A":
            book.name_cell(_("Key figure {name}").format(name=name), page, f"{place}4")


def _greatest(told: Sequence[KeyFigure]) -> list[Row]:
    """Show the key figures side by side, each with what it is and how it has changed."""
    made: list[Row] = []
    for part in range(3):
        row: list[Written | None] = [None] * len(_WIDTHS)
        for place, one in zip(_FIGURES_AT, told, strict=False):
            row[place] = _part(one)[part]
        made.append(row)
    return made


def _part(one: KeyFigure) -> tuple[Written, Written, Written]:
    plain = replace(CAPTION, wrap=False)
    return (one.value, replace(FIGURE, format=one.format)), (one.caption, plain), (one.changed, plain)


def _numbers(content: Content, figures: Figures, *, with_findings: bool) -> _Numbers:
    first, day = _FIRST_NUMBER, content.previous.day
    platforms, units = numbers.by_platform(content, figures), numbers.by_unit(content, figures)
    what = _("all") if with_findings else _("channels")
    rows = beside(
        numbers.table((_("By platform"), what), platforms, LEFT, first, day),
        numbers.table((_("By unit"), what), units, RIGHT, first, day),
    )
    rows.append([None])
    if with_findings:
        at, severities = first + len(rows), numbers.by_severity(content, figures)
        found = numbers.table((_("Findings"), _("number")), severities, LEFT, at, day)
        rows += beside(
            found if content.looked else Block(found.width, ()),
            numbers.table((_("By state"), _("channels")), numbers.by_state(content, figures), RIGHT, at, day),
        )
        rows.append([None])
    at = first + len(rows)
    rows += numbers.trend_rows(content, at, with_findings=with_findings)
    return _Numbers(rows, platforms, units, at)


def _break_before(page: Page, row: int) -> None:
    """Let a new sheet of paper begin with a row."""
    from openpyxl.worksheet.pagebreak import Break

    page.sheet.row_breaks.append(Break(id=row - 1))


def _draw_channels(page: Page, told: _Numbers) -> None:
    places = (LEFT, told.platforms), (RIGHT, told.units)
    titles = _("Channels by platform"), _("Channels by unit")
    for title, (letters, rows) in zip(titles, places, strict=True):
        shown = [one for one in rows if one.now][:_MOST_BARS]
        if shown:
            first, last = _FIRST_NUMBER + 1, _FIRST_NUMBER + len(shown)
            some = _("{title} (the {count} greatest)").format(title=title, count=len(shown))
            whole = title if len(shown) == len(rows) else some
            name, _active, now, *_rest = letters
            series = Series(_("channels"), f"{now}{first}:{now}{last}")
            words = "; ".join(f"{one.name[0]}: {one.now}" for one in shown)
            chart = Chart(whole, f"{whole}. {words}", f"{name}{first}:{name}{last}", [series])
            bars(page, chart, _cells(letters, 0))


def _draw_findings(page: Page, content: Content, at: int) -> None:
    first, last = at + 1, at + len(content.trend)
    known = [one for one in content.trend if one.findings is not None]
    names = f"A{first}:A{last}"
    told = "; ".join(f"{short(one)}: {', '.join(_severities(one.findings or {}))}" for one in known)
    title = _("Findings by severity over the last quarters")
    series = [
        Series(_(severity.label), f"{letter}{first}:{letter}{last}", SEVERITY_COLOURS[severity.value])
        for severity, letter in zip(reversed(Severity), "BCD", strict=True)
    ]
    columns(page, Chart(title, f"{title}. {told}", names, series), _cells(LEFT, 1))
    title = _("Confirmation rate: active channels confirmed lately")
    told = "; ".join(f"{short(one)}: {percent_text(one.confirmation_rate or 0)}" for one in known)
    chart = Chart(title, f"{title}. {told}", names, [Series(_("rate"), f"K{first}:K{last}")], percent(), 1.0)
    lines(page, chart, _cells(RIGHT, 1))


def _severities(findings: Mapping[str, int]) -> list[str]:
    return [f"{_(Severity(key).label)} {number}" for key, number in findings.items()]


def _draw_number(page: Page, content: Content, at: int) -> None:
    """Draw how many channels there were: the public gets to see no findings, and at first none are known."""
    first, last = at + 1, at + len(content.trend)
    title = _("Channels over the last quarters")
    told = "; ".join(f"{short(one)}: {one.channels}" for one in content.trend)
    chart = Chart(title, f"{title}. {told}", f"A{first}:A{last}", [Series(_("channels"), f"H{first}:H{last}")])
    lines(page, chart, _cells((*LEFT, *RIGHT), 1))


def _cells(letters: Sequence[str], place: int) -> str:
    """Return which cells a chart covers, in the first or the second row of charts."""
    first = _FIRST_CHART + place * _CHART_ROWS
    return f"{letters[0]}{first}:{letters[-1]}{first + _CHART_ROWS - 2}"
