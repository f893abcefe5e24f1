"""Consents of the people whom portraits show: what a consent shows, giving and withdrawing it, what holds on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, or_, select, type_coerce
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.fields import Day, Field, OneOf, Reference
from core.i18n import N_, _, show_date
from core.inventory.platforms import WEBSITE
from core.model import Asset, AssetKind, Channel, Consent, ConsentMedium
from core.model.choices import Choice
from core.model.record import enum_type

FIELDS = (
    Field("asset", N_("Portrait"), Reference("asset"), required=True, help=N_("The portrait that may be shown.")),
    Field("medium", N_("Medium"), OneOf(ConsentMedium), required=True, help=N_("Where it may be shown.")),
    Field("given_on", N_("Given on"), Day(), required=True, help=N_("The day on which the person agreed.")),
    Field("until", N_("Until"), Day(), help=N_("The last day on which it may be shown; empty for no end.")),
    Field(
        "withdrawn_on", N_("Consent withdrawn on"), Day(), help=N_("The day from which it may not be shown any more.")
    ),
    Field("form_sha256", N_("Fingerprint of the form"), help=N_("Tells the scanned form apart in the library.")),
    Field("form_name", N_("Scanned form"), help=N_("What the file of the scanned form was called.")),
)


class ConsentState(Choice):
    """Whether a portrait may be shown."""

    GIVEN = "given", N_("given")
    ENDED = "ended", N_("withdrawn or ended")
    MISSING = "missing", N_("missing")


class Term(NamedTuple):
    """From when to when a consent is meant to hold, and when it was taken back."""

    given_on: date
    until: date | None
    withdrawn_on: date | None

    @property
    def ended_on(self) -> date | None:
        """The first day on which it does not hold any more, None for no end."""
        after = self.until + timedelta(days=1) if self.until not in {None, date.max} else None
        return min((day for day in (self.withdrawn_on, after) if day is not None), default=None)


@dataclass(frozen=True, slots=True)
class Given:
    """What is told of a consent when it is entered; the form is known by what is in its file."""

    medium: ConsentMedium
    given_on: date
    until: date | None = None
    form_sha256: str | None = None
    form_name: str | None = None


def medium_of(platform: str) -> ConsentMedium:
    """Return for which medium the person must have agreed where a portrait is shown on a platform."""
    return ConsentMedium.WEBSITE if platform == WEBSITE else ConsentMedium.SOCIAL_MEDIA


def media_of_channels(session: Session, channels: Collection[UUID]) -> set[ConsentMedium]:
    """Return for which media the person must have agreed where a portrait is shown on some channels."""
    return {medium_of(one) for one in session.scalars(select(Channel.platform).where(Channel.id.in_(channels)))}


def state_of(terms: Iterable[Term], day: date) -> tuple[ConsentState, date | None]:
    """Return what the consents for one medium come to on a day, and since when none has held where one did."""
    begun = [term for term in terms if term.given_on <= day]
    ends = [term.ended_on for term in begun]
    over = [end for end in ends if end is not None and end <= day]
    if not begun:
        return ConsentState.MISSING, None
    if len(over) < len(begun):
        return ConsentState.GIVEN, None
    return ConsentState.ENDED, max(over)


def holds_on(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a consent holds on a day; its last day counts, the day of its withdrawal does not."""
    return and_(
        Consent.given_on <= today,
        or_(Consent.until.is_(None), Consent.until >= today),
        or_(Consent.withdrawn_on.is_(None), Consent.withdrawn_on > today),
    )


def state_for_social_media(today: date) -> ColumnElement[Any]:
    """Return, for the query that lists assets, what a portrait's consents come to; null for all that is none."""
    mine = select(Consent.id).where(Consent.asset_id == Asset.id, Consent.medium == ConsentMedium.SOCIAL_MEDIA)
    mine = mine.correlate(Asset)
    state = case(
        (Asset.kind != AssetKind.PORTRAIT, None),
        (mine.where(holds_on(today)).exists(), ConsentState.GIVEN.value),
        (mine.where(Consent.given_on <= today).exists(), ConsentState.ENDED.value),
        else_=ConsentState.MISSING.value,
    )
    return type_coerce(state, enum_type(ConsentState))


def give(session: Session, asset_id: UUID, given: Given) -> Consent:
    """Enter that the person of a portrait agreed to be shown in a medium; call inside an action.

    Raises:
        ConflictError: The asset is gone.
        BadInputError: It is no portrait, or the consent would end before it begins.
    """
    asset = session.get(Asset, asset_id)
    if asset is None:
        raise ConflictError(_("This asset was removed in the meantime. Nothing was saved."))
    if asset.kind is not AssetKind.PORTRAIT:
        raise BadInputError(_("“{title}” is no portrait. Only portraits need a consent.").format(title=asset.title))
    if given.until is not None and given.until < given.given_on:
        raise BadInputError(
            _("The consent was given on {day}; it cannot end before. Please check both days.").format(
                day=show_date(given.given_on)
            )
        )
    consent = Consent(
        asset_id=asset_id,
        medium=given.medium,
        given_on=given.given_on,
        until=given.until,
        form_sha256=given.form_sha256,
        form_name=given.form_name,
    )
    session.add(consent)
    return consent


def add_form(session: Session, consent_id: UUID, sha256: str, name: str) -> Consent:
    """Note which scanned form proves a consent; call inside an action.

    Raises:
        ConflictError: The consent is gone, or has a form already.
    """
    consent = session.get(Consent, consent_id)
    if consent is None or consent.form_sha256 is not None:
        raise ConflictError(_("This consent was removed or has a form in the meantime. Nothing was saved."))
    consent.form_sha256, consent.form_name = sha256, name
    return consent


def withdraw(session: Session, consent_id: UUID, on: date) -> Consent:
    """Note that a person took a consent back; call inside an action.

    Raises:
        ConflictError: It is gone or withdrawn already.
        BadInputError: It was given only later.
    """
    consent = session.get(Consent, consent_id)
    if consent is None or consent.withdrawn_on is not None:
        raise ConflictError(_("This consent was withdrawn or removed in the meantime. Nothing was saved."))
    if on < consent.given_on:
        raise BadInputError(
            _("The consent was given only on {day}. Please check the date.").format(day=show_date(consent.given_on))
        )
    consent.withdrawn_on = on
    return consent


def consents_of(session: Session, asset_id: UUID) -> list[Consent]:
    """Return a portrait's consents, the newest first."""
    query = select(Consent).where(Consent.asset_id == asset_id)
    return list(session.scalars(query.order_by(Consent.given_on.desc(), Consent.medium, Consent.id)))


def current_consents(
    session: Session, asset_id: UUID, today: date
) -> dict[ConsentMedium, tuple[ConsentState, date | None]]:
    """Return by medium whether a portrait may be shown there, and since when not where it once might."""
    terms: dict[ConsentMedium, list[Term]] = {medium: [] for medium in ConsentMedium}
    for one in consents_of(session, asset_id):
        terms[one.medium].append(Term(one.given_on, one.until, one.withdrawn_on))
    return {medium: state_of(some, today) for medium, some in terms.items()}
