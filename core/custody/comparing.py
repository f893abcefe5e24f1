"""Looks into the keyring of this workstation for what the registry expects there, and for what it does not know of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian, slot_of
from core.custody.vault import CancelledError, DamagedEntryError, Held
from core.inventory.credentials import IN_KEYRINGS, in_use, live_custody
from core.model import Credential, Custody, CustodyEnd, KeptIn, Store

SEEN_DAYS = 30
"""How exact the day is kept on which an entry was last seen (trust.md: no log of uses)."""

LEFTOVER_DAYS = 90
LOOK_AHEAD = 10
"""So many revisions a registry restored from a backup may lie behind the keyring."""

SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that the registry expects in this keyring, and the revision of its login that is in force."""

    id: UUID
    credential_id: UUID
    slot: UUID
    revision: int
    in_force: int
    last_seen_on: date | None
    missing_since: date | None


@dataclass(slots=True)
class Comparison:
    """What was found in the keyring.

    Attributes:
        is_known: Whether the registry knows this keyring.
        vanished_on: Since when the registry has asked about it.
        copies: What is expected.
        seen: What of it is there.
        missing: What of it is not, or is damaged.
        newer: By login, the newest revision here that the registry does not know of.
        again: Logins and revisions of copies that are here and that the registry had given up or not known of.
        leftovers: Entries to which nothing refers any more, and without which nothing is lost.
    """

    is_known: bool = False
    vanished_on: date | None = None
    copies: list[Copy] = field(default_factory=list)
    seen: list[Copy] = field(default_factory=list)
    missing: list[Copy] = field(default_factory=list)
    newer: dict[UUID, int] = field(default_factory=dict)
    again: list[tuple[UUID, int]] = field(default_factory=list)
    leftovers: list[UUID] = field(default_factory=list)

    @property
    def emptied(self) -> bool:
        """Whether all of several copies are gone at once, so that it is the keyring that is asked about."""
        at_once = all(one.missing_since is None for one in self.missing)
        return not self.seen and not self.newer and len(self.missing) >= SEVERAL and at_once


