"""What happened to the channels within a report's quarter: dated facts by their own days, all others by the log's.

A channel's title, name, unit and state have no dates of their own; they changed on the day on which they were entered,
and what was changed back on the same day did not change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, exists, or_, select

from core.days import end_of, local_day
from core.exchange.report.content import Content
from core.exchange.report.readers import Reader
from core.exchange.report.reasons import reasons_for
from core.i18n import N_, _
from core.inventory.channels import label_of
from core.inventory.figures import platform_name
from core.model import (
    Action,
    Change,
    ChangeValue,
    Channel,
    ChannelState,
    Credential,
    CredentialChannel,
    Person,
    Responsibility,
    ResponsibilityRole,
    Rotation,
)
from core.model.choices import Choice
from core.partial_dates import exact_day, first_day, show_partial
from core.storage.history import LogEntry, entries
from core.storage.journal import CHANGE
from core.storage.sorting import sort_key
from core.storage.touching import chunks


class Happening(Choice):
    """What can happen to a channel within a quarter."""

    OPENED = "opened", N_("opened")
    CLOSED = "closed", N_("closed")
    OWNER = "owner", N_("other owner")
    TAKEN_ON = "taken-on", N_("owner taken on")
    RENAMED = "renamed", N_("renamed")
    UNIT = "unit", N_("other unit")
    STATE = "state", N_("other state")
    ROTATED = "rotated", N_("login changed")


_LOGGED = {
    "title": Happening.RENAMED,
    "handle": Happening.RENAMED,
    "unit_id": Happening.UNIT,
    "state": Happening.STATE,
}
"""The undated columns of a channel that are told of."""

Changes: TypeAlias = dict[tuple[UUID, str, date], list[LogEntry]]
"""Log entries, oldest first, by channel, column and day."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day.

    Attributes:
        day: The day; the first possible one where it is not known exactly.
        told: The day as it is known: a day, or a month or a year alone as people write it.
        what: What happened.
        channel: The title of the channel, or of all that a login opens.
        platform: Its platform's name; empty for a login that opens several channels.
        old: What was before.
        new: What is since.
        entered: On which later day it was entered, None where it was known on the day of the report.
        subject: The record's id.
    """

    day: date
    told: date | str
    what: Happening
    channel: str
    platform: str
    old: str
    new: str
    entered: date | None
    subject: UUID


def read_events(content: Content) -> list[Event]:
    """Read what happened from the quarter's first day to the report's day, in the order of the days."""
    owners, logged = _tenures(content), _logged_changes(content)
    channels = _channels(content, {*owners, *(channel for channel, _key, _day in logged)})
    found = [
        *_opened_and_closed(content, channels.values()),
        *_owners(content, channels, owners),
        *_logged(content, channels, logged),
        *_rotated(content),
    ]
    return sorted(found, key=_order)


def _channels(content: Content, also: Iterable[UUID]) -> dict[UUID, Any]:
    """Return the channels that may have been opened or closed in the quarter, and some others."""
    columns = Channel.id, Channel.title, Channel.platform, Channel.opened_on, Channel.closed_on, Channel.url
    query, first = select(*columns, Channel.closing_reason), content.order.quarter.first_day
    within = or_(Channel.opened_on >= str(first.year), Channel.closed_on.between(first, content.order.day))
    found = {row.id: row for row in content.session.execute(query.where(within))}
    for some in chunks(set(also) - found.keys()):
        found |= {row.id: row for row in content.session.execute(query.where(Channel.id.in_(some)))}
    return found


def _order(event: Event) -> tuple[Any, ...]:
    place = list(Happening).index(event.what)
    return event.day, sort_key(event.channel), event.platform, str(event.subject), place, event.old, event.new


def _within(content: Content, day: date | None) -> bool:
    return day is not None and content.order.quarter.first_day <= day <= content.order.day


def _opened_and_closed(content: Content, channels: Iterable[Any]) -> Iterator[Event]:
    told_to_reader = reasons_for(content.session, content.order.reader)
    for row in channels:
        of = row.title, platform_name(row.platform)
        if row.opened_on and _within(content, opened := first_day(row.opened_on)):
            told = exact_day(row.opened_on) or show_partial(row.opened_on)
            entered = content.entered_later(("channel.opened_on", row.id))
            yield Event(opened, told, Happening.OPENED, *of, "", row.url or "", entered, row.id)
        if _within(content, row.closed_on):
            reason = told_to_reader(row.closing_reason) or ""
            entered = content.entered_later(("channel.closed_on", row.id))
            yield Event(row.closed_on, row.closed_on, Happening.CLOSED, *of, "", reason, entered, row.id)


def _tenures(content: Content) -> dict[UUID, list[Any]]:
    """Return who owned since when and until when, of the channels on which that began or ended in the quarter."""
    one, first = Responsibility, content.order.quarter.first_day
    owner = one.role == ResponsibilityRole.OWNER
    around = first - timedelta(days=1), content.order.day
    touched = select(one.channel_id).where(owner, or_(one.since.between(*around), one.until.between(*around)))
    query = select(one.channel_id, one.person_id, one.since, one.until, one.id).join(Person, Person.id == one.person_id)
    query = query.where(owner, one.channel_id.in_(touched))
    held: dict[UUID, list[Any]] = {}
    for row in content.session.execute(query.order_by(one.since.nulls_first(), Person.family_name, Person.id, one.id)):
        held.setdefault(row.channel_id, []).append(row)
    return held


def _owners(content: Content, channels: Mapping[UUID, Any], held: Mapping[UUID, list[Any]]) -> Iterator[Event]:
    """Compare who owned each channel before and after each day on which an ownership began or had ended."""
    for channel, rows in held.items():
        if channel in channels:
            yield from _owners_of(content, channels[channel], rows)


def _owners_of(content: Content, channel: Any, rows: Sequence[Any]) -> Iterator[Event]:
    begun = {row.since for row in rows}
    ended = {row.until + timedelta(days=1) for row in rows if row.until is not None and row.until < date.max}
    for day in sorted(one for one in begun | ended if _within(content, one)):
        before, after = _holders(rows, day - timedelta(days=1)), _holders(rows, day)
        if set(before) == set(after):
            continue
        eve = day - timedelta(days=1)
        begun_or_ended = [
            *(("responsibility.since", row.id) for row in rows if row.since == day),
            *(("responsibility.until", row.id) for row in rows if row.until == eve),
        ]
        old, new = (content.people.several(people) if people else "" for people in (before, after))
        of = channel.title, platform_name(channel.platform)
        what = Happening.OWNER if before else Happening.TAKEN_ON
        yield Event(day, day, what, *of, old, new, content.entered_later(*begun_or_ended), channel.id)


def _holders(rows: Sequence[Any], day: date) -> list[UUID]:
    """Return who held a role on a day, in the order of the rows; unknown beginnings always count."""
    holding = (r for r in rows if (r.since is None or r.since <= day) and (r.until is None or r.until >= day))
    return list(dict.fromkeys(row.person_id for row in holding))


def _logged_changes(content: Content) -> Changes:
    """Return what was entered without a date of its own, by channel, column and day."""
    found: Changes = {}
    for entry in entries(content.session, *_undated(content)):
        for key in (entry.after or {}).keys() & _LOGGED.keys():
            found.setdefault((entry.record_id, key, local_day(entry.at)), []).append(entry)
    return found


def _logged(content: Content, channels: Mapping[UUID, Any], changes: Changes) -> Iterator[Event]:
    """Tell what was entered without a date of its own, as it was before and after each day."""
    for (channel, key, day), found in changes.items():
        old, new = (found[0].before or {}).get(key), (found[-1].after or {}).get(key)
        if channel not in channels or old == new or (key == "state" and _is_closing(channels[channel], new)):
            continue
        of = channels[channel].title, platform_name(channels[channel].platform)
        yield Event(day, day, _LOGGED[key], *of, _shown(content, key, old), _shown(content, key, new), None, channel)


def _undated(content: Content) -> list[ColumnElement[bool]]:
    """Return the conditions on log entries that changed a told column; most changes are about others.

    What is left of an erased value stands elsewhere in the log, so its entry is looked at.
    """
    touched = or_(ChangeValue.text.is_(None), *(ChangeValue.text.contains(f'"{key}":') for key in _LOGGED))
    of_entry = exists().where(ChangeValue.seq == Change.seq, ChangeValue.part == "after", touched)
    since = end_of(content.order.quarter.first_day - timedelta(days=1))
    days = Action.at >= since, Action.at < end_of(content.order.day), Change.seq <= content.head[0]
    return [Change.table_name == Channel.__tablename__, Change.kind == CHANGE, *days, of_entry]


def _is_closing(channel: Any, state: Any) -> bool:
    """Say whether a change of state is told already by the channel's closing day."""
    return state == ChannelState.CLOSED.value and channel.closed_on is not None


