"""The rule about accesses: who has left can no longer get in.

It looks at every channel that is neither closed nor rejected.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import select

from core.governance.rules.rule import Evidence, Raised, Rule, Situation, moved, shown_day, still_counts, who
from core.i18n import N_, ngettext
from core.inventory.accesses import is_open
from core.inventory.channels import label_of
from core.inventory.people import display_name, has_left, last_day
from core.model import Access, Channel, Person, Severity


def _open(situation: Situation) -> Iterator[Raised]:
    """Raise each channel that somebody who has left can still get into, once a person."""
    query = (
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
            Person.id.in_(select(Person.id).where(has_left(Person, situation.today))),
            is_open(situation.today),
            still_counts(),
        )
        .order_by(Channel.id, Person.id, Access.id)
    )
    for (channel_id, title, platform, person_id, name, function, day), rows in groupby(
        situation.session.execute(query), lambda row: tuple(row[:7])
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
    ),
)
