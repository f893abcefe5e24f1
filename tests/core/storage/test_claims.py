"""What a registry claims on a disk is told by the first bytes of its file, whether anybody has it open or not."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path

import pytest

from core.errors import UnusableFileError
from core.registry import Registry, create_registry, open_registry
from core.storage.claims import refuse_claimed
from core.storage.opening import is_registry

pytestmark = pytest.mark.usefixtures("in_english")
CLAIMED = [
    "other.kanal-journal",
    "other.kanal-wal",
    "other.kanal.assets",
    "other.kanal.assets/ab",
    "other.kanal.REPORTS/deep/new.xlsx",
    "other.kanal.envelopes/x.age",
    "other-backups/mine.xlsx",
]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A registry that nobody has open."""
    made = create_registry(tmp_path / "other.kanal")
    made.close()
    return made.path


def test_a_registry_is_known_by_its_first_bytes_under_any_name(other: Path, tmp_path: Path) -> None:
    hidden = tmp_path / "list.xlsx"
    other.rename(hidden)
    (tmp_path / "link.xlsx").symlink_to(hidden)
    for out in (hidden, tmp_path / "link.xlsx"):
        with pytest.raises(UnusableFileError, match=f"{out.name}” is a registry or a backup of one"):
            refuse_claimed(out)


@pytest.mark.parametrize("place", CLAIMED)
def test_what_is_kept_beside_a_registry_is_refused_though_it_is_not_there_yet(place: str, other: Path) -> None:
    with pytest.raises(UnusableFileError, match=r"kept by the program itself for the registry “other.kanal”"):
        refuse_claimed(other.parent / place)


@pytest.mark.parametrize("place", [*CLAIMED, "plain.kanal", ".assets/x", "-backups/x", "-wal", "missing/x.xlsx"])
def test_without_a_registry_nothing_is_claimed(place: str, tmp_path: Path) -> None:
    (tmp_path / "other.kanal").write_bytes(b"SQLite format 3\0" + bytes(84))
    refuse_claimed(tmp_path / place)


def test_a_backup_may_take_the_place_of_a_file_but_lie_in_no_folder_of_another_registry(other: Path) -> None:
    refuse_claimed(other, backup=True)
    with pytest.raises(UnusableFileError, match="kept by the program itself"):
        refuse_claimed(other.parent / "other.kanal.assets" / "b.kanal", backup=True)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs files that refuse their user")
def test_what_nobody_may_read_is_not_known(other: Path) -> None:
    other.chmod(0)
    refuse_claimed(other)


def test_a_registry_that_is_open_here_is_told_without_touching_its_file(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading it and closing it would drop the locks that SQLite has on it."""
    with monkeypatch.context() as patch:
        patch.setattr(os, "open", lambda *_args: pytest.fail("its file was opened"))
        assert is_registry(registry.path)
        with pytest.raises(UnusableFileError, match="is a registry"):
            refuse_claimed(registry.path)


def test_a_backup_replaces_an_older_one_and_no_other_registry(registry: Registry, other: Path) -> None:
    before, older = other.read_bytes(), other.with_name("older.kanal")
    registry.back_up(older)
    registry.back_up(older)
    another = other.with_name("backup-of-another.kanal")
    with closing(open_registry(other)) as opened:
        opened.back_up(another)
    for target in (other, another):
        with pytest.raises(UnusableFileError, match="is another registry or a backup of one"):
            registry.back_up(target)
    assert other.read_bytes() == before


def test_a_registry_that_does_not_say_which_it_is_is_no_older_backup(registry: Registry, other: Path) -> None:
    content = other.read_bytes()[:4096]
    other.write_bytes(content)
    with pytest.raises(UnusableFileError, match="is another registry"):
        registry.back_up(other)
    assert other.read_bytes() == content
