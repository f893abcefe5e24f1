"""Rules about owners: there is one, who is still here, and whose leaving is prepared.

They look at channels that are approved, active, dormant or closing; before and after, nobody has to answer yet or any
longer. One fact gives one finding: who has left but is still entered as owner is `owner-left`, not `no-owner`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from core.governance.rules.rule import Evidence, Raised, Rule, Situation, moved, shown_day, who
from core.i18n import N_, _, ngettext
from core.inventory.channels import label_of
from core.inventory.people import display_name, has_left, last_day
from core.inventory.responsibilities import counts_on
from core.model import Channel, ChannelState, Person, Responsibility, ResponsibilityRole, Severity

OWNED_STATES = (ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING)


def _unowned(situation: Situation) -> Iterator[Raised]:
    """Raise each channel for which nobody, present or gone, is entered as owner today."""
    owner = and_(Responsibility.channel_id == Channel.id, Responsibility.role == ResponsibilityRole.OWNER)
    owned = select(Responsibility.id).where(owner, counts_on(situation.today)).correlate(Channel).exists()
    ended = select(func.max(Responsibility.until)).where(owner, Responsibility.until < situation.today)
    query = select(
        Channel.id, Channel.title, Channel.platform, Channel.registered_on, ended.correlate(Channel).scalar_subquery()
    ).where(Channel.state.in_(OWNED_STATES), ~owned)
    for channel_id, title, platform, registered_on, ended_on in situation.session.execute(query):
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


def _owners(situation: Situation, whom: ColumnElement[bool]) -> Select[Any]:
    """Return the query of those of today's owners who are meant, with their channels and last days.

    Who is meant is asked in a query of its own, because few are: SQLite then begins with them.
    """
    channel: list[Any] = [Channel.id, Channel.title, Channel.platform]
    return (
        select(*channel, Person.id, display_name(Person), Person.function, last_day(Person))
        .join_from(Person, Responsibility, Responsibility.person_id == Person.id)
        .join(Channel, Channel.id == Responsibility.channel_id)
        .where(
            Person.id.in_(select(Person.id).where(whom)),
            Responsibility.role == ResponsibilityRole.OWNER,
            counts_on(situation.today),
            Channel.state.in_(OWNED_STATES),
        )
        .distinct()
    )


def _left(situation: Situation) -> Iterator[Raised]:
    """Raise each channel with an owner who has left, once a person."""
    for row in situation.session.execute(_owners(situation, has_left(Person, situation.today))):
        yield _raised(row, moved(row[6], 1))


def _leaving(situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose owner leaves soon and has no successor who stays; gravely on the last day.

    A successor who has left is none.
    """
    today, days = situation.today, situation.settings.days("owner-leaving")
    successor = aliased(Person)
    stays = select(successor.id).where(
        successor.id == Person.successor_id,
        or_(successor.left_on.is_(None), successor.left_on >= today),
        or_(successor.leaving_on.is_(None), successor.leaving_on >= today),
    )
    soon = last_day(Person).between(today, moved(today, days))
    for row in situation.session.execute(_owners(situation, and_(soon, ~stays.correlate(Person).exists()))):
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


RULES = (
    Rule(
        "no-owner",
        Severity.SEVERE,
        1,
        N_("No owner"),
        N_(
            "A channel without an owner is answered by nobody when it is hijacked or a post goes wrong. "
            "Assign somebody, or close the channel."
        ),
        N_("Moers Dienstanweisung 2010, nos. 2 and 3 c; Berlin 2012 (responsibilities)"),
        ("assign-owner", "close-channel"),
        _unowned,
        _say_unowned,
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
    ),
)
