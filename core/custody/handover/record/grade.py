"""The grade of a handover: who vouches for it, and how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import ABORTED, ItemCourse
from core.i18n import N_
from core.model.choices import Act, Choice, ItemState


class Grade(Choice):
    """Who vouches for something that was handed over, the strongest first."""

    BOTH = "both-digital", N_("both signed digitally")
    PAPER = "one-and-paper", N_("one signed digitally, the other on paper")
    ONE = "one-digital", N_("only one signed digitally")
    HEAD = "closed-by-head", N_("closed by the head of press")
    ABORTED = "aborted", N_("broken off, nothing passed")
    OPEN = "open", N_("still open")


_FROM_STRONG_TO_WEAK = tuple(Grade)


def grade_of(item: ItemCourse, statements: Sequence[Statement]) -> Grade:
    """Return who vouches for one thing.

    Args:
        item: How far it is.
        statements: Those that count and speak of it.
    """
    if item.state in ABORTED:
        return Grade.ABORTED
    if item.state is not ItemState.CLOSED:
        return Grade.OPEN
    if any(one.act is Act.RELEASE and not one.about.get("paper") for one in statements):
        return Grade.BOTH
    if any(one.act in {Act.RELEASE, Act.CLOSING} and one.about.get("paper") for one in statements):
        return Grade.PAPER
    if any(one.act is Act.CLOSING for one in statements):
        return Grade.HEAD
    signed = {one.by.person for one in statements}
    return Grade.BOTH if {statements[0].giver, statements[0].taker} <= signed else Grade.ONE


def weakest(grades: Iterable[Grade]) -> Grade:
    """Return the grade of the whole: the weakest of its things, those that alone decide nothing left out.

    What broke off counts only where everything did, and a duty, which its new holder alone signs, where all are duties.
    """
    some = sorted(set(grades), key=_FROM_STRONG_TO_WEAK.index)
    decisive = [grade for grade in some if grade not in {Grade.ABORTED, Grade.ONE}]
    return (decisive or some)[-1] if Grade.ONE not in some or decisive else Grade.ONE
