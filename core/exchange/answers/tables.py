"""The answers themselves: for each question a table with a column for each day, and its figure on each day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeAlias
from uuid import UUID

from core.exchange.answers.standings import IN_USE, PLANNED, Account, Count, Entrance, Standing
from core.exchange.report.craft.looks import MUTED, NUMBER, TEXT, Look, day_look
from core.exchange.report.craft.table import Column
from core.i18n import _, show_date
from core.inventory.figures import platform_name
from core.model import ChannelState
from core.partial_dates import exact_day, show_partial
from core.storage.sorting import sort_key

Row: TypeAlias = Sequence[Any]
Days: TypeAlias = Sequence[Standing]
_CLOSED = frozenset({ChannelState.CLOSED})
_WIDE = 36
_MUTED = replace(TEXT, colour=MUTED, align="right")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is counted, translated, and how much that was on each day; None where nobody counted."""

    counted: str
    figures: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """A table of totals that goes with an answer, on a sheet of its own; its title is translated."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question.

    Attributes:
        columns: Of its table, from left to right.
        rows: In their order.
        figures: One a day, of what `counted` says; None where nobody counted.
        counted: What the figures count, translated.
        parts: What else is counted of it.
        totals: Tables that add its rows up.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    figures: tuple[int | None, ...]
    counted: str
    parts: tuple[Figures, ...] = ()
    totals: tuple[Totals, ...] = ()


def accounts(days: Days) -> Answer:
    """Count the accounts in use by unit and platform."""
    counted = [
        Counter((day.accounts[one].unit, day.accounts[one].platform) for one in _in(day, IN_USE)) for day in days
    ]
    places = sorted(set().union(*counted), key=_place_order)
    rows = tuple(
        (_unit(unit), platform_name(platform), *(counter[unit, platform] for counter in counted))
        for unit, platform in places
    )
    columns = (Column(_("Unit"), widest=_WIDE), Column(_("Platform")), *_by_day(days, NUMBER))
    figures = tuple(counter.total() for counter in counted)
    return Answer(columns, rows, figures, in_use(), (_active(days),), _account_totals(days, counted))


def in_use() -> str:
    """Say which accounts are in use: more than those that the quarterly report counts as active."""
    return _("accounts in use: active, dormant or being closed")


def _active(days: Days) -> Figures:
    return Figures(_("of them active"), tuple(len(_in(day, frozenset({ChannelState.ACTIVE}))) for day in days))


def _account_totals(days: Days, counted: Sequence[Counter[tuple[str, str]]]) -> tuple[Totals, ...]:
    """Add the accounts up, by platform and by unit, the greatest of the last day first."""
    by_unit, by_platform = ([_added(counter, place) for counter in counted] for place in (0, 1))
    platforms = Column(_("Platform")), *_by_day(days, NUMBER)
    units = Column(_("Unit"), widest=_WIDE), *_by_day(days, NUMBER)
    return (
        Totals(_("Accounts by platform"), platforms, _total_rows(by_platform, platform_name)),
        Totals(_("Accounts by unit"), units, _total_rows(by_unit, _unit)),
    )


def _added(counter: Counter[tuple[str, str]], place: int) -> Counter[str]:
    found = Counter[str]()
    for key, number in counter.items():
        found[key[place]] += number
    return found


def _total_rows(counted: Sequence[Counter[str]], name: Callable[[str], str]) -> tuple[Row, ...]:
    newest_first = list(reversed(counted))
    keys = sorted(set().union(*counted), key=lambda key: ([-one[key] for one in newest_first], sort_key(name(key))))
    return tuple((name(key), *(one[key] for one in counted)) for key in keys)


def _unit(name: str) -> str:
    return name or _("without a unit")


def opened(days: Days) -> Answer:
    """Say since when each account has existed, and on which of the days it was there."""
    marks = _marks(days, IN_USE)
    rows = tuple((*_named(one), _opened_on(one), *_of(marks, key)) for key, one in _accounts_of(days, marks))
    columns = (*_what(), Column(_("Opened"), day_look()), *_by_day(days))
    return Answer(columns, rows, tuple(map(len, marks)), in_use())


def responsible(days: Days) -> Answer:
    """Say who answered for each account in use."""
    held = [{one: day.owners.get(one) or _("nobody") for one in _in(day, IN_USE)} for day in days]
    return _listed(days, held, in_use())


def planned(days: Days) -> Answer:
    """List what was planned, with how far it had come."""
    known = ([one for one in _in(day, PLANNED) if day.accounts[one].registered_on <= day.day] for day in days)
    states = [{one: _(day.accounts[one].state.label) for one in then} for day, then in zip(days, known, strict=True)]
    return _listed(days, states, _("planned accounts"))


def followers(days: Days) -> Answer:
    """Say how many people followed each account in use, and when they were counted."""
    columns = list(_what())
    counts = [{one: day.followers.get(one) for one in _in(day, IN_USE)} for day in days]
    known = tuple([count.number for count in then.values() if count is not None] for then in counts)
    for day, numbers in zip(days, known, strict=True):
        told = show_date(day.day)
        columns.append(Column(told, NUMBER, total="sum" if numbers else None))
        columns.append(Column(_("Counted on, for {day}").format(day=told), day_look()))
    rows = tuple(
        (*_named(one), *(part for then in counts for part in _counted(then, key)))
        for key, one in _accounts_of(days, counts)
    )
    figures = tuple(sum(numbers) if numbers else None for numbers in known)
    part = Figures(_("accounts that were counted"), tuple(map(len, known)))
    return Answer(tuple(columns), rows, figures, _("followers that were counted"), (part,))


def no_count() -> str:
    """Say that nobody counted, which is not the same as none."""
    return _("no count")


def _counted(then: Mapping[UUID, Count | None], key: UUID) -> Row:
    """Return how many there were, and when they were counted; nothing where the account was not in use."""
    count = then.get(key)
    return count if count is not None else ((no_count(), _MUTED) if key in then else None, None)


def closed(days: Days) -> Answer:
    """List what was closed, when and why."""
    marks = _marks(days, _CLOSED)
    rows = tuple(
        (*_named(one), _opened_on(one), one.closed_on, one.closing_reason, *_of(marks, key))
        for key, one in _accounts_of(days, marks)
    )
    dates = (Column(_("Opened"), day_look()), Column(_("Closed on"), day_look()))
    columns = (*_what(), *dates, Column(_("Reason"), widest=_WIDE), *_by_day(days))
    return Answer(columns, rows, tuple(map(len, marks)), _("closed accounts"))


def cost_and_tools(days: Days) -> Answer:
    """List agencies and tools that get into accounts; the registry records no costs."""
    newest = _newest(days)
    known = {key: one for day in days for key, one in day.entrances.items() if one.channel_id in newest}
    ordered = sorted(known.items(), key=lambda pair: (*_order(newest[pair[1].channel_id]), pair[1].who, str(pair[0])))
    rows = tuple(
        (
            *_named(newest[one.channel_id]),
            *_entrance(one),
            *(_("yes") if key in day.entrances else None for day in days),
        )
        for key, one in ordered
    )
    told = (Column(_("Agency or tool"), widest=_WIDE), Column(_("Kind")), Column(_("Role on the platform")))
    columns = (*_what(), *told, Column(_("Since"), day_look()), *_by_day(days))
    return Answer(columns, rows, tuple(len(day.entrances) for day in days), _("accesses of agencies and tools"))


def _entrance(one: Entrance) -> Row:
    return one.who or None, _(one.kind.label), _(one.role.label) if one.role is not None else None, one.granted_on


def _listed(days: Days, told: Sequence[Mapping[UUID, Any]], counted: str) -> Answer:
    """List accounts with what is told of each on each day; nothing where it was not meant then."""
    rows = tuple((*_named(one), *_of(told, key)) for key, one in _accounts_of(days, told))
    return Answer((*_what(), *_by_day(days)), rows, tuple(map(len, told)), counted)


def _in(day: Standing, states: frozenset[ChannelState]) -> list[UUID]:
    return [one for one, account in day.accounts.items() if account.state in states]


def _marks(days: Days, states: frozenset[ChannelState]) -> list[dict[UUID, str]]:
    """Return the accounts in some states with "yes" on each day, or "new" where they were not so the day before."""
    found: list[dict[UUID, str]] = []
    for day in days:
        before = found[-1] if found else None
        found.append({one: _("yes") if before is None or one in before else _("new") for one in _in(day, states)})
    return found


def _of(told: Iterable[Mapping[UUID, Any]], key: UUID) -> list[Any]:
    return [then.get(key) for then in told]


def _newest(days: Days) -> dict[UUID, Account]:
    """Return each account as it is known from the latest day on which it existed."""
    return {one: account for day in days for one, account in day.accounts.items()}


def _accounts_of(days: Days, meant: Iterable[Iterable[UUID]]) -> list[tuple[UUID, Account]]:
    """Return the accounts that are meant on any day, in the order of their platforms' names and titles."""
    newest = _newest(days)
    found = ((one, newest[one]) for one in set().union(*meant))
    return sorted(found, key=lambda pair: (*_order(pair[1]), str(pair[0])))


def _order(account: Account) -> tuple[str, str]:
    return sort_key(platform_name(account.platform)), sort_key(account.title)


def _place_order(place: tuple[str, str]) -> tuple[bool, str, str]:
    """Order by unit and platform; what has no unit comes last."""
    unit, platform = place
    return not unit, sort_key(unit), sort_key(platform_name(platform))


def _what() -> tuple[Column, ...]:
    named = (Column(_("Account"), widest=_WIDE), Column(_("Platform")), Column(_("Unit"), widest=_WIDE))
    return (*named, Column(_("Address"), widest=56, link=True))


def _named(account: Account) -> Row:
    return account.title, platform_name(account.platform), account.unit or None, account.url


def _by_day(days: Days, look: Look = TEXT) -> tuple[Column, ...]:
    total: Literal["sum", "count"] = "sum" if look is NUMBER else "count"
    return tuple(Column(show_date(day.day), look, _WIDE, total=total) for day in days)


def _opened_on(account: Account) -> Any:
    """Return the day as a date where it is known to the day, else as people write it."""
    if not account.opened_on:
        return (_("unknown"), TEXT)
    return exact_day(account.opened_on) or (show_partial(account.opened_on), TEXT)
