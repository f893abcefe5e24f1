"""A file that is not ours is never touched; each reason not to open has its own sentence."""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.engine.interfaces import CacheStats

from core.errors import BusyError, UnusableFileError
from core.model import Channel
from core.registry import Registry, create_registry, open_registry
from core.restoring import back_up_daily, restore_registry
from core.storage import migrating, places
from core.storage.backing_up import AUTOMATIC_KEPT, back_up_automatically
from core.storage.engine import APPLICATION_ID, file_engine
from core.storage.kept_copies import automatic_backups
from core.storage.schema import SCHEMA
from tests.factories import make_channel


def test_a_new_registry_is_private_and_marked_as_ours(registry: Registry):
    assert stat.S_IMODE(registry.path.stat().st_mode) == 0o600
    with sqlite3.connect(registry.path) as raw:
        assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert raw.execute("PRAGMA journal_mode").fetchone()[0] in {"delete", "truncate"}
    raw.close()


def test_an_existing_file_is_not_overwritten_by_a_new_registry(tmp_path: Path):
    target = tmp_path / "liste.kanal"
    target.write_text("wichtig")
    with pytest.raises(UnusableFileError, match="liste"):
        create_registry(target)
    assert target.read_text() == "wichtig"


def foreign(path: Path, kind: str) -> None:
    match kind:
        case "empty":
            path.touch()
        case "text":
            path.write_text("Kanal;Adresse\n" * 50)
        case "sqlite":
            with sqlite3.connect(path) as raw:
                raw.execute("CREATE TABLE other (x)")
            raw.close()
        case "other application":
            with sqlite3.connect(path) as raw:
                raw.executescript("PRAGMA application_id=1; CREATE TABLE other (x)")
            raw.close()
        case "folder":
            path.mkdir()
        case "link":
            path.with_name("ziel").write_bytes(b"x" * 200)
            path.symlink_to(path.with_name("ziel"))
        case "dangling link":
            path.symlink_to(path.with_name("nirgends"))
        case "pipe":
            os.mkfifo(path)
        case "second name":
            path.with_name("ziel").write_bytes(b"SQLite format 3\0" + bytes(200))
            path.hardlink_to(path.with_name("ziel"))
        case "header only":
            path.write_bytes(b"SQLite format 3\0" + bytes(52) + APPLICATION_ID.to_bytes(4, "big") + bytes(28))


KINDS = (
    "empty",
    "text",
    "sqlite",
    "other application",
    "folder",
    "link",
    "dangling link",
    "pipe",
    "second name",
    "header only",
)


@pytest.mark.parametrize("kind", KINDS)
def test_a_foreign_file_is_refused_with_a_sentence_and_left_as_it_was(tmp_path: Path, kind: str):
    path = tmp_path / "fremd.kanal"
    foreign(path, kind)
    before = {one.name: (one.lstat().st_mtime_ns, one.lstat().st_size) for one in tmp_path.iterdir()}
    for attempt in (open_registry, create_registry):
        with pytest.raises(UnusableFileError, match=r"fremd"):
            attempt(path)
    assert {one.name: (one.lstat().st_mtime_ns, one.lstat().st_size) for one in tmp_path.iterdir()} == before


def test_a_missing_registry_is_named_and_not_made(tmp_path: Path):
    with pytest.raises(UnusableFileError, match="nirgends"):
        open_registry(tmp_path / "nirgends.kanal")
    assert list(tmp_path.iterdir()) == []


def test_a_registry_of_a_newer_program_is_refused(registry: Registry):
    registry.close()
    with sqlite3.connect(registry.path) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(UnusableFileError):
        open_registry(registry.path)


def test_a_locked_registry_is_told_apart(registry: Registry):
    registry.close()
    with sqlite3.connect(registry.path, isolation_level=None) as raw:
        raw.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError):
            open_registry(registry.path, wait_seconds=0.1)
        raw.execute("ROLLBACK")
    raw.close()
    open_registry(registry.path).close()


def test_a_drive_of_another_machine_is_refused(registry: Registry, monkeypatch: pytest.MonkeyPatch):
    import psutil

    registry.close()
    drive = psutil.disk_partitions(all=True)[0]._replace(mountpoint=str(registry.path.parent), fstype="cifs")
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_kind: [drive])
    with pytest.raises(UnusableFileError):
        open_registry(registry.path)


