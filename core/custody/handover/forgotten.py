"""What a keyring remembers of handovers and a registry does not know, since a backup was put back for example.

Nothing takes effect twice all the same: what must not be forgotten lies in the keyring. But somebody should hear that
the registry tells of an earlier day, and what to do about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.handover.formats.statements import Statement
from core.custody.handover.kept import statements_of
from core.custody.handover.marks import Marks, read_marks
from core.custody.handover.steps.bundle_guards import ended_mark, opened_mark
from core.model import Act, Handover, HandoverStatement, KeyCard

_ENDS = frozenset({Act.REFUSAL, Act.WITHDRAWAL, Act.SUPERSESSION})


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What the registry does not know.

    Attributes:
        handovers: Those that went further: a sealed file was opened here, or the handover came to nothing.
        said_more: Whether this keyring has signed more than the registry knows of; a step that was interrupted leaves
            that, too, until it is taken again.
    """

    handovers: tuple[UUID, ...] = ()
    said_more: bool = False


def forgotten(custodian: Custodian) -> Forgotten:
    """Compare what this keyring remembers of handovers with what the registry knows; nobody is asked for anything.

    Raises:
        VaultError: The keyring does not answer, or its note is damaged.
    """
    state = custodian.vault.state()
    if state.unlocked is False or state.store is None:
        return Forgotten()
    marks = read_marks(custodian.vault, state.store)
    if not marks.number and not marks.used:
        return Forgotten()
    with custodian.registry.reading() as session:
        mine = select(Handover.id).where(Handover.finished_on.is_(None), Handover.to_id == custodian.registry.me())
        known = {one: statements_of(session, one) for one in session.scalars(mine).all()}
        return Forgotten(
            tuple(one for one, statements in known.items() if _went_further(statements, marks)),
            marks.number > _newest_number(session, state.store),
        )


def _went_further(known: tuple[Statement, ...], marks: Marks) -> bool:
    """Say whether the keyring has seen the end of a request, or its answer, of which no statement is known."""
    acts = {one.act for one in known}
    requests = [one for one in known if one.act is Act.REQUEST]
    opened = Act.RECEIPT not in acts and any(marks.has(opened_mark(one)) for one in requests)
    ended = not acts & _ENDS and any(marks.has(ended_mark(str(one.about["nonce"]))) for one in requests)
    return opened or ended


def _newest_number(session: Session, store_id: UUID) -> int:
    cards = select(KeyCard.fingerprint).where(KeyCard.store_id == store_id)
    newest = select(func.max(HandoverStatement.number)).where(HandoverStatement.card.in_(cards))
    return session.execute(newest).scalar_one() or 0
