"""What the head of press does: close in the place of somebody who is gone, and supersede what a lost machine began."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import ROTATED
from core.custody.handover.steps.case import Step
from core.custody.handover.steps.giving import confirmation_of, revision_in
from core.custody.handover.steps.party import Party
from core.custody.handover.steps.saying import checked, known_case, logins, said_before, say, tell
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
    relied = {one.id: confirmation_of(case, one) for one in case.items}
    learnt = {one.id: revision_in(relied[one.id], one) for one in logins(case.items) if one.way in ROTATED}
    told = [tell(one, learnt.get(one.id)) for one in case.items]
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
