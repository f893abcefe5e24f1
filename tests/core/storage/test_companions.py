"""Recovery envelopes travel with the backups of a registry and come back with them."""

from __future__ import annotations

import os
import stat
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.custody.envelopes import folder_of
from core.errors import UnusableFileError
from core.registry import Registry, create_registry
from core.restoring import restore_registry, told_of_backup
from core.storage.backing_up import AUTOMATIC_KEPT, back_up_automatically
from core.storage.engine import file_engine
from core.storage.kept_copies import automatic_backups, automatic_folder


@pytest.fixture
def sealed(registry: Registry) -> Path:
    """The folder of the registry's envelopes, two of them in it."""
    folder = folder_of(registry.path)
    folder.mkdir(mode=0o700)
    (folder / "eins.age").write_bytes(b"eins")
    (folder / "zwei.age").write_bytes(b"zwei")
    return folder


def inside(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}


def test_a_backup_has_its_envelopes_beside_it_for_its_user_alone(registry, sealed, tmp_path: Path):
    old = os.umask(0)
    try:
        registry.back_up(tmp_path / "b.kanal")
    finally:
        os.umask(old)
    beside = folder_of(tmp_path / "b.kanal")
    assert inside(beside) == {"eins.age": b"eins", "zwei.age": b"zwei"}
    assert stat.S_IMODE(beside.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in beside.iterdir()} == {0o600}
    assert not list(tmp_path.glob(".*"))


def test_whoever_saves_a_backup_is_told_to_keep_its_envelopes_with_it(registry, sealed, in_english, tmp_path: Path):
    registry.back_up(tmp_path / "b.kanal")
    assert "“b.kanal.envelopes”: keep both together" in told_of_backup(tmp_path / "b.kanal")
    assert "envelopes" not in told_of_backup(tmp_path / "c.kanal")


def test_a_registry_without_envelopes_leaves_no_folder_beside_its_backup(registry, tmp_path: Path):
    registry.back_up(tmp_path / "b.kanal")
    assert not folder_of(tmp_path / "b.kanal").exists()


def test_a_backup_over_an_older_one_has_what_the_registry_has_now(registry, sealed, tmp_path: Path):
    registry.back_up(tmp_path / "b.kanal")
    (sealed / "eins.age").unlink()
    (sealed / "zwei.age").write_bytes(b"anders")
    (sealed / "drei.age").write_bytes(b"drei")
    registry.back_up(tmp_path / "b.kanal")
    assert inside(folder_of(tmp_path / "b.kanal")) == {"zwei.age": b"anders", "drei.age": b"drei"}


def test_only_envelopes_are_taken_along_and_links_are_not_followed(registry, sealed, tmp_path: Path):
    (tmp_path / "opfer").write_text("fremd")
    (sealed / "link.age").symlink_to(tmp_path / "opfer")
    (sealed / "notiz.txt").write_text("kein Umschlag")
    os.mkfifo(sealed / "rohr.age")
    registry.back_up(tmp_path / "b.kanal")
    assert set(inside(folder_of(tmp_path / "b.kanal"))) == {"eins.age", "zwei.age"}


@pytest.mark.parametrize("planted", ["a link", "a file"])
def test_where_something_else_lies_in_the_way_there_is_a_sentence_and_no_backup(
    registry, sealed, tmp_path: Path, planted: str
):
    elsewhere, beside = tmp_path / "woanders", folder_of(tmp_path / "b.kanal")
    elsewhere.mkdir()
    if planted == "a link":
        beside.symlink_to(elsewhere)
    else:
        beside.write_text("fremd")
    with pytest.raises(UnusableFileError, match=r"b\.kanal\.envelopes"):
        registry.back_up(tmp_path / "b.kanal")
    assert not (tmp_path / "b.kanal").exists()
    assert list(elsewhere.iterdir()) == []


