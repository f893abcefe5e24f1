"""Who answers for a channel, who can get into it, and who looked at its record last."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from core.model.choices import AccessKind, ConfirmationResult, PlatformRole, ResponsibilityRole
from core.model.organisation import reference
from core.model.record import PERSONAL, Record, enum_type


class Responsibility(Record, kw_only=True):
    """A person answers for a channel in a role, from one day to another (both included; unknown counts always)."""

    __tablename__ = "responsibility"
    __table_args__ = (Index("ix_responsibility_channel_id_role", "channel_id", "role", "until", "since", "person_id"),)

    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    role: Mapped[ResponsibilityRole] = mapped_column(enum_type(ResponsibilityRole))
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)


class Access(Record, kw_only=True):
    """A person, an agency or a tool can get into a channel, by a role of the platform's or a shared login.

    `holder` names an agency or a tool where no person of the registry is meant. A shared login needs a reason
    (BSI ORP.4).
    """

    __tablename__ = "access"

    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    holder: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    kind: Mapped[AccessKind] = mapped_column(enum_type(AccessKind), default=AccessKind.PLATFORM_ROLE)
    platform_role: Mapped[PlatformRole | None] = mapped_column(enum_type(PlatformRole), default=None)
    via_profile: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    reason: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    granted_on: Mapped[date | None] = mapped_column(default=None)
    granted_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)


class Confirmation(Record, kw_only=True):
    """Somebody looked at a channel's record on a day and said whether it is right."""

    __tablename__ = "confirmation"
    __table_args__ = (Index("ix_confirmation_channel_id_on", "channel_id", "on", "result"),)

    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    on: Mapped[date]
    result: Mapped[ConfirmationResult] = mapped_column(
        enum_type(ConfirmationResult), default=ConfirmationResult.CORRECT
    )
