"""Whose keys there are and who looked whether they are genuine; what counts lies in each person's keyring."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.choices import VerifiedBy
from core.model.custody import EFFECTS_OUTSIDE
from core.model.organisation import reference
from core.model.record import PERSONAL, Record, enum_type


class KeyCard(Record, kw_only=True):
    """The public keys of one person in one store, signed by themselves; a copy for everybody, trusted by nobody.

    Attributes:
        store_id: The keyring that holds the private halves; another copy of the registry may not know it.
        text: The canonical card; it holds a name.
        fingerprint: SHA-256 of the text.
        revoked_on: From this day on nobody uses the keys.
        revocation: The signed statement that revoked the card.
        certificate: The signed statement of the head of press that the card is genuine.
    """

    __tablename__ = "key_card"
    __table_args__: Any = (UniqueConstraint("fingerprint"), {"info": EFFECTS_OUTSIDE})

    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    store_id: Mapped[uuid.UUID] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(info=PERSONAL)
    fingerprint: Mapped[str] = mapped_column(String(64))
    created_on: Mapped[date]
    revoked_on: Mapped[date | None] = mapped_column(default=None)
    revoked_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    revocation: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    certificate: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)


class KeyVerification(Record, kw_only=True):
    """A person says that they verified a card; it is told to others and counts for nobody, the pin does."""

    __tablename__ = "key_verification"
    __table_args__: Any = (UniqueConstraint("key_card_id", "person_id"), {"info": EFFECTS_OUTSIDE})

    key_card_id: Mapped[uuid.UUID] = mapped_column(reference("key_card.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    how: Mapped[VerifiedBy] = mapped_column(enum_type(VerifiedBy))
    on: Mapped[date]
