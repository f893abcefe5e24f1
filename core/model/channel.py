"""The official accounts of the city and the facts that are counted or succeed one another on them."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.choices import Badge, ChannelKind, ChannelState, KnownBy
from core.model.organisation import reference
from core.model.record import PARTIAL_DATE, PERSONAL, TEAM_ONLY, Record, enum_type


class Channel(Record, kw_only=True):
    """An official account or address of the city, on a platform or of its own.

    Facts that can be asked are yes, no or unknown (None); unknown is incompleteness, not a fault.
    """

    __tablename__ = "channel"

    platform: Mapped[str] = mapped_column(String(40), index=True)
    url_as_entered: Mapped[str]
    url: Mapped[str | None] = mapped_column(default=None)
    handle: Mapped[str | None] = mapped_column(default=None)
    account_id: Mapped[str | None] = mapped_column(default=None)
    account_key: Mapped[str] = mapped_column(default="", index=True)
    """What makes two addresses one account (`core.inventory.recognising.Recognised.key`)."""
    host_belongs: Mapped[bool] = mapped_column(default=True)
    """Whether the address belongs to the platform that was named."""
    title: Mapped[str]
    kind: Mapped[ChannelKind] = mapped_column(enum_type(ChannelKind), default=ChannelKind.CENTRAL)
    unit_id: Mapped[uuid.UUID | None] = mapped_column(reference("org_unit.id"), default=None, index=True)
    state: Mapped[ChannelState] = mapped_column(enum_type(ChannelState), default=ChannelState.ACTIVE)
    purpose: Mapped[str | None] = mapped_column(default=None)
    goals: Mapped[tuple[str, ...]] = mapped_column(default=())
    """Letters a to h of Moers Dienstanweisung 2010, no. 1."""
    audience: Mapped[str | None] = mapped_column(default=None)
    languages: Mapped[tuple[str, ...]] = mapped_column(default=())
    tags: Mapped[tuple[str, ...]] = mapped_column(default=())
    opened_on: Mapped[str | None] = mapped_column(PARTIAL_DATE, default=None)
    registered_on: Mapped[date]
    closed_on: Mapped[date | None] = mapped_column(default=None)
    closing_reason: Mapped[str | None] = mapped_column(default=None, info=TEAM_ONLY)
    successor_id: Mapped[uuid.UUID | None] = mapped_column(reference("channel.id"), default=None, index=True)
    official_badge: Mapped[Badge | None] = mapped_column(enum_type(Badge), default=None)
    last_post_on: Mapped[str | None] = mapped_column(PARTIAL_DATE, default=None)
    last_post_known_by: Mapped[KnownBy | None] = mapped_column(enum_type(KnownBy), default=None)
    posting_rhythm_days: Mapped[int | None] = mapped_column(default=None)
    response_target_hours: Mapped[int | None] = mapped_column(default=None)
    care_hours: Mapped[str | None] = mapped_column(default=None)
    outside_hours_rule: Mapped[str | None] = mapped_column(default=None)
    equivalent_offer: Mapped[str | None] = mapped_column(default=None)
    imprint_url: Mapped[str | None] = mapped_column(default=None)
    imprint_clicks: Mapped[int | None] = mapped_column(default=None)
    imprint_checked_on: Mapped[date | None] = mapped_column(default=None)
    privacy_notice_url: Mapped[str | None] = mapped_column(default=None)
    netiquette_url: Mapped[str | None] = mapped_column(default=None)
    usage_concept_version: Mapped[str | None] = mapped_column(default=None)
    usage_concept_due_on: Mapped[date | None] = mapped_column(default=None)
    article_26_reference: Mapped[str | None] = mapped_column(default=None)
    article_30_reference: Mapped[str | None] = mapped_column(default=None)
    linked_from_site: Mapped[bool | None] = mapped_column(default=None)
    reply_coordinator_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    approved_on: Mapped[date | None] = mapped_column(default=None)
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    approved_under: Mapped[str | None] = mapped_column(default=None)
    notes: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)


class FormerHandle(Record, kw_only=True):
    """A name under which the channel could be reached before it was renamed."""

    __tablename__ = "former_handle"

    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"), index=True)
    handle: Mapped[str]
    url: Mapped[str | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)


class FollowerCount(Record, kw_only=True):
    """How many people followed a channel on a day."""

    __tablename__ = "follower_count"

    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"), index=True)
    on: Mapped[date]
    count: Mapped[int]
    known_by: Mapped[KnownBy] = mapped_column(enum_type(KnownBy), default=KnownBy.ENTERED)
