"""Talks to the limited child process that takes a list or a picture apart, and rebuilds the cells it sends.

The child is given the bytes, not the path; it writes no file, and what it says on its error channel is dropped.
"""

from __future__ import annotations

import marshal
import os
import signal
import subprocess
import sys
import threading
import time as clock
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import isfinite
from pathlib import Path
from typing import IO, Any, cast

from core.exchange.limits import MAX_CELLS, MAX_COLUMNS, MAX_FRAME_BYTES, Refused

Cell = str | int | float | bool | date | datetime | time | None
CHILD_FLAG = "--parse-list"
"""First argument of the packed program when it is started as its own parsing child; main.py answers it."""

_BOOTSTRAP = "import sys; sys.path[:] = sys.argv[1].split({0!r}); from core.exchange.parsing import main; main()"
_ROOT = Path(__file__).resolve().parents[2]
_NEEDED_BY_THE_SYSTEM = ("SYSTEMROOT", "WINDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_LARGEST_EXACT = 2.0**53
_TIME_IS_OVER = {int(getattr(signal, name)) for name in ("SIGXCPU", "SIGPROF") if hasattr(signal, name)}
"""The signals by which a process ends that has used up its processor time; Windows has none."""


class _Days(dict[bytes, "date | time"]):
    """What each tag stands for, kept since the same days come up again and again in a list."""

    def __missing__(self, tag: bytes) -> date | time:
        day = self[tag] = _day(tag.decode())
        return day


def _day(text: str) -> date | time:
    """Rebuild a point in time from ISO 8601; midnight is how workbooks write a day."""
    if "T" not in text:
        return time.fromisoformat(text) if ":" in text else date.fromisoformat(text)
    instant = datetime.fromisoformat(text)
    return instant if instant.time() != time.min else instant.date()


@dataclass(slots=True)
class Parsed:
    """What a child has delivered so far; `failed` says why it is not the whole file, and is empty once it is."""

    kind: str = ""
    sheets: list[tuple[str, list[tuple[Cell, ...]]]] = field(default_factory=list)
    column: int = 0
    days: _Days = field(default_factory=_Days)
    cells: int = 0
    encoding: str | None = None
    separator: str | None = None
    failed: str = "damaged"


def parse_in_child(data: bytes, manner: str, deadline: float) -> Parsed:
    """Have a child parse the bytes.

    Raises:
        Refused: The child gave a final reason, or the time is over.
    """
    parsed = Parsed()
    with _child(manner, deadline) as child:
        _converse(child, data, parsed)
    if parsed.failed and clock.monotonic() >= deadline:
        raise Refused("slow")
    return parsed


def ask_child(data: bytes, manner: str, deadline: float) -> list[tuple[Any, ...]]:
    """Hand the bytes to a child and return all it says about them.

    Raises:
        Refused: The time is over, or the child wanted more memory than it may have.
    """
    with _child(manner, deadline) as child:
        _tell(child, data)
        told = list(_messages(cast("IO[bytes]", child.stdout)))
        code = child.wait()
    if not told and (clock.monotonic() >= deadline or -code in _TIME_IS_OVER):
        raise Refused("slow")
    if not told and code not in range(256):
        raise Refused("memory")
    return told


@contextmanager
def _child(manner: str, deadline: float) -> Iterator[subprocess.Popen[bytes]]:
    """Start a child that ends with the deadline, and with whoever asked it."""
    left = max(deadline - clock.monotonic(), 0.0)
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own code, no shell
        _command(manner, int(left) + 2),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _NEEDED_BY_THE_SYSTEM if name in os.environ},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        timer = threading.Timer(left, child.kill)
        timer.daemon = True
        timer.start()
        try:
            yield child
        finally:
            timer.cancel()
            child.kill()


def _tell(child: subprocess.Popen[bytes], data: bytes) -> None:
    to_child = cast("IO[bytes]", child.stdin)
    # A child that dies early closes its end; what it wrote until then is read afterwards.
    with suppress(OSError):
        to_child.write(data)
    with suppress(OSError):
        to_child.close()


def _converse(child: subprocess.Popen[bytes], data: bytes, parsed: Parsed) -> None:
    _tell(child, data)
    for message in _messages(cast("IO[bytes]", child.stdout)):
        _take(message, parsed)
        if not parsed.failed:
            return
    if child.wait() not in range(256):
        # Ended by a signal or, on Windows, by a system code: the parser could not get the memory it wanted.
        parsed.failed = "memory"


def _command(manner: str, seconds: int) -> list[str]:
    arguments = [manner, str(seconds)]
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_FLAG, *arguments]
    # Without site the child starts in half the time; it finds its modules where this process does.
    search = os.pathsep.join([str(_ROOT), *(entry for entry in sys.path if entry)])
    bootstrap = _BOOTSTRAP.format(os.pathsep)
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", bootstrap, search, *arguments]


def _messages(stream: IO[bytes]) -> Iterator[tuple[Any, ...]]:
    """Yield the child's messages until its output ends, whole or not."""
    while len(head := stream.read(4)) == 4:
        length = int.from_bytes(head, "big")
        if length > MAX_FRAME_BYTES or len(payload := stream.read(length)) < length:
            return
        try:
            yield marshal.loads(payload)  # noqa: S302 - written by our own child from its own values
        except (EOFError, TypeError, ValueError):
            return


def _take(message: tuple[Any, ...], parsed: Parsed) -> None:
    match message:
        case ("kind", str(kind)):
            parsed.kind = kind
        case ("sheet", str(name), int(column)) if column < MAX_COLUMNS:
            parsed.sheets.append((name, []))
            parsed.column = column
        case ("rows", list(rows)):
            _take_rows(rows, parsed)
        case ("done", encoding, separator):
            parsed.encoding, parsed.separator, parsed.failed = encoding, separator, ""
            for _name, kept in parsed.sheets:
                _cut_empty_end(kept)
        case ("refused", str(reason), int(row)):
            _take_refusal(reason, row, parsed)


def _take_refusal(reason: str, row: int, parsed: Parsed) -> None:
    # Another parser may need less memory; for every other reason its word is final.
    if reason != "memory" or not parsed.kind:
        raise Refused(reason, row)
    parsed.failed = reason


def _take_rows(rows: list[list[Any]], parsed: Parsed) -> None:
    kept = parsed.sheets[-1][1]
    margin = (None,) * parsed.column
    days = parsed.days
    for row in rows:
        cells: list[Cell] = [
            value or None if type(value) is str else days[value] if type(value) is bytes else _number(value)
            for value in row
        ]
        while cells and cells[-1] is None:
            cells.pop()
        kept.append((*margin, *cells) if cells else ())
        # An empty row counts as well: a hundred sheets could each hold one cell in the last row.
        _count(parsed, len(kept[-1]) or 1)


def _count(parsed: Parsed, number: int) -> None:
    parsed.cells += number
    if parsed.cells > MAX_CELLS:
        raise Refused("too-many-cells")


def _cut_empty_end(rows: list[tuple[Cell, ...]]) -> None:
    while rows and not rows[-1]:
        rows.pop()


def _number(value: float | None) -> Cell:
    """Make whole numbers int, as they were typed: the formats know only floats, and no infinity."""
    if type(value) is not float:
        return value
    if value.is_integer():
        return int(value) if abs(value) < _LARGEST_EXACT else value
    return value if isfinite(value) else str(value)
