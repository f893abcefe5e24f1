"""What findings are no longer open at the end of a quarter, worked out a second time without the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from tests.core.exchange.report.five_quarters import Happened
from tests.core.exchange.report.second_opinion import NAMES, ONE, Found, findings, mended, waivers

SILENCE = {"quiet", "stale", "dormant", "last-post-unknown"}
"""Rules of which one finding of a channel turns into another one."""


def keys(known: Sequence[Happened], day: date) -> set[tuple[str, str]]:
    """Return which rules had raised something about which channel on a day."""
    return {(one.rule, one.channel) for one in findings(known, day)}


def settled(
    known: Sequence[Happened], first: date, last: date, *, looked: bool
) -> list[tuple[Found, date | None, str]]:
    """Return what is no longer open at the end of a quarter: when and by what, or why, where no entry of it did it."""
    before = {(one.rule, one.channel): one for one in findings(known, first - ONE)} if looked else {}
    now = {(one.rule, one.channel): one.since for one in findings(known, last)}
    found: list[tuple[Found, date | None, str]] = []
    for one, on, by in mended(known, first, last):
        key = one.rule, one.channel
        if (not looked or key in before or one.since >= first) and now.get(key) != one.since:
            found.append((one, on, by))
    over = {(one.rule, one.channel) for one, _on, _by in found} | now.keys() | waivers(known, last).keys()
    later = {(one.rule, one.channel): (on, by) for one, on, by in reversed(mended(known, last + ONE, date.max))}
    for key, one in before.items():
        if key not in over:
            found.append((one, None, _why(one, later.get(key), now)))
    return found


def _why(gone: Found, later: tuple[date, str] | None, now: Mapping[tuple[str, str], date]) -> str:
    if later is not None:
        return f"{later[1]}, entered on {later[0]:%-d %b %Y}"
    turned = [rule for rule, channel in now if channel == gone.channel and {rule, gone.rule} <= SILENCE]
    return f"has become: {NAMES[turned[0]]}" if turned else "no longer so by the days of the records"
