"""Which facts can be asked of a channel, and whether anybody knows the answers; that is how complete an entry is.

Asked are channels that somebody has to answer for. What the law and the public ask for is asked only where the city
itself speaks.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import add
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, String, Text, and_, case, func, or_, true, type_coerce

from core.fields import Reference
from core.inventory.channel_fields import FIELDS
from core.inventory.platforms import WEBSITE
from core.model import Channel, ChannelKind, ChannelState
from core.model.record import TextList

OWNED_STATES = (ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING)
"""States in which somebody has to answer for a channel."""

_NOT_THE_CITYS = (ChannelKind.OFFICE_HOLDER_PRIVATE, ChannelKind.PARTICIPATION, ChannelKind.RESERVED_HANDLE)
_ELSEWHERE = Channel.platform != WEBSITE
_REFERENCES = frozenset(field.key for field in FIELDS if isinstance(field.kind, Reference))


def the_citys() -> ColumnElement[bool]:
    """Return the condition that the city itself speaks in a channel, so that it owes what the law asks for there."""
    return Channel.kind.not_in(_NOT_THE_CITYS)


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


def is_missing(column: Any) -> ColumnElement[bool]:
    """Return the condition that nothing has been entered, or only blanks."""
    empty: ColumnElement[bool] = column.is_(None)
    return or_(empty, func.trim(column) == "") if isinstance(column.type, String) else empty


def is_unknown(key: str) -> ColumnElement[bool]:
    """Return the condition that nobody knows a fact."""
    column = getattr(Channel, f"{key}_id" if key in _REFERENCES else key)
    if isinstance(column.type, TextList):
        return func.coalesce(type_coerce(column, Text), "[]") == "[]"
    return is_missing(column)


def known_percent() -> ColumnElement[int | None]:
    """Return how much is known of what is asked of a channel, in percent; null for those that nobody answers for."""
    asked = reduce(add, (_one_if(condition) for condition in ASKED.values()))
    known = reduce(add, (_one_if(and_(condition, ~is_unknown(key))) for key, condition in ASKED.items()))
    return case((Channel.state.in_(OWNED_STATES), 100 * known // asked))


def _one_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
