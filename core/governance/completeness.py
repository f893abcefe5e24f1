"""How complete the entries are: of each fact that can be asked of a channel, how often nobody knows the answer.

Asked are channels that somebody has to answer for. What the law and the public ask for is asked only where the city
itself speaks. Not knowing is no fault and no finding; it is a percentage, and a list of what to ask next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, and_, case, func, select, true, type_coerce
from sqlalchemy.orm import Session

from core.fields import Field, Reference
from core.governance.rules.facts import is_missing
from core.governance.rules.rule import OWNED_STATES, the_citys
from core.inventory.channels import FIELDS
from core.inventory.platforms import WEBSITE
from core.model import Channel
from core.model.record import TextList
from core.storage.sorting import sort_key

_ELSEWHERE = Channel.platform != WEBSITE

ASKED: Mapping[str, ColumnElement[bool]] = MappingProxyType(
    {
        **dict.fromkeys(("unit", "purpose", "goals", "audience", "languages", "opened_on", "last_post_on"), true()),
        **dict.fromkeys(("approved_on", "approved_under"), true()),
        **dict.fromkeys(
            ("response_target_hours", "care_hours", "outside_hours_rule", "reply_coordinator"), the_citys()
        ),
        **dict.fromkeys(("imprint_url", "imprint_clicks", "imprint_checked_on", "privacy_notice_url"), the_citys()),
        **dict.fromkeys(("netiquette_url", "usage_concept_version", "usage_concept_due_on"), the_citys()),
        **dict.fromkeys(("article_26_reference", "article_30_reference", "linked_from_site"), the_citys()),
        **dict.fromkeys(("official_badge", "equivalent_offer"), and_(the_citys(), _ELSEWHERE)),
    }
)
"""The keys of the facts that can be asked of a channel, and of which channels each is asked."""

_FIELDS = {field.key: field for field in FIELDS}


@dataclass(frozen=True, slots=True)
class FactKnown:
    """How often one fact is known.

    Attributes:
        field: The fact.
        asked: Of how many channels it is asked.
        missing: Of how many of them nobody knows it.
    """

    field: Field
    asked: int
    missing: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete some entries are.

    Attributes:
        facts: The facts in the order of the form.
    """

    facts: tuple[FactKnown, ...]

    @property
    def asked(self) -> int:
        """How many facts are asked of all channels together."""
        return sum(fact.asked for fact in self.facts)

    @property
    def missing(self) -> int:
        """How many of them nobody knows."""
        return sum(fact.missing for fact in self.facts)

    @property
    def percent(self) -> int:
        """How much is known, in percent; a hundred only if nothing is missing."""
        return 100 * (self.asked - self.missing) // self.asked if self.asked else 100

    def missing_most(self) -> list[FactKnown]:
        """Return the facts that are missing anywhere, those missing most often first."""
        return sorted((fact for fact in self.facts if fact.missing), key=lambda fact: -fact.missing)


def completeness(session: Session, channel_id: UUID | None = None) -> Completeness:
    """Return how complete the entries are, of all channels or of one."""
    query = _counts() if channel_id is None else _counts().where(Channel.id == channel_id)
    counts = [int(count or 0) for count in session.execute(query).one()]
    pairs = zip(counts[::2], counts[1::2], strict=True)
    return Completeness(tuple(FactKnown(_FIELDS[key], *pair) for key, pair in zip(_keys(), pairs, strict=True)))


def channels_missing(session: Session, key: str) -> list[UUID]:
    """Return the channels of which nobody knows a fact, in the order of their titles.

    Raises:
        KeyError: It is not one that is asked.
    """
    query = select(Channel.title, Channel.id).where(Channel.state.in_(OWNED_STATES), ASKED[key], _is_unknown(key))
    # Each database orders texts in its own way, and none of them as a telephone book does.
    titled = sorted((sort_key(title), channel_id) for title, channel_id in session.execute(query).all())
    return [channel_id for _key, channel_id in titled]


def missing_facts(session: Session, channel_id: UUID) -> tuple[Field, ...]:
    """Return the facts that nobody knows of one channel, in the order of the form."""
    return tuple(fact.field for fact in completeness(session, channel_id).facts if fact.missing)


@cache
def _keys() -> tuple[str, ...]:
    return tuple(field.key for field in FIELDS if field.key in ASKED)


@cache
def _counts() -> Select[Any]:
    """Return the query that counts for each fact of how many channels it is asked and is missing."""
    counts = [
        func.sum(case((condition, 1), else_=0))
        for key in _keys()
        for condition in (ASKED[key], and_(ASKED[key], _is_unknown(key)))
    ]
    return select(*counts).where(Channel.state.in_(OWNED_STATES))


def _is_unknown(key: str) -> ColumnElement[bool]:
    column = getattr(Channel, f"{key}_id" if isinstance(_FIELDS[key].kind, Reference) else key)
    if isinstance(column.type, TextList):
        return func.coalesce(type_coerce(column, Text), "[]") == "[]"
    return is_missing(column)
