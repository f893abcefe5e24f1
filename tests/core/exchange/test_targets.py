"""Nothing that people write takes the place of a registry, or of what the program keeps beside it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from core.errors import BadInputError, UnusableFileError
from core.exchange.targets import refuse_kept, refuse_protected, refuse_target
from tests.founding import new_registry

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A registry's file with a folder of reports and one of backups."""
    registry = tmp_path / "city.json"
    registry.write_bytes(b"the registry")
    for folder in ("city.json.reports", "city-backups"):
        (tmp_path / folder).mkdir()
    (tmp_path / "city.json.reports" / "a.xlsx").write_bytes(b"issued")
    return registry


def test_the_registry_is_known_under_each_of_its_names(
    kept: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hard.json").hardlink_to(kept)
    (tmp_path / "soft.json").symlink_to(kept)
    (tmp_path / "folder").symlink_to(tmp_path, target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    names = "hard.json", "soft.json", "folder/city.json", str(kept), "city.json"
    for out in map(Path, names):
        for registry in (kept, Path("city.json"), Path("soft.json")):
            with pytest.raises(UnusableFileError, match="belongs to the open registry"):
                refuse_target(out, (".json",), registry)


@pytest.mark.parametrize("end", ["-journal", "-wal", "-shm", "-JOURNAL"])
def test_what_sqlite_lays_beside_it_is_refused_even_before_it_is_there(end: str, kept: Path) -> None:
    out = kept.with_name(kept.name + end)
    with pytest.raises(UnusableFileError, match="belongs to the open registry"):
        refuse_kept(out, kept)
    (kept.parent / "other").mkdir()
    refuse_kept(kept.parent / "other" / out.name, kept)


@pytest.mark.parametrize(
    "place",
    [
        "city.json.reports/a.xlsx",
        "city.json.reports/new/deep.xlsx",
        "city.json.reports",
        "city.json.envelopes/a.age",
        "city.json.assets/x",
        "city-backups/mine.xlsx",
        "shown/a.xlsx",
    ],
)
def test_what_the_program_keeps_beside_it_is_refused(place: str, kept: Path) -> None:
    (kept.parent / "shown").symlink_to(kept.parent / "city.json.reports", target_is_directory=True)
    with pytest.raises(UnusableFileError, match="kept by the program itself"):
        refuse_kept(kept.parent / place, kept)


def test_a_damaged_registry_that_was_put_aside_is_kept_too(kept: Path) -> None:
    aside = kept.with_name("city-damaged-20261123T101500Z.json")
    aside.touch()
    for out in (aside, aside.with_name(f"{aside.name}.assets") / "x"):
        with pytest.raises(UnusableFileError, match="kept by the program itself"):
            refuse_kept(out, kept)


@pytest.mark.parametrize("name", ["other.json", "city.xlsx", "city.json.xlsx", "city.json.reportsx", "backups.json"])
def test_any_other_file_beside_it_may_be_written(name: str, kept: Path) -> None:
    refuse_kept(kept.with_name(name), kept)


@pytest.mark.parametrize("refuse", [partial(refuse_target, suffixes=(".json",)), refuse_protected, refuse_kept])
def test_a_registry_that_is_not_open_is_no_target_either(refuse: Callable[..., None], kept: Path) -> None:
    other = kept.with_name("other.json")
    new_registry(other).close()
    before = other.read_bytes()
    with pytest.raises(UnusableFileError, match=r"other.json” is a registry or a backup of one"):
        refuse(other, registry=kept)
    with pytest.raises(UnusableFileError, match=r"for the registry “other.json”"):
        refuse(kept.parent / "other.json.reports" / "a.json", registry=kept)
    assert other.read_bytes() == before


def test_a_backup_may_be_written_over_an_older_one(kept: Path) -> None:
    older = kept.with_name("older.kanal")
    new_registry(older).close()
    refuse_kept(older, kept, backup=True)
    with pytest.raises(UnusableFileError, match="belongs to the open registry"):
        refuse_kept(kept, kept, backup=True)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs folders that refuse their user")
def test_a_folder_that_cannot_be_written_to_is_noticed_at_once(kept: Path) -> None:
    folder = kept.parent / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(UnusableFileError, match="You are not allowed"):
        refuse_target(folder / "a.json", (".json",), kept)


@pytest.mark.parametrize(
    ("name", "error", "sentence"),
    [
        ("a.txt", BadInputError, "end in .json"),
        ("missing/a.json", UnusableFileError, "The folder is not there"),
        ("folder.json", UnusableFileError, "is a folder"),
    ],
)
def test_a_target_that_cannot_be_written_is_refused(
    name: str, error: type[Exception], sentence: str, kept: Path
) -> None:
    (kept.parent / "folder.json").mkdir()
    with pytest.raises(error, match=sentence):
        refuse_target(kept.parent / name, (".json",), kept)
