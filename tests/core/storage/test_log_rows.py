"""What is written for many entries at once is what is written for each alone."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Uuid
from sqlalchemy.dialects import sqlite

from core.model import Person
from core.registry import Registry
from core.storage import chain
from core.storage.journal import insert_many
from core.storage.log_rows import Alike, LogRows
from core.storage.values import canonical, canonical_rows, each_once, plain_column, to_plain, uuid_texts
from tests.factories import make_person

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(), st.lists(st.text(), max_size=2)
)
KEYS = st.lists(st.text(min_size=1, max_size=5), min_size=1, max_size=6, unique=True)


@st.composite
def alike_rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    keys = draw(KEYS)
    some = st.one_of(VALUES, st.sampled_from(["", "a", 1, True, 0, False, 0.0, None]))
    return draw(st.lists(st.fixed_dictionaries(dict.fromkeys(keys, some)), min_size=1, max_size=8))


@given(alike_rows())
def test_records_alike_are_written_as_each_of_them_would_be(rows: list[dict[str, Any]]):
    assert canonical_rows(rows, sorted(rows[0])) == [canonical(row) for row in rows]


@given(st.lists(st.uuids(), min_size=1))
def test_ids_are_written_as_they_are_one_by_one(ids: Sequence[uuid.UUID]):
    convert = Uuid().bind_processor(sqlite.dialect())
    assert convert is not None
    assert uuid_texts(ids) == plain_column(ids) == list(map(str, ids))
    assert each_once(convert, [*ids, None, *ids]) == [convert(one) for one in [*ids, None, *ids]]


@given(st.lists(st.sampled_from([None, True, 1, "a", 1.0, ("a",), uuid.UUID(int=7)])))
def test_a_column_is_turned_into_what_its_values_are_one_by_one(column: list[Any]):
    assert list(map(repr, plain_column(column))) == [repr(to_plain(value)) for value in column]


@given(alike_rows(), st.booleans())
def test_entries_alike_are_linked_as_each_of_them_would_be(rows: list[dict[str, Any]], changed: bool):
    rows = [{"family_name": "Mustermann", **row} for row in rows]
    ids = [uuid.UUID(int=number) for number in range(len(rows))]
    before = rows[::-1] if changed else ()
    made = LogRows(uuid.uuid4(), "d" * 64, 7, chain.GENESIS)
    made.add(Alike("person", "change", ids, before, rows))
    previous, values = chain.GENESIS, list(made.values)
    for place, (seq, _action, table, record, kind, digests, newest) in enumerate(made.changes):
        own = [value for value in values if value[0] == seq]
        assert digests == " ".join(f"{part}:{int(own)}:{chain.value_digest(*rest)}" for _, part, own, *rest in own)
        assert {part: _together(own, part) for part in ("before", "after")} == {
            "before": canonical(before[place]) if changed else "{}",
            "after": canonical(rows[place]),
        }
        previous = chain.link(previous, seq, "d" * 64, (table, str(record), kind), digests)
        assert (seq, record, newest) == (8 + place, ids[place], previous)
    assert (made.seq, made.newest) == (7 + len(rows), previous)
    assert [value[0] for value in values] == sorted(value[0] for value in values)


def _together(values: list[tuple[Any, ...]], part: str) -> str:
    """Return one part of an entry with its personal values and the others joined again."""
    told: dict[str, Any] = {}
    for _seq, one, personal, _salt, text in values:
        if one == part:
            content = json.loads(text)
            assert personal is ("family_name" in content) or not content.keys() & {"family_name"}
            told |= content
    return canonical(told)


def test_people_made_at_once_are_logged_and_stored_as_people_made_singly(registry: Registry):
    with registry.action("Add people") as session:
        several = {"given_name": ["Erika", "Max"], "family_name": ["Mustermann", "Beispiel"]}
        rows = [dict(zip(several, one, strict=True)) for one in zip(*several.values(), strict=True)]
        made = insert_many(session, Person, rows)
    with registry.action("Add people") as session:
        session.add_all([make_person(**row) for row in rows])
    told = registry.log()[-4:]
    assert [entry.record_id for entry in told[:2]] == made
    for bulk, single in zip(told[:2], told[2:], strict=True):
        assert bulk.after is not None
        assert single.after is not None
        assert bulk.after.keys() == single.after.keys()
        assert bulk.after["family_name"] == single.after["family_name"]
    assert registry.verify().broken_at is None
