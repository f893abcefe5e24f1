"""The catalogue of questions that councils and committees ask about a city's accounts.

Source: councils of Hamburg, Berlin, Kerpen and Bergedorf; Moers Dienstanweisung 2010, no. 3.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from core.exchange.answers import tables
from core.exchange.answers.standings import Standing
from core.exchange.answers.tables import Answer
from core.exchange.report.readers import Reader
from core.i18n import N_

ALL = frozenset(Reader)
WITHIN_THE_HOUSE = frozenset({Reader.INTERNAL, Reader.COMMITTEE})


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        key: Its stable name for scripts.
        sheet: Source text of its sheet's name.
        title: Source text of the question.
        told: Source text of what its sheet shows.
        readers: Who gets an answer.
        answer: Works the answer out from how things stood on the days.
    """

    key: str
    sheet: str
    title: str
    told: str
    readers: frozenset[Reader]
    answer: Callable[[Sequence[Standing]], Answer]


QUESTIONS = (
    Question(
        "accounts",
        N_("Accounts"),
        N_("How many accounts are there on which platform, in which unit?"),
        N_("Accounts that were active, dormant or being closed."),
        ALL,
        tables.accounts,
    ),
    Question(
        "opened",
        N_("Opened"),
        N_("Since when has each account existed, and which were opened?"),
        N_("“new” marks accounts that were not in use on the day to the left."),
        ALL,
        tables.opened,
    ),
    Question(
        "responsible",
        N_("Responsible"),
        N_("Who is responsible for each account?"),
        N_("The owners of the accounts in use."),
        WITHIN_THE_HOUSE,
        tables.responsible,
    ),
    Question(
        "followers",
        N_("Followers"),
        N_("How many people followed each account on a day of several years?"),
        N_("The last count known on the day, and when it was taken."),
        ALL,
        tables.followers,
    ),
    Question(
        "planned",
        N_("Planned"),
        N_("Which accounts are planned?"),
        N_("Accounts that were proposed or approved, and not in use yet."),
        WITHIN_THE_HOUSE,
        tables.planned,
    ),
    Question(
        "closed",
        N_("Closed"),
        N_("Which accounts were closed, and why?"),
        N_("“new” marks accounts that were not closed yet on the day to the left."),
        WITHIN_THE_HOUSE,
        tables.closed,
    ),
    Question(
        "cost-and-tools",
        N_("Cost and tools"),
        N_("What do the accounts cost, and which tools and agencies are used?"),
        N_("The registry records no costs. Listed are the accesses of agencies and through tools."),
        WITHIN_THE_HOUSE,
        tables.cost_and_tools,
    ),
)
