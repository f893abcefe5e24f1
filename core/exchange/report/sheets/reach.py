"""The sheet of the reach: how many follow each channel, at the ends of years and quarters, and how that has changed.

For each day the newest count is shown that was made since the end of the quarter or of the year before; where nobody
counted, the cell stays empty. Days without any count are left out, so are channels, and so is the sheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book, Page
from core.exchange.report.craft.charts import COLOURS, Chart, Series, lines
from core.exchange.report.craft.looks import CHANGE, NOTE, NUMBER, day_look
from core.exchange.report.craft.printing import fits_on_a_page
from core.exchange.report.craft.table import HEADER_ROW, Column, Table, write_table
from core.exchange.report.figures import Figures, platform_name
from core.exchange.report.readers import scope
from core.governance.quarters import Quarter, last_closed
from core.i18n import _, show_date
from core.model import Channel, FollowerCount
from core.storage.sorting import sort_key

YEARS, QUARTERS = 5, 4
"""How many ends of years and of quarters are shown besides the day of the report."""

_BARS = "▁▂▃▄▅▆▇█"
_LETTERS = "CDEFGHIJKLMNO"
"""The columns after the channel and its platform: those of the days, then what is compared."""

_CHART_ROWS, _HEAD_ROWS = 14, 2
"""How high the chart is; and how much more the sheet's head takes than its rows would, both in rows."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One channel's followers: a count or nothing for each day, and the later day on which one was entered."""

    channel: UUID
    title: str
    platform: str
    counts: tuple[int | None, ...]
    entered: date | None

    @property
    def label(self) -> str:
        """What tells it from others of its title."""
        return f"{self.title} ({self.platform})"

    @property
    def newest(self) -> int | None:
        """The newest count, None where there is none."""
        return next((count for count in reversed(self.counts) if count is not None), None)

    @property
    def change(self) -> int | None:
        """How many more there are on the last day than on the day shown before it, None where either is missing."""
        before, now = (None, *self.counts)[-2:]
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class Reach:
    """The days for which anybody was counted, and the channels that were counted."""

    days: tuple[date, ...]
    channels: tuple[Counted, ...]


def days_of(quarter: Quarter, day: date) -> list[date]:
    """Return the ends of years and quarters that a report shows, its own day last."""
    years = {date(year, 12, 31) for year in range(quarter.year - YEARS, quarter.year)}
    ends, one = set[date](), quarter
    for _number in range(QUARTERS):
        one = last_closed(one.first_day)
        ends.add(one.last_day)
    return sorted(years | ends | {day})


def read_reach(content: Content) -> Reach:
    """Read the counts that the report's reader gets to see."""
    days = days_of(content.order.quarter, content.order.day)
    columns = Channel.id, Channel.title, Channel.platform
    rows = content.session.execute(select(*columns).where(*scope(content.order.reader))).all()
    found = _found(content, days, {row.id for row in rows})
    shown = tuple(day for day in days if any(day in one for one in found.values()))
    counted = [_counted(content, row, shown, found[row.id]) for row in rows if row.id in found]
    order = sorted(counted, key=lambda one: (sort_key(one.platform), sort_key(one.title), str(one.channel)))
    return Reach(shown, tuple(order))


def _found(content: Content, days: Sequence[date], of: Collection[UUID]) -> dict[UUID, dict[date, tuple[int, UUID]]]:
    """Return the newest count of each channel for each day, and its record."""
    one = FollowerCount
    query = select(one.channel_id, one.on, one.count, one.id).where(one.on <= content.order.day)
    found: dict[UUID, dict[date, tuple[int, UUID]]] = {}
    for channel, on, count, number in content.session.execute(query.order_by(one.on, one.created_at, one.id)):
        if channel in of and _is_recent(on, days[0]):
            found.setdefault(channel, {})[next(day for day in days if on <= day)] = count, number
    return found


