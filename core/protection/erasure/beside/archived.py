"""The archived reports: which of them name people whose time has come.

Those for internal readers do by their nature; others only where somebody wrote a name into a free text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from pathlib import Path
from uuid import UUID
from zipfile import BadZipFile, ZipFile

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.exchange.report import archive
from core.exchange.report.readers import Reader
from core.model import Change, Person, ReportRun
from core.protection.recognising.company_names import is_in_company
from core.protection.recognising.name_forms import Forms
from core.protection.recognising.name_words import says_little
from core.protection.recognising.spelling import Found
from core.storage.touching import chunks

_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
"""Marks of the file itself: their words are nobody's names."""

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


def naming_reports(session: Session, registry: Path, forms: Forms, people: Collection[UUID] = ()) -> list[NamingReport]:
    """Return the reports in the archive that name people; what cannot be read any more is taken for one.

    An internal report names whoever is responsible, so that a word in it that is somebody's name is taken for it, too,
    as soon as the registry knew one of them.

    Args:
        session: A session that reads.
        registry: The registry's file.
        forms: How they are found.
        people: Who they are, as far as it is known.
    """
    query = select(ReportRun).where(ReportRun.removed_on.is_(None))
    runs = session.scalars(query.order_by(ReportRun.made_at, ReportRun.id)).all()
    first, found = _first_entry(session, people), list[NamingReport]()
    for run in runs:
        nearly = run.reader == Reader.INTERNAL.value and run.head_seq >= first
        if _is_naming(archive.folder_of(registry) / f"{run.file_sha256}.xlsx", forms, nearly=nearly):
            found.append(_told(run))
    return found


def _first_entry(session: Session, people: Collection[UUID]) -> int:
    """Return the number of the entry from which on the log told of one of some people."""
    query = select(func.min(Change.seq)).where(Change.table_name == Person.__tablename__)
    firsts = (session.scalar(query.where(Change.record_id.in_(some))) for some in chunks(people))
    return min((first for first in firsts if first is not None), default=0)


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


def _is_naming(workbook: Path, forms: Forms, *, nearly: bool = False) -> bool:
    if workbook.is_symlink() or not workbook.is_file():
        return False
    try:
        return any(_names(text, forms, nearly=nearly) for text in _texts(workbook))
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError):
        return True


def _names(text: str, forms: Forms, *, nearly: bool) -> bool:
    """Say whether a text names somebody: surely, or, where that is enough, by a word that is no company's name."""
    if not forms.may_be_in(text):
        return False
    if forms.sure.search(text):
        return True
    return nearly and any(not _is_nobody(one) for one in forms.nearly.finditer(_TAG.sub(" ", text)))


def _is_nobody(found: Found) -> bool:
    return is_in_company(found) or says_little(found.group())


def _texts(workbook: Path) -> Iterator[str]:
    with ZipFile(workbook) as parts:
        for part in parts.infolist():
            if not part.filename.endswith((".xml", ".rels")):
                continue
            if part.file_size > _LARGEST_PART:
                raise BadZipFile(part.filename)  # What is not looked into may name anybody.
            yield unescape(parts.read(part).decode("utf-8", "replace"))
