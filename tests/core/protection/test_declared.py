"""Whatever the registry can hold is told to the person it is about, or declared free of people."""

from __future__ import annotations

from sqlalchemy import Column

from core.model import Base
from core.protection.declared import ABOUT, EVERY_TABLE, FREE, LOGGED, LOOSE, PARTS
from core.storage.values import TABLES


def _columns() -> list[Column[object]]:
    assert Base.metadata.tables
    return [column for table in TABLES.values() for column in table.columns]


def _is_reference(column: Column[object]) -> bool:
    checked = any(key.column.table.name == "person" for key in column.foreign_keys)
    return checked or column.key in LOOSE.get(column.table.name, ())


def _is_free(column: Column[object]) -> bool:
    return any(one.table in {EVERY_TABLE, column.table.name} and column.key in one.columns for one in FREE)


def _is_told(column: Column[object]) -> bool:
    table, key = column.table.name, column.key
    with_part = any(one.table == table and key in one.told for one in PARTS)
    return with_part or any(one.table == table and key in one.told for one in ABOUT) or key in LOGGED.get(table, ())


def test_every_column_is_told_to_whom_it_is_about_or_declared_free_of_people():
    silent = [
        f"{column.table.name}.{column.key}"
        for column in _columns()
        if not (column.info.get("personal") or _is_reference(column) or _is_told(column) or _is_free(column))
    ]
    assert not silent, f"say in core/protection/declared.py what these have to do with people: {silent}"


def test_no_column_is_both_personal_and_free_of_people():
    both = [f"{one.table.name}.{one.key}" for one in _columns() if _is_free(one) and one.info.get("personal")]
    both += [f"{one.table.name}.{one.key}" for one in _columns() if _is_free(one) and _is_reference(one)]
    both += [f"{one.table.name}.{one.key}" for one in _columns() if _is_free(one) and _is_told(one)]
    assert not both


def test_every_reference_to_a_person_says_what_is_told_of_its_row():
    known = {(one.table, by) for one in ABOUT for by in one.by} | {(one.table, one.by) for one in PARTS}
    known |= {(table, key) for table in LOGGED for key in LOOSE.get(table, ())}
    found = {(column.table.name, column.key) for column in _columns() if _is_reference(column)}
    assert found <= known, f"say in core/protection/declared.py what the person is told: {found - known}"


def test_everything_that_can_hold_personal_data_is_about_somebody_or_searched():
    """A personal column in a row about nobody holds text; then the extract finds it by the person's name."""
    about = {one.table for one in ABOUT}
    loose = [one for one in _columns() if one.info.get("personal") and one.table.name not in about]
    assert all(one.type.python_type is str for one in loose), loose


def test_what_is_declared_exists():
    said = [(one.table, key) for one in ABOUT for key in (*one.by, *one.told)]
    said += [(one.table, key) for one in PARTS for key in (one.by, *one.told)]
    said += [(one.table, key) for one in FREE for key in one.columns if one.table != EVERY_TABLE]
    said += [(table, key) for told in (LOOSE, LOGGED) for table, keys in told.items() for key in keys]
    gone = [f"{table}.{key}" for table, key in said if table not in TABLES or key not in TABLES[table].columns]
    assert not gone


def test_every_declaration_of_freedom_gives_its_reason():
    assert all(len(one.why) > 10 and one.why.endswith(".") for one in FREE)
