"""The reports that were issued, kept unchanged beside the registry under the hashes of their files."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from core.model import ReportRun
from core.storage import companions, places

_SUFFIX = ".xlsx"


def folder_of(registry: Path) -> Path:
    """Return the folder in which a registry's issued reports are kept."""
    return companions.folder_of(registry, companions.REPORTS)


def keep(registry: Path, workbook: Path, sha256: str) -> Path:
    """Keep a copy of a workbook for its user alone; one that is there already is never written again.

    Args:
        registry: The registry's file.
        workbook: The whole workbook.
        sha256: The hash of its content.

    Raises:
        UnusableFileError: It cannot be written there, or something else lies in the way.
    """
    folder = folder_of(registry)
    places.refuse_linked(folder)
    places.make_private_folder(folder)
    kept = folder / f"{sha256}{_SUFFIX}"
    if not os.path.lexists(kept):
        with places.written_aside(kept, new=True) as aside:
            shutil.copyfile(workbook, aside)
    return kept


def issued(registry: Path, run: ReportRun) -> Path | None:
    """Return the workbook that was issued in a run, None where it is missing or not as it was issued."""
    kept = folder_of(registry) / f"{run.file_sha256}{_SUFFIX}"
    if kept.is_symlink() or not kept.is_file():
        return None
    with kept.open("rb") as content:
        return kept if hashlib.file_digest(content, "sha256").hexdigest() == run.file_sha256 else None
