"""The archived reports: which of them name people whose time has come.

Those for internal readers do by their nature; others only where somebody wrote a name into a free text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.exchange.report import archive
from core.exchange.report.readers import Reader
from core.model import ReportRun
from core.protection.name_forms import Forms

_LARGEST_PART = 268_435_456


@dataclass(frozen=True, slots=True)
class NamingReport:
    """A report in the archive that names somebody who is to be erased.

    Attributes:
        run_id: The run in which it was made.
        quarter: On which quarter, as in "2026Q3".
        file_name: What it was called.
        sha256: The hash of its file.
    """

    run_id: UUID
    quarter: str
    file_name: str
    sha256: str


def naming_reports(session: Session, registry: Path, forms: Forms) -> list[NamingReport]:
    """Return the reports in the archive that name people; what cannot be read any more is taken for one."""
    query = select(ReportRun).where(ReportRun.removed_on.is_(None))
    runs = session.scalars(query.order_by(ReportRun.made_at, ReportRun.id)).all()
    return [_told(run) for run in runs if _is_naming(archive.folder_of(registry) / f"{run.file_sha256}.xlsx", forms)]


def made_meanwhile(session: Session, begun_at: datetime, head: int) -> list[NamingReport]:
    """Return the internal reports that somebody made while an erasure ran, from a registry that still knew the names.

    Args:
        session: A session that reads.
        begun_at: When the erasure began.
        head: The number of the log's entry from which on the names were gone.
    """
    query = select(ReportRun).where(ReportRun.reader == Reader.INTERNAL.value, ReportRun.removed_on.is_(None))
    made = session.scalars(query.where(ReportRun.made_at >= begun_at, ReportRun.head_seq < head))
    return [_told(run) for run in made]


def _told(run: ReportRun) -> NamingReport:
    return NamingReport(run.id, run.quarter, run.file_name, run.file_sha256)


def _is_naming(workbook: Path, forms: Forms) -> bool:
    if workbook.is_symlink() or not workbook.is_file():
        return False
    try:
        return any(forms.may_be_in(text) and forms.sure.search(text) for text in _texts(workbook))
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        return True


def _texts(workbook: Path) -> Iterator[str]:
    with ZipFile(workbook) as parts:
        for part in parts.infolist():
            if not part.filename.endswith((".xml", ".rels")):
                continue
            if part.file_size > _LARGEST_PART:
                raise BadZipFile(part.filename)  # What is not looked into may name anybody.
            yield unescape(parts.read(part).decode("utf-8", "replace"))
