"""The chain of hashes over the log: how a link is computed, and how the whole is checked.

A value's digest is SHA-256(salt | stored text); a link is SHA-256(previous | seq | action digest | table | id | kind |
digests). Values can be erased later without breaking the chain, because only their digests are linked.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from core.model import Action, Change, ChangeValue
from core.storage.values import TABLES, canonical, to_plain

GENESIS = "0" * 64
ERASURE = "erase"
RESTORE = "restore"

ERASED = "values"
"""Under this key an erasure names each value that it erased, as `value_name` does."""

_AT_ONCE = 2_000
_SALT, _DRAWN = 32, 64
_Value = tuple[str, bool, str, str | None]  # part, personal, salt and text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the chain found.

    Attributes:
        entries: How many entries the log has.
        head: The hash of the newest entry, or None for an empty or a broken log.
        broken_at: The number of the first entry that is not as it was written, or None.
    """

    entries: int
    head: str | None
    broken_at: int | None


def fresh_salts() -> Iterator[str]:
    """Give fresh salts without end, so that equal values have unequal digests; the system is asked for many at once."""
    while True:
        drawn = secrets.token_hex(_DRAWN * _SALT // 2)
        yield from (drawn[start : start + _SALT] for start in range(0, len(drawn), _SALT))


def value_digest(salt: str, text: str) -> str:
    """Return the digest that stands for a value in the chain."""
    return hashlib.sha256(f"{salt}|{text}".encode()).hexdigest()


def action_digest(action: Action) -> str:
    """Return the digest of everything an action says about itself."""
    return _action_digest({column.key: getattr(action, column.key) for column in TABLES["action"].columns})


def _action_digest(values: dict[str, Any]) -> str:
    plain = {key: to_plain(value) for key, value in values.items()}
    return hashlib.sha256(canonical(plain).encode()).hexdigest()


def link(previous: str, seq: int, action: str, entry: tuple[str, str, str], digests: str) -> str:
    """Return the hash of one entry.

    Args:
        previous: The hash of the entry before.
        seq: The entry's number.
        action: The digest of its action.
        entry: Table, record id and kind.
        digests: The values' digests as stored.
    """
    content = f"{previous}|{seq}|{action}|{'|'.join(entry)}|{digests}"
    return hashlib.sha256(content.encode()).hexdigest()


def head(connection: Connection | Session) -> tuple[int, str]:
    """Return number and hash of the newest entry; (0, GENESIS) for an empty log."""
    row = connection.execute(_newest()).first()
    return (row[0], row[1]) if row else (0, GENESIS)


def hash_of(connection: Connection | Session, seq: int) -> str | None:
    """Return the hash of an entry of the log, None where there is none of that number."""
    return connection.execute(select(Change.hash).where(Change.seq == seq)).scalar()


@cache
def _newest() -> Select[int, str]:
    return select(Change.seq, Change.hash).order_by(Change.seq.desc()).limit(1)


def verify(connection: Connection | Session, anchor: tuple[int, str] | None = None) -> Verdict:
    """Check every entry of the log, oldest first.

    Args:
        connection: A connection or session in a transaction.
        anchor: Number and hash of an entry that was seen before and must still be there.

    Returns:
        The verdict; `broken_at` names the first entry that was altered, removed or slipped in. Where the newest entries
        were cut off, that is the number after the last one left.
    """
    previous, count, replaced, missed = GENESIS, 0, list[tuple[int, int]](), 0
    broken: int | None = None
    for read in _entries(connection):
        count += 1
        if read is None or read.seq != count or not _sound(read, previous):
            broken = count
            break
        replaced += [_replaced_numbers(read)] if read.entry[2] == RESTORE else []
        if anchor is not None and anchor[0] == read.seq and anchor[1] != read.hash:
            missed = read.seq
        previous = read.hash
    if missed and not _within(replaced, missed):  # A backup that was put in place says so only afterwards.
        broken = missed
    if broken is not None:
        return Verdict(_count(connection), None, broken)
    cut = anchor is not None and anchor[0] > count and not _within(replaced, anchor[0])
    return Verdict(count, previous if count else None, count + 1 if cut else None)


def value_name(seq: int, part: str, personal: bool) -> str:
    """Return how an erasure names one value of the log: "12:before:1" is what was personal of entry 12 before."""
    return f"{seq}:{part}:{int(personal)}"


def restore_note(restored: tuple[int, str], replaced: tuple[int, str], own: int | None = None) -> dict[str, Any]:
    """Return what the log says about a restored backup: both heads, so that the gap explains itself.

    Args:
        restored: The head of the backup.
        replaced: The head of what was replaced.
        own: How many entries the backup had when it was made, where people's data has been erased from it since.
    """
    return {
        "own_seq": restored[0] if own is None else own,
        "restored_seq": restored[0],
        "restored_hash": restored[1],
        "replaced_seq": replaced[0],
        "replaced_hash": replaced[1],
    }


def _replaced_numbers(read: _Read) -> tuple[int, int]:
    """Return the span of numbers that a restored backup replaced: entries seen with them are rightly gone."""
    try:
        note = json.loads(read.values[0][3] or "")
        restored, replaced = int(note["restored_seq"]), int(note["replaced_seq"])
        own = int(note.get("own_seq", restored))
    except (ValueError, TypeError, LookupError):
        return (0, 0)
    follows = restored == read.seq - 1 and own <= restored  # It follows the head that it put in place.
    return (own, replaced) if follows else (0, 0)


def _within(spans: list[tuple[int, int]], seq: int) -> bool:
    return any(low < seq <= high for low, high in spans)


@dataclass(frozen=True, slots=True)
class _Read:
    """An entry as stored, with its values and what the erasures allow."""

    seq: int
    hash: str
    action: str
    entry: tuple[str, str, str]
    digests: str
    values: tuple[_Value, ...]
    erased: Erased


@dataclass(frozen=True, slots=True)
class Erased:
    """What the erasures of a log name: whole entries, of which personal values went, and single values of any kind."""

    entries: frozenset[int]
    values: frozenset[str]

    def allows(self, seq: int, part: str, personal: bool) -> bool:
        """Say whether a value may be missing."""
        return (personal and seq in self.entries) or value_name(seq, part, personal) in self.values


def _entries(connection: Connection | Session) -> Iterator[_Read | None]:
    """Give the entries in their order, many at a time; if some are unreadable, one by one, with None for the first."""
    erased, last, size = erased_by(connection), 0, _AT_ONCE
    while True:
        try:
            found = _some(connection, last, size, erased)
        except (ValueError, TypeError, OperationalError) as error:
            if isinstance(error, OperationalError) and "decode" not in str(error):
                raise
            if size == 1:
                yield None
                return
            size = 1
            continue
        if not found:
            return
        yield from found
        last = found[-1].seq


def _some(connection: Connection | Session, last: int, size: int, erased: Erased) -> list[_Read]:
    """Read the entries after a number; a damaged page can have left text that is no id, no instant and no text."""
    change, action, value = TABLES["change"], TABLES["action"], TABLES["change_value"]
    rows = connection.execute(select(change).where(change.c.seq > last).order_by(change.c.seq).limit(size)).all()
    if not rows:
        return []
    span = rows[0].seq, rows[-1].seq
    acting = select(change.c.action_id).where(change.c.seq.between(*span))
    found = connection.execute(select(action).where(action.c.id.in_(acting))).mappings()
    actions = {row["id"]: _action_digest(dict(row)) for row in found}
    values: dict[int, list[_Value]] = {}
    for one in connection.execute(select(value).where(value.c.seq.between(*span))):
        values.setdefault(one.seq, []).append((one.part, one.personal, one.salt, one.text))
    return [_read(row, actions, values, erased) for row in rows]


def _read(row: Any, actions: dict[Any, str], values: dict[int, list[_Value]], erased: Erased) -> _Read:
    entry = (str(row.table_name), str(row.record_id), str(row.kind))  # A tampered text may be none.
    stored = tuple(values.get(row.seq, ()))
    return _Read(row.seq, row.hash, actions.get(row.action_id, ""), entry, str(row.digests), stored, erased)


def erased_by(connection: Connection | Session) -> Erased:
    """Return what erasures say that they erased; only what stood in the log before them counts."""
    noted = connection.execute(
        select(Change.seq, ChangeValue.text).join(Change, Change.seq == ChangeValue.seq).where(Change.kind == ERASURE)
    )
    whole, single = set[int](), set[str]()
    for seq, text in noted:
        with suppress(ValueError, TypeError, AttributeError):  # An altered one is named when its own turn comes.
            note = json.loads(text or "")
            whole.update(note.get("seqs", ()))
            single.update(one for one in note.get(ERASED, ()) if int(one.partition(":")[0]) < seq)
    return Erased(frozenset(whole), frozenset(single))


def _sound(read: _Read, previous: str) -> bool:
    if link(previous, read.seq, read.action, read.entry, read.digests) != read.hash:
        return False
    declared = dict(item.rsplit(":", 1) for item in read.digests.split())
    for part, personal, salt, text in read.values:
        digest = declared.pop(f"{part}:{int(personal)}", None)
        if text is None:
            if not (digest and read.erased.allows(read.seq, part, personal)):
                return False
        elif digest != value_digest(salt, text):
            return False
    return not declared


def _count(connection: Connection | Session) -> int:
    return connection.execute(select(func.count()).select_from(Change)).scalar_one()
