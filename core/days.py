"""On which day an instant falls: the same wherever a report is made, so that a server's own time zone changes nothing.

The cities' days are those of Germany, which Austria and Switzerland share. Where the system knows no time zones, its
own one stands in.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

ZONE = "Europe/Berlin"
_FIRST, _LAST = date(1, 1, 3), date(9999, 12, 29)


def local_day(instant: datetime) -> date:
    """Return the day of the calendar on which an aware instant falls."""
    return instant.astimezone(_zone()).date()


def beginning_of(day: date) -> datetime:
    """Return the instant at which a day begins; held at the ends of the calendar, where no other zone has it."""
    midnight = datetime.combine(min(max(day, _FIRST), _LAST), time.min)
    zone = _zone()
    return midnight.astimezone() if zone is None else midnight.replace(tzinfo=zone)


def end_of(day: date) -> datetime:
    """Return the instant at which a day ends, which is the beginning of the next one."""
    return beginning_of(min(day, _LAST) + timedelta(days=1))


@cache
def _zone() -> ZoneInfo | None:
    try:
        return ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        return None
