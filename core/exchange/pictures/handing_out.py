"""Copies of files of the library to give to other programs, under names that people understand."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

from core import workstation


class HandedOut:
    """Copies for their user alone, as long as the program runs; whoever changes one changes nothing in the library."""

    def __init__(self) -> None:
        self._folders: list[tempfile.TemporaryDirectory[str]] = []

    def lay_out(self, data: bytes, name: str) -> Path:
        """Lay a copy out that can only be read, and return where it lies.

        Args:
            data: What is in the file.
            name: What it is to be called; folders in it are left out.
        """
        folder = tempfile.TemporaryDirectory(dir=workstation.scratch_folder(), ignore_cleanup_errors=True)
        self._folders.append(folder)
        copy = Path(folder.name) / (Path(name).name or "file")
        copy.write_bytes(data)
        copy.chmod(stat.S_IRUSR)
        return copy

    def clear(self) -> None:
        """Remove the copies; one that another program still holds open may stay."""
        while self._folders:
            self._folders.pop().cleanup()
