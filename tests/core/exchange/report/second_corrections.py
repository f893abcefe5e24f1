"""What the sheet of the corrections must say, worked out a second time from the list of what happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from tests.core.exchange.report.five_quarters import Happened
from tests.core.exchange.report.second_opinion import NAMES, changes, channels, confirmed, findings, is_closed, reach

NOT_THERE = "not in the report"


def facts(known: Sequence[Happened], first: date, last: date, ends: Sequence[date]) -> dict[tuple[str, str], object]:
    """Return what a report on some days says, each by the channel and a name; ends are those of the reach."""
    found: dict[tuple[str, str], object] = {}
    seen = channels(known, last)
    for name, one in seen.items():
        counted = sorted((count for count in one.counts if count.on <= last), key=lambda count: count.on)
        found[name, "Channel"] = True
        found[name, "Owner"] = one.owner(last)
        found[name, "Owner, since"] = next((tenure.since for tenure in one.tenures if tenure.on(last)), None)
        found[name, "State"] = "closed" if is_closed(one, last) else "active"
        found[name, "Last post"] = one.posted(last)
        found[name, "Confirmed on"] = one.confirmed_on(last)
        found[name, "Followers"] = counted[-1].count if counted else None
    for name, (columns, _late) in reach(known, ends).items():
        for day, count in zip(ends[1:], columns, strict=True):
            found[name, f"Followers on {day:%-d %b %Y}"] = count
    for finding in findings(known, last):
        owner = seen[finding.channel].owner(last) if finding.rule.startswith("owner-") else ""
        found[finding.channel, f"{NAMES[finding.rule]}\n{owner}"] = finding.since
    for told in changes(known, first, last):
        when = told.day if isinstance(told.day, str) else f"{told.day:%-d %b %Y}"
        found[told.channel, f"{told.what} ({when})\n{told.old} {told.new}"] = True
    return found


def figures(then: Sequence[Happened], now: Sequence[Happened], day: date) -> Iterator[tuple[str, object, object]]:
    """Give the key figures that differ: which one, what was said and what is said now."""
    for name, said, says in zip(_FIGURES, _figures(then, day), _figures(now, day), strict=True):
        if said != says:
            yield name, said, says


def _figures(known: Sequence[Happened], day: date) -> tuple[object, ...]:
    seen = channels(known, day)
    active = sum(not is_closed(one, day) for one in seen.values())
    rate = (200 * confirmed(seen, day) + active) // (2 * active)  # Half a percent counts as one.
    return len(seen), active, len(findings(known, day)), f"{rate}%"


def corrections(issued: dict[tuple[str, str], object], now: dict[tuple[str, str], object]) -> set[tuple[object, ...]]:
    """Return what differs: of which channel, by what name, what was said and what is said now."""
    found = set[tuple[object, ...]]()
    for key in issued.keys() | now.keys():
        channel, name = key[0], key[1].partition("\n")[0]
        single = not (key[1] in _OF_A_CHANNEL or key[1].startswith("Followers on "))
        if not single and not ((channel, "Channel") in issued and (channel, "Channel") in now):
            continue
        before, after = issued.get(key), now.get(key)
        if before != after:
            told = (before is not None, after is not None) if single else (before, after)
            found.add((channel, name, *told))
    return found


_OF_A_CHANNEL = ("Owner", "Owner, since", "State", "Last post", "Confirmed on", "Followers")
"""Names of what is said of a channel that is in both reports."""
_FIGURES = ("channels", "of them active", "findings", "confirmed within 180 days")
