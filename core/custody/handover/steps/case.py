"""One step of a handover as its guards see it: who wants what, relying on which statement, and what else is known.

What is merely known may have been written by anybody who can write into the registry. Therefore doubt is enough to
stop: whatever is claimed (`claimed`) can end a handover. To go on, a step relies on one statement (`relied`), and whose
signature that bears is asked each time anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from core.custody.handover.course import Course, course_of, may_say
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Statement
from core.custody.handover.item_course import BY_BUNDLE, ItemCourse, may_rotate
from core.custody.handover.steps.party import Party
from core.custody.identity.enrolling import Identity
from core.custody.secret import Secret
from core.model.choices import Act, ItemKind


class Step(StrEnum):
    """What somebody wants to do."""

    PROPOSE = "propose"
    REQUEST = "request"
    SEAL = "seal"
    OPEN = "open"
    BEGIN = "begin"
    CONFIRM = "confirm"
    RELEASE = "release"
    RETURN = "return"
    REFUSE = "refuse"
    WITHDRAW = "withdraw"
    CLOSE = "close"
    SUPERSEDE = "supersede"
    TAKE_IN = "take-in"


@dataclass(frozen=True, slots=True)
class Case:
    """What a guard looks at.

    Attributes:
        step: What is to be done.
        party: By whom, at which computer.
        me: Their identity there.
        matter: In which handover.
        known: All statements of it that the registry keeps.
        claimed: How far it is if all of them are believed; None where none is known.
        items: With which things.
        relied: The statement on which the step relies.
        values: The secrets that a bundle brought.
        tried: The secrets of which the giver tried that the old one does not open the account any more.
    """

    step: Step
    party: Party
    me: Identity
    matter: Matter
    known: tuple[Statement, ...]
    claimed: Course | None
    items: tuple[Told, ...]
    relied: Statement | None = None
    values: Mapping[UUID, Secret] | None = None
    tried: frozenset[UUID] = frozenset()

    def course(self, told: Told) -> ItemCourse | None:
        """Return how far one thing is if everything is believed."""
        return self.claimed.items.get(told.key) if self.claimed is not None else None

    def before(self, told: Told) -> int:
        """Return which revision of a secret was handed over, 0 where nobody says."""
        course = self.course(told)
        return (course.revision_before if course is not None else None) or 0

    def secrets(self) -> list[Told]:
        """Return those of the things that are logins."""
        return [told for told in self.items if told.kind is ItemKind.CREDENTIAL]

    def needs_verified(self) -> bool:
        """Say whether the card of the other one must be verified: if anybody ever said that a bundle is used."""
        ids = {told.id for told in (*self.items, *(self.relied.items if self.relied else ()))}
        said = (told for one in self.known for told in one.items)
        return any(told.way in BY_BUNDLE for told in (*said, *self.items) if told.id in ids)


def course_at(party: Party, statements: Iterable[Statement], credentials: Iterable[UUID] = ()) -> Course | None:
    """Return how far a handover is for a party; None where nothing is known of it.

    Whoever closed it was the head of press when that was taken in, and remains it when the settings name another one.

    Args:
        party: Whose keyring tells which secrets are prepared.
        statements: What is known.
        credentials: The secrets to ask the keyring about.
    """
    known = list(statements)
    if not known:
        return None
    course, wanted = course_of(known, party.now), set(credentials)
    # To ask a keyring takes long; it matters only where a prepared secret would change the state.
    asked = [key[1] for key, one in course.items.items() if key[1] in wanted and may_rotate(one.way, one.state)]
    prepared = [one for one in asked if party.newest(one) > party.revision(one)]
    return course_of(known, party.now, in_keyring=prepared) if prepared else course


def secrets_in(statements: Iterable[Statement]) -> set[UUID]:
    """Return the logins of which statements speak."""
    return {told.id for one in statements for told in one.items if told.kind is ItemKind.CREDENTIAL}


def best(party: Party, known: Sequence[Statement], act: Act, item: UUID | None = None) -> Statement | None:
    """Return the statement of a sort on which to rely: one whose card is verified, if there is any; then the newest.

    Args:
        party: Who relies on it.
        known: What is known.
        act: Of which sort.
        item: Of which thing, of any unless named.
    """
    found = [
        one
        for one in known
        if one.act is act and may_say(one, party.head) and (item is None or any(told.id == item for told in one.items))
    ]
    return max(found, key=lambda one: (_is_believed(party, one), _revision(one, item), one.made_at), default=None)


def _is_believed(party: Party, statement: Statement) -> bool:
    return party.verified(statement.by) and not party.is_revoked(statement.by.fingerprint)


def _revision(statement: Statement, item: UUID | None) -> int:
    return max((told.revision or 0 for told in statement.items if told.id == item), default=0)
