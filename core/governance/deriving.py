"""What follows from the records: the stored findings, and the cached rows of the lists that show them.

An action is followed in its own transaction, as far as it reaches; what it leaves behind is derived afterwards, and so
is everything when a day has passed or the rules have changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from uuid import UUID

from sqlalchemy import Table, bindparam, select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from core.custody.uses import forget_uses
from core.governance.finding_rows import Changed, current_for, move_state, refresh, refresh_some
from core.governance.findings import rules_up_to
from core.governance.mended import note_mended
from core.governance.rules import RULES, Rule, Situation
from core.governance.rules.rule import Query
from core.inventory.lists import CHANNELS, LISTS, USES
from core.inventory.platform_changes import follow_platforms
from core.model import (
    Asset,
    AssetUse,
    AssetVersion,
    Channel,
    Consent,
    CredentialChannel,
    Custody,
    Person,
    Record,
    RegistrySetting,
    Store,
    Waiver,
)
from core.settings import Settings, read_settings
from core.storage import chain, rows
from core.storage.journal import CHANGE, DELETE, Entry
from core.storage.touching import Touched, chunks, records_along, records_beside, touched_by
from core.storage.values import TABLES, journaled_tables
from core.terms import follow_terms

_KEEPING = {Custody.__tablename__: "id", Person.__tablename__: "person_id", Store.__tablename__: "store_id"}
"""By which column of the copies each table is found that says who keeps them and where."""

_TO_USES: tuple[tuple[type[Record], ...], ...] = (
    (AssetVersion,),
    (AssetVersion, AssetVersion),
    (Asset,),
    (Consent, Asset),
    (Person, Asset),
)
"""From what a use shows to its version: what was cut from a version shows what becomes of it, too."""

FEW = 2_000
"""So many channels are asked about one by one; where an action reaches more, all of them are asked at once."""


def derive(session: Session, today: date) -> bool:
    """Bring what is derived up to date with the records and the day; outside the log, in a session that may write.

    Returns:
        Whether any finding is new or gone.
    """
    follow_platforms(session)
    forget_uses(session, today)
    settings, head = read_settings(session), chain.head(session.connection())
    follow_terms(settings)
    if current_for(session) == (head[0], today):
        unlogged = [rule for rule in rules_up_to(int(settings["rules.stage"])) if _reads_what_is_not_logged(rule)]
        changed = refresh_some(Situation(session, today, settings), unlogged, ())
    else:
        changed = refresh(session, today, settings)
    connection = session.connection()
    rows.keep_current(connection, LISTS, today)
    for records in LISTS:
        rows.refresh_records(connection, records, changed.records.get(records.name, ()), today)
    return bool(changed)


def follow(connection: Connection, action_id: UUID, entries: Sequence[Entry], newest: int, today: date) -> bool | None:
    """Bring what is derived up to date with an action that has just been written to the log, in its transaction.

    Args:
        connection: The action's.
        action_id: The action.
        entries: What it did.
        newest: The number of the last of its entries in the log.
        today: The day for which things are derived.

    Returns:
        Whether any finding is new or gone; None where something is left behind for `derive`.
    """
    with Session(bind=connection) as session:
        renamed = _renamed(session, entries)
        changed = _follow_findings(session, action_id, entries, newest, today)
    also = changed.records if changed is not None else _shown_on(connection, renamed)
    current = rows.refresh(connection, LISTS, entries, today, also)
    return bool(changed) if current and changed is not None else None


def _shown_on(connection: Connection, channels: set[UUID]) -> dict[str, set[UUID]]:
    """Return some channels and what is shown on them, by table: both are found by what the platform is called."""
    path = [TABLES[Channel.__tablename__], TABLES[AssetUse.__tablename__]]
    uses = records_along(connection, path, Touched({CHANNELS.name: channels}))
    return {CHANNELS.name: channels, USES.name: uses}


def _renamed(session: Session, entries: Sequence[Entry]) -> set[UUID]:
    """Return the channels whose platform is called differently since an action, which changed it."""
    if all(entry.table != RegistrySetting.__tablename__ for entry in entries):
        return set()
    follow_terms(read_settings(session))
    keys = follow_platforms(session)
    on_them = select(Channel.id).where(Channel.platform.in_(keys))
    return set(session.connection().execute(on_them).scalars()) if keys else set()


def _follow_findings(
    session: Session, action_id: UUID, entries: Sequence[Entry], newest: int, today: date
) -> Changed | None:
    touched = {entry.table for entry in entries}
    if RegistrySetting.__tablename__ in touched or _clearly_many(entries):
        return None
    asked = _affected(RULES, entries)
    settings = read_settings(session) if asked else Settings()
    rules = [rule for rule in asked if rule.stage <= int(settings["rules.stage"])]
    ids = _channels(session.connection(), entries) if rules else set()
    if len(ids) > FEW or not move_state(session, newest - len(entries), newest, today):
        return None
    changed = refresh_some(Situation(session, today, settings), rules, ids) if rules else Changed()
    if changed:
        deleted = {entry.record_id for entry in entries if entry.kind == DELETE}
        note_mended(session, changed, action_id, on=today, besides=deleted)
    return changed


def _clearly_many(entries: Sequence[Entry]) -> bool:
    """Say whether so many channels are touched themselves that it need not be asked which ones are reached."""
    return sum(entry.table == CHANNELS.name for entry in entries) > FEW


def _affected(rules: Sequence[Rule], entries: Sequence[Entry]) -> list[Rule]:
    """Return the rules that read what an action touched; a waiver touches them all."""
    touched = {entry.table for entry in entries}
    if Waiver.__tablename__ in touched:
        return list(rules)
    for entry in entries:
        if entry.kind == CHANGE:
            touched.update(f"{entry.table}.{key}" for key in (*(entry.before or ()), *(entry.after or ())))
    for name in {entry.table for entry in entries if entry.kind != CHANGE} & TABLES.keys():
        touched.update(f"{name}.{column.key}" for column in TABLES[name].columns)
    return [rule for rule in rules if rule.reads & touched]


def _channels(connection: Connection, entries: Sequence[Entry]) -> set[UUID]:
    """Return the channels of which a rule may say something else after an action."""
    touched = touched_by(entries)
    people = touched.records.get(Person.__tablename__, set())
    for some in chunks(list(people)):
        # Who is to be succeeded by somebody who leaves has no successor any more.
        people |= set(connection.execute(_succeeded_by(), {"ids": some}).scalars())
    waived = touched.records.get(Waiver.__tablename__, set())
    subjects = {UUID(value) for entry in entries if (value := _waived_subject(entry)) is not None}
    for some in chunks(waived):
        subjects |= {one for one in connection.execute(_subjects_of(), {"ids": some}).scalars() if one is not None}
    reached = records_beside(connection, CHANNELS.table, touched) | _opened(connection, touched) | subjects
    return reached.union(*(records_along(connection, path, touched) for path in _to_channels()))


def _opened(connection: Connection, touched: Touched) -> set[UUID]:
    """Return the channels into which somebody gets with a copy that was touched, or whose keeper or keyring was."""
    found: set[UUID] = set()
    for table, column in _KEEPING.items():
        for some in chunks(touched.records.get(table, ())):
            found |= set(connection.execute(_opened_by(column), {"ids": some}).scalars())
    return found


def _waived_subject(entry: Entry) -> str | None:
    return (entry.before or {}).get("subject_id") if entry.table == Waiver.__tablename__ else None


def _reads_what_is_not_logged(rule: Rule) -> bool:
    return any(one.partition(".")[0] not in _logged() for one in rule.reads)


@cache
def _logged() -> frozenset[str]:
    return frozenset(table.name for table in journaled_tables())


@cache
def _to_channels() -> tuple[tuple[Table, ...], ...]:
    """Return the paths that lead from what belongs to an asset to the channels on which it is shown."""
    paths: list[tuple[type[Record], ...]] = [(*path, AssetVersion, AssetUse, Channel) for path in _TO_USES]
    return tuple(tuple(Record.metadata.tables[one.__tablename__] for one in path) for path in paths)


@cache
def _succeeded_by() -> Query:
    return select(Person.id).where(Person.successor_id.in_(bindparam("ids", expanding=True)))


@cache
def _opened_by(column: str) -> Query:
    tied = select(CredentialChannel.channel_id).join(Custody, Custody.credential_id == CredentialChannel.credential_id)
    return tied.where(Custody.__table__.c[column].in_(bindparam("ids", expanding=True)))


@cache
def _subjects_of() -> Query:
    return select(Waiver.subject_id).where(Waiver.id.in_(bindparam("ids", expanding=True)))
