"""A handover that is being planned: between whom, what hangs on the giver, and what will happen, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from core.custody.handover.formats.items import Item
from core.custody.handover.kept import head_of_press
from core.custody.handover.listing import open_things
from core.custody.handover.proposing import Suggestion, proposed
from core.errors import BadInputError
from core.i18n import _, ngettext, show_date
from core.model import Occasion, Person
from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Between:
    """What the first step asks.

    Attributes:
        giver: Who hands over.
        taker: Who takes over; the same person for a move.
        occasion: Why.
        until: The last day of a cover.
    """

    giver: UUID
    taker: UUID
    occasion: Occasion
    until: date | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the registry says to the first step's answers: both names, and what hangs on the giver."""

    giver: str
    taker: str
    suggestions: tuple[Suggestion, ...]

    def left(self, chosen: Iterable[Item]) -> int:
        """Return how many things could pass and are not chosen."""
        passing = {one.id for one in self.suggestions if one.way is not None}
        return len(passing - {one.id for one in chosen})


def read_plan(registry: Registry, between: Between, today: date) -> Plan:
    """Read what hangs on the giver; what is being handed over already is named, but cannot be chosen.

    Raises:
        BadInputError: The person at this computer may not begin this handover.
    """
    me = registry.me()
    with registry.reading() as session:
        giver, taker = (session.get_one(Person, one).name for one in (between.giver, between.taker))
        if me is None or me not in {between.giver, between.taker, head_of_press(session)}:
            told = _("Only {giver}, {taker} or the head of press can begin this handover, each at their own computer.")
            raise BadInputError(told.format(giver=giver, taker=taker))
        hanging, busy = proposed(session, between.giver, between.occasion, today), open_things(session, today)
    return Plan(giver, taker, tuple(_not_twice(one) if one.id in busy else one for one in hanging))


def _not_twice(one: Suggestion) -> Suggestion:
    """Return a thing that cannot be chosen, because it is being handed over already."""
    told = _("It is being handed over already; finish that handover first.")
    return replace(one, way=None, ways=(), reason=told)


def summary(between: Between, plan: Plan, items: list[Item], *, takes: bool) -> str:
    """Say what happens when the handover begins, one sentence a paragraph."""
    names = {"giver": plan.giver, "taker": plan.taker, "number": len(items)}
    lines = [_what(between, len(items)).format(**names)]
    if between.until is not None:
        lines.append(_("It ends on {day}; then the copies are given back.").format(day=show_date(between.until)))
    lines.append(_how(between, takes=takes).format(**names))
    lines.append(_("Nothing is changed in any account before both of you have gone on."))
    if left := plan.left(items):
        stays = ngettext(
            "{number} thing stays with {giver}. You can hand it to somebody else right afterwards.",
            "{number} things stay with {giver}. You can hand them to somebody else right afterwards.",
            left,
        )
        lines.append(stays.format(giver=plan.giver, number=left))
    return "\n\n".join(lines)


def begun(plan: Plan, left: int, *, takes: bool) -> str:
    """Say that it has begun, and what is left to hand to somebody else."""
    if takes:
        done = _("You have asked for it. {giver} is next.").format(giver=plan.giver)
    else:
        done = _("It is proposed. {taker} is next.").format(taker=plan.taker)
    stays = ngettext(
        "{number} thing still hangs on {giver}. Does somebody else take it over?",
        "{number} things still hang on {giver}. Does somebody else take them over?",
        left,
    )
    return "\n\n".join((done, stays.format(number=left, giver=plan.giver)))


def _what(between: Between, number: int) -> str:
    if between.giver == between.taker:
        return ngettext(
            "{giver} moves {number} thing to another computer.",
            "{giver} moves {number} things to another computer.",
            number,
        )
    return ngettext(
        "{giver} hands {number} thing over to {taker}.", "{giver} hands {number} things over to {taker}.", number
    )


def _how(between: Between, *, takes: bool) -> str:
    if between.giver == between.taker:
        return _("You ask for it at the new computer, and seal it at the one that has it.")
    if takes:
        return _("You ask for it now. {giver} sees it here, or gets it as a file from you.")
    return _("You propose it now. {taker} sees it here and asks for it with one click.")
