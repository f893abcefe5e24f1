"""The city's appearance as of a day: what was in force and shown, and who had agreed, by the records' own dates."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, select, update

from core.model import Asset, AssetUse, AssetVersion, Consent


def turn_appearance(connection: Connection, day: date) -> None:
    """Take away what had not begun on a day, and bring back what had not ended; of a private copy, never forwards."""
    connection.execute(delete(AssetUse).where(AssetUse.since > day))
    connection.execute(update(AssetUse).where(AssetUse.until > day).values(until=None, cleaned_by_id=None))
    connection.execute(delete(Consent).where(Consent.given_on > day))
    connection.execute(update(Consent).where(Consent.withdrawn_on > day).values(withdrawn_on=None))
    connection.execute(update(Asset).where(Asset.retired_on > day).values(retired_on=None))
    approved = update(AssetVersion).where(AssetVersion.approved_on > day)
    connection.execute(approved.values(approved_on=None, approved_by_id=None))
    _take_back_versions(connection, day)


def _take_back_versions(connection: Connection, day: date) -> None:
    """Let the versions be in force that were; one that is shown although it was to be issued only later stays."""
    shown = select(AssetUse.version_id)
    later = select(AssetVersion.id).where(AssetVersion.issued_on > day)
    replaced = update(AssetVersion).where(AssetVersion.replaced_by_id.in_(later))
    connection.execute(replaced.values(replaced_by_id=None))
    connection.execute(delete(AssetVersion).where(AssetVersion.issued_on > day, AssetVersion.id.not_in(shown)))
