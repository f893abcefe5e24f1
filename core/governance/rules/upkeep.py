"""Rules about upkeep: entries are looked at now and then, and what nobody needs any more is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from core.days import beginning_of, local_day
from core.governance.rules.confirming import confirmed
from core.governance.rules.rule import (
    TODAY,
    Evidence,
    Query,
    Raised,
    Rule,
    Situation,
    moved,
    moved_months,
    shown_day,
    still_counts,
)
from core.i18n import N_, _, ngettext
from core.inventory.channels import label_of
from core.inventory.confirmations import last_confirmed_on
from core.model import Channel, ChannelState, Confirmation, ConfirmationResult, Severity
from core.model.record import Instant
from core.partial_dates import last_day
from core.storage.past import is_view, may_be_silent

_OPEN_STATES = (ChannelState.ACTIVE, ChannelState.DORMANT)
_SHOULD_CLOSE = Confirmation.result == ConfirmationResult.SHOULD_CLOSE
_LIMIT = bindparam("limit", type_=Date())


@cache
def _untouched_query() -> Query:
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.updated_at, last_confirmed_on(TODAY)]
    unchanged = Channel.updated_at < bindparam("instant", type_=Instant())
    return select(*columns).where(unchanged, still_counts(), ~confirmed(Confirmation.on >= _LIMIT))


def _untouched(situation: Situation) -> Iterator[Raised]:
    """Raise each channel that counts and whose entry nobody has changed or confirmed for some time."""
    days = situation.settings.days("record-untouched")
    limit = situation.days_ago(days)
    instant = beginning_of(limit)
    rows = situation.rows(_untouched_query(), instant=instant, limit=limit)
    for channel_id, title, platform, updated_at, confirmed_on in rows:
        touched = max(local_day(updated_at), confirmed_on or date.min)
        fact = {"touched_on": touched.isoformat(), "limit": days}
        yield Raised(channel_id, label_of(title, platform), fact, moved(touched, days + 1))


def _say_untouched(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    return ngettext(
        "Nobody has changed or confirmed the entry since {day}; that is more than {limit} day ago.",
        "Nobody has changed or confirmed the entry since {day}; that is more than {limit} days ago.",
        evidence["limit"],
    ).format(day=shown_day(evidence["touched_on"]), limit=evidence["limit"])


@cache
def _closable_query(*, in_view: bool) -> Query:
    """Return the query of channels that gave no sign of life for long, or of which somebody said they should go."""
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on, Channel.last_post_on]
    stands = and_(Confirmation.channel_id == Channel.id, Confirmation.on <= TODAY, ~_SHOULD_CLOSE)
    stood = select(func.max(Confirmation.on)).where(stands).correlate(Channel).scalar_subquery()
    day = bindparam("day", type_=String())
    silent = or_(
        Channel.last_post_on.is_(None), Channel.last_post_on < func.substr(day, 1, func.length(Channel.last_post_on))
    )
    silent = and_(silent, may_be_silent(in_view=in_view))
    lifeless = and_(Channel.registered_on < _LIMIT, silent, ~confirmed(~_SHOULD_CLOSE, Confirmation.on >= _LIMIT))
    return select(*columns, stood, _said_on()).where(
        Channel.state.in_(_OPEN_STATES), or_(lifeless, _said_on().is_not(None))
    )


def _said_on() -> ColumnElement[Any]:
    """Return the day on which the newest confirmation said that the enclosing query's channel should be closed."""
    newer = aliased(Confirmation)
    later = and_(newer.channel_id == Confirmation.channel_id, newer.on <= TODAY, newer.on > Confirmation.on)
    outdone = select(newer.id).where(later).correlate(Confirmation).exists()
    query = select(func.max(Confirmation.on)).where(
        Confirmation.channel_id == Channel.id, Confirmation.on <= TODAY, _SHOULD_CLOSE, ~outdone
    )
    return query.correlate(Channel).scalar_subquery()


def _closable(situation: Situation) -> Iterator[Raised]:
    """Raise each active or dormant channel that is better closed; nothing ever closes it by itself."""
    months = int(situation.settings["propose-closing.months"])
    limit = situation.months_ago(months)
    rows = situation.rows(_closable_query(in_view=is_view(situation.session)), limit=limit, day=limit.isoformat())
    for channel_id, title, platform, registered_on, posted, stood_on, said_on in rows:
        if said_on is not None:
            fact, since = {"said_on": said_on.isoformat()}, said_on
        else:
            signs = (registered_on, stood_on, last_day(posted) if posted else None)
            sign = max(day for day in signs if day is not None)
            fact, since = {"sign_on": sign.isoformat(), "limit": months}, moved(moved_months(sign, months), 1)
        yield Raised(channel_id, label_of(title, platform), fact, since)


def _say_closable(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if "said_on" in evidence:
        return _("Who looked at the entry on {day} said that the channel should be closed.").format(
            day=shown_day(evidence["said_on"])
        )
    return ngettext(
        "No post and no confirmation since {day}; that is more than {limit} month ago.",
        "No post and no confirmation since {day}; that is more than {limit} months ago.",
        evidence["limit"],
    ).format(day=shown_day(evidence["sign_on"]), limit=evidence["limit"])


RULES = (
    Rule(
        "propose-closing",
        Severity.NOTICE,
        4,
        N_("Better closed?"),
        N_(
            "A channel that nobody feeds or misses only waits to be taken over. Ask the owner; close it, or confirm "
            "that it is still needed. It is never closed by itself."
        ),
        N_("US GSA 2018, social media registry: accounts without activity are proposed for closing"),
        ("close-channel", "confirm", "enter-last-post"),
        _closable,
        _say_closable,
        frozenset({"channel.state", "channel.registered_on", "channel.last_post_on", "confirmation"}),
        ("last_post_on",),
    ),
    Rule(
        "record-untouched",
        Severity.NOTICE,
        4,
        N_("Entry untouched"),
        N_(
            "An entry that nobody has touched for so long is hardly still right. Look through it, correct what is not, "
            "and confirm it."
        ),
        N_("i-doit, report on unchanged objects"),
        ("confirm", "edit"),
        _untouched,
        _say_untouched,
        frozenset({"channel", "confirmation"}),
    ),
)
