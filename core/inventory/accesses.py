"""Who can get into a channel: what an access shows, when it is open, granting and withdrawing it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.fields import Day, Field, OneOf, Reference
from core.i18n import N_, _
from core.model import Access, AccessKind, PlatformRole

FIELDS = (
    Field("channel", N_("Channel"), Reference("channel"), required=True, help=N_("The channel one gets into.")),
    Field("person", N_("Person"), Reference("person"), help=N_("Who gets in; empty for an agency or a tool.")),
    Field("holder", N_("Agency or tool"), help=N_("Who gets in if it is nobody of the city.")),
    Field("kind", N_("Kind"), OneOf(AccessKind), required=True, help=N_("By what means one gets in.")),
    Field(
        "platform_role",
        N_("Role on the platform"),
        OneOf(PlatformRole),
        help=N_("What the platform lets this access do."),
    ),
    Field("via_profile", N_("Via profile"), help=N_("The personal profile that was given the role.")),
    Field("reason", N_("Reason"), help=N_("Why it is needed; a must for a shared login (BSI ORP.4).")),
    Field("granted_on", N_("Granted on"), Day(), help=N_("The first day; empty if nobody knows it.")),
    Field("granted_by", N_("Granted by"), Reference("person"), help=N_("Who granted it.")),
    Field("withdrawn_on", N_("Withdrawn on"), Day(), help=N_("The day from which it is closed (BSI ORP.4.A2).")),
    Field("withdrawn_by", N_("Withdrawn by"), Reference("person"), help=N_("Who withdrew it.")),
)


@dataclass(frozen=True, slots=True)
class Grant:
    """What an access is to be: who gets in, a person of the city or a named agency or tool, and by what means."""

    person_id: UUID | None = None
    holder: str | None = None
    kind: AccessKind = AccessKind.PLATFORM_ROLE
    platform_role: PlatformRole | None = None
    via_profile: str | None = None
    reason: str | None = None


def is_open(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that an access is open on a day; withdrawn on a day, it is closed on that day."""
    return and_(
        or_(Access.granted_on.is_(None), Access.granted_on <= today),
        or_(Access.withdrawn_on.is_(None), Access.withdrawn_on > today),
    )


def grant_access(session: Session, channel_id: UUID, given: Grant, on: date | None, by: UUID | None) -> Access:
    """Note that somebody was given access to a channel; call inside an action.

    Raises:
        BadInputError: Nobody is named, or a shared login comes without a reason.
    """
    holder, reason = (given.holder or "").strip() or None, (given.reason or "").strip() or None
    if given.person_id is None and holder is None:
        raise BadInputError(_("Please say who gets the access: a person, an agency or a tool."))
    if given.kind is AccessKind.SHARED_LOGIN and reason is None:
        raise BadInputError(_("A shared login needs a reason (BSI ORP.4). Please say why everybody uses the same one."))
    access = Access(
        channel_id=channel_id,
        person_id=given.person_id,
        holder=holder,
        kind=given.kind,
        platform_role=given.platform_role,
        via_profile=(given.via_profile or "").strip() or None,
        reason=reason,
        granted_on=on,
        granted_by_id=by,
    )
    session.add(access)
    return access


def withdraw_access(session: Session, access_id: UUID, on: date, by: UUID | None) -> Access:
    """Note that an access has been withdrawn on the platform; call inside an action.

    Raises:
        ConflictError: The access is gone or withdrawn already.
        BadInputError: It was granted only later.
    """
    access = session.get(Access, access_id)
    if access is None or access.withdrawn_on is not None:
        raise ConflictError(_("This access was withdrawn or removed in the meantime."))
    if access.granted_on is not None and on < access.granted_on:
        raise BadInputError(_("The access was granted only after this day. Please check the date."))
    access.withdrawn_on, access.withdrawn_by_id = on, by
    return access


def give_reason(session: Session, access_id: UUID, reason: str) -> Access:
    """Note why an access is needed; call inside an action.

    Raises:
        ConflictError: The access is gone or withdrawn.
        BadInputError: No reason is given.
    """
    access = session.get(Access, access_id)
    if access is None or access.withdrawn_on is not None:
        raise ConflictError(_("This access was withdrawn or removed in the meantime."))
    if not reason.strip():
        raise BadInputError(_("A shared login needs a reason (BSI ORP.4). Please say why everybody uses the same one."))
    access.reason = reason.strip()
    return access
