"""The library at a glance: each asset once, with the file that stands for it in pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from core.inventory.assets.consents import holds_on
from core.inventory.assets.permission import is_erased
from core.inventory.assets.places_to_clean import places
from core.inventory.assets.uses import is_shown
from core.inventory.channels import GONE_STATES
from core.inventory.people import name_of
from core.model import Asset, AssetKind, AssetUse, AssetVariant, AssetVersion, Channel, Consent
from core.storage.sorting import sort_key


@dataclass(frozen=True, slots=True)
class Tile:
    """One asset as the gallery shows it.

    Attributes:
        id: The asset.
        kind: What it is.
        title: What it is called.
        person: Who is shown, empty where nobody is.
        sha256: Of the file that stands for it: the newest in colour, else the newest there is; empty without one.
        media_type: What that file is by its content.
        variant: In which colours that file is drawn.
        variants: How many variants there are.
        uses: In how many places it is shown today.
        to_clean: From how many of these it has to go: replaced, retired, or without the person's consent.
        in_use: How many files are the ones to use, one a variant.
        unapproved: How many of these nobody has approved.
        retired: Whether it is not used any more.
        agreed: Whether the person of a portrait agrees to be shown in any medium; always so where nobody is shown.
        erased: Whether its files were erased, with the person shown or because no consent was left.
        files: Of all its files, consent forms included; none of an erased portrait.
    """

    id: UUID
    kind: AssetKind
    title: str
    person: str
    sha256: str
    media_type: str
    variant: AssetVariant | None
    variants: int
    uses: int
    to_clean: int
    in_use: int
    unapproved: int
    retired: bool
    agreed: bool
    erased: bool
    files: frozenset[str]

    @property
    def approved(self) -> bool:
        """Whether somebody has approved every version that is the one to use."""
        return not self.unapproved


@dataclass(frozen=True, slots=True)
class _File:
    """What the gallery reads of a version."""

    asset_id: UUID
    id: UUID
    variant: AssetVariant
    number: int
    sha256: str
    media_type: str
    approved: bool
    replaced: bool
    derived: bool


def tiles(session: Session, today: date) -> list[Tile]:
    """Return all assets, those in use first, each kind by its title."""
    files, forms = _files(session), _forms(session)
    shown, to_clean = _shown(session, today), _to_clean(session, today)
    known = (Asset.id, Asset.kind, Asset.title, name_of(Asset.person_id), Asset.retired_on)
    query = select(*known, _agreed(today), is_erased())
    made = []
    for asset_id, kind, title, person, retired_on, agreed, erased in session.execute(query):
        own = files.get(asset_id, [])
        current = [one for one in own if not one.replaced and not one.derived]
        face = _face_of(current) if not erased else None
        made.append(
            Tile(
                id=asset_id,
                kind=kind,
                title=title,
                person=person or "",
                sha256=face.sha256 if face else "",
                media_type=face.media_type if face else "",
                variant=face.variant if face else None,
                variants=len({one.variant for one in current}),
                uses=shown[asset_id],
                to_clean=to_clean[asset_id],
                in_use=len(current),
                unapproved=sum(not one.approved for one in current),
                retired=retired_on is not None and retired_on <= today,
                agreed=agreed,
                erased=erased,
                files=_of(own, forms.get(asset_id, frozenset())) if not erased else frozenset(),
            )
        )
    order = list(AssetKind)
    return sorted(made, key=lambda one: (one.retired, order.index(one.kind), sort_key(one.title)))


def _agreed(today: date) -> ColumnElement[bool]:
    """Return whether an asset shows nobody, or somebody who agrees to be shown in some medium."""
    given = select(Consent.id).where(Consent.asset_id == Asset.id, holds_on(today)).correlate(Asset).exists()
    return or_(Asset.kind != AssetKind.PORTRAIT, given)


def _of(files: Iterable[_File], forms: frozenset[str]) -> frozenset[str]:
    return frozenset(one.sha256 for one in files) | forms


def _face_of(files: Iterable[_File]) -> _File | None:
    """Return the file that stands for an asset: the first variant there is, of it the newest."""
    order = list(AssetVariant)
    return min(files, key=lambda one: (order.index(one.variant), -one.number), default=None)


def _files(session: Session) -> dict[UUID, list[_File]]:
    made: dict[UUID, list[_File]] = {}
    query = select(
        AssetVersion.asset_id,
        AssetVersion.id,
        AssetVersion.variant,
        AssetVersion.number,
        AssetVersion.sha256,
        AssetVersion.media_type,
        AssetVersion.approved_on.is_not(None),
        AssetVersion.replaced_by_id.is_not(None),
        AssetVersion.derived_from_id.is_not(None),
    )
    for row in session.execute(query):
        made.setdefault(row[0], []).append(_File(*row))
    return made


def _forms(session: Session) -> dict[UUID, frozenset[str]]:
    made: dict[UUID, frozenset[str]] = {}
    query = select(Consent.asset_id, Consent.form_sha256).where(Consent.form_sha256.is_not(None))
    for asset_id, sha256 in session.execute(query):
        made[asset_id] = made.get(asset_id, frozenset()) | {str(sha256)}
    return made


def _shown(session: Session, today: date) -> Counter[UUID]:
    """Count the places in which assets are shown today, on channels that count."""
    query = (
        select(AssetVersion.asset_id, func.count())
        .join_from(AssetUse, AssetVersion, AssetVersion.id == AssetUse.version_id)
        .join(Channel, Channel.id == AssetUse.channel_id)
        .where(is_shown(today), Channel.state.not_in(GONE_STATES))
        .group_by(AssetVersion.asset_id)
    )
    counts: Counter[UUID] = Counter()
    for asset_id, number in session.execute(query):
        counts[asset_id] = number
    return counts


def _to_clean(session: Session, today: date) -> Counter[UUID]:
    """Count the places from which assets have to go."""
    return Counter(one.asset_id for one in places(session, today) if one.done_on is None)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A version that a file already is."""

    asset_id: UUID
    title: str
    variant: AssetVariant
    number: int


def these(ids: Iterable[UUID]) -> Select[Any]:
    """Return the query for the ids of some assets, to list or export no others."""
    return select(Asset.id).where(Asset.id.in_(list(ids)))


def known_file(session: Session, sha256: str) -> KnownFile | None:
    """Return the version that a file already is, the one to use before those that were replaced; None without one."""
    replaced = AssetVersion.replaced_by_id.is_not(None)
    query = (
        select(Asset.id, Asset.title, AssetVersion.variant, AssetVersion.number)
        .join_from(AssetVersion, Asset, Asset.id == AssetVersion.asset_id)
        .where(AssetVersion.sha256 == sha256)
        .order_by(replaced, AssetVersion.number.desc(), Asset.title)
    )
    row = session.execute(query).first()
    return KnownFile(*row) if row is not None else None
