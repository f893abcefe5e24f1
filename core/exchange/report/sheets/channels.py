"""The sheet of the channels: every account, where it belongs, who answers for it, whether it is alive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache, partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from core import fields
from core.exchange.report.content import Content
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import LINK, NUMBER, TEXT, day_look
from core.exchange.report.craft.table import Column, Table, write_table
from core.exchange.report.figures import Figures, platform_name
from core.exchange.report.readers import Reader, scope
from core.exchange.report.sheets.responsible import Ties, read_ties
from core.fields import Field
from core.i18n import _
from core.inventory import channels
from core.inventory.responsibilities import counts_on
from core.inventory.showing import shown
from core.model import Confirmation, FollowerCount, Responsibility, ResponsibilityRole
from core.partial_dates import exact_day
from core.storage.sorting import sort_key

_PUBLIC = ("title", "platform", "url", "unit", "opened_on")
_HOUSE = ("title", "platform", "url", "unit", "owner", "deputy", "state", "kind")
_HOUSE_DATES = ("opened_on", "last_post_on", "confirmed_on", "followers", "completeness")
COLUMNS = {
    Reader.PUBLIC: _PUBLIC,
    Reader.COMMITTEE: (*_HOUSE, *_HOUSE_DATES),
    Reader.INTERNAL: (*_HOUSE, *_HOUSE_DATES, "notes"),
}
"""Which fields each reader gets to see; free text only within the editorial team."""

ROLES = {"owner": ResponsibilityRole.OWNER, "deputy": ResponsibilityRole.DEPUTY}
"""The fields that tell of responsibilities, and of which."""

_WIDEST = {"title": 30, "url": 56, "unit": 24, "owner": 22, "deputy": 22, "kind": 13, "notes": 26}


def write(book: Book, content: Content, _figures: Figures) -> None:
    """Write the sheet; how late something was entered only where anything was."""
    known = {field.key: field for field in channels.FIELDS}
    wanted = [known[key] for key in COLUMNS[content.order.reader]]
    rows, columns = _rows(content, wanted), [_column(field) for field in wanted]
    entered = _shown_records(content)
    late = [content.entered_later(("channel", channel), *entered.get(channel, ())) for channel, _cells in rows]
    cells = [row for _channel, row in rows]
    if any(late):
        columns.append(Column(_("Entered later on"), day_look()))
        cells = [[*row, day] for row, day in zip(cells, late, strict=True)]
    table = Table(_("Channels"), content.subtitle, tuple(columns), cells, fixed=2)
    write_table(book, table, content.printed, content.step)


def _column(field: Field) -> Column:
    widest = _WIDEST.get(field.key, 24)
    match field.kind:
        case _ if field.key == "url":
            return Column(field.title, LINK, widest, link=True)
        case fields.Day() | fields.PartialDay():
            return Column(field.title, day_look(), widest)
        case fields.Number():
            return Column(field.title, NUMBER, widest, total="sum" if field.key == "followers" else None)
        case _:
            return Column(field.title, TEXT, widest, total="count" if field.key == "title" else None)


def _rows(content: Content, wanted: Sequence[Field]) -> list[tuple[UUID, list[Any]]]:
    """Read the channels in the order of their platforms' names and titles."""
    writers, named = _writers(content, wanted), cache(_platform_order)
    query = _listing(content, {"id", "platform", "title", *(field.key for field in wanted)} - ROLES.keys())
    found = content.session.connection().execute(query.execution_options(yield_per=500)).mappings()
    rows = []
    for listed in found:
        channel = listed["id"]
        order = named(listed["platform"]), sort_key(listed["title"]), channel.int
        rows.append((order, channel, [writer(listed) for writer in writers]))
        content.step()
    return [(channel, row) for _order, channel, row in sorted(rows, key=itemgetter(0))]


def _shown_records(content: Content) -> Mapping[UUID, Sequence[tuple[str, UUID]]]:
    """Return the other records of which the rows tell, by their channels; nothing where nothing was entered later."""
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    if content.order.reader is Reader.PUBLIC or not content.later.days:
        return found
    ties = select(Responsibility.id, Responsibility.channel_id).where(Responsibility.role.in_(ROLES.values()))
    for number, channel in content.session.execute(ties.where(counts_on(content.order.day))):
        found.setdefault(channel, []).append((Responsibility.__tablename__, number))
    for model in (Confirmation, FollowerCount):  # A view holds none of after its day; the newest is shown.
        newest = select(model.channel_id, model.id).order_by(model.on, model.created_at)
        shown = {channel: number for channel, number in content.session.execute(newest)}  # noqa: C416 - Row is no pair
        for channel, number in shown.items():
            found.setdefault(channel, []).append((model.__tablename__, number))
    return found


def _listing(content: Content, keys: set[str]) -> Select[Any]:
    """Return the listing of the channels with no more columns than are needed."""
    query = channels.listing(content.order.day).where(*scope(content.order.reader))
    return query.with_only_columns(*(column for key, column in query.selected_columns.items() if key in keys))


def _platform_order(platform: str) -> str:
    return sort_key(platform_name(platform))


def _writers(content: Content, wanted: Sequence[Field]) -> list[Callable[[Mapping[Any, Any]], Any]]:
    """Return what takes each cell of a row out of a listed channel."""
    ties = read_ties(content)
    return [_role(content, ties, ROLES[one.key]) if one.key in ROLES else _value(one) for one in wanted]


def _role(content: Content, ties: Ties, role: ResponsibilityRole) -> Callable[[Mapping[Any, Any]], str | None]:
    several = content.people.several

    def written(listed: Mapping[Any, Any]) -> str | None:
        people = ties.get((listed["id"], role))
        return several(people) if people else None

    return written


def _value(field: Field) -> Callable[[Mapping[Any, Any]], Any]:
    """Return what writes one field; texts stand as they are, of everything else much is alike and is kept."""
    key, kept = field.key, lru_cache(maxsize=1_000)(partial(value_of, field))
    if isinstance(field.kind, (fields.Text, fields.LongText, fields.Address)):
        return lambda listed: listed[key] or None
    return lambda listed: kept(listed[key])


def value_of(field: Field, value: Any) -> Any:
    """Return what stands in a cell for a field's value: real dates and numbers, everything else as people read it."""
    match field.kind, value:
        case _, None | "":
            return None
        case fields.Number(), int():
            return value
        case fields.Day(), date():
            return value
        case fields.Day() | fields.PartialDay(), str():
            return exact_day(value) or shown(field, value)
        case _:
            return shown(field, value)
