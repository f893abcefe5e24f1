"""Rules about the account itself: entered once, where it says it is, and on a platform that lives.

They look at every channel that is neither closed nor rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import aliased

from core.governance.rules.rule import Evidence, Query, Raised, Rule, Situation, moved, shown_day, still_counts
from core.i18n import N_, _, ngettext
from core.inventory.channels import label_of
from core.inventory.platforms import Platform, platforms
from core.model import Channel, Severity

_NAMED_OTHERS = 3


@cache
def _duplicates_query(*, some: bool) -> Query:
    """Return the query of the channels that are one account with another, of all accounts or those of some channels."""
    key = Channel.account_key
    # Answered by the index alone; channels that no longer count are left out afterwards, of few keys.
    twice = select(key).where(key != "").group_by(key).having(func.count() > 1)
    if some:
        mine = aliased(Channel)
        twice = select(mine.account_key).where(mine.id.in_(bindparam("some", expanding=True)), mine.account_key != "")
    columns: list[Any] = [Channel.account_key, Channel.registered_on, Channel.id, Channel.title, Channel.platform]
    return (
        select(*columns)
        .where(Channel.account_key.in_(twice), still_counts())
        .order_by(Channel.account_key, Channel.registered_on, Channel.id)
    )


def _accounts(situation: Situation) -> Iterable[Any]:
    """Return the channels that are one account, one after the other; with those that are meant, if few are."""
    if situation.only is None:
        return situation.rows(_duplicates_query(some=False))
    return replace(situation, only=None).rows(_duplicates_query(some=True), some=situation.only)


def _duplicates(situation: Situation) -> Iterator[Raised]:
    """Raise each channel that is the same account as another one, which the evidence names."""
    for _key, rows in groupby(_accounts(situation), lambda row: row[0]):
        same = [(registered, channel, label_of(title, platform)) for _k, registered, channel, title, platform in rows]
        if len(same) < 2:
            continue
        second = same[1][0]
        for place, (registered, channel, label) in enumerate(same):
            few = [one for one in same[: _NAMED_OTHERS + 1] if one is not same[place]][:_NAMED_OTHERS]
            others = [{"id": str(other), "label": name} for _registered, other, name in few]
            if situation.only is None or channel in situation.only:
                yield Raised(channel, label, {"others": others, "count": len(same) - 1}, max(registered, second))


def _same_accounts(situation: Situation) -> Iterator[UUID]:
    """Give the channels that are the same account as one of those that are meant."""
    return (row[2] for row in _accounts(situation))


def _say_duplicate(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    others, more = evidence["others"], evidence["count"] - len(evidence["others"])
    told = ", ".join(other["label"] for other in others)
    if not more:
        return _("The same account is also entered as {others}.").format(others=told)
    return ngettext(
        "The same account is also entered as {others} and {count} more time.",
        "The same account is also entered as {others} and {count} more times.",
        more,
    ).format(others=told, count=more)


@cache
def _foreign_query() -> Query:
    columns: list[Any] = [Channel.id, Channel.title, Channel.platform, Channel.registered_on]
    return select(*columns, Channel.url, Channel.url_as_entered).where(Channel.host_belongs.is_(False), still_counts())


def _foreign(situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose address belongs to another host than its platform's."""
    for channel_id, title, platform, registered_on, url, entered in situation.rows(_foreign_query()):
        fact = {"address": url or entered, "platform": platform}
        yield Raised(channel_id, label_of(title, platform), fact, registered_on)


