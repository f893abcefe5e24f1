"""Compares what the registry expects of this workstation's keyring with what the keyring has.

What is gone is marked, what is there again is marked no longer, and what nobody refers to any more is removed, unless
it might be the only secret that works. A keyring that is gone as a whole is asked about once, not login by login.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import workstation
from core.custody.comparing import Comparison, compare, is_due
from core.custody.custodian import Custodian, last_store, note_vanished, remembered_as, slot_of
from core.custody.revisions import end, remove_slots
from core.errors import ConflictError
from core.i18n import N_, _
from core.model import Custody, CustodyEnd, Store


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What the comparison found.

    Attributes:
        expected: How many copies the registry expects in this keyring.
        seen: How many of them are there.
        missing: How many are not; none where the whole keyring is gone.
        vanished: A keyring of this person that is gone or was emptied, until somebody says what became of it.
        leftovers_removed: How many entries were removed to which nothing refers any more.
        newer: The logins of which this keyring holds a newer secret than the registry knows of (`adopt_newer`).
        found_again: How many copies are kept here that the registry had given up or not known of.
    """

    expected: int
    seen: int
    missing: int
    vanished: UUID | None
    leftovers_removed: int
    newer: tuple[UUID, ...] = ()
    found_again: int = 0


class VanishedAnswer(Enum):
    """What somebody says of a keyring that was gone; a third answer is to recover it (`recovery.restore`)."""

    LOST = "lost"
    BACK = "back"


def reconcile(custodian: Custodian) -> Reconciliation:
    """Compare the registry with the keyring of this workstation, and record what is gone, there again or seen.

    Raises:
        VaultError: The keyring does not answer, or the person did not want to wait; nothing was recorded.
    """
    here = custodian.vault.store()
    found = compare(custodian, here)
    gone = last_store(custodian)
    if gone is not None and gone != here:
        note_vanished(custodian, gone)
    if here is not None and found.emptied:
        note_vanished(custodian, here)
    elif here is not None:
        _record(custodian, here, found)
        if found.is_known and gone is None:
            workstation.remember(remembered_as(custodian.registry.id), str(here))
    remove_slots(custodian, found.leftovers)
    return Reconciliation(
        expected=len(found.copies),
        seen=len(found.seen),
        missing=0 if found.emptied else len(found.missing),
        vanished=_asked_about(custodian),
        leftovers_removed=len(found.leftovers),
        newer=tuple(found.newer),
        found_again=len(found.again),
    )


def answer_vanished(custodian: Custodian, answer: VanishedAnswer, store_id: UUID | None = None) -> None:
    """Say what became of a keyring that was gone.

    Args:
        custodian: Who says so.
        answer: Its copies are lost, or it is back.
        store_id: Which keyring; the one that is asked about unless named.

    Raises:
        ConflictError: Nothing is asked about any more, or the keyring is not back.
        VaultError: The keyring does not answer.
    """
    asked = store_id or _asked_about(custodian)
    if asked is None:
        raise ConflictError(_("No keyring is missing any more. Nothing was changed."))
    match answer:
        case VanishedAnswer.LOST:
            _give_up(custodian, asked)
        case VanishedAnswer.BACK:
            if custodian.vault.store() != asked:
                raise ConflictError(
                    _("The keyring here is another one. Say that it is back at the computer where it is.")
                )
            _record(custodian, asked, compare(custodian, asked))


def _asked_about(custodian: Custodian) -> UUID | None:
    """Return the keyring that is asked about: the one this workstation saw last, else another of this person's."""
    last, me = last_store(custodian), custodian.registry.me()
    query = select(Store.id, Store.person_id).where(Store.vanished_on.is_not(None), Store.until.is_(None))
    with custodian.registry.reading() as session:
        found = session.execute(query.order_by(Store.vanished_on, Store.id)).all()
    theirs = [store for store, person in found if store == last or person == me]
    return last if last in theirs else next(iter(theirs), None)


def _give_up(custodian: Custodian, store_id: UUID) -> None:
    with custodian.registry.action(N_("Give up a lost keyring")) as session:
        store = session.get(Store, store_id)
        if store is None or store.until is not None:
            raise ConflictError(_("No keyring is missing any more. Nothing was changed."))
        store.until, store.vanished_on = custodian.today, None
        kept = session.scalars(select(Custody).where(Custody.store_id == store_id, Custody.until.is_(None)))
        end(list(kept), custodian.today, CustodyEnd.LOST)
    if last_store(custodian) == store_id:
        workstation.remember(remembered_as(custodian.registry.id), None)


def _record(custodian: Custodian, here: UUID, found: Comparison) -> None:
    """Record what changed since the last comparison; where nothing did, nothing is written."""
    today = custodian.today
    late = [one for one in found.seen if one.missing_since is not None or is_due(one.last_seen_on, today)]
    fresh = [one for one in found.missing if one.missing_since is None]
    asked = found.vanished_on is not None
    if not (late or fresh or found.again or asked):
        return
    with custodian.registry.action(N_("Compare with the keyring")) as session:
        for copy in fresh:
            _still(session, copy.id).missing_since = today
        for copy in late:
            custody = _still(session, copy.id)
            custody.missing_since, custody.last_seen_on = None, _seen_on(custody.last_seen_on, today)
        _reopen(session, here, found, today)


def _reopen(session: Session, here: UUID, found: Comparison, today: date) -> None:
    """Record copies that the registry had given up or not known of, and that the keyring is there after all."""
    store = session.get(Store, here)
    if store is None:
        return
    store.vanished_on = None
    for login, revision in found.again:
        store.until = None
        session.add(
            Custody(
                credential_id=login,
                person_id=store.person_id,
                store_id=here,
                slot=slot_of(here, login, revision),
                revision=revision,
                since=today,
                last_seen_on=today,
            )
        )


def _still(session: Session, custody_id: UUID) -> Custody:
    found = session.get(Custody, custody_id)
    if found is None or found.until is not None:
        raise ConflictError(_("The registry changed while it was compared with the keyring. Please compare again."))
    return found


def _seen_on(last: date | None, today: date) -> date | None:
    return today if is_due(last, today) else last
