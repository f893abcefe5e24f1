"""What killed programs left half written: removed a day later, and never what another one only calls alike."""

from __future__ import annotations

import glob
import re
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path

WRITER = r"\.[1-9]\d*-[0-9a-f]+\.part(?:-journal|-wal|-shm)?"
"""How the name of what is written aside ends, as a regular expression: by whom, and a number drawn by lot."""
_DAY = 24 * 60 * 60


def remove_leftovers(folder: Path, pattern: str, named: str = ".*") -> None:
    """Remove private files and folders of ours that a killed program left behind more than a day ago.

    Args:
        folder: Where they lie.
        pattern: What their names match, as in a shell.
        named: The regular expression that their whole names match, too, where others' may begin and end alike.
    """
    exactly = re.compile(named, re.DOTALL)
    with suppress(OSError):
        for left in folder.glob(pattern):
            if not exactly.fullmatch(left.name):
                continue
            found = left.lstat()
            if found.st_mtime > time.time() - _DAY:
                continue
            if stat.S_ISDIR(found.st_mode):
                shutil.rmtree(left)
            else:
                left.unlink()


def remove_asides(target: Path) -> None:
    """Remove what killed programs left half written of a file or folder, and of no other one, whatever it is called."""
    told = rf"\.{re.escape(target.name)}{WRITER}"
    remove_leftovers(target.parent, f".{glob.escape(target.name)}.*.part*", told)
