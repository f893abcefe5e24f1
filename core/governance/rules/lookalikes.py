"""The rule about look-alikes: a name one slip of the pen away from another is a slip of the pen, or an imitation.

Names on one platform are compared, of channels that are neither closed nor rejected; those of three letters or fewer
are alike by chance. Of two look-alikes the one that was registered later is raised, so that a pair is one finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import BindParameter, bindparam, func, select

from core.governance.rules.near_names import Pair, near_pairs, near_to
from core.governance.rules.rule import Evidence, Query, Raised, Rule, Situation, chunks, still_counts
from core.i18n import N_, _, ngettext
from core.inventory.channels import label_of
from core.model import Channel, Severity

SHORTEST = 4
_NAMED_OTHERS = 3
_COUNTS = func.length(Channel.handle) >= SHORTEST, still_counts()
_Names = dict[str, list[str]]
"""The handles as they are written, by the name that they stand for."""


class _Account(NamedTuple):
    """A channel's name on its platform; accounts are ordered by when they were registered."""

    registered_on: date
    id: UUID
    handle: str
    title: str


@cache
def _names_query() -> Query:
    return select(Channel.platform, Channel.handle).where(*_COUNTS)


@cache
def _on_platforms_query() -> Query:
    platforms: BindParameter[str] = bindparam("platforms", expanding=True)
    return _names_query().where(Channel.platform.in_(platforms))


@cache
def _accounts_query() -> Query:
    handles: BindParameter[str] = bindparam("handles", expanding=True)
    columns: list[Any] = [Channel.registered_on, Channel.id, Channel.handle, Channel.title]
    return select(*columns).where(Channel.platform == bindparam("platform"), Channel.handle.in_(handles), *_COUNTS)


def _alike(situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose name is one edit away from that of a channel registered before it."""
    for platform, found in _near_accounts(situation):
        for account, others in found.items():
            fact = {
                "handle": account.handle,
                "others": [
                    {"id": str(other.id), "label": label_of(other.title, platform), "handle": other.handle}
                    for other in sorted(others)[:_NAMED_OTHERS]
                ],
                "count": len(others),
            }
            if situation.only is None or account.id in situation.only:
                yield Raised(account.id, label_of(account.title, platform), fact, account.registered_on)


def _reached(situation: Situation) -> Iterator[UUID]:
    """Give the channels whose names are one edit away from those of the channels that are meant."""
    for _platform, found in _near_accounts(situation):
        for account, others in found.items():
            yield from (account.id, *(other.id for other in others))


def _near_accounts(situation: Situation) -> Iterator[tuple[str, dict[_Account, list[_Account]]]]:
    """Give, by platform, the look-alikes registered before each account; of those that are meant if few are."""
    meant = _by_platform(situation.rows(_names_query()))
    everybody = situation if situation.only is None else replace(situation, only=None)
    known = meant if situation.only is None else _by_platform(everybody.rows(_on_platforms_query(), platforms=[*meant]))
    for platform, names in known.items():
        if situation.only is None:
            pairs = near_pairs(names)
        else:
            pairs = {(min(one, other), max(one, other)) for one in meant[platform] for other in near_to(one, names)}
        if pairs:
            yield platform, _in_order(pairs, _accounts(everybody, platform, names, pairs))


def _by_platform(rows: Iterable[Any]) -> dict[str, _Names]:
    found: dict[str, _Names] = defaultdict(lambda: defaultdict(list))
    for platform, handle in rows:
        found[platform][_name(handle)].append(handle)
    return found


def _name(handle: str) -> str:
    return handle.casefold().lstrip("@")


def _accounts(situation: Situation, platform: str, names: _Names, pairs: set[Pair]) -> dict[str, list[_Account]]:
    """Read the accounts with some names."""
    found: dict[str, list[_Account]] = defaultdict(list)
    for some in chunks({handle for pair in pairs for name in pair for handle in names[name]}):
        for row in situation.rows(_accounts_query(), platform=platform, handles=some):
            account = _Account(*row)
            found[_name(account.handle)].append(account)
    return found


def _in_order(pairs: set[Pair], accounts: dict[str, list[_Account]]) -> dict[_Account, list[_Account]]:
    found: dict[_Account, list[_Account]] = defaultdict(list)
    for one, other in pairs:
        for earlier, later in (sorted(two) for two in product(accounts[one], accounts[other])):
            found[later].append(earlier)
    return found


def _say_alike(evidence: Evidence, with_names: bool) -> str:  # noqa: ARG001 - nobody is named
    told = "; ".join(f"{other['handle']} – {other['label']}" for other in evidence["others"])
    more = evidence["count"] - len(evidence["others"])
    if not more:
        return _("“{handle}” is one letter away from {others}.").format(handle=evidence["handle"], others=told)
    return ngettext(
        "“{handle}” is one letter away from {others} and {count} more.",
        "“{handle}” is one letter away from {others} and {count} more.",
        more,
    ).format(handle=evidence["handle"], others=told, count=more)


RULES = (
    Rule(
        "look-alike",
        Severity.WARNING,
        3,
        N_("Look-alike"),
        N_(
            "Two names that differ in one letter are easily mixed up: it may be a slip of the pen here, or somebody "
            "who imitates the city there. Open both; correct the address, or report the false account to the platform."
        ),
        N_("US GSA, social media registry: verified addresses"),
        ("open-other", "change-address", "close-channel"),
        _alike,
        _say_alike,
        frozenset({f"channel.{one}" for one in ("handle", "platform", "state", "registered_on", "title")}),
        reach=_reached,
    ),
)
