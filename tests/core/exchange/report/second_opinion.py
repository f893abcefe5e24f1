"""What the reports on the five quarters must say, worked out a second time from the list of what happened.

Plain Python, written from the requirement; nothing of the program is used. `known` is all that had been entered when a
report is made. Facts with a day of their own count by that day, however late they were entered; so do last posts: of
those that are not after the report's day the one that was entered last. Titles, which have no day, count as they had
been entered by the evening of the report's day, or else as they were entered first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from tests.core.exchange.report.five_quarters import (
    Closed,
    Confirmed,
    Counted,
    Happened,
    Left,
    Opened,
    Owned,
    Posted,
    Renamed,
    Waived,
)

PLATFORMS = {"facebook": "Facebook", "instagram": "Instagram", "mastodon": "Mastodon", "youtube": "YouTube"}
NAMES = {
    "no-owner": "No owner",
    "owner-left": "Owner has left",
    "owner-leaving": "Owner is leaving",
    "dormant": "Dormant though active",
    "stale": "Stale",
    "quiet": "Quiet",
    "last-post-unknown": "Last post unknown",
    "confirmation-overdue": "Confirmation overdue",
    "confirmation-due": "Confirmation due",
    "never-confirmed": "Never confirmed",
}
GRAVE = {"no-owner", "owner-left", "dormant", "confirmation-overdue"}
NOTICES = {"quiet", "last-post-unknown"}
ONE = timedelta(1)


@dataclass(slots=True)
class Tenure:
    """Somebody's time as owner, and when its beginning and its end were entered."""

    person: str
    since: date | None
    until: date | None
    begun: date
    ended: date | None = None

    def on(self, day: date) -> bool:
        """Say whether it counts on a day; both its days are included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(slots=True)
class Seen:
    """A channel as a report of a day sees it."""

    opening: Opened
    title: str
    posts: list[date | None]
    closing: Closed | None = None
    tenures: list[Tenure] = field(default_factory=list)
    confirmed: list[Confirmed] = field(default_factory=list)
    counts: list[Counted] = field(default_factory=list)
    renamings: list[Renamed] = field(default_factory=list)

    @property
    def label(self) -> str:
        """What findings call it."""
        return f"{self.title} ({PLATFORMS[self.opening.platform]})"

    def owner(self, day: date) -> str | None:
        """Who owns it on a day."""
        return next((one.person for one in self.tenures if one.on(day)), None)

    def posted(self, day: date) -> date | None:
        """When it last posted by a day."""
        return next((on for on in reversed(self.posts) if on is None or on <= day), None)

    def confirmed_on(self, day: date) -> date | None:
        """When it was last looked at by a day."""
        return max((one.on for one in self.confirmed if one.on <= day), default=None)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: its rule, on which channel, how grave, and since when."""

    rule: str
    channel: str
    severity: str
    since: date


def first_day(opened: str) -> date:
    """Return the first day that a date can mean of which perhaps only the year or the month is known."""
    return date.fromisoformat((opened + "-01-01")[:10])


def channels(known: Sequence[Happened], day: date) -> dict[str, Seen]:
    """Return the channels that had been opened by a day, as they were on it."""
    found: dict[str, Seen] = {}
    for one in known:
        match one:
            case Opened(channel=channel):
                found[channel] = Seen(one, one.title, [one.posted])
                if one.owner is not None:
                    since = date.fromisoformat(one.opened) if len(one.opened) == 10 else None
                    found[channel].tenures.append(Tenure(one.owner, since, None, one.entered))
            case Closed() | Owned() | Confirmed() | Counted() | Posted() | Renamed():
                _tell(found[one.channel], one, day)
    return {name: seen for name, seen in found.items() if first_day(seen.opening.opened) <= day}


def _tell(seen: Seen, one: Happened, day: date) -> None:
    match one:
        case Closed():
            seen.closing = one
        case Owned():
            _hand_on(seen, one)
        case Confirmed():
            seen.confirmed.append(one)
        case Counted():
            seen.counts.append(one)
        case Renamed(title=title) if one.entered <= day:
            seen.title = title
            seen.renamings.append(one)
        case Posted(on=on):
            seen.posts.append(on)


def _hand_on(seen: Seen, one: Owned) -> None:
    present = [tenure for tenure in seen.tenures if tenure.until is None or tenure.until >= one.since]
    if any(tenure.person == one.person for tenure in present):
        return
    for tenure in present:
        tenure.until, tenure.ended = one.since - ONE, one.entered
    seen.tenures.append(Tenure(one.person, one.since, None, one.entered))


def is_closed(seen: Seen, day: date) -> bool:
    """Say whether a channel had been closed by a day."""
    return seen.closing is not None and seen.closing.on <= day


def confirmed(seen: Mapping[str, Seen], day: date) -> int:
    """Count the active channels at which somebody looked within the last 180 days."""
    looked = (one.confirmed_on(day) for one in seen.values() if not is_closed(one, day))
    return sum(on is not None and on >= day - timedelta(180) for on in looked)


def findings(known: Sequence[Happened], day: date) -> set[Found]:
    """Return what was not in order on a day and not borne with."""
    left = {one.person: one.on for one in known if isinstance(one, Left)}
    raised = {
        Found(rule, name, _severity(rule, since, day), since)
        for name, seen in channels(known, day).items()
        if not is_closed(seen, day)
        for rule, since in _raised(seen, day, left)
    }
    borne = set(waivers(known, day))
    return {one for one in raised if (one.rule, one.channel) not in borne}


