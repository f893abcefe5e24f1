"""The demo city's logins as if people kept their secrets: records only, so that no scene needs a keyring."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import workstation
from core.custody.custodian import remembered_as
from core.i18n import N_
from core.model import Credential, Custody, Person, Reading, Rotation, Store
from core.registry import Registry

HERE, THERE = UUID(int=7), UUID(int=8)
"""The keyring of this workstation, and that of a colleague."""

IN_FORCE, CODES, PREPARED = "Facebook-Konto der Redaktion", "Einmalcodes für Instagram", "Instagram-Anmeldung der Stadt"
ELSEWHERE, ENVELOPE = "Postfach social@musterstadt.example", "Wiederherstellungscodes für YouTube"
NEVER_STORED = "Diensthandy für Rückrufe"


def keep_secrets(registry: Registry) -> None:
    """Record who keeps what: in force, prepared, outdated, at a colleague's; one secret is known to a leaver."""
    with registry.action(N_("Record keyring")) as session:
        erika, max_, leaver = (_person(session, one) for one in ("Erika", "Max", None))
        today = registry.today()
        for store, person, remark in ((HERE, erika, "PC-114"), (THERE, max_, "PC-120")):
            since = today - timedelta(days=90)
            session.add(Store(id=store, person_id=person.id, backend="secret-service", remark=remark, since=since))
        session.flush()
        _keep(session, IN_FORCE, {HERE: (erika, (2, 1)), THERE: (max_, (2,))}, read_by=leaver)
        _keep(session, CODES, {HERE: (erika, (1,))})
        _keep(session, PREPARED, {HERE: (erika, (2, 1))}, revision=1)
        _keep(session, ELSEWHERE, {THERE: (max_, (1,))})


def be_here(registry: Registry) -> None:
    """Let this workstation's keyring be the one that the records name."""
    workstation.remember(remembered_as(registry.id), str(HERE))


def login_called(registry: Registry, label: str) -> UUID:
    """Return the login of a label."""
    with registry.reading() as session:
        return session.scalars(select(Credential.id).where(Credential.label == label)).one()


def _person(session: Session, given_name: str | None) -> Person:
    wanted = Person.given_name == given_name if given_name else Person.left_on.is_not(None)
    found = session.scalars(select(Person).where(wanted).order_by(Person.family_name)).first()
    assert found is not None, given_name
    return found


def _keep(
    session: Session,
    label: str,
    copies: dict[UUID, tuple[Person, tuple[int, ...]]],
    *,
    revision: int | None = None,
    read_by: Person | None = None,
) -> None:
    """Record that keyrings keep revisions of a secret, the highest of which is in force unless told otherwise."""
    login = session.scalars(select(Credential).where(Credential.label == label)).one()
    login.revision = revision or max(one for _person, revisions in copies.values() for one in revisions)
    newest = max(one.since for one in session.scalars(select(Store)))
    login.rotated_on = newest + timedelta(days=30)
    session.add(Rotation(credential_id=login.id, revision=login.revision, on=login.rotated_on))
    for store, (person, revisions) in copies.items():
        for one in revisions:
            kept = Custody(
                credential_id=login.id, person_id=person.id, store_id=store, slot=uuid4(), revision=one, since=newest
            )
            session.add(kept)
    if read_by is not None:
        session.add(Reading(credential_id=login.id, person_id=read_by.id, revision=login.revision, on=newest))
