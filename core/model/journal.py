"""The record of every change: labelled actions, their chained changes, and the values that can be erased."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.oversight import OUTSIDE_THE_JOURNAL
from core.model.record import Base


class Action(Base, kw_only=True):
    """Something a person did, under a label; a change of the registry from one valid state to the next.

    `label` is source text without names, translated when shown. `undoes_id` names the action this one takes back.
    """

    __tablename__ = "action"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4)
    label: Mapped[str]
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    store_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    batch_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    undoes_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    schema_number: Mapped[int]


class Change(Base, kw_only=True):
    """One record created, changed or deleted by an action; a link of the chain, never altered."""

    __tablename__ = "change"
    __table_args__: Any = (
        Index("ix_change_table_name_record_id", "table_name", "record_id"),
        {"info": OUTSIDE_THE_JOURNAL},
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    action_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("action.id"), index=True)
    table_name: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[uuid.UUID]
    kind: Mapped[str] = mapped_column(String(10))
    digests: Mapped[str]
    """The values' digests in their order: "before:0:<hex> after:1:<hex>"."""
    hash: Mapped[str] = mapped_column(String(64))


class ChangeValue(Base, kw_only=True):
    """What a change's record held before or after, personal columns apart; the text can be erased, the digest stays."""

    __tablename__ = "change_value"
    __table_args__ = {"info": OUTSIDE_THE_JOURNAL}  # noqa: RUF012 - SQLAlchemy's name and shape

    seq: Mapped[int] = mapped_column(ForeignKey("change.seq"), primary_key=True, autoincrement=False)
    part: Mapped[str] = mapped_column(String(6), primary_key=True)
    personal: Mapped[bool] = mapped_column(primary_key=True)
    salt: Mapped[str] = mapped_column(String(32))
    text: Mapped[str | None]
