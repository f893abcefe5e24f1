"""The city's corporate identity: which files are approved, who may be shown, and where each version is used."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from core.model.choices import AssetKind, AssetVariant, ConsentMedium, Placement
from core.model.organisation import reference
from core.model.record import PERSONAL, Record, enum_type


class Asset(Record, kw_only=True):
    """One thing of the city's identity, in all its versions: the coat of arms, the logo, the portrait of the mayor.

    Attributes:
        rights_holder: Whose work it is: the photographer, the designer, the city itself.
        licence_until: The last day on which the city may use it; None for no end.
        permitted_uses: What it may be used for, in words.
        person_id: Who is shown; of portraits alone.
        retired_on: The day from which it is not used any more.
    """

    __tablename__ = "asset"

    kind: Mapped[AssetKind] = mapped_column(enum_type(AssetKind))
    title: Mapped[str] = mapped_column(info=PERSONAL)
    rights_holder: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    licence: Mapped[str | None] = mapped_column(default=None)
    licence_until: Mapped[date | None] = mapped_column(default=None)
    source: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)
    permitted_uses: Mapped[str | None] = mapped_column(default=None)
    person_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    retired_on: Mapped[date | None] = mapped_column(default=None)
    notes: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)


class AssetVersion(Record, kw_only=True):
    """One file of an asset, known by what is in it; the file itself lies in the library and is never changed.

    Attributes:
        number: 1 for the first file of a variant, 2 for what took its place.
        sha256: Of the file's bytes, as 64 hexadecimal digits; its name in the library.
        media_type: What the file is by its content, "image/png".
        width: In points of a raster picture, or as a drawing says it; None where it has none.
        replaced_by_id: The version that took its place.
        derived_from_id: The approved version from which the program cut and scaled it.
        derived_for: Platform and placement it was cut for, "facebook/avatar".
        issued_on: Since when it is the one to use.
        valid_until: The last day on which it may be shown; None for no end.
    """

    __tablename__ = "asset_version"

    asset_id: Mapped[uuid.UUID] = mapped_column(reference("asset.id"), index=True)
    variant: Mapped[AssetVariant] = mapped_column(enum_type(AssetVariant), default=AssetVariant.COLOUR)
    number: Mapped[int] = mapped_column(default=1)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str] = mapped_column(info=PERSONAL)
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    issued_on: Mapped[date]
    approved_on: Mapped[date | None] = mapped_column(default=None)
    approved_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
    valid_until: Mapped[date | None] = mapped_column(default=None)
    replaced_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("asset_version.id"), default=None, index=True)
    derived_from_id: Mapped[uuid.UUID | None] = mapped_column(reference("asset_version.id"), default=None, index=True)
    derived_for: Mapped[str | None] = mapped_column(String(60), default=None)


class Consent(Record, kw_only=True):
    """The person of a portrait agreed to be shown in a medium, until a day or until they took it back.

    Attributes:
        form_sha256: Of the scanned form, which lies in the library.
        form_name: What the scanned form was called.
    """

    __tablename__ = "consent"

    asset_id: Mapped[uuid.UUID] = mapped_column(reference("asset.id"), index=True)
    medium: Mapped[ConsentMedium] = mapped_column(enum_type(ConsentMedium))
    given_on: Mapped[date]
    until: Mapped[date | None] = mapped_column(default=None)
    withdrawn_on: Mapped[date | None] = mapped_column(default=None)
    form_sha256: Mapped[str | None] = mapped_column(String(64), default=None)
    form_name: Mapped[str | None] = mapped_column(default=None, info=PERSONAL)


class AssetUse(Record, kw_only=True):
    """A version is shown in a place of a channel, from a day on (unknown counts always) until the day it is taken down.

    Attributes:
        until: The day from which it is not shown there any more, as an access is closed on the day of its withdrawal.
        cleaned_by_id: Who took it down or exchanged it, where that was asked for.
    """

    __tablename__ = "asset_use"
    __table_args__ = (Index("ix_asset_use_channel_id_placement", "channel_id", "placement", "until", "version_id"),)

    version_id: Mapped[uuid.UUID] = mapped_column(reference("asset_version.id"), index=True)
    channel_id: Mapped[uuid.UUID] = mapped_column(reference("channel.id"))
    placement: Mapped[Placement] = mapped_column(enum_type(Placement))
    since: Mapped[date | None] = mapped_column(default=None)
    until: Mapped[date | None] = mapped_column(default=None)
    cleaned_by_id: Mapped[uuid.UUID | None] = mapped_column(reference("person.id"), default=None, index=True)
