"""Tamper with a log at random, as somebody with the file and the source code could, and ask the check what it finds.

The log lies in memory, its triggers are dropped, and each tampering is rolled back after the check.
"""

from __future__ import annotations

import random
import sqlite3
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.pool import StaticPool

from core.model import Action, Channel
from core.registry import Registry
from core.storage import chain
from core.storage.journal import Entry, write
from tests.factories import make_channel, make_person

Anchor = tuple[int, str] | None
COLUMNS = {
    "action": ("label", "at", "actor_id", "store_id", "batch_id", "undoes_id", "schema_number", "id"),
    "change": ("action_id", "table_name", "record_id", "kind", "digests", "hash", "seq"),
    "change_value": ("part", "personal", "salt", "text", "seq"),
}
GARBAGE = ("", "x", "[]", '{"seqs": 5}', "restore", "erase", b"\xff\xfe", -1, 2**40)


@dataclass(frozen=True, slots=True)
class Tampered:
    """What was done, at which entry it must be noticed (None: nowhere), and the anchor of whoever looks."""

    kind: str
    expected: int | None
    anchor: Anchor = None


class Log:
    """A log in memory to tamper with."""

    def __init__(self, registry: Path) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        stored = sqlite3.connect(registry)
        stored.backup(self.raw)
        stored.close()
        for (name,) in self.raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            self.raw.execute(f"DROP TRIGGER {name}")
        engine = create_engine("sqlite://", creator=lambda: self.raw, poolclass=StaticPool)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        self.connection = engine.connect()
        self.hashes = [row[0] for row in self.raw.execute("SELECT hash FROM change ORDER BY seq")]
        self.last = len(self.hashes)
        gone = "SELECT seq, part, personal FROM change_value WHERE text IS NULL ORDER BY seq"
        self.gone = [(seq, part, bool(personal)) for seq, part, personal in self.raw.execute(gone)]
        self.erased = [one[0] for one in self.gone]

    def anchor(self, seq: int) -> Anchor:
        return (seq, self.hashes[seq - 1])

    def link_anew(self, first: int, last: int) -> None:
        """Compute the hashes of entries anew, from what now stands in them."""
        for read in chain._some(self.connection, first - 1, last - first + 1, chain.erased_by(self.connection)):
            above = self.raw.execute("SELECT hash FROM change WHERE seq = ?", (read.seq - 1,)).fetchone()
            linked = chain.link(above[0] if above else chain.GENESIS, read.seq, read.action, read.entry, read.digests)
            self.raw.execute("UPDATE change SET hash = ? WHERE seq = ?", (linked, read.seq))

    def first_of(self, table: str, rowid: int) -> int:
        """The entry at which an altered row of a table must be noticed."""
        column = {
            "action": "SELECT min(seq) FROM change WHERE action_id = (SELECT id FROM action WHERE rowid = ?)",
            "change": "SELECT seq FROM change WHERE rowid = ?",
            "change_value": "SELECT seq FROM change_value WHERE rowid = ?",
        }
        return int(self.raw.execute(column[table], (rowid,)).fetchone()[0])


def fill(registry: Registry, actions: int) -> None:
    """Make a log with every kind of entry: created, changed, deleted, undone, with a reason, restored and erased."""
    for number in range(actions):
        with registry.action("Add channel", reason="Weil." if number % 5 == 0 else None) as session:
            session.add(make_channel(handle=f"kanal{number}"))
            person = make_person(given_name=f"Erika {number}")
            session.add(person)
        with registry.action("Edit") as session:
            found = session.query(Channel).filter_by(handle=f"kanal{number}").one()
            found.title = f"Kanal {number}"
        if number % 4 == 0:
            registry.undo()
    with registry.deriving() as session:
        connection = session.connection()
        head = chain.head(connection)
        _append(connection, Entry("registry", uuid.uuid4(), chain.RESTORE, None, chain.restore_note(head, (3, "0"))))
        erased = connection.exec_driver_sql("SELECT seq FROM change_value WHERE personal = 1 LIMIT 3").scalars().all()
        _append(connection, Entry("person", uuid.uuid4(), chain.ERASURE, None, {"seqs": list(erased)}))
        for seq in erased:
            connection.exec_driver_sql("UPDATE change_value SET text = NULL WHERE seq = ? AND personal = 1", (seq,))
        _erase_single_values(connection)
    with registry.action("Add channel") as session:
        session.add(make_channel(handle="letzter"))


