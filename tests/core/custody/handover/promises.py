"""The invariants of handover.md, asked of an office in memory after each step."""

from __future__ import annotations

from uuid import UUID

from core.custody.handover.course import Course, course_of
from core.custody.secret import Secret
from core.model.choices import ItemState, Way
from tests.core.custody.handover.memory_party import MemoryParty, Registry
from tests.core.custody.handover.office_in_memory import LOGINS, UTE, Office


class Promises:
    """What was seen so far, so that nothing can go back unseen."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.revisions: dict[tuple[int, UUID], int] = {}
        self.slots: dict[tuple[str, UUID, int], Secret] = {}
        self.reached: set[tuple[int, UUID, UUID, ItemState]] = set()
        self._courses: dict[object, Course | None] = {}

    def forget_registry(self, copy: Registry) -> None:
        """A backup was put back: its numbers begin anew, and until it has the statements again it knows too little."""
        for credential in LOGINS:
            self.revisions.pop((id(copy), credential), None)

    def broken(self) -> list[str]:
        """Return which promises do not hold."""
        found = list(self.office.broken)
        for freed in self.office.free:
            self.slots.pop(freed, None)
        self.office.free.clear()
        for credential in LOGINS:
            found += self._somebody_can_log_in(credential)
            found += self._revisions_go_on(credential)
        found += self._one_secret_is_one_revision()
        for copy in self.office.copies:
            pending = self._pending(copy)
            courses = {one: self._course(copy, one, pending) for one in copy.statements}
            found += self._closed_is_rotated(copy, {one: course for one, course in courses.items() if course})
            for credential in LOGINS:
                found += self._clean_is_clean(copy, credential, [one for one in courses.values() if one])
        return found

    def _somebody_can_log_in(self, credential: UUID) -> list[str]:
        office, live = self.office, self.office.live[credential]
        alive = [desk for desk in office.desks.values() if not desk.keyring.lost]
        held = [desk.keyring.device for desk in alive if _holds(desk, credential, live)]
        sealed = any(
            slot[0] == credential and one == live for copy in office.copies for slot, one in copy.envelopes.items()
        )
        setter = office.set_by[credential]
        found = [] if held or sealed else [f"1: nobody can log in to {credential.int}"]
        if not office.desks[setter].keyring.lost and setter not in held:
            found.append(f"7: {setter} set the secret of {credential.int} and cannot log in any more")
        return found

    def _revisions_go_on(self, credential: UUID) -> list[str]:
        found = []
        for copy in self.office.copies:
            key, now = (id(copy), credential), copy.revisions.get(credential, 0)
            if now < self.revisions.get(key, 0):
                found.append(f"3: revision of {credential.int} went back")
            self.revisions[key] = now
        return found

    def _one_secret_is_one_revision(self) -> list[str]:
        """No secret takes the place of another under its number; one that was let go or given up makes room.

        Somebody who changed a secret alone numbered it as somebody else numbered theirs; once released, it is gone.
        """
        found = []
        for desk in self.office.desks.values():
            device, held = desk.keyring.device, desk.keyring.slots
            self.slots = {key: one for key, one in self.slots.items() if key[0] != device or key[1:] in held}
            for (known, revision), secret in desk.keyring.slots.items():
                if self.slots.setdefault((desk.keyring.device, known, revision), secret) != secret:
                    found.append(f"3: two secrets of {known.int} were revision {revision}")
        return found

    def _closed_is_rotated(self, copy: Registry, courses: dict[UUID, Course]) -> list[str]:
        found = []
        for handover, course in courses.items():
            for (_kind, item), one in course.items.items():
                self.reached.add((id(copy), handover, item, one.state))
                handed = self.office.handed.get((handover, item))
                if one.state is not ItemState.CLOSED or one.way not in (Way.SEALED, Way.RESET):
                    continue
                if handed == self.office.live[item] or "login-seen" not in one.answers:
                    found.append(f"5: {item.int} is closed and was not changed")
        return found

    def _clean_is_clean(self, copy: Registry, credential: UUID, courses: list[Course]) -> list[str]:
        live, in_force = self.office.live[credential], copy.revisions.get(credential, 0)
        here = [desk for desk in self.office.desks.values() if desk.copy is copy]
        up_to_date = any(desk.held(credential, in_force) == live for desk in here)
        if self.office.forgotten.get(id(copy), set()) - {
            digest for known in copy.statements.values() for digest in known
        }:
            return []
        items = [one for course in courses if (one := course.item(credential)) is not None]
        if not up_to_date or any(one.is_open or one.owes_rotation(in_force) for one in items):
            return []
        custodians = {person for person, known, revision in copy.custody if (known, revision) == (credential, in_force)}
        others = self.office.knows[live.reveal()] - custodians - {UTE}
        return [f"4: {credential.int} is shown as clean, and {others} know it"] if others else []

    def _pending(self, copy: Registry) -> frozenset[UUID]:
        here = [desk for desk in self.office.desks.values() if desk.copy is copy]
        return frozenset(one for one in LOGINS if any(desk.newest(one) > desk.revision(one) for desk in here))

    def _course(self, copy: Registry, handover: UUID, pending: frozenset[UUID]) -> Course | None:
        """Return how far a handover really is in a copy: without what the attacker wrote into it."""
        known, now = copy.statements[handover], self.office.world.now
        key = (tuple(known), now.date(), copy.head, pending)
        if key not in self._courses:
            said = [one for one in known.values() if self.office.is_real(one)]
            self._courses[key] = course_of(said, now, head=copy.head, in_keyring=pending) if said else None
        return self._courses[key]


def _holds(desk: MemoryParty, credential: UUID, secret: Secret) -> bool:
    return any(known == credential and one == secret for (known, _revision), one in desk.keyring.slots.items())
