"""What the log holds of a person: what was ever written about them, and what they did themselves."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import select

from core.i18n import _, ngettext, show_instant
from core.model import Action, Change, ChangeValue
from core.protection.declared import ABOUT
from core.protection.extract.content import Part, Row, Told
from core.protection.extract.labels import noun
from core.protection.extract.recording import EXTRACT_TABLE, reasoned_about
from core.protection.extract.rows import as_text, names_others
from core.protection.extract.telling import Teller, keys_of
from core.storage.history import LogEntry, entries, redacted
from core.storage.journal import CHANGE, CREATE
from core.storage.log_view import labels_of
from core.storage.touching import chunks
from core.storage.values import REASON_TABLE, REDACTED_TABLE, canonical

LISTED = 12
"""So many records of one action are listed; an import makes thousands."""

_BY = {one.table: one.by for one in ABOUT if not one.parent}


def subject_part(
    teller: Teller, found: Mapping[str, Sequence[Mapping[str, Any]]], above: Collection[tuple[str, str]]
) -> Part:
    """Tell every entry of the log on rows about the person, and what names them in the others.

    Args:
        teller: Puts it into words.
        found: The rows about the person, by table.
        above: Labels and texts that people have read already; of a new record these are not repeated.
    """
    mine = {(table, row["id"]) for table, rows in found.items() for row in rows}
    numbers = set(_naming_them(teller))
    mine |= {
        (entry.table, entry.record_id) for entry in _entries(teller, numbers) if _is_about(entry, teller.person_id)
    }
    mine.add((EXTRACT_TABLE, teller.person_id))
    mine |= {(REASON_TABLE, action) for action in _on_data_of(teller)}
    numbers |= set(_on(teller, [record for _table, record in mine if isinstance(record, UUID)]))
    told = [
        (entry.kind, _entry(teller, entry, whole=(entry.table, entry.record_id) in mine))
        for entry in _entries(teller, numbers)
    ]
    rows = tuple(_unrepeated(row, above) if kind == CREATE else row for kind, row in told if row is not None)
    return Part(
        "log", _("What the log holds of you"), rows, _("What a new entry shares with what is told above is left out.")
    )


def _on_data_of(teller: Teller) -> Iterator[UUID]:
    """Give the actions that were about the person's data alone, whose reasons are about them, too."""
    yield from teller.session.scalars(reasoned_about([teller.person_id]))


def _unrepeated(row: Row, above: Collection[tuple[str, str]]) -> Row:
    """Leave out for people what they have read; programs are told all of it."""
    values = (replace(one, text="") if (one.label, one.text) in above else one for one in row.values)
    return replace(row, values=tuple(values))


def _naming_them(teller: Teller) -> Iterator[int]:
    """Give the numbers of the entries whose values point at the person or name them, also in what erasures left."""
    query = select(ChangeValue.seq, ChangeValue.text).where(ChangeValue.text.is_not(None))
    for number, text in teller.session.execute(query.execution_options(yield_per=5_000)):
        if teller.mentions.are_in(text or ""):
            yield number
    for name, values in redacted(teller.session).items():
        if teller.mentions.are_in(canonical(values)):
            yield int(name.partition(":")[0])


def _on(teller: Teller, records: Iterable[UUID]) -> Iterator[int]:
    for some in chunks(records):
        yield from teller.session.scalars(select(Change.seq).where(Change.record_id.in_(some)))


