"""Reads a list from a file: whatever the file holds, the answer is its cells or one sentence.

The file is taken apart in a child process with limited memory and time, so that a hostile or broken file costs an
import and never the program.
"""

from __future__ import annotations

import hashlib
import os
import queue
import stat
import threading
import time as clock
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.exchange.child import Cell, parse_in_child
from core.exchange.limits import MAX_FILE_BYTES, Refused
from core.exchange.refusals import in_words

__all__ = ["Cell", "Sheet", "Workbook", "read_workbook"]

# The child is ended a little early, so that the answer itself comes in time.
_SHARE_OF_THE_CHILD = 0.95


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as it stands: empty rows and hidden ones included, empty cells at the ends of rows cut.

    A row's place in `rows` plus `first_row` is the number a person sees beside it.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    first_row: int = 1


@dataclass(frozen=True, slots=True)
class Workbook:
    """A list file that was read as a whole; `kind` is "xlsx", "xls", "ods" or "csv" and comes from the content."""

    path: Path
    kind: str
    sheets: tuple[Sheet, ...]
    encoding: str | None
    separator: str | None
    sha256: str


def read_workbook(path: Path, *, seconds: float = 20.0) -> Workbook:
    """Read every cell of a list.

    Args:
        path: The file; its name decides nothing.
        seconds: After this time the child is ended and the file refused.

    Raises:
        UnusableFileError: The file cannot be opened or read, with a sentence that says why.
        BadInputError: The file can be read but is no list.
    """
    deadline = clock.monotonic() + seconds * _SHARE_OF_THE_CHILD
    try:
        return _workbook(path, bytes_of(path, seconds), deadline)
    except Refused as refusal:
        raise in_words(path, refusal) from None


def bytes_of(path: Path, seconds: float) -> bytes:
    """Return what a file holds, no more than an import may.

    Raises:
        Refused: The time is over, or the file cannot be read.
    """
    return _within(seconds, lambda: _file_bytes(path))


def _workbook(path: Path, data: bytes, deadline: float) -> Workbook:
    found = parse_in_child(data, "quick", deadline)
    if found.failed and found.kind == "xlsx":
        # calamine aborts on legal sheets with two cells far apart (tafia/calamine issue 693); openpyxl does not.
        found = parse_in_child(data, "patient", deadline)
    if found.failed:
        raise Refused(found.failed)
    sheets = tuple(Sheet(name or path.stem, tuple(rows)) for name, rows in found.sheets)
    return Workbook(path, found.kind, sheets, found.encoding, found.separator, hashlib.sha256(data).hexdigest())


def _within(seconds: float, read: Callable[[], bytes]) -> bytes:
    """Read in a thread that is left behind if it does not return: a dead network drive can hold it for minutes.

    Raises:
        Refused: The time is over, or the file cannot be read.
    """
    answers: queue.SimpleQueue[bytes | Refused] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(read())
        except Refused as refusal:
            answers.put(refusal)

    threading.Thread(target=work, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except queue.Empty:
        raise Refused("slow") from None
    if isinstance(answer, Refused):
        raise answer
    return answer


def _file_bytes(path: Path) -> bytes:
    try:
        _check_it_is_a_file(path.stat())
        # Without blocking, should a pipe have taken the file's place in the meantime.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            _check_it_is_a_file(os.fstat(file.fileno()))
            data = file.read(MAX_FILE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        # A name with a null character raises ValueError; no file can bear it.
        raise Refused("missing") from None
    except PermissionError:
        raise Refused("denied") from None
    except OSError:
        raise Refused("unreadable") from None
    if not data or len(data) > MAX_FILE_BYTES:
        raise Refused("too-large" if data else "empty")
    return data


def _check_it_is_a_file(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise Refused("folder")
    if not stat.S_ISREG(status.st_mode):
        raise Refused("special-file")
    if status.st_size > MAX_FILE_BYTES:
        raise Refused("too-large")
