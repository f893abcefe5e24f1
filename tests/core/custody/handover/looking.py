"""One step as whoever stands beside it sees it: what there was before, and each statement that is new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from core.custody.handover.course import Course, course_of
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement
from core.model.choices import ItemKind, ItemState, Way
from tests.core.custody.handover.memory_party import MemoryParty

if TYPE_CHECKING:
    from tests.core.custody.handover.office_in_memory import Office


@dataclass(frozen=True)
class Before:
    """What one computer and its copy of the registry were like before a step."""

    counts: Mapping[UUID, int]
    revisions: Mapping[UUID, int]
    newest: Mapping[UUID, int]

    def known(self, credential: UUID) -> int:
        """Return the highest revision of a secret of which registry or keyring knew."""
        return max(self.newest.get(credential, 0), self.revisions.get(credential, 0))

    def prepared(self, credential: UUID) -> bool:
        """Whether a secret was being changed there."""
        return self.newest.get(credential, 0) > self.revisions.get(credential, 0)


@dataclass(frozen=True)
class Look:
    """One new statement at one computer, and what was known of its handover there before."""

    office: Office
    desk: MemoryParty
    before: Before
    one: Statement
    earlier: tuple[Statement, ...]

    @cached_property
    def course(self) -> Course | None:
        """How far the handover was there, if all of it is believed."""
        return course_of(self.earlier, self.desk.now) if self.earlier else None

    @property
    def said(self) -> bool:
        """Whether it was made at this computer, and did not come by mail."""
        return self.one.by == self.desk.keyring.card and self.one.digest not in self.office.mail

    def states(self) -> set[ItemState]:
        """Return where the things of the statement were."""
        found = (self.course.items.get(told.key) for told in self.one.items) if self.course else ()
        return {one.state for one in found if one is not None}

    def handed(self, told: Told) -> int:
        """Return which revision of a secret was handed over, 0 where nobody said."""
        found = self.course.items.get(told.key) if self.course else None
        return (found.revision_before if found is not None else None) or 0

    def logins(self, ways: frozenset[Way]) -> list[Told]:
        """Return the logins of the statement that pass in one of some ways."""
        return [one for one in self.one.items if one.kind is ItemKind.CREDENTIAL and one.way in ways]


def glance(desk: MemoryParty) -> Before:
    """Look at a computer before a step."""
    newest = dict[UUID, int]()
    for credential, revision in desk.keyring.slots:
        newest[credential] = max(revision, newest.get(credential, 0))
    counts = {handover: len(known) for handover, known in desk.copy.statements.items()}
    return Before(counts, dict(desk.copy.revisions), newest)
