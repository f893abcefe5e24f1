"""Refusals leave one entry in the log, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from core.custody.custodian import Custodian
from core.custody.identity.refusals import RefusedError
from core.i18n import N_
from core.storage.journal import CREATE, Entry, journal_of
from core.storage.values import REASON_TABLE

REFUSED = N_("Refuse a file of a handover")


@contextmanager
def logged_refusals(custodian: Custodian) -> Iterator[None]:
    """Let a refusal of what somebody sent be noted in the log, then go on to whoever asked.

    Raises:
        RefusedError: What was refused; it is in the log with its code.
    """
    try:
        yield
    except RefusedError as error:
        note_refusal(custodian, error)
        raise


def note_refusal(custodian: Custodian, error: RefusedError) -> None:
    """Write the one entry: no record changes, so that it consists of the reason alone, which is the code."""
    with custodian.registry.action(REFUSED) as session:
        journal = journal_of(session)
        journal.note(Entry(REASON_TABLE, journal.action.id, CREATE, None, {"reason": str(error.code)}))
