"""What the head of press does: close in the place of somebody who is gone, and supersede what a lost machine began."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from core.custody.handover.case import Step
from core.custody.handover.giving import confirmed_by
from core.custody.handover.item_course import ROTATED
from core.custody.handover.party import Party
from core.custody.handover.saying import checked, known_case, logins, said_before, say, tell
from core.custody.handover.statements import Statement
from core.model.choices import Act


def close_as_head(
    party: Party, handover: UUID, items: Collection[UUID] | None = None, *, reason: str = "", paper: str | None = None
) -> Statement:
    """Close what the successor confirmed and nobody is there to release; the change of the secret is the safeguard.

    Raises:
        RefusedError: Only the head of press may do this, and only what is confirmed can be closed.
    """
    case = known_case(Step.CLOSE, party, handover, items)
    if (before := said_before(case, Act.CLOSING)) is not None:
        return before
    told, learnt = [], dict[UUID, int]()
    for one in case.items:
        relied = checked(confirmed_by(case, one)).relied
        said = relied.told_of(one.key) if relied is not None else None
        told.append(tell(one, said.revision if said is not None else None))
    learnt = {one.id: one.revision for one in logins(told) if one.way in ROTATED and one.revision is not None}
    closed = say(case, Act.CLOSING, told, {"reason": reason, "paper": paper})
    party.record(closed, learnt=learnt)
    return closed


def supersede(
    party: Party, handover: UUID, card: str, items: Collection[UUID] | None = None, *, reason: str = ""
) -> Statement:
    """Put an end to what a lost machine or key began; what was sealed must then be changed.

    Args:
        party: The head of press.
        handover: Which handover.
        card: The fingerprint of the card that is lost.
        items: Which things; all that are not closed unless named.
        reason: What happened.

    Raises:
        RefusedError: Only the head of press may do this.
    """
    case = known_case(Step.SUPERSEDE, party, handover, items)
    if (before := said_before(case, Act.SUPERSESSION)) is not None:
        return before
    checked(case)
    about = {"reason": reason, "card": card}
    superseded = say(case, Act.SUPERSESSION, [tell(told) for told in case.items], about)
    party.record(superseded, learnt={})
    return superseded