def test_restoring_adds_the_envelopes_of_the_backup_and_removes_none(registry, sealed, tmp_path: Path):
    registry.back_up(tmp_path / "b.kanal")
    (sealed / "eins.age").unlink()
    (sealed / "zwei.age").write_bytes(b"inzwischen neu")
    (sealed / "drei.age").write_bytes(b"drei")
    registry.close()
    kept = restore_registry(tmp_path / "b.kanal", registry.path)
    assert inside(sealed) == {"eins.age": b"eins", "zwei.age": b"inzwischen neu", "drei.age": b"drei"}
    assert kept is not None
    assert set(inside(folder_of(kept))) == {"zwei.age", "drei.age"}


def test_a_backup_restored_on_another_computer_brings_its_envelopes(registry, sealed, tmp_path: Path):
    registry.back_up(tmp_path / "b.kanal")
    new = tmp_path / "neu" / "r.kanal"
    new.parent.mkdir()
    restore_registry(tmp_path / "b.kanal", new)
    assert inside(folder_of(new)) == inside(sealed)


def test_the_envelopes_of_another_registry_are_not_let_in(registry, sealed, tmp_path: Path):
    other = create_registry(tmp_path / "andere.kanal")
    folder_of(other.path).mkdir()
    (folder_of(other.path) / "fremd.age").write_bytes(b"fremd")
    other.back_up(tmp_path / "fremd.kanal")
    other.close()
    with pytest.raises(UnusableFileError):
        restore_registry(tmp_path / "fremd.kanal", registry.path)
    assert set(inside(sealed)) == {"eins.age", "zwei.age"}


def test_automatic_backups_take_them_along_and_drop_them_together(registry, sealed):
    engine = file_engine(registry.path)
    for _number in range(AUTOMATIC_KEPT + 2):
        back_up_automatically(engine, registry.path, "daily", datetime.now(UTC))
    engine.dispose()
    kept = automatic_backups(registry.path)
    assert len(kept) == AUTOMATIC_KEPT
    assert set(automatic_folder(registry.path).iterdir()) == {*kept, *map(folder_of, kept)}


def test_envelopes_of_a_backup_that_was_never_finished_go_after_a_day(registry, sealed):
    folder = automatic_folder(registry.path)
    orphans = [folder / f"{registry.path.stem}-{name}.kanal.envelopes" for name in ("alt", "eben")]
    for orphan in orphans:
        orphan.mkdir(parents=True)
        (orphan / "eins.age").write_bytes(b"eins")
    long_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(orphans[0], (long_ago, long_ago))
    registry.back_up_automatically("daily")
    assert [orphan.exists() for orphan in orphans] == [False, True]


def test_what_another_registry_left_half_written_beside_it_stays(registry, sealed, tmp_path: Path):
    """Only what was left of this very folder goes, and in the folder of backups what was left of backups."""
    long_ago, folder = time.time() - 2 * 24 * 60 * 60, automatic_folder(registry.path)
    folder.mkdir()
    backup = f".{registry.path.stem}-20261120T120000000000Z-daily.kanal"
    ours = [tmp_path / ".b.kanal.envelopes.1-ab.part", folder / f"{backup}.envelopes.1-ab.part"]
    others = [
        tmp_path / name
        for name in (
            ".a.kanal.envelopes.1-ab.part",
            ".b.kanal.envelopes.kanal.envelopes.1-ab.part",
            ".b.kanal.envelopes.old.part",
            ".x.envelopes.y.part",
        )
    ]
    others += [folder / ".x.kanal.envelopes.1-ab.part", folder / f"{backup}.envelopes.mine.part"]
    for left in (*ours, *others):
        left.mkdir()
        (left / "eins.age").write_bytes(b"eins")
        os.utime(left, (long_ago, long_ago))
    (folder / f"{backup}.1-ab.part").write_bytes(b"halb")
    os.utime(folder / f"{backup}.1-ab.part", (long_ago, long_ago))
    registry.back_up(tmp_path / "b.kanal")
    registry.back_up_automatically("daily")
    assert [left.exists() for left in ours] == [False, False]
    assert not (folder / f"{backup}.1-ab.part").exists()
    assert all((left / "eins.age").exists() for left in others)
