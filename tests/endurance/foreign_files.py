"""Files that are not ours, links and pipes planted where the program writes, and registries with a wrong byte."""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

from core import workstation
from core.errors import RegistryError
from core.exchange.importing.template import save_template
from core.exchange.report.making import make_report
from core.inventory.lists import LISTS
from core.registry import Registry, create_registry, open_registry
from core.restoring import restore_registry
from core.storage.engine import APPLICATION_ID
from tests.factories import make_channel

TODAY = date(2026, 11, 23)
FOREIGN = (
    *("empty", "text", "workbook", "database", "database of another program", "database marked as ours"),
    *("header only", "folder", "link", "dangling link", "pipe", "socket", "second name"),
)
PLANTED = ("link", "dangling link", "second name", "pipe", "folder elsewhere")
VICTIM = b"Das geht das Programm nichts an.\n" * 20


def put_foreign(path: Path, kind: str) -> None:
    """Put something that is not ours where a registry is looked for."""
    match kind:
        case "empty":
            path.touch()
        case "text":
            path.write_text("Kanal;Adresse\n" * 50)
        case "workbook":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("xl/workbook.xml", "<workbook/>")
        case "database":
            _database(path, "CREATE TABLE other (x)")
        case "database of another program":
            _database(path, "PRAGMA application_id=1; CREATE TABLE other (x)")
        case "database marked as ours":
            _database(path, f"PRAGMA application_id={APPLICATION_ID}; CREATE TABLE other (x)")
        case "header only":
            path.write_bytes(b"SQLite format 3\0" + bytes(52) + APPLICATION_ID.to_bytes(4, "big") + bytes(28))
        case "folder":
            path.mkdir()
        case "socket":
            _socket(path)
        case _:
            plant(path, kind, path.with_name("opfer"))


def _database(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(script)


def _socket(path: Path) -> None:
    """Put a socket there; its name may be longer than the system takes in one piece."""
    before = Path.cwd()
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path.name)
    os.chdir(before)


def plant(path: Path, kind: str, victim: Path) -> None:
    """Put a link, a second name or a pipe where the program is going to write."""
    victim.write_bytes(VICTIM)
    match kind:
        case "link":
            path.symlink_to(victim)
        case "dangling link":
            path.symlink_to(victim.with_name("nirgends"))
        case "second name":
            path.hardlink_to(victim)
        case "pipe":
            os.mkfifo(path)
        case _:
            victim.with_name("anderswo").mkdir(exist_ok=True)
            path.symlink_to(victim.with_name("anderswo"))


def look(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """Return what lies in a folder: kind and rights, length, time of change and content."""
    seen = {}
    for path in sorted(folder.rglob("*")):
        found = path.lstat()
        content = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
        seen[str(path.relative_to(folder))] = (found.st_mode, found.st_size, found.st_mtime_ns, content)
    return seen


def _write(registry: Registry) -> None:
    with registry.action("Test") as session:
        session.add(make_channel(handle=f"kanal{registry.head()[0]}"))


def _reopen(registry: Registry) -> None:
    registry.close()
    again = open_registry(registry.path)
    _write(again)
    again.close()


def _state(name: str) -> Path:
    return workstation.scratch_folder().parent / name


TARGETS: dict[str, tuple[Callable[[Registry], Path], Callable[[Registry, Path], object]]] = {
    "backup": (lambda registry: registry.path.with_name("b.kanal"), lambda registry, path: registry.back_up(path)),
    "report": (
        lambda registry: registry.path.with_name("b.xlsx"),
        lambda registry, path: make_report(registry, "2026Q3", path, today=TODAY),
    ),
    "registry": (lambda registry: registry.path.with_name("n.kanal"), lambda _, path: create_registry(path).close()),
    "journal of a new registry": (
        lambda registry: registry.path.with_name("n.kanal-journal"),
        lambda _, path: create_registry(path.with_name("n.kanal")).close(),
    ),
    "journal": (
        lambda registry: registry.path.with_name(registry.path.name + "-journal"),
        lambda registry, _path: _reopen(registry),
    ),
    "restored registry": (
        lambda registry: registry.path.with_name("w.kanal"),
        lambda registry, path: restore_registry(registry.path.with_name("gut.kanal"), path),
    ),
    "template": (lambda registry: registry.path.with_name("v.xlsx"), lambda _, path: save_template(path)),
    "last heads": (lambda registry: workstation.head_file(registry.id), lambda registry, _path: _write(registry)),
    "store": (lambda _: _state("store.json"), lambda registry, _path: _reopen(registry)),
    "choices": (
        lambda _: Path(os.environ["XDG_CONFIG_HOME"]) / "kanalregister" / "workstation.json",
        lambda _, _path: workstation.remember("scheme", "dark"),
    ),
    "automatic backups": (
        lambda registry: registry.path.with_name(f"{registry.path.stem}-backups"),
        lambda registry, _path: registry.back_up_automatically("test"),
    ),
    "snapshots": (
        lambda _: _state("scratch"),
        lambda registry, _path: make_report(registry, "2026Q3", registry.path.with_name("s.xlsx"), today=TODAY),
    ),
}
"""Where something can be planted under a name known beforehand, and what writes there."""


def flipped(whole: bytes, number: int, seed: int) -> Iterator[bytes]:
    """Give copies of a file with one byte changed, every third in the first page, where the file describes itself."""
    chance = random.Random(seed)
    for index in range(number):
        copy = bytearray(whole)
        copy[chance.randrange(4096 if index % 3 == 0 else len(copy))] ^= chance.randrange(1, 256)
        yield bytes(copy)


def used(path: Path, came: Counter[str]) -> None:
    """Open, check, list and change a registry that may be damaged, until it says a sentence."""
    try:
        registry = open_registry(path)
    except RegistryError:
        came["refused to open"] += 1
        return
    try:
        broken = registry.verify().broken_at is not None
        registry.log()
        with registry.reading() as session:
            for records in LISTS:
                list(records.read(session.connection(), None, TODAY))
        _write(registry)
        came["log named as broken" if broken else "whole where it matters"] += 1
    except RegistryError:
        came["told in a sentence"] += 1
    finally:
        registry.close()
