"""The cover of the answers: what was asked, as of which days, for whom, and the figures at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core import VERSION
from core.exchange.answers.asking import Asked
from core.exchange.answers.tables import Answer, no_count
from core.exchange.report.craft.book import Book
from core.exchange.report.craft.looks import (
    HEADING,
    LABEL,
    NOTE,
    NUMBER,
    SECTION,
    TEXT,
    TITLE,
    VALUE,
    day_look,
)
from core.exchange.report.craft.page import Row, write_page
from core.exchange.report.craft.printing import Printed
from core.exchange.report.craft.sizes import Written
from core.exchange.report.readers import Reader
from core.i18n import _, show_date

_LEFT = (16.0, 56.0, 42.0)
_DAY = 13.0


@dataclass(frozen=True, slots=True)
class About:
    """What the workbook says of itself.

    Attributes:
        city: The city's name.
        maker: Who made it, as its reader may know; empty where nobody is named.
        head: Number and hash of the newest log entry that counts.
    """

    city: str
    maker: str
    head: tuple[int, str]

    @property
    def title(self) -> str:
        """What the document is called."""
        return _("{city}: answers for the council").format(city=self.city)


def printed(about: About, asked: Asked) -> Printed:
    """Return what every page says of itself on paper."""
    return Printed(about.title, _("As of {days}").format(days=days_of(asked)))


def days_of(asked: Asked) -> str:
    """Return the days as one text."""
    return ", ".join(map(show_date, asked.days))


def write_cover(book: Book, asked: Asked, answers: Sequence[Answer], about: About) -> None:
    """Write the first sheet."""
    rows = [*_head(asked, about), [None], *_figures(asked, answers), [None], *_told(asked), [None], *_notes(asked)]
    widths = (*_LEFT, *(_DAY for _one in asked.days))
    write_page(book, _("Cover"), widths, rows, printed(about, asked))


def _head(asked: Asked, about: About) -> list[Row]:
    seq, digest = about.head
    rows: list[Row] = [
        [(about.city, TITLE)],
        [(_("Answers for the council"), HEADING)],
        [None],
        [(_("As of"), LABEL), (days_of(asked), VALUE)],
        [(_("Made for"), LABEL), (_(asked.reader.label), VALUE)],
        [(_("Made on"), LABEL), (asked.today, replace(day_look(), line=""))],
    ]
    if about.maker:
        rows.append([(_("Made by"), LABEL), (about.maker, VALUE)])
    log = _("Entry {number} of the audit log, {hash}").format(number=seq, hash=digest)
    rows.append([(_("State of the data"), LABEL), (log, VALUE)])
    return [*rows, [(_("Program"), LABEL), (f"Kanalregister {VERSION}", VALUE)]]


def _figures(asked: Asked, answers: Sequence[Answer]) -> list[Row]:
    number = replace(SECTION, align="right")
    days = [(show_date(day), number) for day in asked.days]
    rows: list[Row] = [[(_("Sheet"), SECTION), (_("Question"), SECTION), (_("Counted are"), SECTION), *days]]
    for question, answer in zip(asked.questions, answers, strict=True):
        named = [(_(text), TEXT) for text in (question.sheet, question.title)]
        rows.append([*named, (answer.counted, TEXT), *map(_figure, answer.figures)])
        rows += [[None, None, (part.counted, TEXT), *map(_figure, part.figures)] for part in answer.parts]
    return rows


def _figure(number: int | None) -> Written:
    return (number, NUMBER) if number is not None else (no_count(), replace(TEXT, align="right"))


def _told(asked: Asked) -> list[Row]:
    return [
        [(title, SECTION) for title in (_("Sheet"), _("What it shows"))],
        *([(_(one.sheet), TEXT), (_(one.told), TEXT)] for one in asked.questions),
    ]


def _notes(asked: Asked) -> list[Row]:
    notes = [
        _("The answers show what was valid on the days named above, as the registry knows it today."),
        _("An account whose opening day nobody knows is counted on every day before it was closed."),
    ]
    if asked.reader is not Reader.PUBLIC:
        notes.append(_("Those counted as active are the same as in the quarterly report."))
    if asked.reader is Reader.COMMITTEE:
        notes.append(_("Functions stand in the place of names."))
    if asked.reader is Reader.PUBLIC:
        notes.append(_("Only accounts that were active on a day are shown, without people."))
    return [[(note, NOTE)] for note in notes]
