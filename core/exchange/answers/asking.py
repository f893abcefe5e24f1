"""What is asked: which questions, as of which days, for whom; checked before anything is read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.errors import BadInputError
from core.exchange.answers.questions import QUESTIONS, Question
from core.exchange.report.readers import Reader
from core.i18n import _, show_date
from core.inventory.dates_in_text import read_date
from core.partial_dates import exact_day

MOST_DAYS = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Attributes:
        questions: In the order of the catalogue, each once.
        days: From the earliest on, each once.
        reader: For whom the answers are.
        today: The day they are given.
        maker: Who gives them, None where nobody is bound to this account.
    """

    questions: tuple[Question, ...]
    days: tuple[date, ...]
    reader: Reader
    today: date
    maker: UUID | None


def ask(keys: Iterable[str], days: Iterable[date], reader: Reader, today: date, maker: UUID | None) -> Asked:
    """Check what is asked.

    Raises:
        BadInputError: A question is unknown or not for this reader, nothing is asked, or a day has not come yet.
    """
    wanted, asked_days = {question_named(key).key for key in keys}, tuple(sorted(set(days)))
    questions = tuple(one for one in QUESTIONS if one.key in wanted)
    if not questions:
        raise BadInputError(_("Please choose at least one question: {keys}.").format(keys=_keys(QUESTIONS)))
    _check_reader(questions, reader)
    _check_days(asked_days, today)
    return Asked(questions, asked_days, reader, today, maker)


def question_named(key: str) -> Question:
    """Return the question of a key.

    Raises:
        BadInputError: There is none.
    """
    found = next((one for one in QUESTIONS if one.key == key.strip().lower()), None)
    if found is None:
        raise BadInputError(
            _("There is no question “{key}”. Choose among: {keys}.").format(key=key, keys=_keys(QUESTIONS))
        )
    return found


def read_day(text: str) -> date:
    """Read a day as people or programs write it.

    Raises:
        BadInputError: It is none, or not known to the day.
    """
    day = exact_day(read_date(text).value)
    if day is None:
        raise BadInputError(_("“{text}” is no day. Write it like 31.12.2026 or 2026-12-31.").format(text=text))
    return day


def _check_reader(questions: Sequence[Question], reader: Reader) -> None:
    kept_back = [one for one in questions if reader not in one.readers]
    if kept_back:
        raise BadInputError(
            _("For the public these questions are not answered: {keys}. Choose others or another reader.").format(
                keys=_keys(kept_back)
            )
        )


def _check_days(days: Sequence[date], today: date) -> None:
    if not days:
        raise BadInputError(_("Please name at least one day as of which the answers hold."))
    if len(days) > MOST_DAYS:
        raise BadInputError(_("Please name at most {count} days.").format(count=MOST_DAYS))
    if days[-1] > today:
        raise BadInputError(_("{day} has not come yet.").format(day=show_date(days[-1])))


def _keys(questions: Iterable[Question]) -> str:
    return ", ".join(one.key for one in questions)
