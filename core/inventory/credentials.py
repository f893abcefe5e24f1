"""Logins, codes, tokens and things that open channels: what they show, the query that lists them, adding, retiring.

What is secret of them is the business of `core.custody`; nothing here ever sees it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, case, func, or_, select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.fields import Address, Day, Field, LongText, Mail, Number, OneOf, Reference, YesNo
from core.i18n import N_, _
from core.inventory.people import display_name, name_of
from core.inventory.platforms import platforms
from core.inventory.subject_findings import worst_finding
from core.model import (
    Channel,
    Credential,
    CredentialChannel,
    CredentialKind,
    Custody,
    KeptIn,
    Person,
    SecondFactor,
    Severity,
    Store,
)

FIELDS = (
    Field("label", N_("Label"), required=True, help=N_("What the team calls it: “Login of the town's page”.")),
    Field("kind", N_("Kind"), OneOf(CredentialKind), required=True, help=N_("What opens the account.")),
    Field("channels", N_("Channels"), editable=False, help=N_("The channels that it opens.")),
    Field("login_name", N_("Login name"), help=N_("The name or address one signs in with; never the password.")),
    Field("address", N_("Sign-in page"), Address(), help=N_("Where one signs in, if not on the platform's own page.")),
    Field("kept_in", N_("Kept in"), OneOf(KeptIn), required=True, help=N_("Where the secret is kept.")),
    Field("place", N_("Place"), help=N_("Where the envelope, the device or the other password manager is.")),
    Field("holder", N_("Kept by"), Reference("person"), help=N_("Who has the envelope, the device or the SIM card.")),
    Field("held_by", N_("Held by"), editable=False, help=N_("Who keeps a copy of the secret in force.")),
    Field("revision", N_("Revision"), Number(), editable=False, help=N_("How often the secret has been set.")),
    Field("rotated_on", N_("Last changed"), Day(), editable=False, help=N_("When the secret took effect.")),
    Field("findings", N_("Findings"), OneOf(Severity), editable=False, help=N_("The gravest of its findings.")),
    Field(
        "second_factor", N_("Second factor"), OneOf(SecondFactor), help=N_("What is asked for besides it (Mülheim).")
    ),
    Field(
        "second_factor_holder",
        N_("Second factor with"),
        Reference("person"),
        help=N_("Who has the telephone or the security key."),
    ),
    Field("recovery_mail", N_("Recovery address"), Mail(), help=N_("Where the platform sends a new password.")),
    Field("recovery_phone", N_("Recovery telephone"), help=N_("Which number the platform calls or writes to.")),
    Field(
        "recovery_of_office",
        N_("Recovery belongs to the office"),
        YesNo(),
        help=N_("Whether address and telephone belong to the office and not to a person."),
    ),
    Field(
        "rotation_days",
        N_("Change after"),
        Number(N_("days")),
        help=N_("Leave empty: changes without an occasion make passwords worse (BSI ORP.4.A23)."),
    ),
    Field("retired_on", N_("Retired on"), Day(), help=N_("The day from which the login does not exist any more.")),
    Field("notes", N_("Notes"), LongText(), help=N_("What else a colleague should know; never a secret.")),
)

IN_KEYRINGS = frozenset(
    {
        CredentialKind.PASSWORD,
        CredentialKind.TOTP,
        CredentialKind.RECOVERY_CODES,
        CredentialKind.API_TOKEN,
        CredentialKind.MAILBOX,
    }
)
"""What is a text, so that a keyring can keep it; devices and SIM cards are things."""


@dataclass(frozen=True, slots=True)
class NewCredential:
    """What is told of a credential when it is added."""

    kind: CredentialKind
    label: str
    channel_ids: tuple[UUID, ...] = ()
    login_name: str | None = None
    kept_in: KeptIn | None = None
    place: str | None = None
    holder_id: UUID | None = None
    recovery_mail: str | None = None
    recovery_of_office: bool | None = None


def listing(today: date) -> Select[Any]:
    """Return the query of all credentials; its labels are the keys of FIELDS, "id" and the ids of the references."""
    derived: dict[str, ColumnElement[Any]] = {
        "channels": _channel_titles(),
        "holder": name_of(Credential.holder_id),
        "held_by": _custodians(today),
        "findings": worst_finding(Credential),
        "second_factor_holder": name_of(Credential.second_factor_holder_id),
    }
    labelled = [
        derived[field.key].label(field.key) if field.key in derived else getattr(Credential, field.key)
        for field in FIELDS
    ]
    return select(Credential.id, *labelled, Credential.holder_id, Credential.second_factor_holder_id)


def in_use(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a credential still exists on a day."""
    return or_(Credential.retired_on.is_(None), Credential.retired_on > today)


