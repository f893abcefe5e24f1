"""Files of the library that are missing or damaged, told by what the assets are called that they belong to."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.assets.library import Shelf
from core.model import Asset, AssetVersion, Consent


def lacking_files(session: Session, shelf: Shelf, wanted: Iterable[str]) -> tuple[str, ...]:
    """Read files and return for each that is missing or damaged what it is called; the first letters of its hash else.

    Args:
        session: A session that reads the records.
        shelf: Where the files are to lie: the library itself, or what lies beside a backup.
        wanted: The SHA-256 of the files that are to be there.
    """
    found = (title_of(session, trouble.sha256) or f"{trouble.sha256[:12]}…" for trouble in shelf.check(wanted))
    return tuple(sorted(found))


def title_of(session: Session, sha256: str) -> str:
    """Return what the assets are called whose version or form lies in a file."""
    versions = select(Asset.title).join(AssetVersion, AssetVersion.asset_id == Asset.id)
    forms = select(Asset.title).join(Consent, Consent.asset_id == Asset.id)
    titles = {*session.scalars(versions.where(AssetVersion.sha256 == sha256))}
    titles |= {*session.scalars(forms.where(Consent.form_sha256 == sha256))}
    return ", ".join(sorted(titles))
