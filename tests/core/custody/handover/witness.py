"""Whoever stands beside each step and knows the truth: what was said or kept that nobody should have said or kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from core.custody.handover.course import course_of
from core.custody.handover.item_course import BY_BUNDLE
from core.model.choices import Act, Way
from tests.core.custody.handover.looking import Before, Look
from tests.core.custody.handover.memory_party import MemoryParty
from tests.core.custody.handover.wrongs import GIVEN_UP, KEPT, SAID

if TYPE_CHECKING:
    from tests.core.custody.handover.office_in_memory import Office


def noticed(office: Office, desk: MemoryParty, before: Before) -> list[str]:
    """Look again, and return what should not have happened; what ended or was answered there is remembered."""
    found = []
    for handover, known in desk.copy.statements.items():
        count = before.counts.get(handover, 0)
        if len(known) == count:
            continue
        there = tuple(known.values())
        looks = [Look(office, desk, before, one, there[:count]) for one in there[count:]]
        for look in looks:
            found += [broken for broken, is_broken in (SAID if look.said else KEPT).items() if is_broken(look)]
        _remember(office, desk, looks)
    return found


def begun_late(desk: MemoryParty, before: Before, handover: UUID, credential: UUID) -> bool:
    """Say whether a change was begun of a secret that somebody else had changed since it was handed over."""
    course = desk.course(handover).item(credential)
    in_force = before.revisions.get(credential, 0)
    begun = not before.prepared(credential) and desk.newest(credential) > desk.revision(credential)
    return begun and course is not None and course.way is Way.SEALED and in_force > (course.revision_before or 0)


def _remember(office: Office, desk: MemoryParty, looks: Sequence[Look]) -> None:
    """Note which requests this very computer has seen come to nothing; its keyring must never forget that."""
    last = looks[-1].one
    by_others = all(not look.said or look.one.act is Act.REFUSAL for look in looks)
    if not by_others or last.taker != desk.person:
        return
    known = tuple(desk.copy.statements[last.handover].values())
    course = course_of(known, desk.now)
    if all(one.state in GIVEN_UP for one in course.items.values() if one.way in BY_BUNDLE):
        mine = [one for one in known if one.act is Act.REQUEST and one.by.person == desk.person]
        office.ended |= {(desk.keyring.device, str(one.about["nonce"])) for one in mine}
