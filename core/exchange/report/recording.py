"""Records that a report was issued, so that its copy in the archive is always one of which a run tells.

Reports are recorded outside the log. What is in the archive and in no run would be found by no erasure.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import RegistryError, UnusableFileError
from core.exchange.report import archive
from core.exchange.report.readers import Reader
from core.exchange.report.runs import erased_since
from core.i18n import _
from core.model import ReportRun

if TYPE_CHECKING:
    from core.registry import Registry


def record(registry: Registry, run: ReportRun, workbook: Path, today: date) -> bool:
    """Record a report whose workbook is in its place and in the archive.

    An internal one that was read before people's data was erased is recorded as removed; `sweep` removes its copy.

    Args:
        registry: The open registry.
        run: What is recorded.
        workbook: The file that was issued.
        today: The reader's calendar day.

    Returns:
        Whether its copy stays in the archive.

    Raises:
        UnusableFileError: It cannot be recorded now; the workbook is there.
    """
    try:
        with registry.deriving() as session:
            run.made_at = datetime.now(UTC)  # Told anew while nobody else writes: an erasure begins before or after it.
            if run.reader == Reader.INTERNAL.value and erased_since(session, run.head_seq):
                run.removed_on = today
            else:
                archive.keep(registry.path, workbook, run.file_sha256)  # An erasure may just have swept it away.
            session.add(run)
            kept = run.removed_on is None
    except RegistryError as error:
        told = _(
            "“{path}” was written, but could not be recorded as issued: {reason} Please do not hand it on, and make "
            "the report again."
        )
        raise UnusableFileError(told.format(path=workbook, reason=error.sentence)) from error
    return kept


def sweep(registry: Registry) -> None:
    """Remove from the archive of what no run tells; what cannot be removed now goes the next time."""
    with suppress(RegistryError):
        with registry.reading() as session:
            left = archive.unrecorded(session, registry.path)
        if left:
            with registry.deriving() as session:
                archive.sweep(session, registry.path)


def overtaken_note() -> str:
    """Say what whoever made a report should know that was read before people's data was erased."""
    return _(
        "While the report was made, people's data was erased. The workbook may still name them. Please delete it and "
        "make the report again."
    )
