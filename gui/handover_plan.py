"""A handover that is being planned: between whom, what hangs on the giver, and what will happen, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID, uuid4

from core.custody.custodian import Custodian
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.items import Item
from core.custody.handover.formats.statements import Statement
from core.custody.handover.kept import head_of_press
from core.custody.handover.listing import open_things
from core.custody.handover.proposing import Suggestion, proposed, successors, told_items
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
    """What the registry says to the first step's answers: both names, and what hangs on the giver.

    Attributes:
        giver: How the giver is called.
        taker: How the taker is called.
        suggestions: What hangs on the giver.
        others: Who else can take over single things, by name; nobody where the person here cannot propose that.
        me: Who works here.
    """

    giver: str
    taker: str
    suggestions: tuple[Suggestion, ...]
    others: tuple[tuple[UUID, str], ...] = ()
    me: UUID | None = None

    def left(self, chosen: Iterable[Item]) -> int:
        """Return how many things could pass and are not chosen."""
        passing = {one.id for one in self.suggestions if one.way is not None}
        return len(passing - {one.id for one in chosen})


@dataclass(frozen=True, slots=True)
class Share:
    """What one successor takes over: a handover of its own.

    Attributes:
        taker: The successor.
        name: How they are called.
        items: The things.
        number: The handover's id; the same when it is tried again.
    """

    taker: UUID
    name: str
    items: tuple[Item, ...]
    number: UUID = field(default_factory=uuid4, compare=False)


def read_plan(registry: Registry, between: Between, today: date) -> Plan:
    """Read what hangs on the giver; what is being handed over already is named, but cannot be chosen.

    Raises:
        BadInputError: The person at this computer may not begin this handover.
    """
    me = registry.me()
    with registry.reading() as session:
        giver, taker = (session.get_one(Person, one).name for one in (between.giver, between.taker))
        head = head_of_press(session)
        if me is None or me not in {between.giver, between.taker, head}:
            told = _("Only {giver}, {taker} or the head of press can begin this handover, each at their own computer.")
            raise BadInputError(told.format(giver=giver, taker=taker))
        hanging, busy = proposed(session, between.giver, between.occasion, today), open_things(session, today)
        others = successors(session, today) if me in {between.giver, head} else ()
    not_others = {between.giver, between.taker} if between.occasion is not Occasion.MOVE else {id for id, _n in others}
    return Plan(
        giver,
        taker,
        tuple(_not_twice(one) if one.id in busy else one for one in hanging),
        tuple(one for one in others if one[0] not in not_others),
        me,
    )


def shares_of(
    between: Between, plan: Plan, items: Iterable[Item], takers: Mapping[UUID, UUID], before: Sequence[Share] = ()
) -> list[Share]:
    """Return who takes over what.

    Args:
        between: The first step's answers.
        plan: What the registry says to them.
        items: What is chosen.
        takers: The successor of single things, where it is not the one of the first step.
        before: The shares of a try before; each successor's handover keeps its id.
    """
    names, numbers = {between.taker: plan.taker} | dict(plan.others), {one.taker: one.number for one in before}
    parts: dict[UUID, list[Item]] = {}
    for item in items:
        parts.setdefault(takers.get(item.id, between.taker), []).append(item)
    order = sorted(parts, key=list(names).index)
    return [Share(one, names[one], tuple(parts[one]), numbers.get(one, uuid4())) for one in order]


def sign_shares(
    custodian: Custodian, between: Between, shares: Iterable[Share], me: UUID | None, now: datetime
) -> list[Statement]:
    """Sign the request for what the person here takes over, and a proposal to each other successor.

    Raises:
        RefusedError: Something is being handed over already, or may not be.
        VaultError: The keyring does not answer.
    """
    signed, why, until = [], between.occasion, between.until
    for share in shares:
        with custodian.registry.reading() as session:
            told = told_items(session, share.items)
        party = Actor(custodian, now)
        if share.taker == me:
            signed.append(protocol.request(party, share.number, between.giver, told, why, until=until))
        else:
            made = protocol.propose(party, share.number, share.taker, told, why, until=until, giver=between.giver)
            signed.append(made)
    return signed


def _not_twice(one: Suggestion) -> Suggestion:
    """Return a thing that cannot be chosen, because it is being handed over already."""
    told = _("It is being handed over already; finish that handover first.")
    return replace(one, way=None, ways=(), reason=told, instead=(), hint="")


def summary(between: Between, plan: Plan, shares: Sequence[Share]) -> str:
    """Say what happens when the handover begins, one sentence a paragraph."""
    items = [item for share in shares for item in share.items]
    names = {"giver": plan.giver, "number": len(items)}
    whats = [
        _what(between, one, plan.me).format(giver=plan.giver, taker=one.name, number=len(one.items)) for one in shares
    ]
    lines = ["\n".join(whats)]
    if len(shares) > 1:
        lines.append(_("Each of them gets a handover of their own, and goes on by themselves."))
    if between.until is not None:
        lines.append(_("It ends on {day}; then the copies are given back.").format(day=show_date(between.until)))
    lines.append(_how(between, shares, plan.me).format(giver=plan.giver, taker=shares[0].name))
    lines.append(_copy(between, shares, plan))
    lines.append(_("Nothing is changed in any account before both of you have gone on."))
    if left := plan.left(items):
        lines.append(_stays(left, is_mine=between.giver == plan.me).format(**names | {"number": left}))
    return "\n\n".join(lines)


def said(plan: Plan, shares: Sequence[Share], *, in_folder: bool) -> list[str]:
    """Say that it has begun, and who finds what."""
    if [one.taker for one in shares] == [plan.me]:
        lines, who = [_("You have asked for it. {giver} is next.").format(giver=plan.giver)], plan.giver
    else:
        others = [one.name for one in shares if one.taker != plan.me]
        who = ", ".join(others)
        told = ngettext("It is proposed. {taker} is next.", "It is proposed. {taker} are next.", len(others))
        lines = [told.format(taker=who)]
    if in_folder:
        found = ngettext(
            "The file lies in the shared folder; {name} finds it there.",
            "The files lie in the shared folder; {name} find them there.",
            len(shares),
        )
        lines.append(found.format(name=who))
    return lines


def _stays(left: int, *, is_mine: bool) -> str:
    if is_mine:
        return ngettext(
            "{number} thing stays with you. You can hand it to somebody else right afterwards.",
            "{number} things stay with you. You can hand them to somebody else right afterwards.",
            left,
        )
    return ngettext(
        "{number} thing stays with {giver}. You can hand it to somebody else right afterwards.",
        "{number} things stay with {giver}. You can hand them to somebody else right afterwards.",
        left,
    )


def begun(plan: Plan, left: int, told: Sequence[str], giver: UUID | None = None) -> str:
    """Say that it has begun, and what is left of the giver's to hand to somebody else."""
    stays = ngettext(
        "{number} thing still hangs on you. Does somebody else take it over?",
        "{number} things still hang on you. Does somebody else take them over?",
        left,
    )
    if giver is None or giver != plan.me:
        stays = _hangs(left)
    return "\n\n".join((*told, stays.format(number=left, giver=plan.giver)))