def _say_foreign(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    return _("{address} does not belong to {platform}.").format(
        address=evidence["address"], platform=_platform_name(evidence)
    )


def _gone(situation: Situation) -> Iterator[Raised]:
    """Raise each channel on a platform that has been shut down; an unknown day of that is in the past."""
    gone = {
        key: platform.ends_on
        for key, platform in platforms().items()
        if _shuts_down(platform)
        and (platform.life == "ended" if platform.ends_on is None else platform.ends_on <= situation.today)
    }
    for channel_id, title, platform, registered_on in _on_platforms(situation, gone):
        ended_on = gone[platform]
        fact = {"platform": platform, "ended_on": ended_on.isoformat() if ended_on else None}
        yield Raised(channel_id, label_of(title, platform), fact, ended_on or registered_on)


def _say_gone(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["ended_on"] is None:
        return _("{platform} has been shut down; the channel is not closed.").format(platform=_platform_name(evidence))
    return _("{platform} was shut down on {day}; the channel is not closed.").format(
        platform=_platform_name(evidence), day=shown_day(evidence["ended_on"])
    )


def _ending(situation: Situation) -> Iterator[Raised]:
    """Raise each channel on a platform that will be shut down soon, or on a day not yet announced."""
    days = situation.settings.days("platform-ending")
    last = moved(situation.today, days)
    ending = {
        key: platform.ends_on
        for key, platform in platforms().items()
        if _shuts_down(platform)
        and (platform.life == "ending" if platform.ends_on is None else situation.today < platform.ends_on <= last)
    }
    for channel_id, title, platform, registered_on in _on_platforms(situation, ending):
        ends_on = ending[platform]
        since = max(moved(ends_on, -days), registered_on) if ends_on else registered_on
        fact = {"platform": platform, "ends_on": ends_on.isoformat() if ends_on else None}
        yield Raised(channel_id, label_of(title, platform), fact, since)


def _say_ending(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    if evidence["ends_on"] is None:
        return _("{platform} will be shut down; the day is not known yet.").format(platform=_platform_name(evidence))
    return _("{platform} will be shut down on {day}.").format(
        platform=_platform_name(evidence), day=shown_day(evidence["ends_on"])
    )


def _shuts_down(platform: Platform) -> bool:
    return platform.life in {"ending", "ended"}


@cache
def _platforms_query() -> Query:
    keys: BindParameter[str] = bindparam("keys", expanding=True)
    return select(Channel.id, Channel.title, Channel.platform, Channel.registered_on).where(
        Channel.platform.in_(keys), still_counts()
    )


def _on_platforms(situation: Situation, keys: Mapping[str, date | None]) -> Iterable[Any]:
    """Return the channels on some platforms; nobody needs to be asked where there is no such platform."""
    return situation.rows(_platforms_query(), keys=list(keys)) if keys else ()


def _platform_name(evidence: Evidence) -> str:
    known = platforms().get(evidence["platform"])
    return known.name if known else str(evidence["platform"])


_ADDRESS = frozenset(
    f"channel.{one}" for one in ("host_belongs", "state", "platform", "url", "url_as_entered", "registered_on")
)
_PLATFORMS = frozenset({"channel.platform", "channel.state", "channel.registered_on"})

RULES = (
    Rule(
        "duplicate",
        Severity.SEVERE,
        1,
        N_("Entered twice"),
        N_(
            "One account under two entries has two truths about who answers for it. Keep the better entry and close or "
            "correct the other."
        ),
        N_("US GSA, social media registry: one record per account"),
        ("open-other", "close-channel", "change-address"),
        _duplicates,
        _say_duplicate,
        frozenset({"channel.account_key", "channel.state", "channel.registered_on", "channel.title"}),
        reach=_same_accounts,
    ),
    Rule(
        "foreign-host",
        Severity.WARNING,
        1,
        N_("Address of another host"),
        N_(
            "The address does not lead to the platform that is named: a slip of the pen, or somebody who imitates the "
            "city. Open it with care and correct the address or the platform."
        ),
        N_("US GSA, social media registry: verified addresses"),
        ("change-address", "close-channel"),
        _foreign,
        _say_foreign,
        _ADDRESS,
    ),
    Rule(
        "platform-gone",
        Severity.SEVERE,
        1,
        N_("Platform shut down"),
        N_(
            "The platform is gone, so the channel cannot be official any more, and its old address may be taken by "
            "somebody else. Close the channel and remove the links to it."
        ),
        N_("Moers Dienstanweisung 2010, no. 1: its own list names platforms that are gone"),
        ("close-channel", "change-address"),
        _gone,
        _say_gone,
        _PLATFORMS,
    ),
    Rule(
        "platform-ending",
        Severity.WARNING,
        1,
        N_("Platform is ending"),
        N_(
            "What is on the platform is lost when it ends. Save what is worth keeping, tell the followers where to go, "
            "and plan the closing."
        ),
        N_("Moers Dienstanweisung 2010, no. 1: its own list names platforms that are gone"),
        ("close-channel", "change-address"),
        _ending,
        _say_ending,
        _PLATFORMS,
    ),
)
