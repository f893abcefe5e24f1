"""The reports that were issued, kept unchanged beside the registry under the hashes of their files."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import UnusableFileError
from core.i18n import _
from core.model import ReportRun
from core.storage import companions, places
from core.system_reasons import reason_of

_SUFFIX = ".xlsx"
_OURS = re.compile(r"(?P<sha256>[0-9a-f]{64})\.xlsx")


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


def unrecorded(session: Session, registry: Path) -> list[Path]:
    """Return the workbooks in the archive of which no run tells, or only one that says that it was removed.

    A program that was killed between keeping and recording leaves one; what is not called by a hash is none of ours.
    """
    known = set(session.scalars(select(ReportRun.file_sha256).where(ReportRun.removed_on.is_(None))))
    files = companions.files_in(folder_of(registry), companions.REPORTS)
    named = ((file, _OURS.fullmatch(file.name)) for file in files)
    return [file for file, found in named if found is not None and found["sha256"] not in known]


def sweep(session: Session, registry: Path) -> None:
    """Remove the workbooks of which no run tells; call in a writing transaction, where nobody records one.

    Raises:
        UnusableFileError: One cannot be removed.
    """
    for file in unrecorded(session, registry):
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            told = _("“{path}” cannot be removed: {reason}").format(path=file, reason=reason_of(error))
            raise UnusableFileError(told) from error
