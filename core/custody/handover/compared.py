"""Whether two people have compared words, as far as the registry tells; what counts lies in each one's keyring."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from core.model import KeyCard, KeyVerification


def have_compared(session: Session, giver: UUID, taker: UUID, me: UUID | None) -> bool:
    """Say whether the words of two people were compared, for show alone: the guards ask the keyring.

    Args:
        session: A session that reads.
        giver: One of them.
        taker: The other one.
        me: Who asks; one of the two is told of their own comparing, since the other one's may not be known here.
    """
    ways = [(one, other) for one, other in ((giver, taker), (taker, giver)) if me not in {giver, taker} or one == me]
    pairs = (and_(KeyVerification.person_id == one, KeyCard.person_id == other) for one, other in ways)
    said = select(KeyVerification.id).join(KeyCard, KeyCard.id == KeyVerification.key_card_id)
    return session.scalars(said.where(KeyCard.revoked_on.is_(None), or_(*pairs)).limit(1)).first() is not None
