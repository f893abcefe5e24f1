"""Thumbnails that were made once and are kept on this workstation, by the SHA-256 of the file they show.

They are no part of the registry: a folder a registry, for its user alone; what the registry no longer knows goes.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Container
from contextlib import suppress
from pathlib import Path

from platformdirs import user_cache_path

from core.errors import UnusableFileError
from core.storage.places import make_private_folder, refuse_linked, written_aside
from core.workstation import PROGRAM

LARGEST = 1_000_000
"""A thumbnail of 256 points a side has never more bytes than this."""

_ENDING = ".png"
_NOT_PLANTED = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class KeptThumbnails:
    """The thumbnails of one registry on this workstation."""

    def __init__(self, registry_id: str) -> None:
        self._folder = user_cache_path(PROGRAM, appauthor=False) / "thumbnails" / registry_id

    def get(self, sha256: str, make: Callable[[], bytes | None]) -> bytes | None:
        """Return the thumbnail of a file, made if there is none yet; None where the file has none.

        That it has none is kept, too: as an empty file. Where nothing can be kept, it is made anew each time.
        """
        kept = _content(self._folder / f"{sha256}{_ENDING}")
        if kept is None:
            made = make()
            self._keep(sha256, made or b"")
            return made
        return kept or None

    def drop_all_but(self, known: Container[str]) -> None:
        """Remove the thumbnails of files that the registry no longer has, those of erased portraits above all."""
        with suppress(OSError):
            for file in self._folder.iterdir():
                if file.stem not in known:
                    file.unlink()

    def _keep(self, sha256: str, content: bytes) -> None:
        with suppress(OSError, UnusableFileError):
            refuse_linked(self._folder)
            make_private_folder(self._folder)
            with written_aside(self._folder / f"{sha256}{_ENDING}") as aside:
                aside.write_bytes(content)


def _content(file: Path) -> bytes | None:
    """Return what is in a file of ours, None where there is none; a link or a pipe planted there is not followed."""
    try:
        handle = os.open(file, os.O_RDONLY | _NOT_PLANTED)
    except OSError:
        return None
    with open(handle, "rb") as source:  # noqa: PTH123 - a Path cannot refuse a link
        if not stat.S_ISREG(os.fstat(source.fileno()).st_mode):
            return None
        content = source.read(LARGEST + 1)
    return content if len(content) <= LARGEST else None
