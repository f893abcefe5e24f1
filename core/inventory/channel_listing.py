"""The query that lists channels, with what follows from their people, confirmations, counts and findings."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from core.inventory.asking import known_percent
from core.inventory.channel_fields import FIELDS
from core.inventory.confirmations import last_confirmed_on
from core.inventory.people import name_of
from core.inventory.responsibilities import names_in_role
from core.inventory.subject_findings import of_findings, worst_finding
from core.inventory.units import title_of
from core.model import Channel, FollowerCount, FormerHandle, ResponsibilityRole

UNLISTED = ("id", "account_key", "unit_id", "reply_coordinator_id", "approved_by_id", "successor_id")
"""What the query gives besides the fields: what tells records apart, and the ids behind the names."""


def listing(today: date) -> Select[Any]:
    """Return the query of all channels; its labels are the keys of FIELDS and UNLISTED.

    Values come as they are stored: closed lists as members, dates as dates, partial dates as texts, lists as tuples.
    """
    derived = _derived(today)
    labelled = [
        derived[field.key].label(field.key) if field.key in derived else getattr(Channel, field.key) for field in FIELDS
    ]
    return select(*(getattr(Channel, key) for key in UNLISTED), *labelled)


def _derived(today: date) -> dict[str, ColumnElement[Any]]:
    return {
        "unit": title_of(Channel.unit_id),
        "owner": names_in_role(ResponsibilityRole.OWNER, today),
        "deputy": names_in_role(ResponsibilityRole.DEPUTY, today),
        "confirmed_on": last_confirmed_on(today),
        "findings": worst_finding(Channel),
        "findings_count": of_findings(Channel, func.count()),
        "completeness": known_percent(),
        "followers": _last_follower_count(today),
        "former_handles": _former_handles(),
        "reply_coordinator": name_of(Channel.reply_coordinator_id),
        "approved_by": name_of(Channel.approved_by_id),
        "successor": _successor_title(),
    }


def _last_follower_count(today: date) -> ColumnElement[int | None]:
    count = FollowerCount
    query = select(count.count).where(count.channel_id == Channel.id, count.on <= today)
    newest = count.on.desc(), count.created_at.desc(), count.id.desc()
    return query.order_by(*newest).limit(1).correlate(Channel).scalar_subquery()


def _former_handles() -> ColumnElement[str | None]:
    former = (
        select(FormerHandle.handle)
        .where(FormerHandle.channel_id == Channel.id)
        .order_by(FormerHandle.until.desc().nulls_last(), FormerHandle.handle)
        .correlate(Channel)
        .subquery()
    )
    return select(func.aggregate_strings(former.c.handle, "; ")).scalar_subquery()


def _successor_title() -> ColumnElement[str | None]:
    successor = aliased(Channel)
    return select(successor.title).where(successor.id == Channel.successor_id).correlate(Channel).scalar_subquery()
