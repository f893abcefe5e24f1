"""The whole audit log, entry by entry, oldest first; people's data in it as one reader may have it.

Every entry is there for every reader, with its hash: what a reader may not have is left out of the entry, and named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.exchange.exported_cells import Instant
from core.exchange.exporting import READ_AT_ONCE
from core.exchange.report.readers import People, Reader, read_people
from core.fields import Field, LongText, Number, TextList
from core.i18n import N_, _, show_date
from core.inventory.recorded import noun_of
from core.model import Change
from core.storage.history import LogEntry, entries
from core.storage.log_view import kind_word, labels_of
from core.storage.values import canonical, is_for_team, to_plain

FIELDS = (
    Field("seq", N_("Number"), Number()),
    Field("at", N_("When (UTC)"), Instant()),
    Field("actor", N_("Who")),
    Field("workstation", N_("Workstation")),
    Field("label", N_("What")),
    Field("kind", N_("Kind")),
    Field("type", N_("Type of record")),
    Field("noun", N_("Record")),
    Field("record", N_("Id of the record")),
    Field("before", N_("Before"), LongText()),
    Field("after", N_("After"), LongText()),
    Field("withheld", N_("Left out for this reader"), TextList()),
    Field("action", N_("Id of the action")),
    Field("hash", N_("Hash")),
)


@dataclass(frozen=True, slots=True)
class WholeLog:
    """The log for one reader.

    Attributes:
        title: What the list is called, translated.
        reader: Who gets it.
    """

    title: str
    reader: Reader
    name: str = "change"

    @property
    def fields(self) -> Sequence[Field]:
        """The columns, from left to right."""
        return FIELDS

    def rows(self, session: Session, today: date) -> tuple[int, Iterator[Mapping[str, Any]]]:
        """Return how many entries there are, and the entries."""
        del today
        newest = session.scalar(select(func.max(Change.seq))) or 0
        count = session.scalar(select(func.count()).select_from(Change)) or 0
        return count, self._read(session, newest)

    def _read(self, session: Session, newest: int) -> Iterator[Mapping[str, Any]]:
        people = read_people(session, self.reader)
        for start in range(1, newest + 1, READ_AT_ONCE):
            found = entries(session, Change.seq.between(start, start + READ_AT_ONCE - 1))
            labels = labels_of(session, {entry.action_id for entry in found})
            yield from (self._row(entry, labels[entry.action_id], people) for entry in found)

    def _row(self, entry: LogEntry, label: str, people: People) -> Mapping[str, Any]:
        hidden = self._hidden(entry)
        return {
            "seq": entry.seq,
            "at": _told(to_plain(entry.at), _in_utc(entry.at)),
            "actor": people.one(entry.actor_id) if entry.actor_id is not None else _("unknown"),
            "workstation": str(entry.store_id) if entry.store_id is not None else None,
            "label": label,
            "kind": _told(entry.kind, kind_word(entry.kind)),
            "type": entry.table,
            "noun": noun_of(entry.table),
            "record": str(entry.record_id),
            "before": _values(entry.before, hidden),
            "after": _values(entry.after, hidden),
            "withheld": hidden,
            "action": str(entry.action_id),
            "hash": entry.hash,
        }

    def _hidden(self, entry: LogEntry) -> tuple[str, ...]:
        """Return the keys of the values that the reader may not have."""
        if self.reader is Reader.INTERNAL:
            return ()
        keys = {*(entry.before or ()), *(entry.after or ())}
        return tuple(sorted(key for key in keys if is_for_team(entry.table, key)))


class Told(str):
    """A stable text for programs, as it is in JSON; in a cell the words that stand for it."""

    __slots__ = ("words",)
    words: str

    def __str__(self) -> str:
        return self.words


def _told(text: str, words: str) -> Told:
    made = Told(text)
    made.words = words
    return made


def _in_utc(instant: datetime) -> str:
    there = instant.astimezone(UTC)
    return f"{show_date(there.date())}, {there:%H:%M:%S}"


class Values(dict[str, Any]):
    """Plain values of an entry: an object in JSON, in a cell the one text that stands for them."""

    def __str__(self) -> str:
        return canonical(self)


def _values(values: Mapping[str, Any] | None, hidden: Sequence[str]) -> Values | None:
    return None if values is None else Values((key, one) for key, one in values.items() if key not in hidden)
