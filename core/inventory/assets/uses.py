"""Uses of assets: which version is shown where on a channel, the query that lists it, showing and taking down."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from core.errors import BadInputError, ConflictError
from core.fields import Day, Field, Number, OneOf, Platform, Reference
from core.i18n import N_, _, show_date
from core.inventory.people import name_of
from core.model import Asset, AssetKind, AssetUse, AssetVariant, AssetVersion, Channel, Placement

FIELDS = (
    Field("asset", N_("Asset"), editable=False, help=N_("What is shown.")),
    Field("kind", N_("Kind"), OneOf(AssetKind), editable=False, help=N_("What it is.")),
    Field("variant", N_("Variant"), OneOf(AssetVariant), editable=False, help=N_("In which colours it is drawn.")),
    Field("number", N_("Version"), Number(), editable=False, help=N_("Which version of it is shown.")),
    Field("version", N_("File"), Reference("asset_version"), editable=False, help=N_("The file that is shown.")),
    Field("channel", N_("Channel"), Reference("channel"), editable=False, help=N_("Where it is shown.")),
    Field("platform", N_("Platform"), Platform(), editable=False, help=N_("The platform of the channel.")),
    Field("placement", N_("Placement"), OneOf(Placement), required=True, help=N_("Where on the channel it is shown.")),
    Field("since", N_("Since"), Day(), help=N_("The first day; empty if nobody knows it, then it always counts.")),
    Field("until", N_("Taken down on"), Day(), help=N_("The day from which it is not shown there any more.")),
    Field("cleaned_by", N_("Taken down by"), Reference("person"), help=N_("Who took it down or replaced it.")),
)

ONE_AT_A_TIME = frozenset({Placement.AVATAR, Placement.COVER})
"""Where a channel shows one picture at a time, so that a new one takes the place of what was there."""


def listing(today: date) -> Select[Any]:  # noqa: ARG001 - every listing is asked for a day
    """Return the query of all uses; its labels are the keys of FIELDS, "id" and the ids of the references."""
    derived: dict[str, Any] = {
        "asset": Asset.title,
        "kind": Asset.kind,
        "variant": AssetVersion.variant,
        "number": AssetVersion.number,
        "version": AssetVersion.file_name,
        "channel": Channel.title,
        "platform": Channel.platform,
        "cleaned_by": name_of(AssetUse.cleaned_by_id),
    }
    labelled = [
        derived[field.key].label(field.key) if field.key in derived else getattr(AssetUse, field.key)
        for field in FIELDS
    ]
    ids = AssetVersion.asset_id, Asset.person_id, AssetUse.version_id, AssetUse.channel_id, AssetUse.cleaned_by_id
    return (
        select(AssetUse.id, *labelled, *ids)
        .join_from(AssetUse, AssetVersion, AssetVersion.id == AssetUse.version_id)
        .join(Asset, Asset.id == AssetVersion.asset_id)
        .join(Channel, Channel.id == AssetUse.channel_id)
    )


def is_shown(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Return the condition that a use counts on a day; taken down on a day, nothing is shown on that day."""
    return and_(
        or_(AssetUse.since.is_(None), AssetUse.since <= today),
        or_(AssetUse.until.is_(None), AssetUse.until > today),
    )


def show_on(  # noqa: PLR0913 - an association has as many sides
    session: Session,
    version_id: UUID,
    channel_ids: Collection[UUID],
    placement: Placement,
    since: date | None,
    *,
    today: date,
    by: UUID | None = None,
) -> list[AssetUse]:
    """Note that a version is shown in a place of some channels; call inside an action.

    As an avatar or a cover it takes the place of what was shown there. Where nobody knows since when, what was there
    before ends today: that is the first day of which it is known that the new one is there, and whoever left the day
    empty has said already that nobody can tell more. Where it is shown already, nothing changes.

    Args:
        session: The action's session.
        version_id: The version.
        channel_ids: The channels.
        placement: The place.
        since: The first day, None if nobody knows it.
        today: The day on which it is entered.
        by: Who exchanged what was shown there before.

    Raises:
        ConflictError: The version or a channel is gone.
        BadInputError: Its asset is not used any more, or a font is to be shown as a picture.
    """
    version = _usable(session, version_id, placement)
    uses = []
    for channel_id in dict.fromkeys(channel_ids):
        if session.get(Channel, channel_id) is None:
            raise ConflictError(_("A channel was removed in the meantime. Nothing was saved."))
        wanted = AssetUse(version_id=version.id, channel_id=channel_id, placement=placement, since=since)
        uses.append(_show(session, wanted, since or today, by))
    return uses


def take_down(session: Session, use_id: UUID, on: date, by: UUID | None) -> AssetUse:
    """Note that something is not shown any more from a day on; call inside an action.

    Raises:
        ConflictError: The use is gone or over already.
        BadInputError: It began only later.
    """
    use = session.get(AssetUse, use_id)
    if use is None or (use.until is not None and use.until <= on):
        raise ConflictError(_("This was taken down in the meantime. Nothing was saved."))
    if use.since is not None and on < use.since:
        raise BadInputError(
            _("It is shown there only since {day}. Please check the date.").format(day=show_date(use.since))
        )
    use.until, use.cleaned_by_id = on, by
    return use


def _show(session: Session, wanted: AssetUse, on: date, by: UUID | None) -> AssetUse:
    """Begin a use on a day, or return the one that goes on in the same place already."""
    one = AssetUse
    goes_on = or_(one.until.is_(None), one.until > on)
    query = select(one).where(one.channel_id == wanted.channel_id, one.placement == wanted.placement, goes_on)
    shown = list(session.scalars(query.order_by(one.created_at, one.id)))
    for known in shown:
        if known.version_id == wanted.version_id:
            return known
    if wanted.placement in ONE_AT_A_TIME:
        _end_all(session, shown, on, by)
    session.add(wanted)
    return wanted


def _end_all(session: Session, shown: list[AssetUse], on: date, by: UUID | None) -> None:
    for known in shown:
        if known.since is not None and known.since > on:
            session.delete(known)  # It would have ended before it began; the history still knows of it.
        else:
            known.until, known.cleaned_by_id = on, by


def _usable(session: Session, version_id: UUID, placement: Placement) -> AssetVersion:
    version = session.get(AssetVersion, version_id)
    asset = session.get(Asset, version.asset_id) if version is not None else None
    if version is None or asset is None:
        raise ConflictError(_("This version was removed in the meantime. Nothing was saved."))
    if asset.retired_on is not None:
        raise BadInputError(
            _("“{title}” is not used any more. Please bring it back first, or choose another asset.").format(
                title=asset.title
            )
        )
    if asset.kind in {AssetKind.FONT, AssetKind.TEMPLATE} and placement in ONE_AT_A_TIME:
        raise BadInputError(
            _("“{title}” is no picture. Please choose a template or a series of posts as its place.").format(
                title=asset.title
            )
        )
    return version
