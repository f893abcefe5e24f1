"""How the escrow stands: for each stored secret, whether those can open it who should, and nobody else.

It is told from the records alone; whether the files are there as they were written, `files_at_fault` looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import reduce
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import OpenRegistry
from core.custody.envelopes import Target, is_whole
from core.custody.escrow.pairs import TWO, targets_of
from core.days import local_day
from core.inventory.credentials import in_use
from core.inventory.people import display_name, last_day
from core.model import Credential, Envelope, EscrowKey, KeptIn, KeyCard, Person

Keys = tuple[UUID, UUID | None]


@dataclass(frozen=True, slots=True)
class Holder:
    """A key of the escrow and whose it is.

    Attributes:
        key: The record.
        name: Whose it is; None for the paper.
        function: What a report names instead.
        last_day: The person's last day of work.
        revoked_on: The day on which the key card was revoked.
    """

    key: EscrowKey
    name: str | None
    function: str | None
    last_day: date | None
    revoked_on: date | None

    def is_in_force(self, today: date) -> bool:
        """Say whether the key is to open envelopes, as far as anybody decided."""
        return self.key.until is None or self.key.until > today

    def left_on(self, today: date) -> date | None:
        """Return the first day on which the person is gone; None while they are here."""
        return self.last_day + timedelta(days=1) if self.last_day is not None and self.last_day < today else None

    def counts(self, today: date) -> bool:
        """Say whether envelopes should be made for it."""
        return self.is_in_force(today) and self.left_on(today) is None and self.revoked_on is None


class Fault(StrEnum):
    """Why an envelope is not as it should be."""

    OLDER = "older"
    NEEDED = "needed"
    LACKING = "lacking"
    LEFT = "left"
    REVOKED = "revoked"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is not as it should be; `since` is unknown where only a setting tells."""

    fault: Fault
    holder: Holder | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one secret is sealed.

    Attributes:
        credential_id: Of which login.
        label: What the team calls it.
        changed_on: The day on which the secret took effect, as far as is known.
        envelopes: How many envelopes of the secret in force there are.
        good: How many of them are for those who should open it.
        flaws: What is not as it should be; with none the escrow is in order, unless nothing was ever sealed.
        sealed: Whether there is any envelope at all, be it of an older secret.
    """

    credential_id: UUID
    label: str
    changed_on: date
    envelopes: int
    good: int
    flaws: tuple[Flaw, ...]
    sealed: bool


def holders(session: Session) -> dict[UUID, Holder]:
    """Return all keys of the escrow that there ever were, by id."""
    person: list[Any] = [Person.id, display_name(Person), Person.function, last_day(Person)]
    columns: list[Any] = [EscrowKey, *person, KeyCard.revoked_on]
    query = (
        select(*columns)
        .outerjoin(Person, Person.id == EscrowKey.person_id)
        .outerjoin(KeyCard, KeyCard.fingerprint == EscrowKey.card)
        .order_by(EscrowKey.since, EscrowKey.created_at)
    )
    return {
        key.id: Holder(key, name if person_id is not None else None, function, day, revoked_on)
        for key, person_id, name, function, day, revoked_on in session.execute(query)
    }


def standings(session: Session, today: date, needed: int) -> list[Standing]:
    """Return how each stored secret in use is sealed, by label.

    Args:
        session: A session that reads.
        today: The day.
        needed: How many keys it takes to open an envelope.
    """
    known = holders(session)
    judge = _Judge(known, _targets(known, today, needed), needed, today)
    sealed = _envelopes(session)
    columns: list[Any] = [Credential.id, Credential.label, Credential.revision, Credential.rotated_on]
    stored = select(*columns, Credential.created_at).where(
        Credential.kept_in == KeptIn.KEYRING, Credential.revision >= 1, in_use(today)
    )
    rows = session.execute(stored.order_by(Credential.label))
    logins = [_Login(*row[:3], row[3] or local_day(row[4])) for row in rows]
    return [judge.standing(login, sealed.get(login.id, {})) for login in logins]


def targets_now(session: Session, today: date, needed: int) -> tuple[Target, ...]:
    """Return for whom there should be an envelope of each secret."""
    return _targets(holders(session), today, needed)


def _targets(known: Mapping[UUID, Holder], today: date, needed: int) -> tuple[Target, ...]:
    return targets_of([one.key for one in known.values() if one.counts(today)], needed)


def openers(session: Session, today: date) -> dict[UUID, list[frozenset[UUID | None]]]:
    """Return who can open an envelope of the secret in force, by login: each set opens one, None is the paper.

    Whoever has left, was removed or whose card is revoked does not count.
    """
    count = {key: one.key.person_id for key, one in holders(session).items() if one.counts(today)}
    columns: list[Any] = [Envelope.credential_id, Envelope.escrow_key_id, Envelope.with_key_id]
    query = select(*columns).join(Credential, Credential.id == Envelope.credential_id)
    found: dict[UUID, list[frozenset[UUID | None]]] = {}
    for login, key, inner in session.execute(query.where(Envelope.revision == Credential.revision)):
        keys = {one for one in (key, inner) if one is not None}
        if keys <= count.keys():
            found.setdefault(login, []).append(frozenset(count[one] for one in keys))
    return found


def _envelopes(session: Session) -> dict[UUID, dict[Keys, int]]:
    """Return the newest revision for each key, or two, by login; what is only prepared does not count."""
    columns: list[Any] = [Envelope.credential_id, Envelope.escrow_key_id, Envelope.with_key_id, Envelope.revision]
    query = select(*columns).join(Credential, Credential.id == Envelope.credential_id)
    found: dict[UUID, dict[Keys, int]] = {}
    for login, key, inner, revision in session.execute(query.where(Envelope.revision <= Credential.revision)):
        of_login = found.setdefault(login, {})
        of_login[key, inner] = max(revision, of_login.get((key, inner), 0))
    return found


@dataclass(frozen=True, slots=True)
class _Login:
    """A login of which a keyring keeps the secret."""

    id: UUID
    label: str
    revision: int
    changed_on: date


@dataclass(frozen=True, slots=True)
class _Judge:
    """Who should be able to open envelopes, and who is not to any more."""

    known: Mapping[UUID, Holder]
    wanted: tuple[Target, ...]
    needed: int
    today: date

    def standing(self, login: _Login, sealed: Mapping[Keys, int]) -> Standing:
        """Judge the envelopes of one secret."""
        current = [keys for keys, revision in sealed.items() if revision == login.revision]
        good = [target for target in self.wanted if target.ids in current]
        flaws = (
            tuple(self._flaws(current)) if current else (Flaw(Fault.OLDER, since=login.changed_on),) if sealed else ()
        )
        return Standing(login.id, login.label, login.changed_on, len(current), len(good), flaws, bool(sealed))

    def _flaws(self, current: Sequence[Keys]) -> Iterator[Flaw]:
        if not current:
            return
        if any((inner is not None) is not (self.needed >= TWO) for _key, inner in current):
            yield Flaw(Fault.NEEDED)
        else:
            lacking = [target for target in self.wanted if target.ids not in current]
            yield from (Flaw(Fault.LACKING, one, one.key.since) for one in self._parties(lacking))
        named = dict.fromkeys(key for keys in current for key in keys if key is not None)
        yield from (flaw for key in named if (flaw := self._flaw_of(self.known[key])) is not None)

    def _parties(self, lacking: Iterable[Target]) -> list[Holder]:
        """Return whom the lacking envelopes are for; of two only those who are in all of them, if there are any."""
        sets = [{one for one in target.ids if one is not None} for target in lacking]
        if not sets:
            return []
        in_all = reduce(set.__and__, sets) or reduce(set.__or__, sets)
        return [one for key, one in self.known.items() if key in in_all]

    def _flaw_of(self, holder: Holder) -> Flaw | None:
        if not holder.is_in_force(self.today):
            return Flaw(Fault.REMOVED, holder, holder.key.until)
        if (left_on := holder.left_on(self.today)) is not None:
            return Flaw(Fault.LEFT, holder, left_on)
        if holder.revoked_on is not None:
            return Flaw(Fault.REVOKED, holder, holder.revoked_on)
        return None


def files_at_fault(registry: OpenRegistry) -> list[str]:
    """Return the labels of the logins of which a file of an envelope is gone or altered."""
    with registry.reading() as session:
        query = select(Envelope, Credential.label).join(Credential, Credential.id == Envelope.credential_id)
        found = [(one, label) for one, label in session.execute(query.where(Envelope.revision == Credential.revision))]
        session.expunge_all()
    return sorted({label for envelope, label in found if not is_whole(registry.path, envelope)})
