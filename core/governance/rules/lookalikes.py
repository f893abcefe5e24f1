"""The rule about look-alikes: a name one slip of the pen away from another is a slip of the pen, or an imitation.

Names on one platform are compared, of channels that are neither closed nor rejected. One edit is a letter more, less,
another one, or two letters in each other's place. Names that differ in their numbers only ("wache1", "wache2") are
siblings, and very short ones (three letters or fewer) are alike by chance. Of two look-alikes the one that was
registered later is raised, so that a pair is one finding.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func, select

from core.governance.rules.rule import Evidence, Query, Raised, Rule, Situation, still_counts
from core.i18n import N_, _, ngettext
from core.inventory.channels import label_of
from core.model import Channel, Severity

SHORTEST = 4
_NAMED_OTHERS = 3
_NUMBERS = re.compile(r"\d+")


class _Account(NamedTuple):
    """A channel's name on its platform; accounts are ordered by when they were registered."""

    registered_on: date
    id: UUID
    name: str
    handle: str
    title: str


@cache
def _query() -> Query:
    columns: list[Any] = [Channel.platform, Channel.registered_on, Channel.id, Channel.handle, Channel.title]
    return select(*columns).where(func.length(Channel.handle) >= SHORTEST, still_counts()).order_by(Channel.platform)


def _alike(situation: Situation) -> Iterator[Raised]:
    """Raise each channel whose name is one edit away from that of a channel registered before it."""
    for platform, rows in groupby(situation.rows(_query()), lambda row: str(row[0])):
        accounts = [_Account(row[1], row[2], row[3].casefold().lstrip("@"), row[3], row[4]) for row in rows]
        for account, others in _pairs(accounts).items():
            fact = {
                "handle": account.handle,
                "others": [
                    {"id": str(other.id), "label": label_of(other.title, platform), "handle": other.handle}
                    for other in sorted(others)[:_NAMED_OTHERS]
                ],
                "count": len(others),
            }
            yield Raised(account.id, label_of(account.title, platform), fact, account.registered_on)


def _pairs(accounts: Iterable[_Account]) -> dict[_Account, list[_Account]]:
    """Return the look-alikes registered before each account."""
    by_name: dict[str, list[_Account]] = defaultdict(list)
    for account in accounts:
        by_name[account.name].append(account)
    found: dict[_Account, list[_Account]] = defaultdict(list)
    for one, other in near_names(by_name):
        for pair in ((mine, theirs) for mine in by_name[one] for theirs in by_name[other]):
            earlier, later = sorted(pair)
            found[later].append(earlier)
    return found


def near_names(names: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of names that are one edit apart, each pair once and in order.

    Two such names are equal once each has lost one letter or none, so that only names that share such a rest are
    compared.
    """
    from rapidfuzz.distance import OSA

    by_rest: dict[str, list[str]] = defaultdict(list)
    found = set()
    for name in names:
        for rest in {name} | {name[:place] + name[place + 1 :] for place in range(len(name))}:
            for other in by_rest[rest]:
                if other != name and OSA.distance(name, other, score_cutoff=1) == 1 and not _siblings(name, other):
                    found.add((min(name, other), max(name, other)))
            by_rest[rest].append(name)
    return found


def _siblings(one: str, other: str) -> bool:
    """Say whether two names differ in their numbers only."""
    return _NUMBERS.sub("0", one) == _NUMBERS.sub("0", other)


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
        alone=False,
    ),
)
