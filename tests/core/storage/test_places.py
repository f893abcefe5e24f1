"""Where files are written: aside and privately, with nothing left behind and nothing played back into them."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from core import workstation
from core.errors import UnusableFileError
from core.registry import Registry, create_registry, open_registry
from core.restoring import restore_registry
from core.storage import places
from tests.factories import make_channel

TWO_DAYS = 2 * 24 * 60 * 60


def leave_behind(path: Path, *, age: float = 0.0) -> Path:
    path.write_text("halb")
    found = path.stat()
    os.utime(path, (found.st_atime - age, found.st_mtime - age))
    return path


def unfinished_change_of(registry: Registry) -> bytes:
    """The journal of a change that was never finished."""
    with closing(sqlite3.connect(registry.path, isolation_level=None)) as raw:
        raw.executescript("PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; BEGIN; UPDATE channel SET title = 'halb'")
        raw.execute("PRAGMA cache_spill=1")
        journal = registry.path.with_name(registry.path.name + "-journal").read_bytes()
        raw.execute("ROLLBACK")
    assert journal
    return journal


def test_what_a_killed_program_left_is_removed_after_a_day(tmp_path: Path):
    old = leave_behind(tmp_path / ".b.kanal.1-ab.part", age=TWO_DAYS)
    journal = leave_behind(tmp_path / ".b.kanal.1-ab.part-journal", age=TWO_DAYS)
    fresh = leave_behind(tmp_path / ".b.kanal.2-ab.part")
    other = leave_behind(tmp_path / ".c.kanal.1-ab.part", age=TWO_DAYS)
    with places.written_aside(tmp_path / "b.kanal") as aside:
        aside.write_text("ganz")
    assert (tmp_path / "b.kanal").read_text() == "ganz"
    assert [path.exists() for path in (old, journal, fresh, other)] == [False, False, True, True]


@pytest.mark.parametrize(
    "name",
    [".b.kanal.old.1-ab.part", ".b.kanal.privat.part", ".b.kanal.1-ab.part.rar", ".b.kanal.1-ab.part-journal.part"],
)
def test_what_another_file_left_stays_though_its_name_begins_alike(name: str, tmp_path: Path):
    other = leave_behind(tmp_path / name, age=TWO_DAYS)
    with places.written_aside(tmp_path / "b.kanal") as aside:
        aside.write_text("ganz")
    assert other.exists()


def test_snapshots_of_a_killed_program_are_removed_after_a_day(registry: Registry):
    old = leave_behind(workstation.scratch_folder() / "ab.part", age=TWO_DAYS)
    with registry.snapshot():
        pass
    assert not old.exists()
    assert list(workstation.scratch_folder().iterdir()) == []


def test_a_new_file_never_takes_the_place_of_one_that_came_meanwhile(tmp_path: Path):
    target = tmp_path / "neu.kanal"
    with pytest.raises(UnusableFileError), places.written_aside(target, new=True) as aside:
        aside.write_text("unseres")
        target.write_text("von jemand anderem")
    assert target.read_text() == "von jemand anderem"
    assert [path.name for path in tmp_path.iterdir()] == ["neu.kanal"]


def test_folders_above_are_private_too(tmp_path: Path):
    before = os.umask(0)
    places.make_private_folder(tmp_path / "a" / "b" / "c")
    os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "a").rglob("*")} == {0o700}


def test_no_registry_is_made_beside_the_unfinished_change_of_another(registry: Registry):
    with registry.action("Add channel") as session:
        session.add_all([make_channel(handle=f"kanal{number}") for number in range(200)])
    registry.close()
    journal = unfinished_change_of(registry)
    path = registry.path.with_name("neu.kanal")
    path.with_name("neu.kanal-journal").write_bytes(journal)
    with pytest.raises(UnusableFileError, match=r"neu\.kanal-journal"):
        create_registry(path)
    assert not path.exists()
    assert path.with_name("neu.kanal-journal").read_bytes() == journal


def test_an_unfinished_change_is_not_played_back_into_what_is_restored(registry: Registry, tmp_path: Path):
    with registry.action("Add channel") as session:
        session.add_all([make_channel(handle=f"kanal{number}") for number in range(200)])
    registry.back_up(tmp_path / "gut.kanal")
    registry.close()
    journal = unfinished_change_of(registry)
    registry.path.write_bytes(b"kaputt" * 1000)
    beside = registry.path.with_name(registry.path.name + "-journal")
    beside.write_bytes(journal)
    kept = restore_registry(tmp_path / "gut.kanal", registry.path)
    assert kept is not None
    assert kept.read_bytes() == b"kaputt" * 1000
    assert kept.with_name(kept.name + "-journal").read_bytes() == journal
    again = open_registry(registry.path)
    assert again.verify().broken_at is None
    with again.reading() as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM channel").scalar() == 200
    again.close()


def test_what_the_workstation_cannot_keep_does_not_undo_what_was_saved(registry: Registry):
    head = workstation.head_file(registry.id)
    head.unlink()
    head.mkdir()
    with registry.action("Add channel") as session:
        session.add(make_channel())
    assert registry.undoable == "Add channel"
    assert workstation.last_head(registry.id) is None
    assert registry.verify().broken_at is None


def test_a_damaged_memory_of_the_workstation_is_as_good_as_none(own_folders: Path):
    state = workstation.scratch_folder().parent
    (state / "store.json").write_text('{"store": 7}')
    assert workstation.store_id() == workstation.store_id()


@pytest.mark.usefixtures("own_folders")
@pytest.mark.parametrize("place", [0, 5, 19, 21, 50, 84, 85, 87, 93])
def test_a_damaged_memory_of_the_last_entry_is_as_good_as_none(place: int):
    workstation.keep_head("x", 12, "ab" * 32)
    assert workstation.last_head("x") == (12, "ab" * 32)
    whole = workstation.head_file("x").read_bytes()
    for damaged in (whole[:place], whole[:place] + b"7" + whole[place + 1 :], whole[:place] + b"\xff", b"1 2 3"):
        workstation.head_file("x").write_bytes(damaged)
        assert workstation.last_head("x") is None
    workstation.keep_head("x", 13, "cd" * 32)
    assert workstation.last_head("x") == (13, "cd" * 32)


def test_what_an_earlier_program_saw_last_still_counts(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(make_channel())
    kept = workstation.head_file(registry.id)
    kept.unlink()
    earlier = kept.with_name("heads.json")
    earlier.write_text(json.dumps({registry.id: [99, "9" * 64], "other": [1, "a"], "odd": "text"}))
    assert workstation.last_head(registry.id) == (99, "9" * 64)
    assert registry.verify().broken_at is not None
    assert workstation.last_head("odd") is None
    workstation.keep_head(registry.id, 3, "3" * 64)
    assert workstation.last_head(registry.id) == (3, "3" * 64)
    earlier.write_text("kaputt")
    assert workstation.last_head("other") is None


@pytest.mark.usefixtures("own_folders")
def test_the_last_entries_of_registries_are_remembered_apart(tmp_path: Path):
    for seq, name in enumerate(("a", "b", "../c", "ä" * 20)):
        workstation.keep_head(name, seq, f"{seq}" * 64)
    assert [workstation.last_head(name) for name in ("a", "../c", "d")] == [(0, "0" * 64), (2, "2" * 64), None]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("x" * workstation.head_file("a").stat().st_size)
    workstation.head_file("a").unlink()
    workstation.head_file("a").hardlink_to(elsewhere)
    workstation.keep_head("a", 9, "9" * 64)
    assert elsewhere.read_text().startswith("xxx")
    assert workstation.last_head("a") == (9, "9" * 64)
