"""Portraits and the scanned consents to them: which files of the library go with the people they show."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.model import Asset, AssetVersion, Consent


def files_of(session: Session, people: Iterable[UUID]) -> tuple[str, ...]:
    """Return the files that show some people, or say that they may be shown, and that nothing else uses."""
    wanted = set(people)
    theirs, others = set[str](), set[str]()
    versions = select(Asset.person_id, AssetVersion.sha256).join_from(Asset, AssetVersion)
    forms = select(Asset.person_id, Consent.form_sha256).join_from(Asset, Consent)
    for query in (versions, forms.where(Consent.form_sha256.is_not(None))):
        for person, sha256 in session.execute(query):
            (theirs if person in wanted else others).add(str(sha256))
    return tuple(sorted(theirs - others))
