"""Rules about owners and deputies: there is one, who is still here, and whose leaving is prepared.

They look at channels that are approved, active, dormant or closing; before and after, nobody has to answer yet or any
longer. One fact gives one finding: who has left but is still entered as owner is `owner-left`, not `no-owner`. A deputy
who has left is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, Row, and_, bindparam, case, func, select
from sqlalchemy.orm import aliased

from core.governance.rules.rule import (
    TODAY,
    Evidence,
    Query,
    Raised,
    Rule,
    Situation,
    moved,
    shown_day,
    who,
)
from core.i18n import N_, _, ngettext
from core.inventory.asking import OWNED_STATES
from core.inventory.channels import label_of
from core.inventory.people import display_name, has_left, is_here, last_day
from core.inventory.responsibilities import counts_on
from core.model import Channel, Person, Responsibility, ResponsibilityRole, Severity


@cache
def _without_owner() -> Query:
    owner = and_(Responsibility.channel_id == Channel.id, Responsibility.role == ResponsibilityRole.OWNER)
    owned = select(Responsibility.person_id).where(owner, counts_on(TODAY)).correlate(Channel).exists()
    ended = select(func.max(Responsibility.until)).where(owner, Responsibility.until < TODAY).correlate(Channel)
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on]
    return select(*columns, ended.scalar_subquery()).where(Channel.state.in_(OWNED_STATES), ~owned)


@cache
def _without_deputy() -> Query:
    one, person = Responsibility, Person
    deputy = and_(one.channel_id == Channel.id, one.role == ResponsibilityRole.DEPUTY)
    here = one.person_id.not_in(select(person.id).where(has_left(person, TODAY)))
    deputised = select(one.person_id).where(deputy, counts_on(TODAY), here).correlate(Channel).exists()
    end = case((last_day(person) < one.until, last_day(person)), else_=func.coalesce(one.until, last_day(person)))
    ended = select(func.max(end)).where(deputy, person.id == one.person_id, end < TODAY).correlate(Channel)
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on]
    return select(*columns, ended.scalar_subquery()).where(Channel.state.in_(OWNED_STATES), ~deputised)


def _unowned(situation: Situation) -> Iterator[Raised]:
    """Raise each channel for which nobody, present or gone, is entered as owner today."""
    return _vacant(situation, _without_owner())


def _undeputised(situation: Situation) -> Iterator[Raised]:
    """Raise each channel of which nobody who is still here is the deputy today."""
    return _vacant(situation, _without_deputy())


def _vacant(situation: Situation, query: Query) -> Iterator[Raised]:
    for channel_id, title, platform, registered_on, ended_on in situation.rows(query):
        fact = {"ended_on": ended_on.isoformat()} if ended_on else {"registered_on": registered_on.isoformat()}
        since = moved(ended_on, 1) if ended_on else registered_on
        yield Raised(channel_id, label_of(title, platform), fact, since)


def _say_unowned(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if "ended_on" in evidence:
        return _("The last owner's responsibility ended on {day}; nobody has answered for the channel since.").format(
            day=shown_day(evidence["ended_on"])
        )
    return _("No owner has been entered since the channel was registered on {day}.").format(
        day=shown_day(evidence["registered_on"])
    )


def _say_undeputised(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if "ended_on" in evidence:
        return _("The last deputy was there until {day}; nobody has stood in for the owner since.").format(
            day=shown_day(evidence["ended_on"])
        )
    return _("No deputy has been entered since the channel was registered on {day}.").format(
        day=shown_day(evidence["registered_on"])
    )


def _owners(whom: Query) -> Query:
    """Return the query of those of today's owners who are meant, with their channels and last days.

    Who is meant is asked in a query of its own, because few are: SQLite then begins with them.
    """
    channel: list[Any] = [Channel.id, Channel.title, Channel.platform]
    return (
        select(*channel, Person.id, display_name(Person), Person.function, last_day(Person))
        .join_from(Person, Responsibility, Responsibility.person_id == Person.id)
        .join(Channel, Channel.id == Responsibility.channel_id)
        .where(
            Person.id.in_(whom),
            Responsibility.role == ResponsibilityRole.OWNER,
            counts_on(TODAY),
            Channel.state.in_(OWNED_STATES),
        )
        .distinct()
    )


@cache
def _owners_gone() -> Query:
    return _owners(select(Person.id).where(has_left(Person, TODAY)))


@cache
def _owners_going() -> Query:
    successor = aliased(Person)
    stays = select(successor.id).where(successor.id == Person.successor_id, is_here(successor, TODAY))
    soon = last_day(Person).between(TODAY, bindparam("soon", type_=Date()))
    return _owners(select(Person.id).where(soon, ~stays.correlate(Person).exists()))


def _left(situation: Situation) -> Iterator[Raised]:
    """Raise each channel with an owner who has left, once a person."""
    for row in situation.rows(_owners_gone()):
        yield _raised(row, moved(row[6], 1))


def _leaving(situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose owner leaves soon and has no successor who stays; gravely on the last day.

    A successor who has left is none.
    """
    today, days = situation.today, situation.settings.days("owner-leaving")
    for row in situation.rows(_owners_going(), soon=moved(today, days)):
        left: int = (row[6] - today).days
        severity = Severity.SEVERE if left == 0 else Severity.WARNING
        yield _raised(row, moved(row[6], -days), severity=severity, days_left=left)