def _hangs(left: int) -> str:
    return ngettext(
        "{number} thing still hangs on {giver}. Does somebody else take it over?",
        "{number} things still hang on {giver}. Does somebody else take them over?",
        left,
    )


def _copy(between: Between, shares: Sequence[Share], plan: Plan) -> str:
    """Say what another computer needs before it can go on, in the words of the menu."""
    if between.giver == between.taker:
        told = _(
            "If the new computer does not have this registry yet: save a backup ({menu} > {entry}) and take it there, "
            "with the shared folder."
        )
    elif len(shares) > 1:
        told = _(
            "If one of them works at another computer: save a backup for them ({menu} > {entry}) and give it to them "
            "with the shared folder."
        )
    else:
        told = _(
            "If {person} works at another computer: save a backup for them ({menu} > {entry}) and give it to them with "
            "the shared folder."
        )
    person = plan.giver if [one.taker for one in shares] == [plan.me] else shares[0].name
    return told.format(person=person, menu=_plain(_("&File")), entry=_plain(_("Save a &backup...")))


def _plain(word: str) -> str:
    return word.replace("&", "").removesuffix("...")


def _what(between: Between, share: Share, me: UUID | None) -> str:
    number = len(share.items)
    if me == between.giver != between.taker:
        return ngettext("You hand {number} thing over to {taker}.", "You hand {number} things over to {taker}.", number)
    if me == share.taker != between.giver:
        return ngettext(
            "You take {number} thing over from {giver}.", "You take {number} things over from {giver}.", number
        )
    if between.giver == between.taker:
        return ngettext(
            "{giver} moves {number} thing to another computer.",
            "{giver} moves {number} things to another computer.",
            number,
        )
    return ngettext(
        "{giver} hands {number} thing over to {taker}.", "{giver} hands {number} things over to {taker}.", number
    )


def _how(between: Between, shares: Sequence[Share], me: UUID | None) -> str:
    if between.giver == between.taker:
        return _("You ask for it at the new computer, and seal it at the one that has it.")
    if [one.taker for one in shares] == [me]:
        return _("You ask for it now. {giver} sees it here, or gets it as a file from you.")
    if len(shares) > 1:
        return _("You propose it now. Each of them sees it here and asks for it with one click.")
    return _("You propose it now. {taker} sees it here and asks for it with one click.")
