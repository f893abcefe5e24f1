"""Rules about silence: an active channel posts, and somebody knows when it last did.

Only active channels are looked at; a channel in another state may be silent. Of quiet, stale and dormant only the worst
is raised. A channel's own posting rhythm stands for the setting "quiet", and the other two keep their proportion to it:
with the settings 30, 90 and 180 a rhythm of r days is quiet after r, stale after 3 r and dormant after 6 r days. A date
of which only the month or the year is known counts as its last day.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache, partial
from typing import Any

from sqlalchemy import ColumnElement, Date, String, bindparam, case, func, or_, select

from core.governance.rules.rule import Evidence, Query, Raised, Rule, Situation, moved, shown_day
from core.i18n import N_, _, ngettext
from core.inventory.channels import label_of
from core.model import Channel, ChannelState, Severity
from core.partial_dates import last_day, show_partial
from core.storage.past import is_view, may_be_silent

_DEGREES = ("quiet", "stale", "dormant")
_RHYTHM = Channel.posting_rhythm_days


def _silent(degree: str, situation: Situation) -> Iterator[Raised]:
    """Raise each active channel whose last post is old enough for one degree of silence, but not for the next."""
    rhythms = frozenset(row[0] for row in situation.shared(_rhythms()))
    limits = {(one, rhythm): _limit(one, rhythm, situation) for one in _DEGREES for rhythm in (None, *rhythms)}
    days = {_parameter(*key): situation.days_ago(limit).isoformat() for key, limit in limits.items()}
    for reached, channel_id, title, platform, posted, rhythm in situation.shared(_silent_query(rhythms), **days):
        if reached == degree:
            own = rhythm if rhythm in rhythms else None
            limit = limits[degree, own]
            fact = {"last_post_on": posted, "limit": limit, "rhythm": own}
            yield Raised(channel_id, label_of(title, platform), fact, moved(last_day(str(posted)), limit + 1))


@cache
def _rhythms() -> Query:
    return select(_RHYTHM).where(_RHYTHM > 0, Channel.state == ChannelState.ACTIVE).distinct()


@lru_cache
def _silent_query(rhythms: frozenset[int]) -> Query:
    """Return the query of silent channels, each with the worst degree that it has reached."""
    degrees = [(_older_than(one, rhythms), one) for one in reversed(_DEGREES)]
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.last_post_on, _RHYTHM]
    return select(case(*degrees), *columns).where(
        Channel.state == ChannelState.ACTIVE,
        Channel.last_post_on.is_not(None),
        or_(*(older for older, _degree in degrees)),
    )


def _limit(degree: str, rhythm: int | None, situation: Situation) -> int:
    """Return after how many days a channel has reached a degree of silence."""
    days = situation.settings.days(degree)
    return days if rhythm is None else rhythm * days // max(situation.settings.days("quiet"), 1)


def _older_than(degree: str, rhythms: frozenset[int]) -> ColumnElement[bool]:
    """Return the condition that the last post is older than the degree's limit of each channel."""
    default = _before(degree, None)
    if not rhythms:
        return default
    return case({rhythm: _before(degree, rhythm) for rhythm in sorted(rhythms)}, value=_RHYTHM, else_=default)


def _before(degree: str, rhythm: int | None) -> ColumnElement[bool]:
    """Return the condition that the last post was before a day; dates compare as texts of equal length."""
    day = bindparam(_parameter(degree, rhythm), type_=String())
    return Channel.last_post_on < func.substr(day, 1, func.length(Channel.last_post_on))


def _parameter(degree: str, rhythm: int | None) -> str:
    return f"{degree}_{rhythm}"


def _say_silent(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    day, limit, rhythm = show_partial(evidence["last_post_on"]), evidence["limit"], evidence["rhythm"]
    if rhythm is None:
        return ngettext(
            "The last post is of {day}; that is more than {limit} day ago.",
            "The last post is of {day}; that is more than {limit} days ago.",
            limit,
        ).format(day=day, limit=limit)
    return ngettext(
        "The last post is of {day}; by its own rhythm the channel posts every day.",
        "The last post is of {day}; by its own rhythm the channel posts every {rhythm} days.",
        rhythm,
    ).format(day=day, rhythm=rhythm)


def _unknown(situation: Situation) -> Iterator[Raised]:
    """Raise each active channel of which nobody has said when it last posted, some time after it was registered.

    In a view of the past nothing is raised of a channel that is only known to have posted later.
    """
    days = situation.settings.days("last-post-unknown")
    query = _unknown_query(in_view=is_view(situation.session))
    for channel_id, title, platform, registered_on in situation.rows(query, registered=situation.days_ago(days)):
        fact = {"registered_on": registered_on.isoformat()}
        yield Raised(channel_id, label_of(title, platform), fact, moved(registered_on, days + 1))


@cache
def _unknown_query(*, in_view: bool) -> Query:
    return select(Channel.id, Channel.title, Channel.platform, Channel.registered_on).where(
        Channel.state == ChannelState.ACTIVE,
        or_(Channel.last_post_on.is_(None), Channel.last_post_on == ""),
        may_be_silent(in_view=in_view),
        Channel.registered_on < bindparam("registered", type_=Date()),
    )


def _say_unknown(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    return _("Registered on {day}; nobody has entered yet when it last posted.").format(
        day=shown_day(evidence["registered_on"])
    )


_SOURCE = N_("Hamburg, guide to social media (steady follow-up); US Army, audit of official accounts")

_SILENCE = frozenset({"channel.state", "channel.last_post_on", "channel.posting_rhythm_days"})
_FIELDS = ("last_post_on",)

RULES = (
    Rule(
        "dormant",
        Severity.SEVERE,
        1,
        N_("Dormant though active"),
        N_(
            "A channel that says nothing for so long harms the city's image and is not missed when it is hijacked. "
            "Enter the last post if there is a newer one; else mark the channel as dormant or close it."
        ),
        _SOURCE,
        ("enter-last-post", "mark-dormant", "close-channel"),
        partial(_silent, "dormant"),
        _say_silent,
        _SILENCE,
        _FIELDS,
    ),
    Rule(
        "stale",
        Severity.WARNING,
        1,
        N_("Stale"),
        N_(
            "People expect an answer from a channel that looks alive. Post something, enter the last post if there is "
            "a newer one, or ask the owner whether the channel is still needed."
        ),
        _SOURCE,
        ("enter-last-post", "mark-dormant", "close-channel"),
        partial(_silent, "stale"),
        _say_silent,
        _SILENCE,
        _FIELDS,
    ),
    Rule(
        "quiet",
        Severity.NOTICE,
        1,
        N_("Quiet"),
        N_(
            "Nothing new for some time. Post something, enter the last post if there is a newer one, or give the "
            "channel a posting rhythm of its own."
        ),
        _SOURCE,
        ("enter-last-post", "edit"),
        partial(_silent, "quiet"),
        _say_silent,
        _SILENCE,
        ("posting_rhythm_days", *_FIELDS),
    ),
    Rule(
        "last-post-unknown",
        Severity.NOTICE,
        1,
        N_("Last post unknown"),
        N_(
            "As long as nobody knows when the channel last posted, no rule can notice that it has fallen silent. Open "
            "it and enter the day of the newest post."
        ),
        N_("US GSA, social media registry: an empty date was never found stale"),
        ("enter-last-post", "close-channel"),
        _unknown,
        _say_unknown,
        frozenset({"channel.state", "channel.last_post_on", "channel.registered_on"}),
        _FIELDS,
    ),
)