def _shown(content: Content, key: str, value: Any) -> str:
    match key, value:
        case _, None:
            return ""
        case "state", str():
            return _(ChannelState(value).label)
        case "unit_id", str():
            return content.units.get(UUID(value)) or _("a unit that is gone")
        case _:
            return str(value)


def _rotated(content: Content) -> Iterator[Event]:
    """Tell which logins got another secret; the first one known of each is the one that was there."""
    opens = _opens(content)
    query = select(Rotation.id, Rotation.on, Rotation.revision, Credential.id, Credential.label)
    query = query.join(Credential, Credential.id == Rotation.credential_id)
    before: dict[UUID, int] = {}
    for rotation, on, revision, login, label in content.session.execute(query.order_by(Rotation.revision)):
        if login in before and _within(content, on):
            channels = "; ".join(opens.get(login, ()))
            old, new = (_revision(content, label, number) for number in (before[login], revision))
            entered = content.entered_later(("rotation", rotation))
            yield Event(on, on, Happening.ROTATED, channels, "", old, new, entered, login)
        before[login] = revision


def _opens(content: Content) -> dict[UUID, list[str]]:
    """Return which channels each login opens."""
    found: dict[UUID, list[str]] = {}
    tied = select(CredentialChannel.credential_id, Channel.title, Channel.platform)
    tied = tied.join(Channel, Channel.id == CredentialChannel.channel_id)
    for login, title, platform in content.session.execute(tied.order_by(Channel.title, Channel.platform, Channel.id)):
        found.setdefault(login, []).append(label_of(title, platform))
    return found


def _revision(content: Content, login: str, number: int) -> str:
    """Name a revision; whoever is outside the editorial team reads no login's name, which may be anybody's address."""
    if content.order.reader is not Reader.INTERNAL:
        return _("revision {revision}").format(revision=number)
    return _("{login}, revision {number}").format(login=login, number=number)