def _erase_single_values(connection: Connection) -> None:
    """Erase values one by one, some of them not personal, as an erasure does that keeps what is left of them."""
    found = "SELECT seq, part, personal FROM change_value WHERE text IS NOT NULL AND seq > 20 LIMIT 5"
    some = [(seq, part, bool(personal)) for seq, part, personal in connection.exec_driver_sql(found)]
    note = {chain.ERASED: [chain.value_name(*one) for one in some]}
    _append(connection, Entry("channel", uuid.uuid4(), chain.ERASURE, None, note))
    for one in some:
        wiped = "UPDATE change_value SET text = NULL WHERE seq = ? AND part = ? AND personal = ?"
        connection.exec_driver_sql(wiped, one)


def _append(connection: Connection, entry: Entry) -> None:
    write(connection, Action(label="Test", at=datetime.now(UTC), schema_number=1), [entry])


def run(log: Log, number: int, seed: int) -> tuple[Counter[str], list[str]]:
    """Tamper so many times.

    Returns:
        How often each kind was tried, and a line for each tampering that was not found where it is.
    """
    chance, tried, missed = random.Random(seed), Counter[str](), list[str]()
    while tried.total() < number:
        with log.connection.begin() as transaction:
            tampered = None
            with suppress(sqlite3.IntegrityError):  # The file itself would not take such a value.
                tampered = chance.choice(KINDS)(log, chance)
            if tampered is not None:
                tried[tampered.kind] += 1
                found = chain.verify(log.connection, tampered.anchor).broken_at
                if found not in _right(log, tampered):
                    missed.append(f"{tampered} was found at {found}")
            transaction.rollback()
    return tried, missed


def _right(log: Log, tampered: Tampered) -> set[int | None]:
    """Return the right answers: without the entry that says so, what was erased is no longer rightly gone."""
    allowed = chain.erased_by(log.connection)
    unexcused = [one[0] for one in log.gone if not allowed.allows(*one)]
    return {tampered.expected, unexcused[0] if unexcused else tampered.expected}


def _row(log: Log, chance: random.Random, table: str) -> int:
    return int(chance.choice(log.raw.execute(f"SELECT rowid FROM {table}").fetchall())[0])


def alter(log: Log, chance: random.Random) -> Tampered | None:
    """Change one value: by a character, to one of another row, or to anything."""
    table = chance.choice(list(COLUMNS))
    column, rowid = chance.choice(COLUMNS[table]), _row(log, chance, table)
    (old,) = log.raw.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()
    (other,) = log.raw.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (_row(log, chance, table),)).fetchone()
    new = chance.choice((_nearby(old, chance), _nearby(old, chance), other, chance.choice(GARBAGE)))
    first = log.first_of(table, rowid)
    log.raw.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (new, rowid))
    match column:
        case "seq" if table == "change":
            return _moved(log, first, new)
        case "seq" if isinstance(new, int) and 0 < new < first:
            first = new
        case "personal" if bool(new) == bool(old):
            return None
        case "at" if _instant(new) == _instant(old):
            return None  # Only the sign between day and time is another one.
        case "salt" if log.raw.execute("SELECT text FROM change_value WHERE rowid = ?", (rowid,)).fetchone() == (None,):
            return None  # It belonged to what was erased, and says nothing any more.
    (stored,) = log.raw.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()
    return Tampered(f"{table}.{column} altered", first) if stored != old else None


def _instant(stored: object) -> object:
    try:
        return datetime.fromisoformat(str(stored))
    except ValueError:
        return stored


def _moved(log: Log, old: int, new: object) -> Tampered | None:
    """Say what an entry's new number comes to; the last one moved out of sight is a tail cut off."""
    if new == old:
        return None
    hidden = old == log.last and isinstance(new, int) and new < 1
    return Tampered("tail cut, no anchor", None) if hidden else Tampered("change.seq altered", old)


