"""Keeps the memory of this process out of files and away from other programs of the same user."""

from __future__ import annotations

import sys
from functools import cache

PR_SET_DUMPABLE = 4


@cache
def protect_process() -> None:
    """Allow no core dump and no debugger of the same user; the programs it starts are as they always were.

    Where the system refuses, the program works on: this is a second lock on the door, not the door.
    """
    _no_core_dump()
    if sys.platform == "linux":
        _not_dumpable()


def _no_core_dump() -> None:
    if sys.platform == "win32":
        return
    import resource

    _soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    if hard != 0:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _not_dumpable() -> None:
    """Ask the kernel; what is under /proc/self then belongs to root, and execve undoes it for a child."""
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
