"""Rules about what has to be there and to be looked at again: the approval, the imprint, the usage concept.

Imprint and usage concept are looked at wherever everybody can see a channel in which the city itself speaks; the
approval, wherever a channel is active. A check or an evaluation of which no day is known counts from an earlier day
that is known, so that nothing is passed over for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Date, and_, bindparam, func, or_, select

from core.governance.rules.rule import (
    PUBLIC_STATES,
    TODAY,
    Evidence,
    Query,
    Raised,
    Rule,
    Situation,
    moved,
    moved_months,
    shown_day,
)
from core.i18n import N_, _, ngettext
from core.inventory.asking import is_missing, the_citys
from core.inventory.channels import label_of
from core.model import Channel, ChannelState, Severity

_BEFORE = bindparam("before", type_=Date())
_CHECKED_ON = func.coalesce(Channel.imprint_checked_on, Channel.registered_on)
_EVALUATED_ON = func.coalesce(Channel.approved_on, Channel.registered_on)


@cache
def _unapproved_query() -> Query:
    return select(Channel.id, Channel.title, Channel.platform, Channel.registered_on).where(
        Channel.state == ChannelState.ACTIVE, Channel.approved_on.is_(None), is_missing(Channel.approved_under)
    )


def _unapproved(situation: Situation) -> Iterator[Raised]:
    """Raise each active channel without a decision: neither its day nor under what it was taken is known."""
    for channel_id, title, platform, registered_on in situation.rows(_unapproved_query()):
        yield Raised(channel_id, label_of(title, platform), {}, registered_on)


def _say_unapproved(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - there is nothing more to say
    return _("The channel is active, but no decision that approves it is entered.")


@cache
def _imprint_query() -> Query:
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on]
    wrong = or_(is_missing(Channel.imprint_url), Channel.imprint_clicks > bindparam("clicks"), _CHECKED_ON < _BEFORE)
    return select(*columns, Channel.imprint_url, Channel.imprint_clicks, Channel.imprint_checked_on).where(
        Channel.state.in_(PUBLIC_STATES), wrong, the_citys()
    )


def _imprint(situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose imprint is missing, else too far away, else not looked at for too long."""
    most, days = int(situation.settings["imprint.clicks"]), situation.settings.days("imprint")
    rows = situation.rows(_imprint_query(), clicks=most, before=situation.days_ago(days))
    for channel_id, title, platform, registered_on, url, clicks, checked_on in rows:
        fact: Evidence = {"checked_on": checked_on.isoformat() if checked_on else None, "limit": days}
        since = moved(checked_on or registered_on, days + 1)
        if not (url or "").strip():
            fact, since = {"missing": True}, registered_on
        elif clicks is not None and clicks > most:
            fact, since = {"clicks": clicks, "most": most}, registered_on
        yield Raised(channel_id, label_of(title, platform), fact, since)


def _say_imprint(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if "missing" in evidence:
        return _("No imprint is entered.")
    if "clicks" in evidence:
        return ngettext(
            "The imprint is {clicks} clicks away; at most {most} is allowed.",
            "The imprint is {clicks} clicks away; at most {most} are allowed.",
            evidence["most"],
        ).format(clicks=evidence["clicks"], most=evidence["most"])
    if evidence["checked_on"] is None:
        return _("Nobody has entered yet when the imprint was checked.")
    return ngettext(
        "The imprint was last checked on {day}; that is more than {limit} day ago.",
        "The imprint was last checked on {day}; that is more than {limit} days ago.",
        evidence["limit"],
    ).format(day=shown_day(evidence["checked_on"]), limit=evidence["limit"])


@cache
def _concept_query() -> Query:
    due = Channel.usage_concept_due_on
    passed = or_(due < TODAY, and_(due.is_(None), _EVALUATED_ON < _BEFORE))
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on, Channel.approved_on]
    return select(*columns, Channel.usage_concept_version, due).where(
        Channel.state.in_(PUBLIC_STATES), or_(is_missing(Channel.usage_concept_version), passed), the_citys()
    )


def _concept(situation: Situation) -> Iterator[Raised]:
    """Raise each channel without a usage concept, or whose concept is to be evaluated again.

    Where no day for that is entered, it is some months after the approval, or else after the registration.
    """
    months = int(situation.settings["usage-concept.months"])
    rows = situation.rows(_concept_query(), before=situation.months_ago(months))
    for channel_id, title, platform, registered_on, approved_on, version, due_on in rows:
        fact: Evidence = {"missing": True}
        since: date = registered_on
        if (version or "").strip():
            due = due_on or moved_months(approved_on or registered_on, months)
            fact, since = {"version": version, "due_on": due.isoformat()}, moved(due, 1)
        yield Raised(channel_id, label_of(title, platform), fact, since)


def _say_concept(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if "missing" in evidence:
        return _("No usage concept is entered.")
    return _("The usage concept ({version}) was to be evaluated again by {day}.").format(
        version=evidence["version"], day=shown_day(evidence["due_on"])
    )


_PUBLIC = frozenset({"channel.state", "channel.kind", "channel.registered_on"})

RULES = (
    Rule(
        "not-approved",
        Severity.WARNING,
        3,
        N_("Not approved"),
        N_(
            "A channel speaks for the city only after somebody has decided so. Enter the decision; what existed before "
            "the rules can be approved as it stands, many channels at once."
        ),
        N_("Moers Dienstanweisung 2010, no. 3; Federal Ministry of the Interior"),
        ("approve", "close-channel"),
        _unapproved,
        _say_unapproved,
        frozenset({"channel.state", "channel.registered_on", "channel.approved_on", "channel.approved_under"}),
        ("approved_on", "approved_by", "approved_under"),
    ),
    Rule(
        "imprint",
        Severity.WARNING,
        3,
        N_("Imprint"),
        N_(
            "The imprint has to be named and to be reached with two clicks. Put a link to it into the profile, look "
            "whether it works, and enter the day on which you did."
        ),
        N_("§ 5 DDG, two-click rule"),
        ("edit",),
        _imprint,
        _say_imprint,
        _PUBLIC | {"channel.imprint_url", "channel.imprint_clicks", "channel.imprint_checked_on"},
        ("imprint_url", "imprint_clicks", "imprint_checked_on"),
    ),
    Rule(
        "usage-concept",
        Severity.WARNING,
        3,
        N_("Usage concept"),
        N_(
            "A concept says what the channel is for, what it does with people's data, and whether it is worth it. "
            "Write or evaluate it, then enter its version and the day of the next evaluation."
        ),
        N_("Data protection officers of the states; Berlin 2012: to be evaluated within two years"),
        ("edit",),
        _concept,
        _say_concept,
        _PUBLIC | {"channel.usage_concept_version", "channel.usage_concept_due_on", "channel.approved_on"},
        ("usage_concept_version", "usage_concept_due_on"),
    ),
)
