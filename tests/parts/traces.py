"""What a program leaves behind: files, those it removed again, packed ones, and what its processes show to others."""

from __future__ import annotations

import base64
import binascii
import gzip
import os
import re
import stat
import subprocess
import sys
import threading
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.parts.missing import needed_program

DEEPEST = 3
_ARMORED = re.compile(rb"-----BEGIN ([A-Z0-9 ]{3,60})-----(.{1,9000000}?)-----END \1-----", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_AROUND = re.compile(rb"[\s>|]+")


def unpacked(name: str, data: bytes, depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Give some bytes, and what is packed into them."""
    yield name, data
    if depth < DEEPEST and data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as packed:
            for member in packed.namelist():
                yield from unpacked(f"{name}!{member}", packed.read(member), depth + 1)
    elif depth < DEEPEST and data[:2] == b"\x1f\x8b":
        yield from unpacked(f"{name}!", gzip.decompress(data), depth + 1)
    elif data[:5] == b"%PDF-":
        yield from _of_paper(name, data)
    elif depth < DEEPEST:
        for number, block in enumerate(_ARMORED.finditer(data)):
            with suppress(binascii.Error):
                content = base64.b64decode(_AROUND.sub(b"", block[2]), validate=True)
                yield from unpacked(f"{name}!armor {number}", content, depth + 1)


def _of_paper(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the words of a PDF, as they stand and without the ends of lines, and what is packed inside of it."""
    text = subprocess.run([needed_program("pdftotext"), "-", "-"], input=data, capture_output=True, check=True).stdout
    yield f"{name}!text", text
    yield f"{name}!text in one line", b"".join(text.split())
    for number, stream in enumerate(_STREAM.finditer(data)):
        with suppress(zlib.error):
            yield f"{name}!stream {number}", zlib.decompressobj().decompress(stream[1])


def left_in(folders: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Give name and content of every file below some folders; the name itself is searched, too."""
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if stat.S_ISREG(file.lstat().st_mode):
                yield f"name of {file}", os.fsencode(file.name)
                yield from unpacked(str(file), file.read_bytes())


_WATCHING: list[Removed] = []


@cache
def _listen() -> None:
    """Hear of what is removed; once, for Python has no way to take such an ear away again."""

    def hear(event: str, told: tuple[Any, ...]) -> None:
        if _WATCHING and event in {"os.remove", "os.rename", "os.truncate"}:
            for one in _WATCHING:
                one.hear(event, told)

    sys.addaudithook(hear)


class Removed:
    """Keeps what this process removes or replaces below some folders, from just before it is gone."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(str(folder) for folder in folders)
        self.kept: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        _listen()
        _WATCHING.append(self)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        _WATCHING.remove(self)

    def hear(self, event: str, told: tuple[Any, ...]) -> None:
        """Keep what is about to be gone."""
        self._keep(told[0], told[1] if event == "os.remove" else -1)
        if event == "os.rename":
            self._keep(told[1], -1)

    def _keep(self, named: Any, folder: int) -> None:
        if isinstance(named, int):
            return
        name = os.fsdecode(named)
        if folder >= 0 and not name.startswith("/"):
            name = str(Path(f"/proc/self/fd/{folder}").resolve() / name)
        file = Path(name)
        if name.startswith(self._folders) and file.is_file() and not file.is_symlink():
            data = file.read_bytes()
            self.kept[f"{name} (removed, {len(self.kept)})"] = data


def _below(process: Path) -> Iterator[Path]:
    """Give the processes that a process started, and theirs; to look through all of the machine's takes far longer."""
    with suppress(OSError):  # It has ended.
        for told in process.glob("task/*/children"):
            for number in told.read_text().split():
                yield Path("/proc", number)
                yield from _below(Path("/proc", number))


class Shown:
    """Keeps what the processes that this one starts show to every program: their command lines and environments."""

    def __init__(self, every: float = 0.02) -> None:
        self._every, self._over = every, threading.Event()
        self.kept: set[bytes] = set()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        me = Path("/proc/self")
        while not self._over.wait(self._every):
            for process in (me, *_below(me)):
                for name in ("cmdline", "environ"):
                    try:
                        self.kept.add((process / name).read_bytes())
                    except OSError:  # It has ended, or belongs to nobody but the system.
                        continue
