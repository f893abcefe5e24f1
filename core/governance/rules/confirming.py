"""Rules about confirmation: somebody looks at each channel's record now and then and says that it is right.

They look at channels that are approved, active, dormant or closing. A channel that nobody ever looked at has no last
confirmation that could be too old; `never-confirmed` is there so that it is not passed over. Of due and overdue only
the worse is raised.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, select

from core.governance.rules.rule import TODAY, Evidence, Query, Raised, Rule, Situation, moved, shown_day
from core.i18n import N_, _, ngettext
from core.inventory.asking import OWNED_STATES
from core.inventory.channels import label_of
from core.inventory.confirmations import last_confirmed_on
from core.model import Channel, Confirmation, Severity


def confirmed(*when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that somebody looked at the enclosing query's channel on some day."""
    query = select(Confirmation.on).where(Confirmation.channel_id == Channel.id, Confirmation.on <= TODAY, *when)
    return query.correlate(Channel).exists()


@cache
def _query() -> Query:
    """Return the query of channels that nobody has looked at for a while, each with the day somebody last did."""
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on]
    lately = confirmed(Confirmation.on >= bindparam("lately", type_=Date()))
    return select(*columns, last_confirmed_on(TODAY)).where(Channel.state.in_(OWNED_STATES), ~lately)


def _unconfirmed(situation: Situation) -> list[Any]:
    days = min(situation.settings.days("confirmation-due"), situation.settings.days("confirmation-overdue"))
    return situation.shared(_query(), lately=situation.days_ago(days))


def _never(situation: Situation) -> Iterator[Raised]:
    """Raise each channel that nobody has looked at since it was registered some time ago."""
    days = situation.settings.days("never-confirmed")
    limit = situation.days_ago(days)
    for channel_id, title, platform, registered_on, confirmed_on in _unconfirmed(situation):
        if confirmed_on is None and registered_on < limit:
            fact = {"registered_on": registered_on.isoformat()}
            yield Raised(channel_id, label_of(title, platform), fact, moved(registered_on, days + 1))


def _say_never(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    return _("Registered on {day}; nobody has confirmed yet that the entry is right.").format(
        day=shown_day(evidence["registered_on"])
    )


def _old(degree: str, situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose last confirmation is old enough for one degree, but not for the next."""
    days, worse = situation.settings.days(degree), situation.settings.days("confirmation-overdue")
    newer, older = situation.days_ago(days), situation.days_ago(worse)
    for channel_id, title, platform, _registered_on, confirmed_on in _unconfirmed(situation):
        if confirmed_on is None or confirmed_on >= newer or (degree == "confirmation-due" and confirmed_on < older):
            continue
        fact = {"confirmed_on": confirmed_on.isoformat(), "limit": days}
        yield Raised(channel_id, label_of(title, platform), fact, moved(confirmed_on, days + 1))


def _say_old(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    return ngettext(
        "Last confirmed on {day}; that is more than {limit} day ago.",
        "Last confirmed on {day}; that is more than {limit} days ago.",
        evidence["limit"],
    ).format(day=shown_day(evidence["confirmed_on"]), limit=evidence["limit"])


_SOURCE = N_("US GSA, social media registry: entries are confirmed again and again")
_READS = frozenset({"channel.state", "channel.registered_on", "confirmation"})
_MENDS = ("confirm", "close-channel")
_WHY = N_(
    "A register that nobody looks at is out of date before anybody notices. Ask the owner whether everything is still "
    "right, correct what is not, and confirm the entry."
)

RULES = (
    Rule(
        "confirmation-overdue",
        Severity.SEVERE,
        3,
        N_("Confirmation overdue"),
        _WHY,
        _SOURCE,
        _MENDS,
        partial(_old, "confirmation-overdue"),
        _say_old,
        _READS,
    ),
    Rule(
        "confirmation-due",
        Severity.WARNING,
        3,
        N_("Confirmation due"),
        _WHY,
        _SOURCE,
        _MENDS,
        partial(_old, "confirmation-due"),
        _say_old,
        _READS,
    ),
    Rule(
        "never-confirmed",
        Severity.WARNING,
        3,
        N_("Never confirmed"),
        N_(
            "What came from a list has been seen by nobody yet. Ask the owner whether everything is right, correct "
            "what is not, and confirm the entry."
        ),
        N_("US GSA, social media registry: an empty date was never found overdue"),
        _MENDS,
        _never,
        _say_never,
        _READS,
    ),
)
