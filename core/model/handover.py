"""Handovers: who hands what to whom, what both signed, and how far each thing has passed; never a secret."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.choices import Act, ItemKind, ItemState, Occasion, Way
from core.model.custody import EFFECTS_OUTSIDE
from core.model.organisation import reference
from core.model.record import PERSONAL, Record, enum_type


class Handover(Record, kw_only=True):
    """One person hands things to another; its id is the one that all statements name.

    Attributes:
        from_id: Who gives.
        to_id: Who takes; the same person where secrets move to another of their keyrings.
        until: The day on which a cover ends.
        finished_on: The day on which nothing was open any more.
    """

    __tablename__ = "handover"
    __table_args__: Any = ({"info": EFFECTS_OUTSIDE},)

    from_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    to_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    occasion: Mapped[Occasion] = mapped_column(enum_type(Occasion))
    opened_on: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    finished_on: Mapped[date | None] = mapped_column(default=None)


class HandoverItem(Record, kw_only=True):
    """One thing of a handover; how far it is follows from the statements and is kept here for lists and rules.

    Attributes:
        item_id: The credential, access or responsibility, by kind; another copy of the registry may not know it.
        state_since: The day from which it has been in its state.
        revision_before: Which revision of a secret was in force when it was asked for.
        revision_after: Which one was in force at the end.
        sealed_on: The day on which a bundle with the secret left the house.
        expires_on: The last day on which that bundle may be opened.
    """

    __tablename__ = "handover_item"
    __table_args__: Any = (UniqueConstraint("handover_id", "kind", "item_id"), {"info": EFFECTS_OUTSIDE})

    handover_id: Mapped[uuid.UUID] = mapped_column(reference("handover.id"))
    kind: Mapped[ItemKind] = mapped_column(enum_type(ItemKind))
    item_id: Mapped[uuid.UUID] = mapped_column(index=True)
    way: Mapped[Way] = mapped_column(enum_type(Way))
    state: Mapped[ItemState] = mapped_column(enum_type(ItemState))
    state_since: Mapped[date]
    revision_before: Mapped[int | None] = mapped_column(default=None)
    revision_after: Mapped[int | None] = mapped_column(default=None)
    sealed_on: Mapped[date | None] = mapped_column(default=None)
    expires_on: Mapped[date | None] = mapped_column(default=None)


class HandoverStatement(Record, kw_only=True):
    """A signed statement of one of the people, as it was made or taken in; once only, by its digest.

    Attributes:
        card: The fingerprint of the card whose key signed it.
        number: Which one it is of those that this card's key signed.
        made_at: When it was made, by the clock of whoever made it.
        text: The canonical statement; it holds names.
        digest: SHA-256 of the text.
        taken_in_on: The day on which this registry learned of it.
    """

    __tablename__ = "handover_statement"
    __table_args__: Any = (UniqueConstraint("digest"), {"info": EFFECTS_OUTSIDE})

    handover_id: Mapped[uuid.UUID] = mapped_column(reference("handover.id"), index=True)
    act: Mapped[Act] = mapped_column(enum_type(Act))
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    card: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    made_at: Mapped[datetime]
    text: Mapped[str] = mapped_column(info=PERSONAL)
    digest: Mapped[str] = mapped_column(String(64))
    taken_in_on: Mapped[date]
