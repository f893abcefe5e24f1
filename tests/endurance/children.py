"""Child processes with folders of their own: they prepare, wait for the word, do their work and say what came of it.

They speak through a socket, so that faults injected into `write` do not reach what they say.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import socket
import sys
import traceback
from collections.abc import Callable
from multiprocessing.context import ForkServerContext
from pathlib import Path
from types import TracebackType
from typing import Self

from core.errors import RegistryError

Work = Callable[[], object]
Begin = Callable[[Path], Work]
PRELOADED = [
    "tests.endurance.warmed",
    "tests.endurance.killed_writers",
    "tests.endurance.killed_commands",
    "tests.endurance.killed_windows",
    "core.cli.run",
]
DONE, SENTENCE, BUG = "done", "sentence", "bug"
_PATIENCE = 60.0
_PR_SET_PTRACER, _PTRACER_ANY = 0x59616D61, -1
FOLDERS = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_STATE_HOME": "state", "XDG_CONFIG_HOME": "config"}


def servers() -> ForkServerContext:
    """Return what starts children: a process that has already imported everything they need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def home_in(folder: Path) -> dict[str, str]:
    """Return the environment in which the workstation's files lie inside a folder."""
    return {name: str(folder / "home" / below) for name, below in FOLDERS.items()}


class Child:
    """A process that waits to do one piece of work, as often as it is told."""

    def __init__(self, begin: Begin, folder: Path) -> None:
        ours, theirs = multiprocessing.Pipe()
        self._process = servers().Process(target=_serve, args=(begin, folder, theirs), daemon=True)
        self._process.start()
        theirs.close()
        self._socket = socket.socket(fileno=os.dup(ours.fileno()))
        ours.close()
        self._socket.settimeout(_PATIENCE)
        self._lines = self._socket.makefile("r", encoding="utf-8")
        told = self._lines.readline()
        assert told == "ready\n", told.replace("\0", "\n")

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    def go(self) -> None:
        """Give the word."""
        self._socket.sendall(b"g")

    def said(self) -> tuple[str, str]:
        """Wait for what came of it: done, a sentence or a bug, with the text; nothing where it was killed."""
        kind, _colon, text = self._lines.readline().rstrip("\n").partition(":")
        return kind, text.replace("\0", "\n")

    def kill(self) -> None:
        """End it at once, as an impatient user would."""
        self._process.kill()
        self._process.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._lines.close()
        self._socket.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def _serve(begin: Begin, folder: Path, pipe: object) -> None:
    """The child's side of it."""
    line = socket.socket(fileno=os.dup(pipe.fileno()))  # type: ignore[attr-defined]  # a Connection, which typeshed hides
    os.environ.update(home_in(folder))
    sys.dont_write_bytecode = True
    _allow_tracing()
    try:
        work = begin(folder)
        line.sendall(b"ready\n")
    except BaseException:
        line.sendall(traceback.format_exc().replace("\n", "\0").encode() + b"\n")
        raise
    while line.recv(1):
        line.sendall(_outcome(work).replace("\n", "\0").encode() + b"\n")
    os._exit(0)


def _outcome(work: Work) -> str:
    try:
        work()
    except RegistryError as error:
        return f"{SENTENCE}:{error.sentence}"
    except BaseException:  # noqa: BLE001 - whatever it is, it is what came of it
        return f"{BUG}:{traceback.format_exc()}"
    return f"{DONE}:"


def _allow_tracing() -> None:
    """Let a process that is no ancestor trace this one, where the kernel would not (Yama)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_long(_PTRACER_ANY), 0, 0, 0)
