"""Portraits and the scanned consents to them: which files of the library go, and which portraits are due by themselves.

With the person goes everything. Where the consent alone has ended, the pictures go; the form proves until then that it
was lawful to show them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.assets.consents import Term, consents_of
from core.model import Asset, AssetVersion, Consent, Person


@dataclass(frozen=True, slots=True)
class DuePortrait:
    """A portrait whose files go because no consent holds any more.

    Attributes:
        id: The asset.
        title: What it is called.
        name: Who is shown, empty where nobody entered it.
        ended_on: The first day without a consent.
    """

    id: UUID
    title: str
    name: str
    ended_on: date


def files_of(session: Session, people: Iterable[UUID], portraits: Collection[UUID] = ()) -> tuple[str, ...]:
    """Return the files that go and that nothing else uses.

    Args:
        session: A session that reads.
        people: Whose portraits and consents go.
        portraits: Assets whose pictures go; the forms of their consents stay.
    """
    wanted, alone = set(people), set(portraits)
    theirs, others = set[str](), set[str]()
    versions = select(Asset.id, Asset.person_id, AssetVersion.sha256).join_from(Asset, AssetVersion)
    for asset, person, sha256 in session.execute(versions):
        (theirs if person in wanted or asset in alone else others).add(sha256)
    forms = select(Asset.person_id, Consent.form_sha256).join_from(Asset, Consent)
    for person, form in session.execute(forms.where(Consent.form_sha256.is_not(None))):
        (theirs if person in wanted else others).add(str(form))
    return tuple(sorted(theirs - others))


def told_portraits(session: Session, portraits: Collection[UUID], people: Collection[UUID]) -> tuple[DuePortrait, ...]:
    """Return the portraits that are due, without those that go with the person they show."""
    query = select(Asset, Person).outerjoin(Person, Person.id == Asset.person_id).where(Asset.id.in_(portraits))
    rows = session.execute(query.order_by(Asset.title, Asset.id)).all()
    return tuple(
        DuePortrait(asset.id, asset.title, person.name if person is not None else "", _ended_on(session, asset.id))
        for asset, person in rows
        if asset.person_id not in people
    )


def _ended_on(session: Session, asset_id: UUID) -> date:
    terms = [Term(one.given_on, one.until, one.withdrawn_on) for one in consents_of(session, asset_id)]
    return max(end for end in (term.ended_on for term in terms) if end is not None)
