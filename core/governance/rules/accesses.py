"""Rules about accesses: who has left can no longer get in, and who shares a login has a reason.

They look at every channel that is neither closed nor rejected.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby

from sqlalchemy import func, select

from core.governance.rules.rule import (
    TODAY,
    Evidence,
    Query,
    Raised,
    Rule,
    Situation,
    moved,
    shown_day,
    still_counts,
    who,
)
from core.i18n import N_, ngettext
from core.inventory.accesses import is_open
from core.inventory.channels import label_of
from core.inventory.people import display_name, has_left, last_day
from core.model import Access, AccessKind, Channel, Person, Severity


@cache
def _open_query() -> Query:
    return (
        select(
            Channel.id,
            Channel.title,
            Channel.platform,
            Person.id,
            display_name(Person),
            Person.function,
            last_day(Person),
            Access.id,
            Access.granted_on,
        )
        .join_from(Person, Access, Access.person_id == Person.id)
        .join(Channel, Channel.id == Access.channel_id)
        .where(
            Person.id.in_(select(Person.id).where(has_left(Person, TODAY))),
            is_open(TODAY),
            still_counts(),
        )
        .order_by(Channel.id, Person.id, Access.id)
    )


def _open(situation: Situation) -> Iterator[Raised]:
    """Raise each channel that somebody who has left can still get into, once a person."""
    for (channel_id, title, platform, person_id, name, function, day), rows in groupby(
        situation.rows(_open_query()), lambda row: tuple(row[:7])
    ):
        accesses = [(row[7], row[8]) for row in rows]
        since = min(max(moved(day, 1), granted or day) for _access, granted in accesses)
        fact = {
            "person_id": str(person_id),
            "person": name,
            "function": function,
            "on": day.isoformat(),
            "access_ids": [str(access) for access, _granted in accesses],
        }
        yield Raised(channel_id, label_of(title, platform), fact, since)


def _say_open(evidence: Evidence, with_names: bool) -> str:
    count = len(evidence["access_ids"])
    return ngettext(
        "Left on {day}, and one access is still open: {who}.",
        "Left on {day}, and {count} accesses are still open: {who}.",
        count,
    ).format(who=who(evidence, with_names), day=shown_day(evidence["on"]), count=count)


@cache
def _unexplained_query() -> Query:
    return (
        select(Channel.id, Channel.title, Channel.platform, Channel.registered_on, Access.id, Access.granted_on)
        .join_from(Access, Channel, Channel.id == Access.channel_id)
        .where(
            Access.kind == AccessKind.SHARED_LOGIN,
            func.trim(func.coalesce(Access.reason, "")) == "",
            is_open(TODAY),
            still_counts(),
        )
        .order_by(Channel.id, Access.id)
    )


def _unexplained(situation: Situation) -> Iterator[Raised]:
    """Raise each channel with a shared login for which nobody has said why it is shared."""
    for (channel_id, title, platform, registered_on), rows in groupby(
        situation.rows(_unexplained_query()), lambda row: tuple(row[:4])
    ):
        accesses = [(str(row[4]), row[5]) for row in rows]
        since = min(granted or registered_on for _access, granted in accesses)
        yield Raised(
            channel_id, label_of(title, platform), {"access_ids": [access for access, _granted in accesses]}, since
        )


def _say_unexplained(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    count = len(evidence["access_ids"])
    return ngettext(
        "A shared login is entered without a reason.",
        "{count} shared logins are entered without a reason.",
        count,
    ).format(count=count)


RULES = (
    Rule(
        "open-access-of-leaver",
        Severity.SEVERE,
        1,
        N_("Access of a leaver still open"),
        N_(
            "Who has left the city could still post in its name. Take the role away on the platform, then enter here "
            "that the access is withdrawn."
        ),
        N_("BSI IT-Grundschutz, ORP.4.A2"),
        ("withdraw-access",),
        _open,
        _say_open,
        frozenset({"channel.state", "access", "person"}),
    ),
    Rule(
        "shared-login-without-reason",
        Severity.WARNING,
        2,
        N_("Shared login without a reason"),
        N_(
            "Where several people use one login, nobody can tell who did what, and everybody knows the password. Give "
            "people roles of their own on the platform, or enter why that cannot be done."
        ),
        N_("BSI IT-Grundschutz, ORP.4.A8 and A14"),
        ("enter-reason", "withdraw-access"),
        _unexplained,
        _say_unexplained,
        frozenset({"channel.state", "channel.registered_on", "access"}),
    ),
)