def _raised(row: Row[Any], since: date, severity: Severity | None = None, **more: int) -> Raised:
    """Make the finding of an owner's row."""
    channel_id, title, platform, person_id, name, function, day = tuple(row)
    fact = {"person_id": str(person_id), "person": name, "function": function, "on": day.isoformat(), **more}
    return Raised(channel_id, label_of(title, platform), fact, since, severity)


def _say_left(evidence: Evidence, with_names: bool) -> str:
    return _("Left on {day} and still entered as owner: {who}.").format(
        who=who(evidence, with_names), day=shown_day(evidence["on"])
    )


def _say_leaving(evidence: Evidence, with_names: bool) -> str:
    days, values = evidence["days_left"], {"who": who(evidence, with_names), "day": shown_day(evidence["on"])}
    if days == 0:
        return _("Last day today, without a successor: {who}.").format(**values)
    return ngettext(
        "Leaves tomorrow, on {day}, without a successor: {who}.",
        "Leaves in {days} days, on {day}, without a successor: {who}.",
        days,
    ).format(days=days, **values)


_VACANCY = frozenset({"channel.state", "channel.registered_on", "responsibility"})
_OWNERS = frozenset({"channel.state", "responsibility", "person"})

RULES = (
    Rule(
        "no-owner",
        Severity.SEVERE,
        1,
        N_("No owner"),
        N_(
            "A channel without an owner is answered by nobody when it is hijacked or a post goes wrong. Assign "
            "somebody, or close the channel."
        ),
        N_("Moers Dienstanweisung 2010, nos. 2 and 3 c; Berlin 2012 (responsibilities)"),
        ("assign-owner", "close-channel"),
        _unowned,
        _say_unowned,
        _VACANCY,
    ),
    Rule(
        "no-deputy",
        Severity.WARNING,
        2,
        N_("No deputy"),
        N_(
            "When the owner is ill or away, nobody answers and nobody can delete a wrong post. Assign a deputy from "
            "the same unit or the press office."
        ),
        N_("BSI IT-Grundschutz, ORP.2.A3"),
        ("assign-deputy", "close-channel"),
        _undeputised,
        _say_undeputised,
        frozenset({*_VACANCY, "person.left_on", "person.leaving_on"}),
    ),
    Rule(
        "owner-left",
        Severity.SEVERE,
        1,
        N_("Owner has left"),
        N_(
            "Who has left the city can no longer answer for a channel. Assign a new owner, or end the responsibility "
            "if somebody else holds it as well."
        ),
        N_("BSI IT-Grundschutz, ORP.2.A2"),
        ("assign-owner", "close-channel"),
        _left,
        _say_left,
        _OWNERS,
    ),
    Rule(
        "owner-leaving",
        Severity.WARNING,
        1,
        N_("Owner is leaving"),
        N_(
            "Logins and knowledge can be handed over only while the owner is still here. Enter a successor, or assign "
            "the channel to somebody else."
        ),
        N_("BSI IT-Grundschutz, ORP.2.A2"),
        ("set-successor", "assign-owner"),
        _leaving,
        _say_leaving,
        _OWNERS,
    ),
)
