"""Both shelves do the same: files under their hashes, once, unchanged; on a real PostgreSQL and in SQLite, too."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, text

from core.errors import UnusableFileError
from core.inventory.assets.database_shelf import DatabaseShelf
from core.inventory.assets.library import DamagedFileError, FolderShelf, Shelf, Trouble, TroubleKind
from core.storage import companions

if TYPE_CHECKING:
    from tests.parts.server import Server

pytestmark = pytest.mark.usefixtures("in_english")

LOGO = b"logo" * 1000


@dataclass(frozen=True)
class Case:
    """A shelf, and how what lies there is damaged behind its back."""

    shelf: Shelf
    overwrite: Callable[[str, bytes], object]


def in_folder(folder: Path) -> Case:
    return Case(FolderShelf(folder), lambda name, data: (folder / name).write_bytes(data))


def in_database(engine: Engine) -> Case:
    shelf = DatabaseShelf(engine)
    shelf.prepare()

    def overwrite(name: str, data: bytes) -> None:
        with engine.begin() as connection:
            values = {"name": name, "data": data}
            done = connection.execute(text("UPDATE library_file SET content = :data WHERE sha256 = :name"), values)
            assert done.rowcount == 1

    return Case(shelf, overwrite)


@pytest.fixture(params=["folder", "sqlite", "postgresql"])
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Case]:
    match request.param:
        case "folder":
            yield in_folder(tmp_path / "stadt.kanal.assets")
        case "sqlite":
            engine = create_engine(f"sqlite:///{tmp_path / 'server.db'}")
            yield in_database(engine)
            engine.dispose()
        case _:
            server: Server = request.getfixturevalue("server")
            with server.database() as engine:
                yield in_database(engine)


def test_a_file_is_kept_once_under_its_hash(case: Case):
    names = {case.shelf.put(b"wappen"), case.shelf.put(b"wappen"), case.shelf.put(LOGO)}
    assert names == case.shelf.names() == {hashlib.sha256(data).hexdigest() for data in (b"wappen", LOGO)}
    assert case.shelf.check() == []


def test_what_was_put_there_is_read_again(case: Case):
    every_byte = bytes(range(256)) * 4096
    assert case.shelf.read(case.shelf.put(every_byte)) == every_byte
    assert case.shelf.read(case.shelf.put(b"")) == b""


def test_nothing_is_there_before_anything_was_put_there(case: Case):
    wanted = "0" * 64
    assert (case.shelf.names(), case.shelf.check(), case.shelf.has(wanted)) == (set(), [], False)
    assert case.shelf.check([wanted]) == [Trouble(wanted, TroubleKind.MISSING)]
    with pytest.raises(DamagedFileError, match=r"^The file 000000000000… .*is missing"):
        case.shelf.read(wanted)


@pytest.mark.parametrize("at", [0, 1999, 3999])
def test_a_flipped_bit_is_found_read_by_nobody_and_mended_by_the_same_file(case: Case, at: int):
    name, damaged = case.shelf.put(LOGO), bytearray(LOGO)
    damaged[at] ^= 1
    case.overwrite(name, bytes(damaged))
    assert case.shelf.check([name]) == [Trouble(name, TroubleKind.DAMAGED)]
    with pytest.raises(DamagedFileError, match="was altered or damaged"):
        case.shelf.read(name)
    assert case.shelf.put(LOGO) == name
    assert case.shelf.check([name]) == []


def test_a_removed_file_is_gone_and_the_others_stay(case: Case):
    gone, stays = case.shelf.put(b"wappen"), case.shelf.put(LOGO)
    case.shelf.remove(gone)
    case.shelf.remove(gone)
    assert case.shelf.names() == {stays}
    assert not case.shelf.has(gone)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(files=st.lists(st.binary(max_size=64), max_size=8))
def test_whatever_is_put_there_is_there_as_it_was(case: Case, files: list[bytes]):
    names = [case.shelf.put(data) for data in files]
    assert [case.shelf.read(name) for name in names] == files
    assert case.shelf.check(names) == []


def test_two_who_put_the_same_file_there_at_once_both_have_it(server: Server):
    with server.database() as engine:
        shelf = in_database(engine).shelf
        files = [f"wappen {number}".encode() * 50 for number in range(20)] * 4
        with ThreadPoolExecutor(8) as pool:
            names = list(pool.map(shelf.put, files))
        assert shelf.names() == set(names)
        assert shelf.check() == []


def test_a_file_that_is_too_large_is_not_kept(server: Server, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(companions, "ASSETS", companions.Kind(".assets", "*", largest=10))
    with server.database() as engine:
        shelf = in_database(engine).shelf
        with pytest.raises(UnusableFileError, match="too large for the library"):
            shelf.put(b"x" * 11)
        assert shelf.names() == set()


def test_a_database_that_refuses_is_told_in_a_sentence(server: Server):
    with server.database() as engine:
        shelf = DatabaseShelf(engine)
        for refused in (shelf.names, lambda: shelf.put(LOGO), lambda: shelf.read("0" * 64)):
            with pytest.raises(UnusableFileError, match="ask whoever runs the database server") as raised:
                refused()
            assert "library_file" not in str(raised.value)
