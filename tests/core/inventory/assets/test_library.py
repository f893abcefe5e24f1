"""The library keeps files private, once, unchanged; what is missing or damaged is found, and comes back."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from core.errors import UnusableFileError
from core.i18n import N_
from core.inventory.assets.library import (
    DamagedFileError,
    FolderShelf,
    Trouble,
    TroubleKind,
    folder_of,
    recorded_files,
    shelf_of,
    troubles,
)
from core.model import Asset, AssetKind, AssetVersion, Consent, ConsentMedium
from core.registry import Registry
from core.restoring import (
    back_up_daily,
    lacking_in,
    restore_registry,
    save_backup,
    told_of_backup,
    told_of_library,
)

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def shelf(tmp_path: Path) -> FolderShelf:
    return FolderShelf(tmp_path / "stadt.kanal.assets")


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_file_is_kept_once_under_its_hash_for_its_user_alone(shelf):
    old = os.umask(0)
    try:
        names = {shelf.put(b"wappen"), shelf.put(b"wappen"), shelf.put(b"logo")}
    finally:
        os.umask(old)
    assert names == shelf.names() == {hashlib.sha256(data).hexdigest() for data in (b"wappen", b"logo")}
    assert stat.S_IMODE(shelf.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in shelf.folder.iterdir()} == {0o600}


def test_a_file_that_is_there_is_never_written_again(shelf):
    kept = shelf.folder / shelf.put(b"wappen")
    before = kept.stat()
    shelf.put(b"wappen")
    assert (kept.stat().st_ino, kept.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_what_was_put_there_is_read_again(shelf):
    assert shelf.read(shelf.put(b"wappen")) == b"wappen"


@pytest.mark.parametrize("size", [1, 2, 4096])
def test_a_flipped_bit_is_found_and_read_by_nobody(shelf, size):
    name = shelf.put(bytes(size))
    flip(shelf.folder / name)
    assert shelf.check() == [Trouble(name, TroubleKind.DAMAGED)]
    with pytest.raises(DamagedFileError, match="was altered or damaged") as raised:
        shelf.read(name)
    assert raised.value.trouble.kind is TroubleKind.DAMAGED


def test_a_missing_file_is_found_where_it_is_wanted(shelf):
    name = shelf.put(b"wappen")
    (shelf.folder / name).unlink()
    assert shelf.check([name]) == [Trouble(name, TroubleKind.MISSING)]
    assert not shelf.has(name)
    with pytest.raises(DamagedFileError, match="is missing"):
        shelf.read(name)


def test_a_library_that_was_never_used_lacks_everything_and_holds_nothing(shelf):
    assert (shelf.names(), shelf.check(), shelf.foreign()) == (set(), [], [])
    assert [one.kind for one in shelf.check(["0" * 64])] == [TroubleKind.MISSING]


def test_to_put_a_damaged_file_there_again_mends_it_and_leaves_its_second_name_alone(shelf, tmp_path):
    name = shelf.put(b"wappen")
    os.link(shelf.folder / name, tmp_path / "sicherung")
    flip(shelf.folder / name)
    shelf.put(b"wappen")
    assert shelf.check([name]) == []
    assert (tmp_path / "sicherung").read_bytes() != b"wappen"


@pytest.mark.parametrize("planted", ["a link to a file", "a link to nothing", "a folder", "a pipe"])
def test_nothing_is_written_or_read_through_what_was_planted(shelf, tmp_path, planted):
    name, victim = hashlib.sha256(b"wappen").hexdigest(), tmp_path / "opfer"
    shelf.folder.mkdir()
    match planted:
        case "a link to a file":
            victim.write_bytes(b"wappen")
            (shelf.folder / name).symlink_to(victim)
        case "a link to nothing":
            (shelf.folder / name).symlink_to(victim)
        case "a folder":
            (shelf.folder / name).mkdir()
        case "a pipe":
            os.mkfifo(shelf.folder / name)
    with pytest.raises(DamagedFileError):
        shelf.read(name)
    with pytest.raises(UnusableFileError, match="exists already"):
        shelf.put(b"wappen")
    assert shelf.names() == set()
    assert shelf.foreign() == [name]
    assert victim.exists() == (planted == "a link to a file")


def test_a_library_that_is_a_link_is_not_written_to(shelf, tmp_path):
    elsewhere = tmp_path / "woanders"
    elsewhere.mkdir()
    shelf.folder.symlink_to(elsewhere)
    with pytest.raises(UnusableFileError, match="is a link"):
        shelf.put(b"wappen")
    assert list(elsewhere.iterdir()) == []


def test_what_else_lies_in_the_folder_is_named_and_left_alone(shelf):
    shelf.put(b"wappen")
    (shelf.folder / "notiz.txt").write_text("fremd")
    assert shelf.foreign() == ["notiz.txt"]
    assert shelf.check() == []


@pytest.fixture
def portrait(registry: Registry) -> tuple[str, str]:
    """A portrait's file and the form of its consent, recorded and in the library."""
    picture, form = (shelf_of(registry.path).put(data) for data in (b"portrait", b"form"))
    day = date(2026, 11, 1)
    with registry.action(N_("Add asset")) as session:
        asset = Asset(kind=AssetKind.PORTRAIT, title="Portrait")
        session.add(asset)
        session.flush()
        version = AssetVersion(
            asset_id=asset.id, sha256=picture, file_name="p.png", media_type="image/png", size=8, issued_on=day
        )
        consent = Consent(asset_id=asset.id, medium=ConsentMedium.SOCIAL_MEDIA, given_on=day, form_sha256=form)
        session.add_all([version, consent])
    return picture, form


