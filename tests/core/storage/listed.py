"""A small registry in memory with one list of channels, to look at the cache of its rows from all sides."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import create_engine, event, func, insert, or_, select

from core.fields import Address, Day, Field, LongText, OneOf, Platform, Reference, Text
from core.model import Base, Channel, ChannelState, OrgUnit, Person, Responsibility, ResponsibilityRole
from core.model.record import new_version
from core.storage.journal import CHANGE, CREATE, DELETE, Entry
from core.storage.record_list import RecordList
from core.storage.values import journaled_columns, plain_values

TODAY = date(2026, 11, 22)
STAMP = datetime(2026, 1, 1, tzinfo=UTC)

FIELDS = (
    Field("title", "Title", Text(), required=True),
    Field("platform", "Platform", Platform()),
    Field("url", "Address", Address()),
    Field("state", "State", OneOf(ChannelState)),
    Field("unit", "Unit", Reference("org_unit")),
    Field("owner", "Owner", Text(), editable=False),
    Field("registered_on", "Registered", Day()),
    Field("notes", "Notes", LongText()),
)


def listing(today: date):
    owner = (
        select(func.group_concat(Person.family_name, "; "))
        .join(Responsibility, Responsibility.person_id == Person.id)
        .where(
            Responsibility.channel_id == Channel.id,
            Responsibility.role == ResponsibilityRole.OWNER,
            or_(Responsibility.until.is_(None), Responsibility.until >= today),
            or_(Responsibility.since.is_(None), Responsibility.since <= today),
        )
        .correlate(Channel)
        .scalar_subquery()
    )
    return select(
        Channel.id,
        Channel.title,
        Channel.platform,
        Channel.url,
        Channel.state,
        OrgUnit.name.label("unit"),
        owner.label("owner"),
        Channel.registered_on,
        Channel.notes,
    ).join(OrgUnit, OrgUnit.id == Channel.unit_id, isouter=True)


def channel_list() -> RecordList:
    return RecordList(Channel, FIELDS, listing, {"google-plus": "Google+"})


def empty_registry(path="sqlite://"):
    engine = create_engine(path)

    @event.listens_for(engine, "connect")
    def _connected(raw, _record):
        raw.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begun(connection):
        connection.exec_driver_sql("BEGIN")

    Base.metadata.create_all(engine)
    return engine


def put(connection, model, **values) -> Entry:
    """Write one new record as an action would, and return its entry."""
    table = model.__table__
    made: dict[str, Any] = {
        column.key: column.default.arg if column.default is not None and not callable(column.default.arg) else None
        for column in table.columns
    }
    made |= {"id": UUID(int=_number()), "created_at": STAMP, "updated_at": STAMP, "version": new_version()} | values
    connection.execute(insert(table), [made])
    plain = plain_values(made, [column.key for column in journaled_columns(table)])
    return Entry(table.name, made["id"], CREATE, None, plain)


def change(connection, model, record_id, **values) -> Entry:
    table = model.__table__
    before = connection.execute(select(table).where(table.c.id == record_id)).mappings().one()
    connection.execute(table.update().where(table.c.id == record_id).values(**values))
    return Entry(table.name, record_id, CHANGE, plain_values(before, values), plain_values(values, values))


def remove(connection, model, record_id) -> Entry:
    table = model.__table__
    before = connection.execute(select(table).where(table.c.id == record_id)).mappings().one()
    connection.execute(table.delete().where(table.c.id == record_id))
    keys = [column.key for column in journaled_columns(table)]
    return Entry(table.name, record_id, DELETE, plain_values(before, keys))


def put_channel(connection, title, **values) -> Entry:
    defaults = {"platform": "facebook", "url_as_entered": f"https://facebook.com/{title}", "registered_on": TODAY}
    return put(connection, Channel, **(defaults | {"title": title} | values))


class _Counter:
    last = 0


def _number() -> int:
    _Counter.last += 1
    return _Counter.last
