"""Assets: what the files of the city's identity show, the query that lists them, adding and retiring them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.fields import Day, Field, LongText, Number, OneOf, Reference
from core.i18n import N_, _
from core.inventory.assets.consents import ConsentState, state_for_social_media
from core.inventory.assets.permission import erased_sentence, is_erased
from core.inventory.assets.uses import is_shown
from core.inventory.channels import GONE_STATES
from core.inventory.people import name_of
from core.model import Asset, AssetKind, AssetUse, AssetVersion, Channel

FIELDS = (
    Field("title", N_("Title"), required=True, help=N_("What the team calls it: “Coat of arms since 2019”.")),
    Field("kind", N_("Kind"), OneOf(AssetKind), required=True, help=N_("What it is (Berlin, corporate identity).")),
    Field("person", N_("Person shown"), Reference("person"), help=N_("Whom a portrait shows (Moers no. 3 h).")),
    Field(
        "consent",
        N_("Consent for social media"),
        OneOf(ConsentState),
        editable=False,
        help=N_("Whether the person of a portrait agrees today."),
    ),
    Field("versions", N_("Versions"), Number(), editable=False, help=N_("How many files there were in all variants.")),
    Field("issued_on", N_("Newest version of"), Day(), editable=False, help=N_("When the newest file was issued.")),
    Field("channels", N_("Shown on channels"), Number(), editable=False, help=N_("On how many channels it is shown.")),
    Field("rights_holder", N_("Rights holder"), help=N_("Whose work it is: the photographer, the designer (Mülheim).")),
    Field("licence", N_("Licence"), help=N_("On what terms the city may use it.")),
    Field("licence_until", N_("Licence until"), Day(), help=N_("The last day of the licence; empty for no end.")),
    Field("source", N_("Source"), help=N_("Where the file comes from.")),
    Field("permitted_uses", N_("Permitted uses"), LongText(), help=N_("What it may be used for, in words.")),
    Field("retired_on", N_("Retired on"), Day(), help=N_("The day from which it is not used any more.")),
    Field("notes", N_("Notes"), LongText(), help=N_("What else a colleague should know.")),
)


@dataclass(frozen=True, slots=True)
class NewAsset:
    """What is told of an asset when it is added."""

    kind: AssetKind
    title: str
    person_id: UUID | None = None
    rights_holder: str | None = None
    licence: str | None = None
    licence_until: date | None = None
    source: str | None = None
    permitted_uses: str | None = None
    notes: str | None = None


def listing(today: date) -> Select[Any]:
    """Return the query of all assets; its labels are the keys of FIELDS, "id" and "person_id"."""
    derived: dict[str, ColumnElement[Any]] = {
        "person": name_of(Asset.person_id),
        "consent": state_for_social_media(today),
        "versions": _of_masters(func.count(AssetVersion.id), today),
        "issued_on": _of_masters(func.max(AssetVersion.issued_on), today),
        "channels": _channel_count(today),
    }
    labelled = [
        derived[field.key].label(field.key) if field.key in derived else getattr(Asset, field.key) for field in FIELDS
    ]
    return select(Asset.id, *labelled, Asset.person_id)


def in_use(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that an asset has not been retired by a day."""
    return or_(Asset.retired_on.is_(None), Asset.retired_on > today)


def add_asset(session: Session, told: NewAsset) -> Asset:
    """Add an asset, without a file as yet; call inside an action.

    Raises:
        BadInputError: It has no title, or shows a person although it is no portrait.
    """
    title = " ".join(told.title.split())
    if not title:
        raise BadInputError(_("The asset needs a title. Please say what the team calls it."))
    if told.person_id is not None and told.kind is not AssetKind.PORTRAIT:
        raise BadInputError(_("Only a portrait shows a person. Please choose the kind “Portrait”."))
    asset = Asset(
        kind=told.kind,
        title=title,
        person_id=told.person_id,
        rights_holder=_cleaned(told.rights_holder),
        licence=_cleaned(told.licence),
        licence_until=told.licence_until,
        source=_cleaned(told.source),
        permitted_uses=_cleaned(told.permitted_uses),
        notes=_cleaned(told.notes),
    )
    session.add(asset)
    return asset


def retire(session: Session, asset_id: UUID, on: date) -> Asset:
    """Note that an asset is not used any more from a day on; call inside an action.

    Raises:
        ConflictError: It is gone or retired already.
    """
    asset = session.get(Asset, asset_id)
    if asset is None or asset.retired_on is not None:
        raise ConflictError(_("This asset was removed or retired in the meantime. Nothing was saved."))
    asset.retired_on = on
    return asset


def bring_back(session: Session, asset_id: UUID) -> Asset:
    """Note that a retired asset is used again; call inside an action.

    Raises:
        ConflictError: It is gone or in use.
        BadInputError: Its files were erased.
    """
    asset = session.get(Asset, asset_id)
    if asset is None or asset.retired_on is None:
        raise ConflictError(_("This asset was removed or brought back in the meantime. Nothing was saved."))
    if session.scalar(select(Asset.id).where(Asset.id == asset_id, is_erased())) is not None:
        raise BadInputError(erased_sentence(asset.title))
    asset.retired_on = None
    return asset


def _of_masters(what: ColumnElement[Any], today: date) -> ColumnElement[Any]:
    """Return an aggregate of the versions that were issued by a day and not cut from another one."""
    query = select(what).where(AssetVersion.asset_id == Asset.id, AssetVersion.derived_from_id.is_(None))
    query = query.where(AssetVersion.issued_on <= today)
    return query.correlate(Asset).scalar_subquery()


def _channel_count(today: date) -> ColumnElement[Any]:
    query = (
        select(func.count(AssetUse.channel_id.distinct()))
        .join_from(AssetUse, AssetVersion, AssetVersion.id == AssetUse.version_id)
        .join(Channel, Channel.id == AssetUse.channel_id)
        .where(AssetVersion.asset_id == Asset.id, is_shown(today), Channel.state.not_in(GONE_STATES))
    )
    return query.correlate(Asset).scalar_subquery()


def _cleaned(text: str | None) -> str | None:
    return (text or "").strip() or None
