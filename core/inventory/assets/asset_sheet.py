"""All that hangs on one asset, read at once: its versions, where they are shown, whether its person agreed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.assets.consents import ConsentState, Term, medium_of, state_of
from core.inventory.assets.permission import consent_gap, erased_sentence, is_erased
from core.inventory.assets.places_to_clean import Why, places
from core.inventory.channels import GONE_STATES, label_of
from core.inventory.editing import Opened, open_record
from core.inventory.lists import ASSETS
from core.inventory.people import name_of
from core.model import (
    Asset,
    AssetKind,
    AssetUse,
    AssetVariant,
    AssetVersion,
    Channel,
    Consent,
    ConsentMedium,
    Placement,
)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One file of the asset.

    Attributes:
        replaced: Whether another one took its place.
        sha256: Of the file, its name in the library; empty where it was erased with the data of the person shown.
        derived_from: The version that it was cut from, None where it came in as it is.
        derived_for: Platform and placement it was cut for, "facebook/avatar".
        approved_by: Who approved it, empty where nobody did or the name is not known.
        shown_in: In how many places it is shown today.
    """

    id: UUID
    variant: AssetVariant
    number: int
    sha256: str
    file_name: str
    media_type: str
    size: int
    width: int | None
    height: int | None
    issued_on: date
    approved_on: date | None
    approved_by: str
    valid_until: date | None
    replaced: bool
    derived_from: UUID | None
    derived_for: str
    shown_in: int


@dataclass(frozen=True, slots=True)
class UseRow:
    """A place in which a version of the asset is shown, was or will be.

    Attributes:
        medium: For which medium the person of a portrait must have agreed there.
        why: Why it has to go from there, None where it may stay.
        closed: Whether the channel is closed or never came to be.
        over: Whether it is shown there no more.
    """

    id: UUID
    version_id: UUID
    variant: AssetVariant
    number: int
    channel_id: UUID
    channel: str
    url: str | None
    medium: ConsentMedium
    placement: Placement
    since: date | None
    until: date | None
    cleaned_by: str
    why: Why | None
    closed: bool
    over: bool


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """What the person of a portrait agreed to."""

    id: UUID
    medium: ConsentMedium
    given_on: date
    until: date | None
    withdrawn_on: date | None
    form_sha256: str | None
    form_name: str | None

    @property
    def term(self) -> Term:
        """From when to when it holds."""
        return Term(self.given_on, self.until, self.withdrawn_on)

    def holds(self, today: date) -> bool:
        """Say whether the person may be shown in the medium on a day."""
        return state_of([self.term], today)[0] is ConsentState.GIVEN


@dataclass(frozen=True, slots=True)
class AssetSheet:
    """One asset with what hangs on it.

    Attributes:
        opened: The record.
        versions: Its files: by variant, of each the newest first, those cut from it after it.
        uses: Where it is shown: those places first from which it has to go, those last from which it has gone.
        consents: What the person agreed to, the newest first.
        erased: Whether its files were erased, with the person shown or because no consent was left.
    """

    opened: Opened
    versions: tuple[VersionRow, ...]
    uses: tuple[UseRow, ...]
    consents: tuple[ConsentRow, ...]
    erased: bool = False

    @property
    def kind(self) -> AssetKind:
        """What it is."""
        return AssetKind(self.opened.values["kind"])

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.opened.values["title"])

    @property
    def current(self) -> tuple[VersionRow, ...]:
        """The versions to use, one a variant."""
        return tuple(one for one in self.versions if not one.replaced and one.derived_from is None)

    @property
    def to_clean(self) -> int:
        """From how many places it has to go."""
        return sum(one.why is not None for one in self.uses)

    @property
    def open_uses(self) -> tuple[UseRow, ...]:
        """The places in which it is shown."""
        return tuple(one for one in self.uses if not one.over)

    def gap(self, medium: ConsentMedium | None, today: date) -> str:
        """Return what is to be said before it is handed on or shown in a medium, empty where nothing is."""
        if self.erased:
            return erased_sentence(self.title)
        if self.kind is not AssetKind.PORTRAIT:
            return ""
        return consent_gap(self.title, ((one.medium, one.term) for one in self.consents), medium, today)

    def touched_by(self, consent: ConsentRow, today: date) -> int:
        """Return from how many places it has to go once a consent is withdrawn: none where another one holds."""
        others = (one for one in self.consents if one.id != consent.id and one.medium is consent.medium)
        if any(one.holds(today) for one in others):
            return 0
        return sum(one.medium is consent.medium for one in self.open_uses)


