"""Copies of files of the library to give to other programs, under names that people understand."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from core import workstation
from core.errors import UnusableFileError
from core.exchange.targets import refuse_protected, refuse_target
from core.i18n import _
from core.inventory.assets.library import shelf_of
from core.storage.places import written_aside
from core.system_reasons import reason_of


def save_copy(registry: Path, sha256: str, target: Path, endings: Sequence[str] = ()) -> None:
    """Write a file of the library to where the user wants a copy of it; others may read it as other files there.

    Args:
        registry: The registry's file.
        sha256: Of the file.
        target: The copy; what lies there is replaced, unless the registry or its owner needs it.
        endings: What its name may end in; without them anything.

    Raises:
        BadInputError: Its name ends otherwise.
        DamagedFileError: The file is missing or damaged.
        UnusableFileError: The copy cannot be written there.
    """
    if endings:
        refuse_target(target, endings, registry)
    else:
        refuse_protected(target, registry)
    data = shelf_of(registry).read(sha256)
    try:
        with written_aside(target, shared=True) as aside:
            aside.write_bytes(data)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=target, reason=reason_of(error, writing=True))
        ) from error


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
