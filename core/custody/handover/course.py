"""How far a handover is: a pure fold over the statements that are known of it, in whatever order they came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core.custody.handover.formats.items import Key
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Matter, Statement
from core.custody.handover.item_course import Flaw, Heard, ItemCourse, item_course
from core.model.choices import Act, Occasion

BY_GIVER = frozenset({Act.PROPOSAL, Act.SEALING, Act.RELEASE, Act.WITHDRAWAL})
BY_HEAD = frozenset({Act.CLOSING, Act.SUPERSESSION})

Known = Sequence[tuple[str, Statement]]
"""Statements with their digests, the oldest first."""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a handover is, thing by thing.

    Attributes:
        matter: Which handover it is, and between whom.
        occasion: Why, None where the request is not known here.
        until: The last day of a cover.
        items: The things.
        problems: The statements that do not count, or bear a number twice.
    """

    matter: Matter
    occasion: Occasion | None
    until: date | None
    items: Mapping[Key, ItemCourse]
    problems: tuple[Flaw, ...]

    def item(self, item_id: UUID) -> ItemCourse | None:
        """Return how far one thing is, None where the handover does not name it."""
        return next((one for (_kind, known), one in self.items.items() if known == item_id), None)


def course_of(
    statements: Iterable[Statement], now: datetime, *, head: UUID | None = None, in_keyring: Collection[UUID] = ()
) -> Course:
    """Tell how far a handover is.

    Args:
        statements: What is known of it, in any order, at least one.
        now: The instant.
        head: The head of press; None believes whoever closed or superseded, since that was asked when it came.
        in_keyring: The secrets of which a next revision is prepared in this keyring.
    """
    digests = {statement.digest: statement for statement in statements}
    known = sorted(digests.items(), key=lambda one: (one[1].made_at, one[0]))
    first = _first([statement for _digest, statement in known])
    problems, heard = _renumbered(known), dict[Key, list[Heard]]()
    for digest, statement in known:
        code = _flaw(statement, first.matter, head)
        if code is not None:
            problems.append(Flaw(code, digest))
            continue
        for told in statement.items:
            heard.setdefault(told.key, []).append(Heard(statement, digest, told))
    until = _until(first)
    items = dict[Key, ItemCourse]()
    for key, said in heard.items():
        items[key], flaws = item_course(said, now, until=until, pending=key[1] in in_keyring)
        problems += flaws
    occasion = Occasion(str(first.about["occasion"])) if "occasion" in first.about else None
    return Course(first.matter, occasion, until, items, tuple(dict.fromkeys(problems)))


def may_say(statement: Statement, head: UUID | None) -> bool:
    """Say whether whoever made a statement is the one of the two, or the head of press, who may say such a thing."""
    if statement.act is Act.PROPOSAL and statement.by.person not in {statement.giver, statement.taker}:
        return head is None or statement.by.person == head  # The head of press may plan for others.
    if statement.act in BY_HEAD:
        return head is None or statement.by.person == head
    return statement.by.person == (statement.giver if statement.act in BY_GIVER else statement.taker)


def _first(known: Sequence[Statement]) -> Statement:
    """Return the statement that says between whom the handover is: the first request of the successor's."""
    requests = [one for one in known if one.act is Act.REQUEST and may_say(one, None)]
    return (requests or known)[0]


def _flaw(statement: Statement, matter: Matter, head: UUID | None) -> HandoverRefusal | None:
    if statement.matter != matter:
        return HandoverRefusal.DOUBLED_ID
    if not may_say(statement, head):
        return HandoverRefusal.NOT_HEAD if statement.act in BY_HEAD else HandoverRefusal.NOT_YOUR_TURN
    return None


def _renumbered(known: Known) -> list[Flaw]:
    """Name the statements that bear a number twice: the keyring that signed them was put back, or copied."""
    numbers = Counter((statement.by.signing_key, statement.number) for _digest, statement in known)
    return [
        Flaw(HandoverRefusal.ROLLED_BACK, digest)
        for digest, statement in known
        if numbers[statement.by.signing_key, statement.number] > 1
    ]


def _until(first: Statement) -> date | None:
    until = first.about.get("until")
    return date.fromisoformat(str(until)) if until else None
