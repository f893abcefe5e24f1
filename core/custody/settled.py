"""What became of the secrets that somebody knew who lost access: changed, by whom and when, or retired.

Told from records that nothing overwrites: copies, readings, accesses and the days on which revisions took effect. What
was changed before the access ended is not told: that had other reasons, and the person never knew the new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.custody.knowing import BY_LOGIN, shared
from core.custody.losing import Loser, Why
from core.model import (
    Access,
    Credential,
    CredentialChannel,
    Custody,
    CustodyEnd,
    KeptIn,
    Person,
    Reading,
    Rotation,
)

FIRST_CHANGE = 2
"""The first revision that a keyring keeps is the secret that was there before."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a secret that somebody knew who lost access."""

    loser: Loser
    on: date
    by: UUID | None


@dataclass(slots=True)
class _Trace:
    """What is recorded of one person and one login.

    Attributes:
        known: The newest revision the person kept or read; None where neither is recorded.
        open: Whether the person keeps a copy or has an open login.
        released: The last day on which a copy was given back.
        withdrawn: The last day on which the shared login was withdrawn.
        told: Whether the person had the thing itself, or the shared login.
    """

    known: int | None = None
    open: bool = False
    released: date | None = None
    withdrawn: date | None = None
    told: bool = False


@dataclass(slots=True)
class _Traces:
    """The traces of one person, by login."""

    of: dict[UUID, _Trace] = field(default_factory=dict)

    def at(self, login: UUID) -> _Trace:
        """Return the trace at a login."""
        return self.of.setdefault(login, _Trace())


def finished(session: Session, today: date, person_id: UUID) -> dict[UUID, Finished]:
    """Return what became of the secrets that a person knew when the access ended, by login."""
    person = session.get(Person, person_id)
    if person is None:
        return {}
    traces = _traces(session, today, person)
    rotations = _rotations(session, traces.of)
    found: dict[UUID, Finished] = {}
    for credential in session.scalars(select(Credential)):
        if (trace := traces.of.get(credential.id)) is None or (loser := _lost(person, trace, today)) is None:
            continue
        if (done := _done(credential, trace, loser, rotations.get(credential.id, []), today)) is not None:
            found[credential.id] = Finished(loser, *done)
    return found


def _traces(session: Session, today: date, person: Person) -> _Traces:
    traces = _Traces()
    for kept in session.scalars(select(Custody).where(Custody.person_id == person.id)):
        if kept.ended is not CustodyEnd.ABANDONED:
            _note_copy(traces.at(kept.credential_id), kept)
    for read in session.scalars(select(Reading).where(Reading.person_id == person.id)):
        trace = traces.at(read.credential_id)
        trace.known = max(trace.known or 0, read.revision)
    for credential, access in session.execute(_shared_logins(person.id, today)):
        _note_login(traces.at(credential.id), credential, access, today)
    held = select(Credential.id).where(Credential.holder_id == person.id, Credential.kept_in != KeptIn.KEYRING)
    for login in session.scalars(held):
        traces.at(login).told = traces.at(login).open = True
    return traces


def _note_copy(trace: _Trace, kept: Custody) -> None:
    trace.known = max(trace.known or 0, kept.revision)
    trace.open = trace.open or kept.until is None
    if kept.until is not None and kept.ended is CustodyEnd.RELEASED:
        trace.released = max(trace.released or kept.until, kept.until)


def _shared_logins(person_id: UUID, today: date) -> Any:
    query = select(Credential, Access).join_from(
        Credential, CredentialChannel, CredentialChannel.credential_id == Credential.id
    )
    query = query.join(Access, Access.channel_id == CredentialChannel.channel_id)
    begun = or_(Access.granted_on.is_(None), Access.granted_on <= today)
    return query.where(Access.person_id == person_id, shared(), begun)


def _note_login(trace: _Trace, credential: Credential, access: Access, today: date) -> None:
    trace.told = trace.told or credential.kind in BY_LOGIN
    if access.withdrawn_on is None or access.withdrawn_on > today:
        trace.open = True
    else:
        trace.withdrawn = max(trace.withdrawn or access.withdrawn_on, access.withdrawn_on)


def _rotations(session: Session, logins: Iterable[UUID]) -> dict[UUID, list[Rotation]]:
    wanted, found = set(logins), dict[UUID, list[Rotation]]()
    for one in session.scalars(select(Rotation).order_by(Rotation.revision)):
        if one.credential_id in wanted:
            found.setdefault(one.credential_id, []).append(one)
    return found


def _lost(person: Person, trace: _Trace, today: date) -> Loser | None:
    """Say when and why a person lost access to a login; None where they have not."""
    ends: list[tuple[date, Why]] = []
    if person.last_day is not None and person.last_day < today:
        ends.append((person.last_day + timedelta(days=1), Why.LEFT))
    gone = [(trace.released, Why.RELEASED), (trace.withdrawn, Why.WITHDRAWN)]
    known = [(day, why) for day, why in gone if day is not None]
    if known and not trace.open:
        ends.append(max(known, key=lambda one: one[0]))
    if not ends:
        return None
    day, why = min(ends, key=lambda one: one[0])
    return Loser(person.id, person.name, person.function, why, day)


def _done(
    credential: Credential, trace: _Trace, loser: Loser, rotations: list[Rotation], today: date
) -> tuple[date, UUID | None] | None:
    """Return when and by whom the secret was changed that the person knew when the access ended."""
    in_keyring = credential.kept_in is KeptIn.KEYRING
    changes = [one for one in rotations if one.revision > 1 or not in_keyring]  # The first was there before.
    last = loser.day - timedelta(days=1) if loser.why is Why.LEFT else loser.day
    newer = next((one for one in changes if trace.known is not None and one.revision > trace.known), None)
    if newer is not None and newer.on >= last:
        return newer.on, newer.person_id
    after = next((one for one in changes if one.on >= loser.day), None)
    if after is not None and trace.told and (not in_keyring or after.revision == FIRST_CHANGE):
        return after.on, after.person_id
    knew = trace.known == credential.revision or (trace.told and (not in_keyring or credential.revision <= 1))
    retired_on = credential.retired_on
    if knew and after is None and retired_on is not None and loser.day <= retired_on <= today:
        return retired_on, None
    return None
