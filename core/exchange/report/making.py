"""Makes the quarterly report: reads the registry as it was, writes the workbook aside, records the run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.errors import BadInputError, RegistryError
from core.exchange.report import archive, recording
from core.exchange.report.content import Content, Order, looking_back, read_content
from core.exchange.report.craft.book import Properties, altered_note, new_book
from core.exchange.report.figures import count
from core.exchange.report.readers import Reader, parse_reader
from core.exchange.report.runs import completed
from core.exchange.report.sheets import SHEETS
from core.exchange.report.sheets.corrections import corrected, read_issued
from core.exchange.targets import refuse_protected
from core.governance.quarters import parse_quarter
from core.i18n import _, current_language
from core.model import Channel, ReportRun, Responsibility
from core.storage.inserting import without_collecting
from core.storage.places import refuse_changed, state_of, written_aside

if TYPE_CHECKING:
    from core.registry import Registry

SUFFIX = ".xlsx"
_ISSUED, _COPIED, _READ, _WRITTEN, _SAVED = 0.05, 0.15, 0.35, 0.85, 0.97
"""Parts of the work that are done when what was issued is read, the registry is copied, what several sheets need is
read, all rows are written, and the file is there."""
_A_LITTLE, _STEPS_AT_ONCE = 0.04, 100


class ReportCancelledError(RegistryError):
    """Whoever wanted the report does not want it any more; nothing was written."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that was made.

    Attributes:
        path: Its file.
        sha256: The file's hash.
        figures: What it counts, with stable keys.
        note: A sentence about what the reader should know, or nothing.
    """

    path: Path
    sha256: str
    figures: dict[str, Any]
    note: str = ""


class _Watch:
    """Tells how far the work is, and ends it when nobody wants it any more."""

    def __init__(self, progress: Callable[[float], None] | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress or (lambda _done: None)
        self._cancelled = cancelled or (lambda: False)
        self._begun = self._done = self._until = 0.0
        self._steps = self._expected = 0

    def reached(self, part: float, until: float, expected: int = 0) -> None:
        """Say which part of the work is done.

        Args:
            part: So much is done.
            until: So much will be done when the next part begins.
            expected: How many steps it takes until then, 0 where nobody knows.

        Raises:
            ReportCancelledError: Nobody wants it any more.
        """
        self._begun, self._until, self._steps, self._expected = part, until, 0, expected
        self._move(part)

    def tick(self) -> None:
        """Go on a little where nobody knows how long it takes: by a part of the way that is left.

        Raises:
            ReportCancelledError: Nobody wants the report any more.
        """
        self._move(self._done if self._expected else self._done + (self._until - self._done) * _A_LITTLE)

    def step(self) -> None:
        """Count a row that was read or written."""
        self._steps += 1
        if self._steps % _STEPS_AT_ONCE:
            return
        if self._expected:
            self._move(self._begun + (self._until - self._begun) * min(1.0, self._steps / self._expected))
        else:
            self.tick()

    def finished(self) -> None:
        """Say that all is done; too late to cancel."""
        self._progress(1.0)

    def _move(self, done: float) -> None:
        if self._cancelled():
            raise ReportCancelledError(_("The report was cancelled. Nothing was written."))
        self._done = done
        self._progress(done)


def make_report(  # noqa: PLR0913 - what is asked for, and how whoever asks follows it
    registry: Registry,
    quarter: str,
    out: Path,
    *,
    reader: str = Reader.COMMITTEE,
    today: date,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    cover_text: str | None = None,
    protect: bool = False,
) -> Made:
    """Make the report on a quarter and record that it was made.

    Args:
        registry: The open registry.
        quarter: As in "2026Q3"; a running one is reported as of today.
        out: The workbook; one that is there already is replaced when the new one is whole.
        reader: "internal", "committee" or "public".
        today: The reader's calendar day.
        progress: Called with the part of the work that is done, from 0 to 1.
        cancelled: Asked now and then whether nobody wants the report any more.
        cover_text: What the cover says besides the figures, None for what is set in the registry.
        protect: Whether the sheets can only be read, but for what is there to be filled in.

    Raises:
        BadInputError: No such quarter or reader, a quarter to come, or a file name that is no workbook's.
        UnusableFileError: The file cannot be written.
        ReportCancelledError: It was cancelled.
    """
    who = parse_reader(reader), registry.me()
    order = Order(parse_quarter(quarter), today, *who, cover_text=cover_text, protected=protect)
    order.quarter.as_of(today)
    _refuse_target(out, registry.path)
    with registry.reading() as session:
        order = completed(session, order)
    watch = _Watch(progress, cancelled)
    made = _issue(registry, order, out, watch)
    watch.finished()
    return made


def _issue(registry: Registry, order: Order, out: Path, watch: _Watch) -> Made:
    """Write the workbook aside, keep a copy, put it in place, and record it last.

    A report counts as issued only when whoever wanted it has it: a run without its file would settle a deadline, and
    the next report would correct one that nobody got. The other way round nothing is lost: whoever has a file of which
    no run tells learns so in a sentence, and makes it again. The copy is kept before anything is replaced, for the disk
    may just be full; when there is no run in the end, the copy goes.
    """
    found = state_of(out)
    try:
        with written_aside(out, heeding=True) as aside:
            written = _write(registry, order, aside, watch)
            watch.reached(_SAVED, 1.0)
            digest = hashlib.sha256(aside.read_bytes()).hexdigest()
            refuse_changed(out, found)
            archive.keep(registry.path, aside, digest)
        kept = _record(registry, order, written, out, digest)
    finally:
        recording.sweep(registry)
    return Made(out, digest, written.figures, _note(order, written) if kept else recording.overtaken_note())


def _refuse_target(out: Path, registry: Path) -> None:
    if out.suffix.lower() != SUFFIX:
        raise BadInputError(
            _("The report is a workbook. Please give its file a name that ends in “{suffix}”, not “{name}”.").format(
                suffix=SUFFIX, name=out.name
            )
        )
    refuse_protected(out, registry)


@dataclass(frozen=True, slots=True)
class _Written:
    """What is known of a report when its file is whole."""

    figures: dict[str, Any]
    head: tuple[int, str]
    altered: int


@without_collecting()
def _write(registry: Registry, order: Order, path: Path, watch: _Watch) -> _Written:
    watch.reached(0.0, _ISSUED)
    issued = read_issued(registry, order, watch.step, watch.tick)
    watch.reached(_ISSUED, _COPIED)
    with registry.snapshot(as_of=order.day, watch=watch.tick) as session:
        watch.reached(_COPIED, _READ)
        content = looking_back(read_content(session, order, watch.step, issued))
        figures = count(content)
        watch.reached(_READ, _WRITTEN, _rows(session, content))
        content = corrected(content)
        with new_book(_properties(content), protected=order.protected) as book:
            for sheet in SHEETS:
                if order.reader in sheet.readers:
                    sheet.write(book, content, figures)
                    watch.tick()
            watch.reached(_WRITTEN, _SAVED)
            book.save(path, watch.tick)
    return _Written(figures.plain(), content.head, book.altered)


def _rows(session: Session, content: Content) -> int:
    """Return about how many rows will be read and written."""
    channels, ties = (session.scalar(select(func.count()).select_from(one)) or 0 for one in (Channel, Responsibility))
    ties = 0 if content.order.reader is Reader.PUBLIC else ties
    compared = 0 if content.issued is None else channels
    return max(1, 2 * (channels + ties) + len(content.findings) + compared)


def _properties(content: Content) -> Properties:
    order = content.order
    return Properties(
        title=_("{city}: official channels, {quarter}").format(city=content.city, quarter=order.quarter.title),
        subject=content.subtitle,
        creator=content.maker or content.city,
        made_on=order.today,
    )


def _record(registry: Registry, order: Order, written: _Written, out: Path, digest: str) -> bool:
    """Record that the report was made, and say whether its workbook stays in the archive."""
    run = ReportRun(
        quarter=str(order.quarter),
        as_of=order.day,
        reader=order.reader.value,
        language=current_language(),
        made_at=datetime.now(UTC),
        made_by_id=order.maker,
        file_name=out.name,
        file_sha256=digest,
        head_seq=written.head[0],
        head_hash=written.head[1],
        figures=written.figures,
    )
    return recording.record(registry, run, out, order.today)


def _note(order: Order, written: _Written) -> str:
    """Say what whoever made the report should know about it."""
    if written.altered:
        return altered_note(written.altered)
    if order.day < order.quarter.last_day:
        return _("{quarter} is still running; the report shows how things stand today.").format(
            quarter=order.quarter.title
        )
    return ""
