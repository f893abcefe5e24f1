"""Copies of issued reports to look at: whoever saves one of them changes nothing in the archive."""

from __future__ import annotations

import shutil
import stat
import tempfile
from pathlib import Path

from core import workstation


class IssuedCopies:
    """Copies under the names under which the reports were issued, for their user alone, as long as they are needed."""

    def __init__(self) -> None:
        self._folders: list[tempfile.TemporaryDirectory[str]] = []

    def lay_out(self, archived: Path, name: str) -> Path:
        """Lay a copy out that can only be read.

        Args:
            archived: The workbook in the archive.
            name: What it was called when it was issued.

        Returns:
            The copy.
        """
        folder = tempfile.TemporaryDirectory(dir=workstation.scratch_folder(), ignore_cleanup_errors=True)
        self._folders.append(folder)
        copy = Path(folder.name) / Path(name).name
        shutil.copyfile(archived, copy)
        copy.chmod(stat.S_IRUSR)
        return copy

    def clear(self) -> None:
        """Remove the copies; one that another program still holds open may stay."""
        while self._folders:
            self._folders.pop().cleanup()