def asset_sheet(session: Session, asset_id: UUID, today: date) -> AssetSheet | None:
    """Read an asset with what hangs on it, None where there is none."""
    opened = open_record(session, ASSETS, asset_id, today)
    if opened is None:
        return None
    uses = tuple(_uses(session, asset_id, today))
    erased = session.scalar(select(Asset.id).where(Asset.id == asset_id, is_erased())) is not None
    versions = _versions(session, asset_id, uses)
    if erased:
        versions = [replace(one, sha256="") for one in versions]
    return AssetSheet(opened, tuple(versions), uses, tuple(_consents(session, asset_id)), erased)


def _versions(session: Session, asset_id: UUID, uses: Iterable[UseRow]) -> list[VersionRow]:
    shown = [one.version_id for one in uses if not one.over]
    query = select(AssetVersion, name_of(AssetVersion.approved_by_id)).where(AssetVersion.asset_id == asset_id)
    rows = [_version(one, approver or "", shown.count(one.id)) for one, approver in session.execute(query)]
    order = list(AssetVariant)
    return sorted(
        rows, key=lambda one: (order.index(one.variant), -one.number, one.derived_from is not None, one.derived_for)
    )


def _version(one: AssetVersion, approver: str, shown_in: int) -> VersionRow:
    return VersionRow(
        id=one.id,
        variant=one.variant,
        number=one.number,
        sha256=one.sha256,
        file_name=one.file_name,
        media_type=one.media_type,
        size=one.size,
        width=one.width,
        height=one.height,
        issued_on=one.issued_on,
        approved_on=one.approved_on,
        approved_by=approver,
        valid_until=one.valid_until,
        replaced=one.replaced_by_id is not None,
        derived_from=one.derived_from_id,
        derived_for=one.derived_for or "",
        shown_in=shown_in,
    )


def _uses(session: Session, asset_id: UUID, today: date) -> list[UseRow]:
    query = (
        select(AssetUse, AssetVersion, Channel, name_of(AssetUse.cleaned_by_id))
        .join(AssetVersion, AssetVersion.id == AssetUse.version_id)
        .join(Channel, Channel.id == AssetUse.channel_id)
        .where(AssetVersion.asset_id == asset_id)
    )
    reasons = {one.use_id: one.why for one in places(session, today, asset_id) if one.done_on is None}
    rows = [
        UseRow(
            id=use.id,
            version_id=version.id,
            variant=version.variant,
            number=version.number,
            channel_id=use.channel_id,
            channel=label_of(channel.title, channel.platform),
            url=channel.url,
            medium=medium_of(channel.platform),
            placement=use.placement,
            since=use.since,
            until=use.until,
            cleaned_by=cleaner or "",
            why=reasons.get(use.id),
            closed=channel.state in GONE_STATES,
            over=channel.state in GONE_STATES or (use.until is not None and use.until <= today),
        )
        for use, version, channel, cleaner in session.execute(query)
    ]
    return sorted(rows, key=lambda one: (one.over, one.why is None, one.channel.casefold(), one.placement.value))


def _consents(session: Session, asset_id: UUID) -> list[ConsentRow]:
    query = select(Consent).where(Consent.asset_id == asset_id)
    rows = [
        ConsentRow(one.id, one.medium, one.given_on, one.until, one.withdrawn_on, one.form_sha256, one.form_name)
        for one in session.scalars(query)
    ]
    order = list(ConsentMedium)
    return sorted(rows, key=lambda one: (order.index(one.medium), -one.given_on.toordinal()))