@dataclass(frozen=True, slots=True)
class _Ended:
    """A copy that is not kept any more, as far as the registry knows."""

    credential_id: UUID
    slot: UUID
    revision: int
    in_force: int
    retired_on: date | None
    until: date
    ended: CustodyEnd | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be looked for, read before the keyring is asked.

    Attributes:
        logins: The revisions in force of all logins whose secrets keyrings keep.
        ended: Copies that were kept here once.
        elsewhere: The logins of which another keyring has the secret in force.
    """

    logins: dict[UUID, int]
    ended: Sequence[_Ended]
    elsewhere: frozenset[UUID]


def is_due(last: date | None, today: date) -> bool:
    """Say whether the day on which an entry was last seen is to be noted anew."""
    return last is None or last < today - timedelta(days=SEEN_DAYS)


def compare(custodian: Custodian, here: UUID | None) -> Comparison:
    """Look into the keyring; nothing is changed, neither there nor in the registry.

    Raises:
        VaultError: The keyring does not answer, or the person did not want to wait.
    """
    found = Comparison()
    if here is None:
        return found
    with custodian.registry.reading() as session:
        plan = _read(session, here, custodian.today, found)
    steps = len(found.copies) + len(plan.logins)
    for done, copy in enumerate(found.copies):
        _go_on(custodian, done, steps)
        (found.seen if held_at(custodian, copy.slot, copy.revision) is not None else found.missing).append(copy)
    for done, (login, revision) in enumerate(plan.logins.items(), start=len(found.copies)):
        _go_on(custodian, done, steps)
        _look_for_newer(custodian, here, found, login, revision)
    found.missing = [one for one in found.missing if one.credential_id not in found.newer]
    _look_for_returned(custodian, here, found, plan)
    found.leftovers = [one for one in _removable(found, plan, custodian.today) if _is_there(custodian, one)]
    return found


def newest_ahead(
    custodian: Custodian, here: UUID, login: UUID, revision: int, *, ahead: int
) -> tuple[int, Held] | None:
    """Return the newest of some revisions after one that a keyring holds, with what it holds.

    Raises:
        VaultError: The keyring does not answer.
    """
    for number in range(revision + ahead, revision, -1):
        if (held := held_at(custodian, slot_of(here, login, number), number)) is not None:
            return number, held
    return None


def held_at(custodian: Custodian, slot: UUID, revision: int) -> Held | None:
    """Return what a slot holds; None if that is nothing, damaged, or another revision.

    Raises:
        VaultError: The keyring does not answer.
    """
    try:
        held = custodian.vault.get(slot)
    except DamagedEntryError:
        return None
    return held if held is not None and held.revision == revision else None


def _read(session: Session, here: UUID, today: date, found: Comparison) -> _Plan:
    store = session.get(Store, here)
    found.is_known, found.vanished_on = store is not None, store.vanished_on if store is not None else None
    columns: list[Any] = [Custody, Credential.revision, Credential.retired_on]
    kept = select(*columns).join(Credential, Credential.id == Custody.credential_id).where(Custody.store_id == here)
    ended: list[_Ended] = []
    for one, in_force, retired_on in session.execute(kept.order_by(Custody.revision, Custody.id)):
        if one.until is None:
            days = one.last_seen_on, one.missing_since
            found.copies.append(Copy(one.id, one.credential_id, one.slot, one.revision, in_force, *days))
        else:
            about = one.credential_id, one.slot, one.revision
            ended.append(_Ended(*about, in_force, retired_on, one.until, one.ended))
    in_keyrings = Credential.kept_in == KeptIn.KEYRING, Credential.kind.in_(IN_KEYRINGS), in_use(today)
    logins = select(Credential.id, Credential.revision).where(*in_keyrings).order_by(Credential.id)
    elsewhere = select(Custody.credential_id).join(Credential, Credential.id == Custody.credential_id)
    elsewhere = elsewhere.where(live_custody(today), Custody.store_id != here)
    known = {row[0]: row[1] for row in session.execute(logins)}
    return _Plan(known, ended, frozenset(session.scalars(elsewhere)))


def _go_on(custodian: Custodian, done: int, steps: int) -> None:
    if not custodian.told(done, steps):
        raise CancelledError


def _look_for_newer(custodian: Custodian, here: UUID, found: Comparison, login: UUID, revision: int) -> None:
    """Look for a revision that the registry does not know of: left by a crash, or the registry was restored.

    It may be the only secret that works, so it is never removed. Far ahead is looked only where the copy in force is
    gone, or where the registry knows nothing of this keyring.
    """
    theirs = {one.revision for one in found.copies if one.credential_id == login}
    lost = any(one.credential_id == login and one.revision == revision for one in found.missing)
    first = max([revision, *theirs])
    ahead = LOOK_AHEAD if lost or not found.is_known else 1
    newest = newest_ahead(custodian, here, login, first, ahead=ahead)
    if newest is not None:
        found.newer[login] = newest[0]


def _look_for_returned(custodian: Custodian, here: UUID, found: Comparison, plan: _Plan) -> None:
    """Look for the secret in force where the registry expects none, but this keyring once had one."""
    kept = {(one.credential_id, one.revision) for one in found.copies}
    once = {one.credential_id for one in found.copies}
    lost = {one.credential_id for one in plan.ended if one.revision == one.in_force and one.ended is CustodyEnd.LOST}
    for login in sorted(once | lost):
        revision = plan.logins.get(login, 0)
        slot, expected = slot_of(here, login, revision), not revision or (login, revision) in kept
        if not expected and held_at(custodian, slot, revision) is not None:
            found.again.append((login, revision))


def _removable(found: Comparison, plan: _Plan, today: date) -> list[UUID]:
    """Return the slots of copies given up lately without which the secret in force is still in some keyring."""
    kept = {one.slot for one in found.copies}
    safe = plan.elsewhere | {one.credential_id for one in found.seen if one.revision == one.in_force}
    since = today - timedelta(days=LEFTOVER_DAYS)
    return [
        one.slot for one in plan.ended if one.until >= since and one.slot not in kept and _is_over(one, safe, today)
    ]


def _is_over(one: _Ended, safe: frozenset[UUID] | set[UUID], today: date) -> bool:
    if one.retired_on is not None and one.retired_on <= today:
        return True
    replaced = one.revision < one.in_force
    given_back = one.revision == one.in_force and one.ended is CustodyEnd.RELEASED
    return one.credential_id in safe and (replaced or given_back)


def _is_there(custodian: Custodian, slot: UUID) -> bool:
    try:
        return custodian.vault.get(slot) is not None
    except DamagedEntryError:
        return True