def _entries(teller: Teller, numbers: Iterable[int]) -> Iterator[LogEntry]:
    """Give entries; what erasures left of others stands in these already."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), 500):
        some = Change.seq.in_(wanted[start : start + 500])
        yield from entries(teller.session, some, Change.table_name != REDACTED_TABLE)


def _is_about(entry: LogEntry, person: UUID) -> bool:
    values = [*_values(entry.before, entry.table), *_values(entry.after, entry.table)]
    return str(person) in values


def _values(part: Mapping[str, Any] | None, table: str) -> list[Any]:
    return [(part or {}).get(key) for key in _BY.get(table, ())]


def _entry(teller: Teller, entry: LogEntry, *, whole: bool) -> Row | None:
    """Tell one entry: all of it where its row is about the person, else what points at them or names them."""
    before, after = entry.before or {}, entry.after or {}
    keys = [key for key in {**before, **after} if whole or _tells(teller, entry, key)]
    if whole and entry.table in _BY:
        told = {*keys_of(entry.table), *(_BY[entry.table] if entry.kind == CHANGE else ())}
        keys = [key for key in keys if key in told]
    if not keys:
        return None
    was, became = teller.plain_told(entry.table, before, keys), teller.plain_told(entry.table, after, keys)
    values = tuple(_change(key, was.get(key), became.get(key)) for key in keys if key in was or key in became)
    when = Told("at", "", "", entry.at.isoformat())
    head = (Told("seq", _("Number in the log"), str(entry.seq), entry.seq), when, Told("table", "", "", entry.table))
    return Row((*head, *values), _titled(teller, entry))


def _titled(teller: Teller, entry: LogEntry) -> str:
    label = labels_of(teller.session, [entry.action_id])[entry.action_id]
    return _("{when}: {action}, {record}").format(when=show_instant(entry.at), action=label, record=noun(entry.table))


def _tells(teller: Teller, entry: LogEntry, key: str) -> bool:
    """Say whether what an entry holds of a row about others points at the person or names them."""
    values = [part[key] for part in (entry.before, entry.after) if part and part.get(key) is not None]
    return not names_others(entry.table, key) and any(teller.mentions.are_in(as_text(value)) for value in values)


def _change(key: str, before: Told | None, after: Told | None) -> Told:
    known = after or before
    label = known.label if known is not None else key
    texts = [one.text if one is not None else "" for one in (before, after)]
    text = f"{texts[0]} → {texts[1]}" if texts[0] else texts[1]
    plain = {"before": before.plain if before else None, "after": after.plain if after else None}
    return Told(key, label, text, plain)


def actor_part(teller: Teller) -> Part:
    """Tell what the person did under their account, action by action."""
    query = select(Action).where(Action.actor_id == teller.person_id).order_by(Action.at, Action.id)
    actions = list(teller.session.scalars(query))
    labels = labels_of(teller.session, [one.id for one in actions])
    touched = _touched(teller, [one.id for one in actions])
    reasons = _reasons(teller, [one.id for one in actions])
    rows = [_action(teller, one, labels[one.id], touched.get(one.id, []), reasons.get(one.id)) for one in actions]
    return Part("actions", _("What you did in the registry"), tuple(rows))


def _touched(teller: Teller, actions: Sequence[UUID]) -> dict[UUID, list[tuple[str, UUID]]]:
    found: dict[UUID, list[tuple[str, UUID]]] = {}
    for some in chunks(actions):
        query = select(Change.action_id, Change.table_name, Change.record_id).where(Change.action_id.in_(some))
        rows = teller.session.execute(query.order_by(Change.action_id, Change.seq)).all()
        for action, group in groupby(rows, itemgetter(0)):
            found[action] = [(table, record) for _action_id, table, record in group if table != REASON_TABLE]
    return found


def _reasons(teller: Teller, actions: Sequence[UUID]) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    for some in chunks(actions):
        query = select(Change.record_id, ChangeValue.text).join(ChangeValue, ChangeValue.seq == Change.seq)
        reasons = query.where(Change.table_name == REASON_TABLE, Change.record_id.in_(some))
        for action, text in teller.session.execute(reasons.where(ChangeValue.text.is_not(None))):
            found[action] = str(json.loads(text or "{}").get("reason", ""))
    return found


def _action(teller: Teller, action: Action, label: str, records: Sequence[tuple[str, UUID]], reason: str | None) -> Row:
    teller.learn([record for _table, record in records[:LISTED]])
    names = [_record(teller, table, record) for table, record in records[:LISTED]]
    more = len(records) - LISTED
    if more > 0:
        names.append(ngettext("and {count} more", "and {count} more", more).format(count=more))
    plain = [{"table": table, "id": teller.plain(record)} for table, record in records]
    told = [
        Told("at", _("When"), show_instant(action.at), action.at.isoformat()),
        Told("label", _("What"), label, label),
        Told("records", _("Concerns"), "; ".join(dict.fromkeys(names)), plain),
    ]
    if reason:
        told.append(Told("reason", _("Reason"), teller.others.hide(reason), teller.others.hide(reason)))
    return Row(tuple(told))


def _record(teller: Teller, table: str, record: UUID) -> str:
    name = _("you") if record == teller.person_id else teller.names.get(record, "")
    return _("{kind}: {name}").format(kind=noun(table), name=name) if name else noun(table)
