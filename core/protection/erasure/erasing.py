"""Erasing what is due in one file, the live registry or a copy of it: rows, free texts and the log, in one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, select, update

from core.model import Action, Finding, FindingState, OrgUnit, Person, PersonKind, ReportRun, SecretUse
from core.model.record import new_version
from core.protection.erasure.blanks import Blank, Blanks, read_blanks
from core.protection.erasure.had_to_do import had_to_do
from core.protection.erasure.history_values import entries_for, find_values, wipe
from core.protection.erasure.mentions import Place, Rewriting, texts
from core.protection.erasure.order import Order
from core.protection.recognising.known_names import known_people
from core.protection.recognising.name_forms import Forms, Known, forms_of
from core.settings import read_settings
from core.storage.journal import CHANGE, DELETE, Entry, write
from core.storage.touching import chunks
from core.storage.values import TABLES, from_plain, journaled_tables, to_plain

JOURNALED = frozenset(table.name for table in journaled_tables())


def erase_in(
    connection: Connection, order: Order, action: Action, forms: Forms, reports: Iterable[str]
) -> Counter[str]:
    """Erase everything an order names, in one action of the file's own log; call in a writing transaction.

    Args:
        connection: Of the file.
        order: What is to be erased.
        action: Under which this is recorded.
        forms: How the people are found in texts.
        reports: The hashes of the workbooks that were taken from the archive.

    Returns:
        How many records, texts and values of the log were changed, and how many records removed.
    """
    blanks, rewriting = read_blanks(connection, order.due), Rewriting(forms, order)
    values = find_values(connection, blanks, rewriting)
    entries = [*_marks(connection, order), *_portraits(connection, order)]
    counts = Counter(records=_empty(connection, blanks), texts=_rewrite(connection, blanks, rewriting))
    entries += _remove(connection, blanks)
    counts["removed"] = len(blanks.gone) + _forget_uses(connection, order.due.people)
    counts["values"] = len(values)
    entries += entries_for(values)
    if entries:
        write(connection, action, entries)
    wipe(connection, values)
    _note_removed(connection, order, reports)
    for derived in (Finding, FindingState):
        connection.execute(delete(derived))
    return counts


def forms_in(session: Any, people: Iterable[UUID], also: Iterable[Known] = ()) -> Forms:
    """Return how some people are found, by what this file knows of them and of everybody else."""
    wanted = set(people)
    known = known_people(session)
    others = [one for person, one in known.items() if person not in wanted]
    theirs = [*(known[person] for person in wanted if person in known), *also]
    near = {record: [known[one] for one in some if one in known] for record, some in had_to_do(session, wanted).items()}
    return forms_of(theirs, others, _words(session), near)


def _words(session: Any) -> set[str]:
    """Return the words of the names that the city gave itself and its units."""
    names = [str(read_settings(session)["city.name"]), *session.scalars(select(OrgUnit.name))]
    names += session.scalars(select(Person.family_name).where(Person.kind == PersonKind.OFFICE))
    return {word for name in names for word in name.split()}


def _marks(connection: Connection, order: Order) -> Iterator[Entry]:
    """Note at each person that the names are gone; as everything else that changes, it is an entry of the log."""
    table = TABLES["person"]
    after = {"erased_on": order.as_of, "public_contact": False}
    for some in chunks(order.due.people):
        rows = connection.execute(select(table.c.id, *(table.c[key] for key in after)).where(table.c.id.in_(some)))
        for row in rows.mappings().all():
            changed = {key: value for key, value in after.items() if row[key] != value}
            yield _changed(connection, "person", row, changed)


def _portraits(connection: Connection, order: Order) -> Iterator[Entry]:
    """Retire portraits, whose files are gone."""
    table = TABLES["asset"]
    for column, ids in ((table.c.person_id, order.due.people), (table.c.id, order.due.portraits)):
        for some in chunks(ids):
            query = select(table.c.id, table.c.retired_on).where(column.in_(some), table.c.retired_on.is_(None))
            for row in connection.execute(query).mappings().all():
                yield _changed(connection, "asset", row, {"retired_on": order.as_of})


def _changed(connection: Connection, table: str, row: Any, changed: dict[str, Any]) -> Entry:
    _set(connection, table, row["id"], changed)
    told = ({key: to_plain(one[key]) for key in changed} for one in (row, changed))
    return Entry(table, row["id"], CHANGE, *told)


def _empty(connection: Connection, blanks: Blanks) -> int:
    """Empty the columns that are emptied; the log says so by what it does not hold any more."""
    rows = ((one, blank) for one, blank in blanks.emptied.items() if blank.table in TABLES)  # Reasons are in the log.
    return sum(_empty_one(connection, one, blank) for one, blank in rows)


def _empty_one(connection: Connection, record_id: UUID, blank: Blank) -> bool:
    table = TABLES[blank.table]
    query = select(*(table.c[key] for key in blank.values)).where(table.c.id == record_id)
    row = connection.execute(query).mappings().first()
    if row is None:
        return False
    filled = blank.fill(dict(row))
    _set(connection, blank.table, record_id, {key: value for key, value in filled.items() if value != row[key]})
    return filled != dict(row)


def _rewrite(connection: Connection, blanks: Blanks, rewriting: Rewriting) -> int:
    """Take the names out of all texts of the records."""
    emptied, found = blanks.columns, list[tuple[Place, Any]]()
    for place, value in texts(connection):
        if place.record_id in blanks.gone or place.column in emptied.get(place.record_id, ()):
            continue
        plain = to_plain(value)
        fresh = rewriting.value(place, plain)
        if fresh != plain:
            found.append((place, fresh))
    for place, fresh in found:
        column = TABLES[place.table].c[place.column]
        _set(connection, place.table, place.record_id, {place.column: from_plain(column, fresh)})
    return len(found)


def _set(connection: Connection, name: str, record_id: UUID, values: dict[str, Any]) -> None:
    """Write values past the journal, whose entries are written or rewritten here; forms that are open know by it.

    When a record was last changed stays as it was: nobody looked at it.
    """
    table = TABLES[name]
    stamp = {"version": new_version()} if "version" in table.c else {}
    if values:
        connection.execute(update(table).where(table.c.id == record_id).values(**values, **stamp))


def _remove(connection: Connection, blanks: Blanks) -> Iterator[Entry]:
    """Remove whole records; an entry says that they are gone, and nothing of what they held."""
    for record_id, name in blanks.gone.items():
        table = TABLES[name]
        if connection.execute(delete(table).where(table.c.id == record_id)).rowcount:
            yield Entry(name, record_id, DELETE)


def _forget_uses(connection: Connection, people: Iterable[UUID]) -> int:
    query = delete(SecretUse)
    return sum(connection.execute(query.where(SecretUse.person_id.in_(some))).rowcount for some in chunks(people))


def _note_removed(connection: Connection, order: Order, reports: Iterable[str]) -> None:
    for some in chunks(reports):
        gone = ReportRun.file_sha256.in_(some), ReportRun.removed_on.is_(None)
        connection.execute(update(ReportRun).where(*gone).values(removed_on=order.as_of))