def test_the_files_of_versions_and_forms_are_recorded_and_checked(registry, portrait):
    shelf = shelf_of(registry.path)
    flip(shelf.folder / portrait[0])
    (shelf.folder / portrait[1]).unlink()
    with registry.reading() as session:
        assert recorded_files(session) == set(portrait)
        found = troubles(session, shelf)
    assert set(found) == {Trouble(portrait[0], TroubleKind.DAMAGED), Trouble(portrait[1], TroubleKind.MISSING)}


def test_a_backup_takes_the_library_along_and_brings_it_elsewhere(registry, portrait, tmp_path):
    (shelf_of(registry.path).folder / "notiz.txt").write_text("fremd")
    registry.back_up(tmp_path / "b.kanal")
    new = tmp_path / "neu" / "r.kanal"
    new.parent.mkdir()
    restore_registry(tmp_path / "b.kanal", new)
    assert shelf_of(new).names() == set(portrait)
    assert shelf_of(new).check() == []
    assert folder_of(tmp_path / "b.kanal").name == "b.kanal.assets"
    assert "“b.kanal.assets”: keep them with it" in told_of_backup(tmp_path / "b.kanal")


def test_restoring_brings_back_what_was_lost_or_damaged_and_removes_nothing(registry, portrait, tmp_path):
    shelf = shelf_of(registry.path)
    registry.back_up(tmp_path / "b.kanal")
    flip(shelf.folder / portrait[0])
    (shelf.folder / portrait[1]).unlink()
    later = shelf.put(b"later")
    registry.close()
    restore_registry(tmp_path / "b.kanal", registry.path)
    assert shelf.check([*portrait, later]) == []


def test_what_befalls_a_file_befalls_none_of_its_backups(registry, portrait, tmp_path):
    shelf, saved = shelf_of(registry.path), shelf_of(tmp_path / "b.kanal")
    automatic = [shelf_of(registry.back_up_automatically("daily")) for _number in range(2)]
    assert save_backup(registry, tmp_path / "b.kanal") == ()
    flip(shelf.folder / portrait[0])
    flip(automatic[0].folder / portrait[1])
    assert [one.check(portrait) for one in (*automatic, saved)] == [[Trouble(portrait[1], TroubleKind.DAMAGED)], [], []]
    assert {file.stat().st_nlink for one in (shelf, *automatic, saved) for file in one.folder.iterdir()} == {1}


@pytest.mark.parametrize("befallen", ["damaged", "missing", "unreadable"])
def test_a_backup_says_what_it_lacks_and_has_the_others(registry, portrait, tmp_path, befallen):
    file = shelf_of(registry.path).folder / portrait[0]
    match befallen:
        case "damaged":
            flip(file)
        case "missing":
            file.unlink()
        case _:
            file.unlink()
            file.mkdir()
    assert save_backup(registry, tmp_path / "b.kanal") == ("Portrait",)
    assert shelf_of(tmp_path / "b.kanal").names() == {portrait[1]}
    assert back_up_daily(registry).startswith("1 file of the city's identity is missing or damaged: “Portrait”.")
    assert back_up_daily(registry) == ""


@pytest.mark.parametrize("befallen", ["damaged", "missing"])
def test_the_last_whole_file_stays_in_a_backup_that_is_saved_again(registry, portrait, tmp_path, befallen):
    save_backup(registry, tmp_path / "b.kanal")
    file = shelf_of(registry.path).folder / portrait[0]
    flip(file) if befallen == "damaged" else file.unlink()
    assert save_backup(registry, tmp_path / "b.kanal") == ()
    assert shelf_of(tmp_path / "b.kanal").check(portrait) == []


def test_a_file_that_an_earlier_version_gave_a_second_name_is_copied(registry, portrait, tmp_path):
    shelf, saved = shelf_of(registry.path), shelf_of(tmp_path / "b.kanal")
    saved.folder.mkdir()
    for name in portrait:
        os.link(shelf.folder / name, saved.folder / name)
    assert save_backup(registry, tmp_path / "b.kanal") == ()
    flip(shelf.folder / portrait[0])
    assert saved.check(portrait) == []


def test_what_is_damaged_in_a_backup_is_not_brought_back_and_is_told(registry, portrait, tmp_path):
    save_backup(registry, tmp_path / "b.kanal")
    flip(shelf_of(tmp_path / "b.kanal").folder / portrait[0])
    new = tmp_path / "neu" / "r.kanal"
    new.parent.mkdir()
    restore_registry(tmp_path / "b.kanal", new)
    assert shelf_of(new).names() == {portrait[1]}
    assert lacking_in(new) == ("Portrait",)


def test_of_many_files_that_are_missing_a_few_are_named():
    told = told_of_library([f"Logo {number}" for number in range(7)])
    assert told.startswith("7 files of the city's identity are missing or damaged: “Logo 0”, “Logo 1”")
    assert "“Logo 4”, …. Restore" in told
    assert told_of_library([]) == ""
    assert told_of_library(["Logo"] * 6).startswith(
        "6 files of the city's identity are missing or damaged: “Logo”. Restore"
    )


def test_a_library_that_may_not_be_read_is_told_in_a_sentence(shelf, monkeypatch):
    def refuse(self: Path) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    shelf.put(b"wappen")
    monkeypatch.setattr(Path, "iterdir", refuse)  # Whoever runs the tests as root may read every folder.
    with pytest.raises(UnusableFileError, match="cannot be reached: You are not allowed to do that there"):
        shelf.foreign()
