"""Which logins there are, who keeps a copy of which secret in which keyring, and who has read it; never a secret."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.model.choices import CredentialKind, CustodyEnd, KeptIn, SecondFactor
from core.model.organisation import reference
from core.model.record import PERSONAL, TEAM_ONLY, Record, enum_type

EFFECTS_OUTSIDE: dict[str, Any] = {"effects_outside": True}
"""Says of a table that its rows tell of keyrings, paper or minds: taking a row back would not take that back."""


class Credential(Record, kw_only=True):
    """One login, code, token or thing that opens one or more channels; the secret itself is never in the registry.

    Attributes:
        revision: How often the secret was set as far as the registry knows; 0 where it was never stored.
        place: Where the envelope, the device or the other password manager is.
        holder_id: Who has the envelope, the device or the SIM card.
        recovery_of_office: Whether recovery address and telephone belong to the office; None where nobody knows.
        rotation_days: The secret is to be changed after so many days; None, as BSI ORP.4.A23 advises, for never.
        retired_on: The day from which the login does not exist any more.
    """

    __tablename__ = "credential"

    kind: Mapped[CredentialKind] = mapped_column(enum_type(CredentialKind))
    label: Mapped[str] = mapped_column(info=TEAM_ONLY)
    login_name: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    address: Mapped[str | None] = mapped_column(default=None, info=TEAM_ONLY)
    kept_in: Mapped[KeptIn] = mapped_column(enum_type(KeptIn), default=KeptIn.KEYRING)
    place: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    holder_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    revision: Mapped[int] = mapped_column(default=0)
    rotated_on: Mapped[date | None] = mapped_column(default=None)
    rotated_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    rotation_days: Mapped[int | None] = mapped_column(default=None)
    recovery_mail: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    recovery_phone: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    recovery_of_office: Mapped[bool | None] = mapped_column(default=None)
    second_factor: Mapped[SecondFactor | None] = mapped_column(enum_type(SecondFactor), default=None)
    second_factor_holder_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    retired_on: Mapped[date | None] = mapped_column(default=None)
    notes: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)


class CredentialChannel(Record, kw_only=True):
    """A credential opens a channel; one mailbox may stand behind five accounts."""

    __tablename__ = "credential_channel"
    __table_args__ = (UniqueConstraint("credential_id", "channel_id"),)

    credential_id: Mapped[uuid.UUID] = mapped_column(reference("credential.id"))
    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"), index=True)


class Store(Record, kw_only=True):
    """A person's keyring, known by the random id kept inside it; where it was last seen is only a remark.

    Attributes:
        backend: Which sort of keyring it is ("secret-service", "windows" ...).
        remark: The name of the machine, for people.
        vanished_on: The day on which the keyring was found gone or emptied, until somebody says what became of it.
    """

    __tablename__ = "store"
    __table_args__ = {"info": EFFECTS_OUTSIDE}  # noqa: RUF012 - SQLAlchemy's name and shape

    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    backend: Mapped[str] = mapped_column(String(20))
    remark: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    vanished_on: Mapped[date | None] = mapped_column(default=None)


class Custody(Record, kw_only=True):
    """A person keeps one revision of a secret in a store; one revision ahead of the credential's it is pending.

    Attributes:
        slot: The random name of the keyring's entry.
        until: The day on which the copy was deleted or given up as lost.
        last_seen_on: The day on which the entry was last found in the keyring, not more exact than a month.
        missing_since: The day on which the keyring was found not to have it.
    """

    __tablename__ = "custody"
    __table_args__: Any = (
        Index("ix_custody_credential_id_revision", "credential_id", "revision", "until", "person_id"),
        {"info": EFFECTS_OUTSIDE},
    )

    credential_id: Mapped[uuid.UUID] = mapped_column(reference("credential.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    store_id: Mapped[uuid.UUID] = mapped_column(reference("store.id"), index=True)
    slot: Mapped[uuid.UUID]
    revision: Mapped[int]
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    ended: Mapped[CustodyEnd | None] = mapped_column(enum_type(CustodyEnd), default=None)
    last_seen_on: Mapped[date | None] = mapped_column(default=None)
    missing_since: Mapped[date | None] = mapped_column(default=None)


class Reading(Record, kw_only=True):
    """The day on which a person first read a revision of a secret; there is no log of every click (trust.md)."""

    __tablename__ = "reading"
    __table_args__: Any = (UniqueConstraint("credential_id", "person_id", "revision"), {"info": EFFECTS_OUTSIDE})

    credential_id: Mapped[uuid.UUID] = mapped_column(reference("credential.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    revision: Mapped[int]
    on: Mapped[date]


class Rotation(Record, kw_only=True):
    """A revision of a secret took effect; revision 1 is the secret that was there when it was first stored."""

    __tablename__ = "rotation"
    __table_args__: Any = (UniqueConstraint("credential_id", "revision"), {"info": EFFECTS_OUTSIDE})

    credential_id: Mapped[uuid.UUID] = mapped_column(reference("credential.id"))
    revision: Mapped[int]
    person_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    on: Mapped[date]


class EscrowKey(Record, kw_only=True):
    """A key to which every stored secret is sealed for the day on which all keyrings are gone.

    Attributes:
        recipient: The public half of an age identity; the private half exists on paper only, or in a keyring.
        place: Where the paper is.
        person_id: Whose keyring has the private half; None for the printed key.
        card: The fingerprint of that person's key card.
    """

    __tablename__ = "escrow_key"
    __table_args__ = {"info": EFFECTS_OUTSIDE}  # noqa: RUF012 - SQLAlchemy's name and shape

    recipient: Mapped[str] = mapped_column(String(120))
    place: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    since: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    person_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    card: Mapped[str | None] = mapped_column(String(64), default=None)


class Envelope(Record, kw_only=True):
    """A file of ciphertext beside the registry that holds one revision of a secret for one escrow key, or for two.

    `with_key_id` is the second key where two are needed to open it.
    """

    __tablename__ = "envelope"
    __table_args__: Any = (
        UniqueConstraint("credential_id", "revision", "escrow_key_id", "with_key_id"),
        {"info": EFFECTS_OUTSIDE},
    )

    credential_id: Mapped[uuid.UUID] = mapped_column(reference("credential.id"))
    escrow_key_id: Mapped[uuid.UUID] = mapped_column(reference("escrow_key.id"), index=True)
    revision: Mapped[int]
    made_on: Mapped[date]
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the ciphertext, so that a replaced file is noticed."""
    with_key_id: Mapped[uuid.UUID | None] = mapped_column(reference("escrow_key.id"), default=None, index=True)


class EscrowOpening(Record, kw_only=True):
    """Somebody opened envelopes, or tried in a drill that shows nothing; recorded before anything is opened.

    Attributes:
        credential_id: Which login's envelope; None for all of them.
        drill: Whether it was only tried whether the envelopes open.
        opened: How many envelopes opened in a drill; None until it has ended.
        failed: How many did not.
    """

    __tablename__ = "escrow_opening"
    __table_args__ = {"info": EFFECTS_OUTSIDE}  # noqa: RUF012 - SQLAlchemy's name and shape

    escrow_key_id: Mapped[uuid.UUID] = mapped_column(reference("escrow_key.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(reference("person.id"), index=True)
    on: Mapped[date]
    reason: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    credential_id: Mapped[uuid.UUID | None] = mapped_column(reference("credential.id"), default=None, index=True)
    drill: Mapped[bool] = mapped_column(default=False)
    opened: Mapped[int | None] = mapped_column(default=None)
    failed: Mapped[int | None] = mapped_column(default=None)
