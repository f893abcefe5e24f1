"""Writes a quarterly report off the GUI thread: the workbook, and the same on paper where that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import RegistryError
from core.i18n import _
from gui.tasks import Job

if TYPE_CHECKING:
    from core.exchange.report.making import Made
    from core.registry import Registry

_FULL = 100
PDF = ".pdf"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen.

    Attributes:
        quarter: As in "2026Q3".
        reader: Whose report it is.
        out: The workbook.
        today: The day that counts as today.
        cover_text: What the cover says besides the figures, None for what is set in the registry.
        protect: Whether the sheets can only be read.
        pdf: Whether the same is wanted as a PDF beside it.
    """

    quarter: str
    reader: str
    out: Path
    today: date
    cover_text: str | None
    protect: bool
    pdf: bool

    @property
    def paper(self) -> Path:
        """The PDF."""
        return self.out.with_suffix(PDF)


@dataclass(frozen=True, slots=True)
class Written:
    """What lies in the files now.

    Attributes:
        workbook: The report.
        pdf: The same as a PDF, None where there is none.
        note: A sentence about what should be known, or nothing.
    """

    workbook: Path
    pdf: Path | None
    note: str

    @property
    def sentence(self) -> str:
        """Say what was written."""
        if self.pdf is None:
            return _("The report was written: “{path}”.").format(path=self.workbook)
        return _("The report was written: “{path}”, and as “{pdf}” beside it.").format(
            path=self.workbook, pdf=self.pdf.name
        )


class Writing:
    """One report under way.

    Attributes:
        written: What was written so far, known here even where somebody stopped the work too late.
    """

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.written: Written | None = None

    def work(self, registry: Registry, job: Job) -> Written:
        """Write the report; a PDF that cannot be written takes nothing away from the workbook.

        Raises:
            RegistryError: The workbook cannot be made, or its maker does not want it any more; nothing was written.
        """
        from core.exchange.targets import refuse_target

        if self._wanted.pdf:
            refuse_target(self._wanted.paper, (PDF,), registry.path)
        made = self._make(registry, job)
        self.written = Written(made.path, None, made.note)
        if self._wanted.pdf:
            self.written = self._print(made, job)
        return self.written

    def _make(self, registry: Registry, job: Job) -> Made:
        from core.exchange.report.making import make_report

        def progress(share: float) -> None:
            job.report(round(share * _FULL), _FULL)

        one = self._wanted
        return make_report(
            registry,
            one.quarter,
            one.out,
            reader=one.reader,
            today=one.today,
            progress=progress,
            cancelled=job.cancelled,
            cover_text=one.cover_text,
            protect=one.protect,
        )

    def _print(self, made: Made, job: Job) -> Written:
        from core.storage.places import written_aside
        from gui.report_printing import pdf_apart

        job.report(0, 0)  # Nobody knows how many pages it will be.
        try:
            paper = pdf_apart(made.path, job.cancelled)
            if paper is None:
                return Written(made.path, None, _("You stopped before the PDF was written."))
            with written_aside(self._wanted.paper, heeding=True) as aside:
                aside.write_bytes(paper)
        except RegistryError as error:
            return Written(made.path, None, error.sentence)
        return Written(made.path, self._wanted.paper, made.note)
