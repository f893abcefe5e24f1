"""What is known already when a file is taken in: that file, assets it may belong to, people whom it may show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.assets.assets import in_use
from core.inventory.assets.gallery import KnownFile, known_file
from core.inventory.assets.library import Shelf, recorded_files
from core.model import Asset, AssetKind, AssetVariant, AssetVersion, Person, PersonKind


@dataclass(frozen=True, slots=True)
class Entry:
    """An asset that is in use, and the variants of which it has a file."""

    asset_id: UUID
    kind: AssetKind
    title: str
    variants: frozenset[AssetVariant]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody whom a picture may show: what the person is called, with the title and without it."""

    id: UUID
    name: str
    plain_name: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known when a file is taken in.

    Attributes:
        known: The version that the file already is, None where it is new.
        lacking: Whether the library should have this file and does not.
        entries: The assets in use.
        people: Whom it may show.
    """

    known: KnownFile | None
    lacking: bool
    entries: tuple[Entry, ...]
    people: tuple[KnownPerson, ...]

    def called(self, title: str, kind: AssetKind) -> Entry | None:
        """Return the asset of a kind that bears a title already, in whatever capitals."""
        wanted = " ".join(title.split()).casefold()
        found = (one for one in self.entries if one.kind is kind and one.title.casefold() == wanted)
        return next(found, None) if wanted else None

    def entry(self, asset_id: UUID | None) -> Entry | None:
        """Return an asset by its id."""
        return next((one for one in self.entries if one.asset_id == asset_id), None)


def surroundings(session: Session, shelf: Shelf, sha256: str, today: date) -> Surroundings:
    """Read what is known when a file is taken in.

    Args:
        session: A session that reads.
        shelf: Where the files lie.
        sha256: Of the file.
        today: The day.
    """
    lacking = sha256 in recorded_files(session) and bool(shelf.check([sha256]))
    return Surroundings(known_file(session, sha256), lacking, _entries(session, today), _people(session))


def _entries(session: Session, today: date) -> tuple[Entry, ...]:
    variants: dict[UUID, set[AssetVariant]] = {}
    current = AssetVersion.replaced_by_id.is_(None), AssetVersion.derived_from_id.is_(None)
    for asset_id, variant in session.execute(select(AssetVersion.asset_id, AssetVersion.variant).where(*current)):
        variants.setdefault(asset_id, set()).add(variant)
    assets = session.execute(select(Asset.id, Asset.kind, Asset.title).where(in_use(today)).order_by(Asset.title))
    return tuple(Entry(id_, kind, title, frozenset(variants.get(id_, ()))) for id_, kind, title in assets)


def _people(session: Session) -> tuple[KnownPerson, ...]:
    """Return the human beings whose data may be used."""
    free = Person.erased_on.is_(None), Person.restricted_on.is_(None), Person.kind == PersonKind.PERSON
    people = session.scalars(select(Person).where(*free))
    return tuple(KnownPerson(one.id, one.name, f"{one.given_name or ''} {one.family_name}".strip()) for one in people)
