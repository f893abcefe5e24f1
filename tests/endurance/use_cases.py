"""What the program does to files, use case by use case, and how one sees afterwards whether it was done wholly."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from sqlalchemy import Connection, select

from core.exchange.importing.applying import apply
from core.exchange.importing.proposing import propose
from core.exchange.reading import Workbook, read_workbook
from core.exchange.report.making import make_report
from core.model import Channel
from core.registry import create_registry, open_registry
from core.restoring import restore_registry
from core.storage import chain, companions, history, migrating, places
from core.storage.engine import APPLICATION_ID, file_engine
from core.storage.founding import open_current
from core.storage.schema import SCHEMA
from core.storage.values import TABLES, journaled_tables, plain_values
from tests.endurance import asset_case
from tests.endurance.children import Begin, Work
from tests.factories import make_channel, make_person

TODAY = date(2026, 11, 23)
REGISTRY, OLDER, NEW, BACKUP, REPORT = "r.kanal", "alt.kanal", "neu.kanal", "sicherung.kanal", "bericht.xlsx"
LIST = Path(__file__).resolve().parents[1] / "data" / "kanalliste-semikolon.csv"
OLD_ENVELOPES, NEW_ENVELOPES = {"alt.age", "beide.age"}, {"beide.age", "neu.age"}
OLD_REPORT = b"der alte Bericht"
BEFORE, AFTER, HALF = "as before", "done wholly", "half done"


@dataclass(frozen=True, slots=True)
class UseCase:
    """Something a user does that writes.

    Attributes:
        begin: Prepares it in a process of its own and returns what is then done under faults.
        state: Says of a folder whether it is as before or done wholly; the template shows what was before.
    """

    begin: Begin
    state: Callable[[Path, Path], str]


def lay_out(folder: Path) -> None:
    """Make the folder from which every use case starts."""
    registry = create_registry(folder / REGISTRY, city="Musterstadt")
    with registry.action("Add channel") as session:
        session.add_all([make_channel(handle=f"kanal{number}") for number in range(5)])
        session.add(make_person())
    _lay_out_envelopes(folder / REGISTRY, OLD_ENVELOPES)
    registry.back_up(folder / BACKUP)
    with registry.action("Add channel") as session:
        session.add(make_channel(handle="spaeter"))
    registry.close()
    _lay_out_envelopes(folder / REGISTRY, NEW_ENVELOPES)
    (folder / REPORT).write_bytes(OLD_REPORT)
    lay_out_older(folder / OLDER)


def _lay_out_envelopes(registry: Path, names: set[str]) -> None:
    folder = companions.folder_of(registry)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name in names:
        (folder / name).write_bytes(_sealed(name))


def _sealed(name: str) -> bytes:
    return name.encode() * 400


def _whole_envelopes(registry: Path) -> set[str]:
    """Return the envelopes beside a registry or a backup, and insist that none is half there."""
    files = companions.files_in(companions.folder_of(registry))
    assert all(file.read_bytes() == _sealed(file.name) for file in files)
    return {file.name for file in files}


def lay_out_older(path: Path) -> None:
    """Make a registry as the first program made it."""
    places.create_private(path)
    engine = file_engine(path, foreign_keys=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    migrating.upgrade(engine, "0001")
    with engine.begin() as connection:
        stamps = "'2026-01-01', '2026-01-01', 'v'"
        connection.exec_driver_sql(
            "INSERT INTO org_unit (id, name, kind, active, created_at, updated_at, version) "
            f"VALUES ('{'0a' * 16}', 'Presse', 'other', 1, {stamps})"
        )
        connection.exec_driver_sql(
            "INSERT INTO registry_setting (id, key, value, created_at, updated_at, version) "
            f"VALUES ('{'0b' * 16}', 'registry.id', '{{\"value\":\"x\"}}', {stamps})"
        )
    engine.dispose()


def _act(folder: Path) -> Work:
    registry = open_registry(folder / REGISTRY)

    def add() -> None:
        with registry.action("Test") as session:
            session.add(make_channel(handle="neu"))
            channel = session.scalars(select(Channel).where(Channel.handle == "kanal1")).one()
            channel.title = "Anders"

    return add


def _import(folder: Path) -> Work:
    registry = open_registry(folder / REGISTRY)
    with registry.reading() as session:
        proposal = propose(_list(), session, today=TODAY)
    assert proposal.created

    def take_in() -> None:
        with registry.action("Test") as session:
            apply(session, proposal, today=TODAY)

    return take_in


@cache
def _list() -> Workbook:
    """The list, read once for all children: reading it is no part of what writes."""
    return read_workbook(LIST)


def _undo(folder: Path) -> Work:
    registry = open_registry(folder / REGISTRY)
    newest = registry.log()[-1].action_id
    return lambda: registry.undo_action(newest)


def _back_up(folder: Path) -> Work:
    registry = open_registry(folder / REGISTRY)
    return lambda: registry.back_up(folder / BACKUP)


def _restore(folder: Path) -> Work:
    return lambda: restore_registry(folder / BACKUP, folder / REGISTRY)


def _upgrade(folder: Path) -> Work:
    return lambda: open_current(folder / OLDER).dispose()


def _found(folder: Path) -> Work:
    return lambda: create_registry(folder / NEW).close()


def _report(folder: Path) -> Work:
    registry = open_registry(folder / REGISTRY)
    return lambda: make_report(registry, "2026Q3", folder / REPORT, today=TODAY)


def _take_in(folder: Path) -> Work:
    return asset_case.take_in(folder / REGISTRY)


def _taken_in(folder: Path, template: Path) -> str:
    return _acted(folder, template) if asset_case.library_is_whole(folder / REGISTRY) else HALF


def _acted(folder: Path, template: Path) -> str:
    return _compared(folder / REGISTRY, template / REGISTRY, actions=1)


def _restored(folder: Path, template: Path) -> str:
    here = _whole_envelopes(folder / REGISTRY)
    if (state := _compared(folder / REGISTRY, template / REGISTRY, actions=0)) == BEFORE:
        return state if here >= NEW_ENVELOPES else HALF
    state = _compared(folder / REGISTRY, template / BACKUP, actions=1)
    return state if here == OLD_ENVELOPES | NEW_ENVELOPES else HALF


def _upgraded(folder: Path, template: Path) -> str:
    found, before = contents(folder / OLDER), _before(template / OLDER)
    if found == before:
        return BEFORE
    same = all(found[name] == rows for name, rows in before.items() if name != "alembic_version")
    return AFTER if same and found["alembic_version"] == [(f"{SCHEMA:04}",)] else HALF


def _backed_up(folder: Path, template: Path) -> str:
    beside = _whole_envelopes(folder / BACKUP)
    if (folder / BACKUP).read_bytes() == (template / BACKUP).read_bytes():
        return BEFORE if beside >= OLD_ENVELOPES else HALF
    same = contents(folder / BACKUP) == contents(folder / REGISTRY)
    return AFTER if same and beside >= NEW_ENVELOPES else HALF


def _founded(folder: Path, template: Path) -> str:
    if not (folder / NEW).exists():
        return BEFORE
    return AFTER if len(contents(folder / NEW)["action"]) == 1 else HALF


def _reported(folder: Path, template: Path) -> str:
    if (folder / REPORT).read_bytes() == OLD_REPORT:
        return BEFORE
    try:
        openpyxl.load_workbook(folder / REPORT).close()
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError):
        return HALF
    return AFTER


USE_CASES = {
    "action": UseCase(_act, _acted),
    "import": UseCase(_import, _acted),
    "undo": UseCase(_undo, _acted),
    "backup": UseCase(_back_up, _backed_up),
    "restore": UseCase(_restore, _restored),
    "upgrade": UseCase(_upgrade, _upgraded),
    "founding": UseCase(_found, _founded),
    "report": UseCase(_report, _reported),
    "asset": UseCase(_take_in, _taken_in),
}


def _compared(path: Path, template: Path, *, actions: int) -> str:
    found, before = contents(path), _before(template)
    if found == before:
        return BEFORE
    done = (
        found["action"][: len(before["action"])] == before["action"]
        and len(found["action"]) == len(before["action"]) + actions
    )
    return AFTER if done else HALF


@lru_cache
def _before(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    return contents(path)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return every stored row that is not derived, and insist on a whole file, a whole chain and agreeing records."""
    engine = file_engine(path)
    try:
        with engine.connect() as connection, connection.begin():
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
            rows = {name: _rows(connection, name) for name in _stored_tables(connection)}
            if rows.get("change"):
                assert chain.verify(connection).broken_at is None
                assert_the_log_agrees(connection)
            return rows
    finally:
        engine.dispose()


