"""Copies beside a registry are found whatever the registry is called, and nothing of others is taken for one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.registry import Registry, open_registry
from core.restoring import kept_backups
from core.storage.backing_up import AUTOMATIC_KEPT, backed_up_on
from core.storage.kept_copies import automatic_backups, copies_of, damaged_name, leftovers_of, told_by_name
from tests.founding import new_registry

NOW = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
NAMES = ["Kanäle [Moers]", "Moers [a-z]", "[!M]oers", "Mo*ers", "Wo? Da", "]Moers["]


@pytest.fixture(params=NAMES)
def registry(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Registry]:
    """A registry whose name would mean something else in a pattern."""
    registry = new_registry(tmp_path / f"{request.param}.kanal")
    yield registry
    registry.close()


def test_backups_of_any_name_are_found_counted_and_pruned(registry: Registry):
    made = [registry.back_up_automatically("daily") for _number in range(AUTOMATIC_KEPT + 2)]
    assert automatic_backups(registry.path) == made[:1:-1]
    assert [kept.why for kept in kept_backups(registry.path)] == ["daily"] * AUTOMATIC_KEPT
    assert backed_up_on(registry.path, datetime.now(UTC).date())


def test_a_damaged_registry_of_any_name_is_a_copy_of_it(registry: Registry):
    kept = damaged_name(registry.path, NOW)
    kept.write_bytes(b"")
    assert copies_of(registry.path) == [kept]
    open_registry(registry.path).close()


@pytest.mark.parametrize("name", ["Moers-damaged-neu.kanal", "Moers-damaged-20261123T120500Z-2.kanal", "Moers-2.kanal"])
def test_another_registry_is_no_copy(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"")
    assert copies_of(tmp_path / "Moers.kanal") == []


def test_a_folder_is_no_copy(tmp_path: Path):
    (tmp_path / "Moers-backups" / "Moers-alt.kanal").mkdir(parents=True)
    assert copies_of(tmp_path / "Moers.kanal") == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Moers-20261123T120500000000Z-daily.kanal", (NOW, "daily")),
        ("Moers-20261399T120500000000Z-daily.kanal", None),
        ("Moers-20261123T120500000000Z-daily.kanal.part", None),
        ("Moers-vor-dem-Umzug.kanal", None),
    ],
)
def test_a_name_tells_when_and_why(name: str, told: tuple[datetime, str] | None):
    assert told_by_name(Path(name)) == told


ENDED, RUNNING = "4194305", str(os.getppid())
"""A process that cannot be, beyond the highest number of Linux, and one that is and that all tests share."""
HEX = "0123456789abcdef" * 2


def lay(path: Path, *, folder: bool = False) -> Path:
    """Leave something behind two hours ago."""
    if folder:
        path.mkdir(parents=True)
        (path / "0.age").write_bytes(b"")
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"")
    os.utime(path, (time.time() - 7_200,) * 2)
    return path


@pytest.mark.parametrize("stem", ["Moers", *NAMES])
def test_what_was_left_half_written_of_a_registry_is_found(tmp_path: Path, stem: str):
    backups = tmp_path / f"{stem}-backups"
    files = [
        tmp_path / f".{stem}.register.{ENDED}-0a1b2c3d.part",
        tmp_path / f".{stem}.register.{ENDED}-0a1b2c3d.part-journal",
        tmp_path / f".{stem}-damaged-20261123T120500Z.register-journal.{ENDED}-0a1b2c3d.part",
        tmp_path / f".Kopie für Max.kanal.{ENDED}-0a1b2c3d.part",
        tmp_path / f".restoring-{HEX}.part",
        tmp_path / f".restoring-{HEX}.part-wal",
        backups / f".{stem}-20261123T120500000000Z-daily.kanal.{ENDED}-0a1b2c3d.part",
    ]
    folders = [
        tmp_path / f".{stem}.register.envelopes.{ENDED}-0a1b2c3d.part",
        backups / f".{stem}-20261123T120500000000Z-daily.kanal.reports.{ENDED}-0a1b2c3d.part",
    ]
    ours = [*map(lay, files), *(lay(one, folder=True) for one in folders)]
    assert sorted(leftovers_of(tmp_path / f"{stem}.register")) == sorted(ours)


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        (".sicherung.partner", True),
        (".urlaub.part1.rar", False),
        (".nextcloud.part", False),
        (f".bericht.xlsx.{ENDED}-0a1b2c3d.part", False),
        (f".Moers.kanal.{ENDED}-0a1b2c3d.part.rar", False),
        (f".Moers.kanal.{ENDED}-0a1b2c3d.part", True),
        (f".Moers.kanal.privat.{ENDED}-0a1b2c3d.part", True),
        (f".Moers.kanal.reports.{ENDED}-0a1b2c3d.part", False),
        (f".Moers.kanal.{RUNNING}-0a1b2c3d.part", False),
        (f".Moers.kanal.{ENDED}-0a1b2c3d.partner", False),
        (f".restoring-{HEX}.part", True),
        (".restoring-0123.part", False),
        (f".restoring-{HEX}.parts", False),
    ],
)
def test_what_others_keep_or_still_write_is_left_alone(tmp_path: Path, name: str, folder: bool):
    lay(tmp_path / name, folder=folder)
    assert leftovers_of(tmp_path / "Moers.kanal") == []


def test_a_backup_that_is_being_restored_is_left_alone_for_an_hour(tmp_path: Path):
    (tmp_path / f".restoring-{HEX}.part").write_bytes(b"")
    assert leftovers_of(tmp_path / "Moers.kanal") == []


def test_a_link_is_no_leftover(tmp_path: Path):
    (tmp_path / f".Moers.kanal.{ENDED}-0a1b2c3d.part").symlink_to(tmp_path / "wichtig")
    (tmp_path / f".Moers.kanal.reports.{ENDED}-0a1b2c3d.part").symlink_to(tmp_path, target_is_directory=True)
    assert leftovers_of(tmp_path / "Moers.kanal") == []
