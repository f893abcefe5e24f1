"""What other programs did to the same file: the entries of the log after the last one that was seen."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.model import Action, Change, Person
from core.storage import chain
from core.storage.log_view import labels_of
from core.storage.values import TABLES


@dataclass(frozen=True, slots=True)
class News:
    """What other programs did since the log was last looked at.

    Attributes:
        head: Number and hash of the newest entry.
        tables: The tables touched.
        actions: How many actions there were.
        label: What the newest is called, in the user's language.
        actor: Who did it; empty where nobody was bound to the account.
    """

    head: tuple[int, str]
    tables: frozenset[str]
    actions: int
    label: str
    actor: str


class Seen:
    """How much of the log an open registry knows; what it did itself is no news to it.

    Attributes:
        head: Number and hash of the newest entry that was seen.
    """

    def __init__(self, head: tuple[int, str]) -> None:
        self.head = head
        self._own: set[uuid.UUID] = set()

    def noted(self, action: Action) -> Action:
        """Return an action that is about to be done here, known as an own one from now on."""
        self._own.add(action.id)
        return action

    def news(self, session: Session) -> News | None:
        """Return what others did, None where they did nothing.

        The head then stays as it was until whoever asked has made use of the answer, so that nothing is missed.
        """
        newest = chain.head(session)
        if newest == self.head:
            return None
        if self._was_replaced(session):
            return _news(session, newest, {action: set(TABLES) for action in _last_action(session)})
        foreign = {
            action: tables for action, tables in _since(session, self.head[0]).items() if action not in self._own
        }
        if foreign:
            return _news(session, newest, foreign)
        self.head = newest
        return None

    def _was_replaced(self, session: Session) -> bool:
        """Say whether the log is another one, because a backup was put in its place."""
        number, digest = self.head
        stored = session.scalar(select(Change.hash).where(Change.seq == number)) if number else chain.GENESIS
        restored = select(Change.seq).where(Change.seq > number, Change.kind == chain.RESTORE).limit(1)
        return stored != digest or session.scalar(restored) is not None


def _since(session: Session, number: int) -> dict[uuid.UUID, set[str]]:
    """Return the actions after an entry, oldest first, with the tables that each of them touched."""
    query = select(Change.action_id, Change.table_name).where(Change.seq > number)
    query = query.group_by(Change.action_id, Change.table_name).order_by(func.max(Change.seq))
    found: dict[uuid.UUID, set[str]] = {}
    for action, table in session.execute(query).all():
        found.setdefault(action, set()).add(table)
    return found


def _last_action(session: Session) -> list[uuid.UUID]:
    return list(session.scalars(select(Change.action_id).order_by(Change.seq.desc()).limit(1)))


def _news(session: Session, head: tuple[int, str], touched: dict[uuid.UUID, set[str]]) -> News:
    """Name the newest action and who did it."""
    newest = list(touched)[-1:]
    actor = session.scalar(select(Person).join(Action, Action.actor_id == Person.id).where(Action.id.in_(newest)))
    label = "".join(labels_of(session, newest).values())
    tables = frozenset[str]().union(*touched.values())
    return News(head, tables, len(touched), label, actor.name if actor is not None else "")
