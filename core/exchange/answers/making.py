"""Makes the answers: reads how things stood on each day, writes the workbook aside, puts it in place when whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import RegistryError
from core.exchange.answers.asking import Asked
from core.exchange.answers.cover import About, days_of, printed, write_cover
from core.exchange.answers.standings import Standing, read_standing
from core.exchange.answers.tables import Answer
from core.exchange.report.craft.book import Book, Properties, altered_note, new_book
from core.exchange.report.craft.table import Table, write_table
from core.exchange.report.readers import Reader
from core.exchange.report.reasons import reasons_for
from core.exchange.targets import refuse_target
from core.i18n import _
from core.model import Channel
from core.settings import read_settings
from core.storage.inserting import without_collecting
from core.storage.places import written_aside

if TYPE_CHECKING:
    from core.registry import Registry

SUFFIX = ".xlsx"
_LOOK_UP = 100  # Rows between two looks whether anybody still wants the answers.


class AnswersCancelledError(RegistryError):
    """Nobody wants the answers any more; nothing was written."""


@dataclass(frozen=True, slots=True)
class Answered:
    """Answers that were written.

    Attributes:
        path: The workbook.
        asked: What was asked.
        answers: One a question, in their order.
        note: What the reader should know, in sentences, or nothing.
    """

    path: Path
    asked: Asked
    answers: tuple[Answer, ...]
    note: str = ""


class _Watch:
    """Tells how far the work is, in steps of days and sheets, and ends it when nobody wants it any more."""

    def __init__(
        self, asked: Asked, progress: Callable[[int, int], None] | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._total = len(asked.days) + len(asked.questions) + 1
        self._progress, self._cancelled = progress or (lambda _done, _total: None), cancelled or (lambda: False)
        self._done = self._rows = 0

    def next(self) -> None:
        """Say that a step is done.

        Raises:
            AnswersCancelledError: Nobody wants them any more.
        """
        self._check()
        self._done += 1
        self._progress(self._done, self._total)

    def row(self) -> None:
        """Count a row that was written."""
        self._rows += 1
        if self._rows % _LOOK_UP == 0:
            self._check()

    def _check(self) -> None:
        if self._cancelled():
            raise AnswersCancelledError(_("The answers were cancelled. Nothing was written."))


def make_answers(
    registry: Registry,
    asked: Asked,
    out: Path,
    *,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Answered:
    """Write the answers to a workbook; what was there is replaced when the new one is whole.

    Args:
        registry: The open registry; private copies of it are read, all as of one entry of its log.
        asked: What is asked, as `ask` has checked it.
        out: The workbook.
        progress: Called with the steps done and their number.
        cancelled: Asked now and then whether nobody wants the answers any more.

    Raises:
        BadInputError: The file's name is no workbook's.
        UnusableFileError: The file cannot be written, or is write-protected.
        AnswersCancelledError: It was cancelled.
    """
    refuse_target(out, (SUFFIX,), registry.path)
    watch = _Watch(asked, progress, cancelled)
    with written_aside(out, heeding=True) as aside:
        written = _write(registry, asked, aside, watch)
        watch.next()
    return replace(written, path=out)


@without_collecting()
def _write(registry: Registry, asked: Asked, path: Path, watch: _Watch) -> Answered:
    standings, about = _read(registry, asked, watch)
    answers = tuple(question.answer(standings) for question in asked.questions)
    with new_book(_properties(about, asked)) as book:
        write_cover(book, asked, answers, about)
        _write_sheets(book, asked, answers, about, watch)
        book.save(path)
        notes = [*book.notes, *([altered_note(book.altered)] if book.altered else [])]
        return Answered(path, asked, answers, " ".join(notes))


def _read(registry: Registry, asked: Asked, watch: _Watch) -> tuple[list[Standing], About]:
    """Read each day from a copy of its own; what is written down meanwhile counts on none."""
    head = registry.head()
    standings = []
    for day in asked.days:
        with registry.snapshot(as_of=day, known_on=head[0]) as session:
            standings.append(read_standing(session, day, asked.reader))
            city = str(read_settings(session)["city.name"]) or _("City without a name")
        watch.next()
    with registry.reading() as session:
        reasons, told = _closing_reasons(session), reasons_for(session, asked.reader)
        standings = [_with_reasons(one, reasons, told) for one in standings]
    return standings, About(city, _maker(standings[-1], asked), head)


def _closing_reasons(session: Session) -> dict[tuple[UUID, date | None], str | None]:
    query = select(Channel.id, Channel.closed_on, Channel.closing_reason).where(Channel.closed_on.is_not(None))
    return {(one, day): reason for one, day, reason in session.execute(query)}


def _with_reasons(
    standing: Standing,
    reasons: Mapping[tuple[UUID, date | None], str | None],
    told: Callable[[str | None], str | None],
) -> Standing:
    """Let the reason for a closing go with its day: both are often written down only afterwards."""
    known = {one: reasons.get((one, it.closed_on), it.closing_reason) for one, it in standing.accounts.items()}
    accounts = {one: it._replace(closing_reason=told(known[one])) for one, it in standing.accounts.items()}
    return replace(standing, accounts=accounts)


def _maker(standing: Standing, asked: Asked) -> str:
    if asked.maker is None or asked.reader is Reader.PUBLIC:
        return ""
    return standing.people.maker(asked.maker)


def _properties(about: About, asked: Asked) -> Properties:
    subject = _("As of {days}").format(days=days_of(asked))
    return Properties(about.title, subject, about.maker or about.city, asked.today)


def _write_sheets(book: Book, asked: Asked, answers: Sequence[Answer], about: About, watch: _Watch) -> None:
    on_paper = printed(about, asked)
    for question, answer in zip(asked.questions, answers, strict=True):
        nothing = ((_("None on these days."), *(None for _column in answer.columns[1:])),)
        table = Table(_(question.sheet), _(question.told), answer.columns, answer.rows or nothing)
        write_table(book, table, on_paper, watch.row)
        for one in answer.totals:
            if one.rows:
                write_table(book, Table(one.title, _(question.told), one.columns, one.rows), on_paper, watch.row)
        watch.next()
