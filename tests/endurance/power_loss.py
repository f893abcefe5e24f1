"""Replay a power loss: record what a workload asked of the disk, then build the states a disk may be in afterwards.

The model: what was synced is there. Of the later writes and truncations of each file any part may be there, in any
choice, the last one torn. Of the later changes of names those up to some point are there, in their order. A sync of a
file makes its content durable, a sync of a folder the names in it.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

TRACED = "openat,write,pwrite64,fsync,fdatasync,ftruncate,rename,renameat,renameat2,unlink,unlinkat,mkdir,rmdir"
SECTOR = 512
_CALL = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)(.*)$")
_HEX = re.compile(r'<((?:\\x[0-9a-f]{2})*)>|"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One call that succeeded: its name, the paths and texts in it in their order, its numbers."""

    name: str
    texts: tuple[bytes, ...]
    numbers: tuple[int, ...]
    result: int
    flags: str

    @property
    def path(self) -> str:
        """The path of the file that the call is about."""
        return os.fsdecode(self.texts[0])


def calls(trace: Path) -> Iterator[Call]:
    """Read what strace wrote with -y -xx and unlimited texts; calls that failed changed nothing."""
    with trace.open(encoding="ascii") as lines:
        for line in lines:
            found = _CALL.match(line)
            if found is None or found[3].startswith("-"):
                continue
            texts = tuple(bytes.fromhex((one or other).replace("\\x", "")) for one, other in _HEX.findall(line))
            bare = _HEX.sub("", found[2])
            numbers = tuple(int(part) for part in re.findall(r"(?<=, )\d+(?=,|$)", bare))
            yield Call(found[1], texts, numbers, int(found[3]), bare)


@dataclass(slots=True)
class File:
    """A file as the disk knows it for sure, and what it was asked since."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        """Make what was asked durable."""
        self.durable, self.pending = self.in_the_end(), []

    def in_the_end(self) -> bytes:
        """Return what it holds while the power is on."""
        return _applied(self.durable, self.pending)

    def after_loss(self, chance: random.Random) -> bytes:
        """Return what may be left of it after a power loss."""
        match chance.randrange(4):
            case 0:
                kept = []
            case 1:
                kept = self.pending
            case 2:
                kept = self.pending[: chance.randrange(len(self.pending) + 1)]
            case _:
                kept = [one for one in self.pending if chance.random() < 0.5]
        if kept and chance.random() < 0.3:
            kept = [*kept[:-1], _torn(kept[-1], chance)]
        return _applied(self.durable, kept)


def _torn(write: tuple[int, bytes | None], chance: random.Random) -> tuple[int, bytes | None]:
    place, data = write
    return (place, data[: chance.randrange(0, len(data) + 1, SECTOR)]) if data else write


def _applied(content: bytes, asked: list[tuple[int, bytes | None]]) -> bytes:
    """Carry out writes, and truncations (without data), on a content."""
    if not asked:
        return content
    whole = bytearray(content)
    for place, data in asked:
        if len(whole) < place:
            whole.extend(bytes(place - len(whole)))
        if data is None:
            del whole[place:]
        else:
            whole[place : place + len(data)] = data
    return bytes(whole)


class Disk:
    """A folder on a disk: which names lead to which files, for sure and in the end."""

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.names = {str(path): File(path.read_bytes()) for path in root.rglob("*") if path.is_file()}
        self.durable = dict(self.names)
        self.pending: list[tuple[str, str | None, File | None]] = []
        self.positions: dict[str, int] = {}

    def ask(self, call: Call) -> None:
        """Let one call happen."""
        path = call.path
        match call.name:
            case "openat":
                self._open(os.fsdecode(call.texts[-1]), call.flags)
            case "pwrite64" | "write" if path in self.names:
                self._write(path, call)
            case "ftruncate" if path in self.names:
                self.names[path].pending.append((call.numbers[0], None))
            case "fsync" | "fdatasync" if path in self.names:
                self.names[path].sync()
            case "fsync" | "fdatasync":
                self._sync_folder(path)
            case "rename":
                self._rename(*(os.fsdecode(text) for text in call.texts[:2]))
            case "renameat" | "renameat2":
                self._rename(os.fsdecode(call.texts[1]), os.fsdecode(call.texts[-1]))
            case "unlink" | "unlinkat":
                self._name(os.fsdecode(call.texts[-1]), None)

    def _open(self, path: str, flags: str) -> None:
        if not path.startswith(self.root) or "O_DIRECTORY" in flags:
            return
        self.positions[path] = 0
        if "O_CREAT" in flags and path not in self.names:
            self._name(path, File())
        elif "O_TRUNC" in flags:
            self.names[path].pending.append((0, None))

    def _write(self, path: str, call: Call) -> None:
        place = call.numbers[-1] if call.name == "pwrite64" else self.positions.get(path, 0)
        self.names[path].pending.append((place, call.texts[1][: call.result]))
        if call.name == "write":
            self.positions[path] = place + call.result

    def _rename(self, old: str, new: str) -> None:
        if old in self.names:
            file = self.names[old]
            self.names.pop(old)
            self.names[new] = file
            self.pending.append((old, new, file))

    def _name(self, path: str, file: File | None) -> None:
        if file is not None:
            self.names[path] = file
        elif self.names.pop(path, None) is None:
            return
        self.pending.append((path, None, file))

    def _sync_folder(self, folder: str) -> None:
        """Make the names durable; a file system that keeps a log keeps all of them up to this one."""
        if folder.startswith(self.root):
            self.durable = self._names_after(len(self.pending))
            self.pending = []

    def _names_after(self, number: int) -> dict[str, File]:
        names = dict(self.durable)
        for path, new, file in self.pending[:number]:
            if file is None or new is not None:
                names.pop(path, None)
            if file is not None:
                names[new or path] = file
        return names

    def lose_power(self, chance: random.Random, target: Path) -> None:
        """Write to a folder what may be left."""
        number = chance.choice((0, len(self.pending), chance.randrange(len(self.pending) + 1)))
        for path, file in self._names_after(number).items():
            left = target / Path(path).relative_to(self.root)
            left.parent.mkdir(parents=True, exist_ok=True)
            left.write_bytes(file.after_loss(chance))
            left.chmod(0o600)