def _is_recent(on: date, first: date) -> bool:
    """Say whether a count is not older than the year that ends on the first day."""
    return on.year >= first.year


def _counted(content: Content, row: Any, days: Sequence[date], found: Mapping[date, tuple[int, UUID]]) -> Counted:
    entered = content.entered_later(*(("follower_count", number) for _count, number in found.values()))
    counts = tuple(found[day][0] if day in found else None for day in days)
    return Counted(row.id, row.title, platform_name(row.platform), counts, entered)


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet."""
    reach = read_reach(content)
    if not reach.channels:
        return
    late = any(one.entered is not None for one in reach.channels)
    rows = (_row(one, late=late) for one in reach.channels)
    table = Table(_("Reach"), content.subtitle, _columns(reach, late=late), rows)
    page = write_table(book, table, content.printed, content.step)
    if _is_gapped(reach):
        page.write([])
        note = _("The sum of the change covers only channels that were counted on both days; the others are left out.")
        page.write_over((note, replace(NOTE, wrap=True)), len(table.columns))
    if len(reach.days) > 1:
        _draw(page, reach, _LETTERS[len(table.columns) - 3])


def _is_gapped(reach: Reach) -> bool:
    """Say whether the sums of the last two days differ by more than the sum of the change tells."""
    return len(reach.days) > 1 and any(None in one.counts[-2:] for one in reach.channels)


def _draw(page: Page, reach: Reach, edge: str) -> None:
    """Draw below the table, as wide as it, how the greatest channels have fared; on one page, whole."""
    from openpyxl.worksheet.pagebreak import Break

    rows = sorted(range(len(reach.channels)), key=lambda row: (-(reach.channels[row].newest or 0), row))[: len(COLOURS)]
    first, last = _LETTERS[0], _LETTERS[len(reach.days) - 1]
    series = [
        Series(one.label, f"{first}{number}:{last}{number}", colour)
        for row, colour in zip(rows, COLOURS, strict=False)
        for one, number in [(reach.channels[row], HEADER_ROW + 1 + row)]
    ]
    title = _("Followers of the channels with the most")
    told = "; ".join(f"{reach.channels[row].label}: {reach.channels[row].newest}" for row in rows)
    below = page.rows + 2
    if not fits_on_a_page(below + _CHART_ROWS + _HEAD_ROWS, page.widths):
        page.sheet.row_breaks.append(Break(id=below - 1))
        below += 1  # At the very edge, its frame would be printed on the page before.
    chart = Chart(title, f"{title}. {told}", f"{first}{HEADER_ROW}:{last}{HEADER_ROW}", series)
    lines(page, chart, f"A{below}:{edge}{below + _CHART_ROWS}")


def _columns(reach: Reach, *, late: bool) -> tuple[Column, ...]:
    compared = [_("Change since {day}").format(day=show_date(day)) for day in reach.days[-2:-1]]
    return (
        Column(_("Channel"), widest=40, total="count"),
        Column(_("Platform")),
        *(Column(show_date(day), NUMBER, total="sum") for day in reach.days),
        *(Column(title, CHANGE, total="sum") for title in compared),
        *(Column(_("Course")) for _title in compared),
        *([Column(_("Entered later on"), day_look())] if late else []),
    )


def _row(one: Counted, *, late: bool) -> list[Any]:
    compared = [one.change, course(one.counts)] if len(one.counts) > 1 else []
    return [one.title, one.platform, *one.counts, *compared, *([one.entered] if late else [])]


def course(counts: Sequence[int | None]) -> str | None:
    """Draw counts as a line of bars that fits into a cell; nothing where there is nothing to compare."""
    known = [count for count in counts if count is not None]
    if len(known) < 2:
        return None
    low, room = min(known), max(known) - min(known)
    top = len(_BARS) - 1
    return "".join("·" if count is None else _BARS[(count - low) * top // room if room else 0] for count in counts)