def _severity(rule: str, since: date, day: date) -> str:
    if rule == "owner-leaving":
        return "severe" if day == since + timedelta(30) else "warning"
    return "severe" if rule in GRAVE else "notice" if rule in NOTICES else "warning"


def _raised(seen: Seen, day: date, left: dict[str, date]) -> Iterator[tuple[str, date]]:
    yield from _about_owners(seen, day, left)
    registered = seen.opening.entered
    posted = seen.posted(day)
    if posted is None:
        if registered < day - timedelta(30):
            yield "last-post-unknown", registered + timedelta(31)
    else:
        for rule, days in (("dormant", 180), ("stale", 90), ("quiet", 30)):
            if posted < day - timedelta(days):
                yield rule, posted + timedelta(days + 1)
                break
    confirmed = seen.confirmed_on(day)
    if confirmed is None:
        if registered < day - timedelta(14):
            yield "never-confirmed", registered + timedelta(15)
    elif confirmed < day - timedelta(365):
        yield "confirmation-overdue", confirmed + timedelta(366)
    elif confirmed < day - timedelta(180):
        yield "confirmation-due", confirmed + timedelta(181)


def _about_owners(seen: Seen, day: date, left: dict[str, date]) -> Iterator[tuple[str, date]]:
    owner = seen.owner(day)
    if owner is None:
        ended = [one.until for one in seen.tenures if one.until is not None and one.until < day]
        yield "no-owner", max(ended) + ONE if ended else seen.opening.entered
    elif owner in left and left[owner] < day:
        yield "owner-left", left[owner] + ONE
    elif owner in left and left[owner] <= day + timedelta(30):
        yield "owner-leaving", left[owner] - timedelta(30)


def waivers(known: Sequence[Happened], day: date) -> dict[tuple[str, str], tuple[date, date, str]]:
    """Return what was borne with on a day: since when, until when and why; one that goes on gets the new end."""
    found: dict[tuple[str, str], list[tuple[date, date, str]]] = {}
    for one in known:
        if isinstance(one, Waived):
            told = found.setdefault((one.rule, one.channel), [])
            since = one.entered
            if told and told[-1][0] <= one.entered <= told[-1][1]:
                since = told.pop()[0]
            told.append((since, one.until, one.reason))
    in_force = ((key, span) for key, spans in found.items() for span in spans if span[0] <= day <= span[1])
    return dict(in_force)


def mended(known: Sequence[Happened], first: date, last: date) -> list[tuple[Found, date, str]]:
    """Return what was put in order from one day to another, on which day, and by what."""
    found: list[tuple[Found, date, str]] = []
    for number, one in enumerate(known):
        if first <= one.entered <= last and not isinstance(one, Waived):
            before, after = findings(known[:number], one.entered), findings(known[: number + 1], one.entered)
            still = {(raised.rule, raised.channel) for raised in after}
            gone = (raised for raised in before if (raised.rule, raised.channel) not in still)
            found += [(raised, one.entered, type(one).__name__) for raised in gone]
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the changes: its day as it is known, what happened to which title, from what to what, entered when."""

    channel: str
    day: date | str
    what: str
    title: str
    old: str | None
    new: str | None
    entered: date | None


def changes(known: Sequence[Happened], first: date, last: date) -> list[Told]:
    """Return what happened to the channels from one day to another."""
    return [told for seen in channels(known, last).values() for told in _changes_of(seen, first, last)]


def _changes_of(seen: Seen, first: date, last: date) -> Iterator[Told]:
    def late(*days: date | None) -> date | None:
        return max((day for day in days if day is not None and day > last), default=None)

    opening, closing = seen.opening, seen.closing
    if first <= first_day(opening.opened):
        exact = len(opening.opened) == 10
        day = date.fromisoformat(opening.opened) if exact else f"{opening.opened[5:]}/{opening.opened[:4]}"
        yield Told(opening.channel, day, "opened", seen.title, None, opening.channel, late(opening.entered))
    if closing is not None and first <= closing.on <= last:
        yield Told(opening.channel, closing.on, "closed", seen.title, None, closing.reason, late(closing.entered))
    begun = {tenure.since for tenure in seen.tenures if tenure.since is not None and first <= tenure.since <= last}
    for day in begun:
        entered = [tenure.begun for tenure in seen.tenures if tenure.since == day]
        entered += [tenure.ended for tenure in seen.tenures if tenure.until == day - ONE and tenure.ended is not None]
        old, new = seen.owner(day - ONE), seen.owner(day)
        if old != new:
            yield Told(
                opening.channel, day, "other owner" if old else "owner taken on", seen.title, old, new, late(*entered)
            )
    old_title = opening.title
    for renaming in seen.renamings:
        if first <= renaming.entered:
            yield Told(opening.channel, renaming.entered, "renamed", seen.title, old_title, renaming.title, None)
        old_title = renaming.title


def reach(known: Sequence[Happened], bounds: Sequence[date]) -> dict[str, tuple[list[int | None], date | None]]:
    """Return the newest count of each counted channel within each span between two days, and the latest late entry."""
    found: dict[str, tuple[list[int | None], date | None]] = {}
    for name, seen in channels(known, bounds[-1]).items():
        columns: list[int | None] = []
        late: list[date] = []
        for before, day in pairwise(bounds):
            counted = sorted((one for one in seen.counts if before < one.on <= day), key=lambda one: one.on)
            columns.append(counted[-1].count if counted else None)
            late += [one.entered for one in counted[-1:] if one.entered > bounds[-1]]
        if any(count is not None for count in columns):
            found[name] = columns, max(late, default=None)
    return found
