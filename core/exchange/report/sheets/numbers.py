"""The numbers below the overview's charts: now and a quarter ago, by platform, unit, severity and state, and the trend.

Totals, changes and rates are formulas, so that a reader sees where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.exchange.report.content import Content
from core.exchange.report.craft.formulas import difference, share, total
from core.exchange.report.craft.looks import (
    CHANGE,
    LINE,
    NOTE,
    NUMBER,
    SECTION,
    SECTION_NUMBER,
    SEVERITY,
    TEXT,
    TOTAL,
    TOTAL_CHANGE,
    TOTAL_NUMBER,
    Look,
    day_look,
    rate_look,
)
from core.exchange.report.craft.page import Block, Row
from core.exchange.report.craft.sizes import Written
from core.exchange.report.figures import Figures, platform_name
from core.exchange.report.readers import Reader
from core.exchange.report.trend import Standing
from core.i18n import _, show_date
from core.inventory.figures import Count
from core.model import ChannelState, Severity

LEFT, RIGHT = tuple("ABCDE"), tuple("GHIJK")
"""The columns of two tables side by side."""

_MIDDLE = replace(SECTION, align="left")


@dataclass(frozen=True, slots=True)
class Compared:
    """How many there are now, how many of them are active, and how many there were a quarter ago.

    A number that does not apply, or was not known then, is None.
    """

    name: Written
    active: int | None
    now: int
    before: int | None


def by_platform(content: Content, figures: Figures) -> list[Compared]:
    """Compare the channels of each platform, the most used first."""
    before = content.previous.figures
    return _seen_by(content, _by_size(figures.by_platform, before.by_platform if before else (), platform_name))


def by_unit(content: Content, figures: Figures) -> list[Compared]:
    """Compare the channels of each unit, those with most channels first."""
    names, before = {str(unit): name for unit, name in content.units.items()}, content.previous.figures
    told = _by_size(
        figures.by_unit, before.by_unit if before else (), lambda key: names.get(key) or _("without a unit")
    )
    return _seen_by(content, told)


def _seen_by(content: Content, told: list[Compared]) -> list[Compared]:
    """Leave out how many are active for the public, which gets to see no others."""
    return [replace(one, active=None) for one in told] if content.order.reader is Reader.PUBLIC else told


def _by_size(now: Iterable[Count], before: Iterable[Count], name: Callable[[str], str]) -> list[Compared]:
    earlier = {one.key: one.all for one in before}
    told = [Compared((name(one.key), TEXT), one.active, one.all, earlier.pop(one.key, 0)) for one in now]
    told += [Compared((name(key), TEXT), 0, 0, number) for key, number in earlier.items()]
    return sorted(told, key=lambda one: -one.now)  # Those of one size stay in the order of their names.


def by_state(content: Content, figures: Figures) -> list[Compared]:
    """Compare the channels in each state."""
    earlier = {one.key: one.all for one in content.previous.figures.by_state} if content.previous.figures else {}
    now = {one.key: one.all for one in figures.by_state}
    return [
        Compared((_(state.label), TEXT), None, now.get(state.value, 0), earlier.get(state.value, 0))
        for state in ChannelState
        if state.value in now or state.value in earlier
    ]


def by_severity(content: Content, figures: Figures) -> list[Compared]:
    """Compare the findings of each severity."""
    before = content.previous.findings
    return [
        Compared((_(Severity(key).label), SEVERITY[key]), None, number, None if before is None else before[key])
        for key, number in figures.findings.items()
    ]


def table(heading: tuple[str, str], rows: Sequence[Compared], columns: Sequence[str], first: int, day: date) -> Block:
    """Return a table with its totals.

    Args:
        heading: What stands in its upper left corner, and what is counted.
        rows: What it compares.
        columns: The letters of its five columns.
        first: In which row of the sheet it begins.
        day: The end of the quarter before.
    """
    with_active = any(one.active is not None for one in rows)
    title, what = heading
    titles = (_("active") if with_active else "", what, show_date(day), _("change"))
    header: Row = [(title, SECTION), *((one, SECTION_NUMBER) for one in titles)]
    made = [_row(one, columns, number) for number, one in enumerate(rows, first + 1)]
    return Block(5, (header, *made, _total(rows, columns, first + 1, with_active=with_active)))


def _row(one: Compared, columns: Sequence[str], number: int) -> Row:
    _name, _active, now, before, _change = columns
    change = None if one.before is None else difference(f"{now}{number}", f"{before}{number}", one.now - one.before)
    return [one.name, (one.active, NUMBER), (one.now, NUMBER), (one.before, NUMBER), (change, CHANGE)]


def _total(rows: Sequence[Compared], columns: Sequence[str], first: int, *, with_active: bool) -> Row:
    end = first + len(rows)
    actives, nows = sum(one.active or 0 for one in rows), sum(one.now for one in rows)
    known = all(one.before is not None for one in rows)
    befores = sum(one.before or 0 for one in rows)

    def added(letter: str, value: int) -> Written:
        return total(f"{letter}{first}:{letter}{max(first, end - 1)}", value), TOTAL_NUMBER

    _name, active, now, before, _change = columns
    change = difference(f"{now}{end}", f"{before}{end}", nows - befores)
    return [
        (_("Total"), TOTAL),
        added(active, actives) if with_active and rows else None,
        added(now, nows) if rows else (0, TOTAL_NUMBER),
        added(before, befores) if rows and known else None,
        (change, TOTAL_CHANGE) if rows and known else None,
    ]


def trend_rows(content: Content, first: int, *, with_findings: bool) -> list[Row]:
    """Return the table of the last quarters, beginning in a row of the sheet."""
    unknown = with_findings and any(one.findings is None for one in content.trend)
    return [
        _trend_header(with_findings=with_findings),
        *(_trend_row(one, number, with_findings=with_findings) for number, one in enumerate(content.trend, first + 1)),
        *([[(counted_since(), NOTE)]] if unknown else []),
    ]


def counted_since() -> str:
    """Say from when on findings are known."""
    return _(
        "Findings and confirmations are counted from the quarter on in which the first channel was registered here."
    )


def _trend_header(*, with_findings: bool) -> Row:
    severities = [_(severity.label) for severity in reversed(Severity)] if with_findings else ["", "", ""]
    left = [*severities, _("findings") if with_findings else ""]
    house = [_("active"), _("confirmed"), _("rate")] if with_findings else ["", "", ""]
    return [
        (_("Quarter"), SECTION),
        *((one, SECTION_NUMBER) for one in left),
        ("", SECTION),
        (_("As of"), _MIDDLE),
        *((one, SECTION_NUMBER) for one in (_("channels"), *house)),
    ]


def _trend_row(one: Standing, number: int, *, with_findings: bool) -> Row:
    bare: Look = replace(TEXT, line=LINE)
    counted = list(one.findings.values()) if one.findings is not None else [None] * len(Severity)
    sums = total(f"B{number}:D{number}", sum(one.findings.values())) if one.findings is not None else None
    rate = share(f"J{number}", f"I{number}", one.confirmation_rate or 0.0) if one.confirmed is not None else None
    row: list[Written | None] = [(short(one), bare), *((count, NUMBER) for count in counted), (sums, NUMBER)]
    row += [("", bare), (one.day, day_look()), (one.channels, NUMBER)]
    house = [(one.active, NUMBER), (one.confirmed, NUMBER), (rate, rate_look())]
    return row + (house if with_findings else [("", bare)] * len(house))


def short(one: Standing) -> str:
    """Return a quarter as it fits under a column of a chart."""
    return _("Q{number} {year}").format(number=one.quarter.number, year=one.quarter.year)
