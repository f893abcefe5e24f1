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

from sqlalchemy import ColumnElement, String, Text, and_, case, func, literal, or_, true, type_coerce

from core.fields import Reference
from core.inventory.channel_fields import FIELDS
from core.inventory.platforms import WEBSITE
from core.model import Channel, ChannelKind, ChannelState
from core.model.record import TextList

OWNED_STATES = (ChannelState.APPROVED, ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING)
"""States in which somebody has to answer for a channel."""

_NOT_THE_CITYS = (ChannelKind.OFFICE_HOLDER_PRIVATE, ChannelKind.PARTICIPATION, ChannelKind.RESERVED_HANDLE)
_REFERENCES = frozenset(field.key for field in FIELDS if isinstance(field.kind, Reference))


def the_citys() -> ColumnElement[bool]:
    """Return the condition that the city itself speaks in a channel, so that it owes what the law asks for there."""
    return Channel.kind.not_in(_NOT_THE_CITYS)


_OF_ALL = "unit purpose goals audience languages opened_on last_post_on approved_on approved_under"
_OF_THE_CITYS = (
    "response_target_hours care_hours outside_hours_rule reply_coordinator imprint_url imprint_clicks "
    "imprint_checked_on privacy_notice_url netiquette_url usage_concept_version usage_concept_due_on "
    "article_26_reference article_30_reference linked_from_site"
)
ASKED: tuple[tuple[ColumnElement[bool], tuple[str, ...]], ...] = (
    (true(), tuple(_OF_ALL.split())),
    (the_citys(), tuple(_OF_THE_CITYS.split())),
    (and_(the_citys(), Channel.platform != WEBSITE), ("official_badge", "equivalent_offer")),
)
"""Of which channels what is asked: conditions, each with the keys of the facts."""

ASKED_OF: Mapping[str, ColumnElement[bool]] = MappingProxyType(
    {key: condition for condition, keys in ASKED for key in keys}
)
"""The facts that can be asked of a channel by key, and of which channels each is asked."""


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
    asked = reduce(add, (_count(condition, literal(len(keys))) for condition, keys in ASKED))
    known = reduce(add, (_count(condition, reduce(add, map(_is_known, keys))) for condition, keys in ASKED))
    return case((Channel.state.in_(OWNED_STATES), 100 * known // asked))


def _count(condition: ColumnElement[bool], number: ColumnElement[int]) -> ColumnElement[int]:
    return case((condition, number), else_=0)


def _is_known(key: str) -> ColumnElement[int]:
    return case((is_unknown(key), 0), else_=1)
