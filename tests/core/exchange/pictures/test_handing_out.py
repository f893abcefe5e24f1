"""Copies of files of the library, and thumbnails kept beside: private, whole, and gone when they have served."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from core.errors import UnusableFileError
from core.exchange.pictures.handing_out import HandedOut, save_copy
from core.exchange.pictures.kept_thumbnails import LARGEST, KeptThumbnails
from core.inventory.assets.library import DamagedFileError, folder_of, shelf_of

PNG = b"\x89PNG not really"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr("core.exchange.pictures.kept_thumbnails.user_cache_path", lambda *_a, **_k: tmp_path / "cache")
    return tmp_path / "cache" / "thumbnails" / "one"


def never():
    raise AssertionError("it was made before")


def test_a_thumbnail_is_made_once_and_kept_for_its_user_alone(cache):
    kept = KeptThumbnails("one")
    assert kept.get("a" * 64, lambda: PNG) == PNG
    assert kept.get("a" * 64, never) == PNG
    [file] = cache.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700


def test_that_a_file_has_none_is_kept_too(cache):
    kept = KeptThumbnails("one")
    assert kept.get("a" * 64, lambda: None) is None
    assert kept.get("a" * 64, never) is None


def test_registries_keep_theirs_apart(cache):
    KeptThumbnails("one").get("a" * 64, lambda: PNG)
    assert KeptThumbnails("two").get("a" * 64, lambda: b"other") == b"other"


def test_what_the_registry_no_longer_knows_goes(cache):
    kept = KeptThumbnails("one")
    for name in "ab":
        kept.get(name * 64, lambda: PNG)
    kept.drop_all_but({"a" * 64})
    assert [file.stem for file in cache.iterdir()] == ["a" * 64]


@pytest.mark.parametrize("plant", ["link", "pipe", "huge"])
def test_what_somebody_planted_there_is_not_read(cache, tmp_path, plant):
    cache.mkdir(parents=True)
    planted, secret = cache / f"{'a' * 64}.png", tmp_path / "secret"
    secret.write_bytes(b"secret")
    match plant:
        case "link":
            planted.symlink_to(secret)
        case "pipe":
            import os

            os.mkfifo(planted)
        case _:
            planted.write_bytes(b"x" * (LARGEST + 1))
    assert KeptThumbnails("one").get("a" * 64, lambda: PNG) == PNG
    assert secret.read_bytes() == b"secret"


def test_where_nothing_can_be_kept_it_is_made_each_time(cache, tmp_path):
    (tmp_path / "cache").write_bytes(b"a file in the way")
    kept = KeptThumbnails("one")
    assert kept.get("a" * 64, lambda: PNG) == PNG
    assert kept.get("a" * 64, lambda: b"again") == b"again"


def test_a_copy_is_the_file_itself(tmp_path):
    registry = tmp_path / "r.kanal"
    sha256 = shelf_of(registry).put(PNG)
    save_copy(registry, sha256, tmp_path / "copy.png")
    assert (tmp_path / "copy.png").read_bytes() == PNG


def test_no_copy_is_made_of_a_damaged_file(tmp_path):
    registry = tmp_path / "r.kanal"
    sha256 = shelf_of(registry).put(PNG)
    (folder_of(registry) / sha256).write_bytes(b"damaged")
    with pytest.raises(DamagedFileError):
        save_copy(registry, sha256, tmp_path / "copy.png")
    assert not (tmp_path / "copy.png").exists()


def test_a_copy_is_not_written_over_what_its_owner_protects_nor_into_the_library(tmp_path):
    registry, copy = tmp_path / "r.kanal", tmp_path / "copy.png"
    sha256 = shelf_of(registry).put(PNG)
    copy.write_bytes(b"mine")
    copy.chmod(0o444)
    for target in (copy, folder_of(registry) / "copy.png", registry):
        with pytest.raises(UnusableFileError):
            save_copy(registry, sha256, target)
    assert copy.read_bytes() == b"mine"
    assert shelf_of(registry).check() == []
    assert not registry.exists()


def test_a_copy_that_cannot_be_written_is_told(tmp_path):
    registry = tmp_path / "r.kanal"
    sha256 = shelf_of(registry).put(PNG)
    with pytest.raises(UnusableFileError, match="copy"):
        save_copy(registry, sha256, tmp_path / "nowhere" / "copy.png")


def test_what_is_handed_out_can_only_be_read_and_goes_again(tmp_path):
    copies = HandedOut()
    copy = copies.lay_out(PNG, "../../Logo.png")
    assert copy.name == "Logo.png"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o400
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700
    copies.clear()
    assert not Path(copy).parent.exists()