def test_a_damaged_registry_is_told_apart_from_a_whole_one(registry: Registry):
    with registry.action("Add channel") as session:
        session.add_all([make_channel(handle=f"kanal{number}") for number in range(60)])
    registry.close()
    whole = registry.path.read_bytes()
    for place in range(100, len(whole), max(1, len(whole) // 40)):
        damaged = bytearray(whole)
        damaged[place : place + 40] = bytes(40)
        registry.path.write_bytes(damaged)
        try:
            opened = open_registry(registry.path)
            opened.verify()
            opened.close()
        except UnusableFileError:
            continue
    registry.path.write_bytes(whole)
    open_registry(registry.path).close()


def test_an_older_registry_is_backed_up_and_upgraded(tmp_path: Path):
    path = tmp_path / "alt.kanal"
    places.create_private(path)
    engine = file_engine(path, foreign_keys=False)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
    migrating.upgrade(engine, "0001")
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(
            "INSERT INTO org_unit (id, name, kind, active, created_at, updated_at, version) VALUES "
            "('0a' || hex(randomblob(15)), 'Presse', 'other', 1, '2026-01-01', '2026-01-01', 'v')"
        )
        connection.exec_driver_sql(
            "INSERT INTO registry_setting (id, key, value, created_at, updated_at, version) VALUES "
            "(lower(hex(randomblob(16))), 'registry.id', '{\"value\":\"x\"}', '2026-01-01', '2026-01-01', 'v')"
        )
    engine.dispose()
    opened = open_registry(path)
    with opened.reading() as session:
        assert session.connection().exec_driver_sql("SELECT name FROM org_unit").scalars().all() == ["Presse"]
        assert (
            int(session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()) == SCHEMA
        )
    opened.close()
    (backup,) = automatic_backups(path)
    with sqlite3.connect(backup) as raw:
        assert raw.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
    raw.close()


def test_the_last_ten_automatic_backups_are_kept(registry: Registry):
    engine = file_engine(registry.path)
    for _number in range(AUTOMATIC_KEPT + 3):
        newest = back_up_automatically(engine, registry.path, "daily", datetime.now(UTC))
    engine.dispose()
    kept = automatic_backups(registry.path)
    assert len(kept) == AUTOMATIC_KEPT
    assert kept[0] == newest


def test_one_automatic_backup_a_day_is_enough(registry: Registry):
    back_up_daily(registry)
    back_up_daily(registry)
    (kept,) = automatic_backups(registry.path)
    assert "daily" in kept.name


def test_a_backup_is_restored_and_the_log_says_so(registry: Registry, tmp_path: Path):
    with registry.action("Add channel") as session:
        session.add(make_channel())
    registry.back_up(tmp_path / "sicher.kanal")
    kept_head = registry.head()
    with registry.action("Add channel") as session:
        session.add(make_channel(handle="spaeter"))
    replaced = registry.head()
    registry.close()
    kept = restore_registry(tmp_path / "sicher.kanal", registry.path)
    again = open_registry(registry.path)
    note = again.log()[-1]
    assert note.kind == "restore"
    named = note.after or {}
    assert (named["restored_hash"], named["replaced_hash"]) == (kept_head[1], replaced[1])
    assert again.verify().broken_at is None
    again.close()
    assert kept is not None
    before = open_registry(kept)
    assert before.head() == replaced
    before.close()


def test_a_registry_damaged_beyond_reading_is_kept_beside_the_restored_one(registry: Registry, tmp_path: Path):
    with registry.action("Add channel") as session:
        session.add(make_channel())
    registry.back_up(tmp_path / "sicher.kanal")
    with registry.action("Add channel") as session:
        session.add(make_channel(handle="spaeter"))
    registry.close()
    registry.path.write_bytes(b"kaputt" * 100)
    kept = restore_registry(tmp_path / "sicher.kanal", registry.path)
    assert kept is not None
    assert kept.read_bytes() == b"kaputt" * 100
    again = open_registry(registry.path)
    assert again.verify().broken_at is None
    again.close()


def test_the_backup_of_another_registry_is_refused(registry: Registry, tmp_path: Path):
    other = create_registry(tmp_path / "andere.kanal")
    other.back_up(tmp_path / "fremd.kanal")
    other.close()
    before = registry.head()
    with pytest.raises(UnusableFileError, match="fremd"):
        restore_registry(tmp_path / "fremd.kanal", registry.path)
    assert registry.head() == before


def test_a_backup_through_a_planted_link_is_refused(registry: Registry, tmp_path: Path):
    (tmp_path / "opfer").write_text("unberührt")
    (tmp_path / "b.kanal").symlink_to(tmp_path / "opfer")
    with pytest.raises(UnusableFileError):
        registry.back_up(tmp_path / "b.kanal")
    assert (tmp_path / "opfer").read_text() == "unberührt"
    assert not list(tmp_path.glob(".*part"))


def test_what_was_asked_of_one_file_is_not_put_into_sql_again_for_another(registry: Registry, tmp_path: Path):
    other, asked, fresh = create_registry(tmp_path / "andere.kanal"), select(Channel.title), list[str]()

    @event.listens_for(Engine, "after_cursor_execute")
    def _asked(_connection, _cursor, statement, _parameters, context, _many):
        if context.cache_hit is CacheStats.CACHE_MISS:
            fresh.append(statement)

    for one in (registry, other):
        with one.reading() as session:
            session.scalars(asked).all()
        heard, fresh[:] = list(fresh), []
    event.remove(Engine, "after_cursor_execute", _asked)
    other.close()
    assert heard == []
