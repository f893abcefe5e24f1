"""The rows that are about a person, those in which they had a part, and those whose texts mention them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, String, Table, Text, or_, select, type_coerce

from core.i18n import _
from core.inventory.recorded import setting_title
from core.model.record import Json, TextList
from core.protection.declared import ABOUT, PARTS
from core.protection.declared import About as AboutTable
from core.protection.declared import Part as Had
from core.protection.extract.content import Part, Row, Told
from core.protection.extract.labels import label_of, noun, part_title, title_of
from core.protection.extract.signed import SIGNED
from core.protection.extract.telling import Teller, keys_of
from core.storage.touching import chunks
from core.storage.values import TABLES, canonical, journaled_tables

AROUND = 400
"""So many letters of a long text are told on either side of a mention."""

NAMING = frozenset({"name_title", "given_name", "family_name", "email", "phone"})

_TITLES = ("title", "label", "name", "family_name", "key", "channel_id", "credential_id", "asset_id")


def about_rows(teller: Teller) -> dict[str, list[Mapping[str, Any]]]:
    """Read every row that is about the person, by table."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for about in ABOUT:
        found[about.table] = list(_about(teller, about, found))
    return found


def _about(
    teller: Teller, about: AboutTable, found: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[Mapping[str, Any]]:
    table = TABLES[about.table]
    wanted = [row["id"] for row in found[about.parent]] if about.parent else [teller.person_id]
    for some in chunks(wanted):
        mine = or_(*(table.columns[by].in_(some) for by in about.by), *_naming(teller, table, about))
        for row in teller.session.execute(select(table).where(mine)).mappings():
            yield dict(row)


def _naming(teller: Teller, table: Table, about: AboutTable) -> Iterator[ColumnElement[bool]]:
    """Give the condition that a row about something else names the person, as findings of a channel do."""
    if about.naming:
        yield type_coerce(table.columns[about.naming], Text).contains(str(teller.person_id))


def about_parts(teller: Teller, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Part]:
    """Tell these rows, a part for each table that has any."""
    for table, rows in found.items():
        told = tuple(Row(teller.told(table, row, (*_subject(teller, row), *keys_of(table)))) for row in rows)
        if told:
            yield Part(table, title_of(table), told)


def _subject(teller: Teller, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the column that says what a row is about which only names the person."""
    return ("subject_id",) if row.get("subject_id") not in {None, teller.person_id} else ()


def had_parts(teller: Teller, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Iterator[Part]:
    """Tell what the person had a part in, a part for each column that points at them."""
    for had in PARTS:
        mine = {row["id"] for row in found.get(had.table, ())}
        rows = tuple(_had(teller, had, row) for row in _pointing(teller, had) if row["id"] not in mine)
        if rows:
            yield Part(f"{had.table}.{had.by}", part_title(had.table, had.by), rows)


def _pointing(teller: Teller, had: Had) -> Iterator[Mapping[str, Any]]:
    table = TABLES[had.table]
    for row in teller.session.execute(select(table).where(table.columns[had.by] == teller.person_id)).mappings():
        yield dict(row)


def _had(teller: Teller, had: Had, row: Mapping[str, Any]) -> Row:
    told = teller.told(had.table, row, had.told)
    number = Told("id", "", "", str(row["id"])) if had.table != "person" else None
    return Row((*((number,) if number else ()), *told), _called(teller, TABLES[had.table], row))


def mention_part(teller: Teller, found: Mapping[str, Sequence[Mapping[str, Any]]]) -> Part:
    """Tell every text that names the person, in rows that are not about them."""
    rows: list[Row] = []
    for table in journaled_tables():
        mine = {row["id"] for row in found.get(table.name, ())}
        rows += (row for row in _mentioning(teller, table) if row is not None and row.values[0].plain not in mine)
    told = [Row(row.values[1:], row.title) for row in rows]
    return Part("mentions", _("Texts that name you, or somebody of your name"), tuple(told))


def _mentioning(teller: Teller, table: Table) -> Iterator[Row]:
    columns = [column.key for column in table.columns if isinstance(column.type, String | Text | TextList | Json)]
    if not columns:
        return
    for row in teller.session.execute(select(table).execution_options(yield_per=1_000)).mappings():
        told = (key for key in columns if not names_others(table.name, key))
        texts = {key: text for key in told if (text := as_text(row[key])) and teller.mentions.are_in(text)}
        if texts:
            yield _mention(teller, table, dict(row), texts)


def names_others(table: str, key: str) -> bool:
    """Say whether a column names whom its row is about: in other people's rows, that is somebody of the same name."""
    return table == "person" and key in NAMING


def _mention(teller: Teller, table: Table, row: Mapping[str, Any], texts: Mapping[str, str]) -> Row:
    told = [_quoted(teller, table.name, key, row[key], text) for key, text in texts.items()]
    kind, name = noun(table.name), _called(teller, table, row)
    title = _("{kind}: {name}").format(kind=kind, name=name) if name else kind
    return Row((Told("id", "", "", row["id"]), Told("table", "", "", table.name), *told), title)


def _quoted(teller: Teller, table: str, key: str, value: Any, text: str) -> Told:
    """Tell what stands around a mention; people read what was signed in a sentence, and values without brackets."""
    plain = shown = teller.others.hide(teller.mentions.around(text, AROUND))
    if key in SIGNED.get(table, ()):
        shown = teller.signed(text)
    elif not isinstance(value, str):
        values = value.values() if isinstance(value, Mapping) else value
        shown = teller.others.hide(teller.mentions.around(", ".join(str(one) for one in values), AROUND))
    return Told(key, label_of(table, key), shown, plain)


def as_text(value: Any) -> str:
    """Return a stored text, list or object as one text."""
    return value if isinstance(value, str) else canonical(list(value) if isinstance(value, tuple) else value or "")


def _called(teller: Teller, table: Table, row: Mapping[str, Any]) -> str:
    """Return what a row is called; a person other than who asks by what they do."""
    if row["id"] in teller.others.roles:
        return teller.others.roles[row["id"]]
    if table.name == "registry_setting":
        return setting_title(str(row["key"]))
    teller.learn(row.values())
    teller.learn([row["id"]])
    if teller.names.get(row["id"]):
        return teller.names[row["id"]]
    keys: Iterable[str] = (key for key in _TITLES if row.get(key) and key in table.columns)
    return next((text for key in keys if (text := _one_name(teller, row[key]))), "")


def _one_name(teller: Teller, value: Any) -> str:
    return teller.others.hide(value) if isinstance(value, str) else teller.names.get(value, "")