def add_credential(session: Session, told: NewCredential) -> Credential:
    """Add a credential and tie it to its channels; call inside an action.

    Raises:
        BadInputError: It has no label, or a channel is unknown.
    """
    label = " ".join(told.label.split())
    if not label:
        raise BadInputError(_("The login needs a label. Please say what the team calls it."))
    kept_in = told.kept_in or (KeptIn.KEYRING if told.kind in IN_KEYRINGS else KeptIn.DEVICE)
    if kept_in is KeptIn.KEYRING and told.kind not in IN_KEYRINGS:
        raise BadInputError(_("A keyring keeps texts only. Please say where the device or the SIM card is."))
    credential = Credential(
        kind=told.kind,
        label=label,
        login_name=(told.login_name or "").strip() or None,
        kept_in=kept_in,
        place=(told.place or "").strip() or None,
        holder_id=told.holder_id,
        recovery_mail=(told.recovery_mail or "").strip() or None,
        recovery_of_office=told.recovery_of_office,
    )
    session.add(credential)
    tie_channels(session, credential, told.channel_ids)
    return credential


def tie_channels(session: Session, credential: Credential, channel_ids: Sequence[UUID]) -> None:
    """Say which channels a credential opens, no others; call inside an action.

    Raises:
        BadInputError: A channel is unknown.
    """
    wanted = dict.fromkeys(channel_ids)
    for channel_id in wanted:
        if session.get(Channel, channel_id) is None:
            raise BadInputError(_("There is no channel “{id}”.").format(id=channel_id))
    known = select(CredentialChannel).where(CredentialChannel.credential_id == credential.id)
    tied = {tie.channel_id: tie for tie in session.scalars(known)}
    for channel_id, tie in tied.items():
        if channel_id not in wanted:
            session.delete(tie)
    for channel_id in wanted:
        if channel_id not in tied:
            session.add(CredentialChannel(credential_id=credential.id, channel_id=channel_id))


def retire(session: Session, credential_id: UUID, on: date) -> Credential:
    """Note that a login does not exist any more; call inside an action.

    Raises:
        ConflictError: It is gone, or a copy of its secret is still kept.
    """
    credential = session.get(Credential, credential_id)
    if credential is None or credential.retired_on is not None:
        raise ConflictError(_("This login was removed or retired in the meantime. Nothing was saved."))
    kept = select(Custody.id).where(Custody.credential_id == credential_id, Custody.until.is_(None))
    if session.scalars(kept).first() is not None:
        raise ConflictError(_("A copy of the secret is still kept in a keyring. Please release it first."))
    credential.retired_on = on
    return credential


def channels_of(session: Session, credential_id: UUID) -> list[Channel]:
    """Return the channels that a credential opens, by title."""
    tied = select(CredentialChannel.channel_id).where(CredentialChannel.credential_id == credential_id)
    return list(session.scalars(select(Channel).where(Channel.id.in_(tied)).order_by(Channel.title)))


def credentials_of(session: Session, channel_id: UUID, today: date) -> list[Credential]:
    """Return the credentials in use that open a channel, by kind and label."""
    tied = select(CredentialChannel.credential_id).where(CredentialChannel.channel_id == channel_id)
    query = select(Credential).where(Credential.id.in_(tied), in_use(today))
    return sorted(session.scalars(query), key=lambda one: (list(CredentialKind).index(one.kind), one.label.casefold()))


def live_custody(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a copy is of the secret in force, still kept, and in a keyring that is still there."""
    there = select(Store.id).where(Store.vanished_on.is_(None), or_(Store.until.is_(None), Store.until > today))
    return (
        (Custody.revision == Credential.revision)
        & Custody.until.is_(None)
        & Custody.missing_since.is_(None)
        & Custody.store_id.in_(there)
    )


def _custodians(today: date) -> ColumnElement[str | None]:
    held = select(Custody.person_id).where(Custody.credential_id == Credential.id, live_custody(today))
    people = (
        select(display_name(Person).label("name"))
        .where(Person.id.in_(held.correlate(Credential)))
        .order_by(Person.family_name, Person.given_name, Person.id)
        .correlate(Credential)
        .subquery()
    )
    return select(func.aggregate_strings(people.c.name, "; ")).scalar_subquery()


def _channel_titles() -> ColumnElement[str | None]:
    names = {key: platform.name for key, platform in platforms().items()}
    platform = case(names, value=Channel.platform, else_=Channel.platform).cast(String)
    label = case((Channel.title == "", platform), else_=Channel.title.concat(" (").concat(platform).concat(")"))
    titles = (
        select(label.cast(String).label("title"))
        .join(CredentialChannel, CredentialChannel.channel_id == Channel.id)
        .where(CredentialChannel.credential_id == Credential.id)
        .order_by(Channel.title, Channel.platform, Channel.id)
        .correlate(Credential)
        .subquery()
    )
    return select(func.aggregate_strings(titles.c.title, "; ")).scalar_subquery()