def _nearby(old: object, chance: random.Random) -> object:
    match old:
        case int():
            return old + chance.choice((-1, 1))
        case str() if old:
            place = chance.randrange(len(old))
            return old[:place] + ("0" if old[place] != "0" else "1") + old[place + 1 :]
        case _:
            return uuid.UUID(int=chance.getrandbits(128)).hex


def delete(log: Log, chance: random.Random) -> Tampered:
    """Remove one row anywhere but at the log's end."""
    table = chance.choice(list(COLUMNS))
    rowid = _row(log, chance, table)
    first = log.first_of(table, rowid)
    log.raw.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,))
    if table == "change" and first == log.last:
        return Tampered("tail cut, newer anchor", first, log.anchor(first))
    return Tampered(f"{table} removed", first)


def swap(log: Log, chance: random.Random) -> Tampered | None:
    """Let two entries change places, with their values or without."""
    one, other = sorted(chance.sample(range(1, log.last + 1), 2))
    tables = chance.choice((("change",), ("change_value",), ("change", "change_value")))
    if tables == ("change_value",) and _said(log, one) == _said(log, other):
        return None  # Of both nothing is left but that something was there.
    for table in tables:
        for old, new in ((one, -1), (other, one), (-1, other)):
            log.raw.execute(f"UPDATE {table} SET seq = ? WHERE seq = ?", (new, old))
    return Tampered("entries swapped", one)


def _said(log: Log, seq: int) -> list[tuple[object, ...]]:
    """Return what an entry's values say; the salt of what was erased says nothing."""
    query = "SELECT part, personal, text, iif(text IS NULL, '', salt) FROM change_value WHERE seq = ? ORDER BY 1, 2"
    return log.raw.execute(query, (seq,)).fetchall()


def slip_in(log: Log, chance: random.Random) -> Tampered:
    """Move the later entries on and slip in a copy, rightly linked to the one before; the next one tells."""
    seq = chance.choice([number for number in range(2, log.last + 1) if number - 1 not in log.erased])
    for table in ("change_value", "change"):
        log.raw.execute(f"UPDATE {table} SET seq = -seq - 1 WHERE seq >= ?", (seq,))
        log.raw.execute(f"UPDATE {table} SET seq = -seq WHERE seq < 0")
    columns = "action_id, table_name, record_id, kind, digests, hash"
    log.raw.execute(
        f"INSERT INTO change (seq, {columns}) SELECT ?, {columns} FROM change WHERE seq = ?", (seq, seq - 1)
    )
    log.raw.execute(
        "INSERT INTO change_value (seq, part, personal, salt, text) "
        "SELECT ?, part, personal, salt, text FROM change_value WHERE seq = ?",
        (seq, seq - 1),
    )
    log.link_anew(seq, seq)
    return Tampered("entry slipped in", seq + 1)


def rewrite(log: Log, chance: random.Random) -> Tampered:
    """Remove a value and link everything after it anew, as somebody with the source code can; an anchor tells."""
    seq = chance.randrange(1, log.last + 1)
    log.raw.execute("DELETE FROM change_value WHERE seq = ?", (seq,))
    log.raw.execute("UPDATE change SET digests = '', kind = 'delete' WHERE seq = ?", (seq,))
    log.link_anew(seq, log.last)
    seen = chance.randrange(1, log.last + 1)
    anchor = log.anchor(seen)
    if seen < seq:
        return Tampered("rewritten, older anchor", None, anchor)
    return Tampered("rewritten, newer anchor", seen, anchor)


def cut(log: Log, chance: random.Random) -> Tampered:
    """Cut the newest entries off; only a newer anchor can tell, and an older one must not complain."""
    left = chance.randrange(1, log.last)
    for table in ("change_value", "change"):
        log.raw.execute(f"DELETE FROM {table} WHERE seq > ?", (left,))
    match chance.randrange(3):
        case 0:
            return Tampered("tail cut, no anchor", None)
        case 1:
            return Tampered("tail cut, older anchor", None, log.anchor(chance.randrange(1, left + 1)))
        case _:
            return Tampered("tail cut, newer anchor", left + 1, log.anchor(chance.randrange(left + 1, log.last + 1)))


KINDS: tuple[Callable[[Log, random.Random], Tampered | None], ...] = (
    *(alter, alter, alter, alter),
    *(delete, swap, slip_in, rewrite, cut),
)