def assert_the_log_agrees(connection: Connection) -> None:
    """Insist that every record is what its entries of the log make of it, and that no record is without any."""
    known: dict[str, dict[Any, dict[str, Any]]] = {}
    for entry in history.entries(connection):
        records = known.setdefault(entry.table, {})
        if entry.kind == "delete":
            assert records.pop(entry.record_id, None) is not None
        elif entry.kind in {"create", "change"}:
            records.setdefault(entry.record_id, {}).update(entry.after or {})
    for table in journaled_tables():
        for row in connection.execute(select(table)).mappings():
            logged = known.get(table.name, {}).pop(row["id"], None)
            assert logged is not None, f"no entry of the log tells of a record of {table.name}"
            assert plain_values(dict(row), logged) == logged
        assert not known.get(table.name)


def _stored_tables(connection: Connection) -> list[str]:
    present = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    return sorted(present & ({*TABLES, "alembic_version"} - {"finding", "report_run"}))


def _rows(connection: Connection, name: str) -> list[tuple[Any, ...]]:
    order = "seq" if name.startswith("change") else "rowid"
    return [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY {order}")]


def copy_of(template: Path, folder: Path) -> Path:
    """Return a fresh folder in which a use case can begin."""
    shutil.rmtree(folder, ignore_errors=True)
    return Path(shutil.copytree(template, folder))
