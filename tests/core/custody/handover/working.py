"""What people do who want to get on: the next step of a handover, answered truthfully, and the glass broken in need."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from core.custody.handover import protocol
from core.custody.handover.item_course import ItemCourse
from core.model.choices import ItemState, Occasion, Way
from tests.core.custody.handover.memory_party import MemoryParty
from tests.core.custody.handover.office_in_memory import DUTY, ERIKA, LOGINS, MAIN, MAX, ROLE, UTE, Office, thing

LOST_CARD = "0f" * 32
WAYS = {ROLE: Way.ROLE, DUTY: Way.DUTY}
Asked = tuple[UUID, Way, set[UUID], int, bool]
"""Who asks, in which way, for what, for how many days if not for ever, and for both computers as for no matter what."""


def ask(office: Office, asked: Asked, crash: int | None) -> None:
    """Somebody asks for things; nearly always for what the other one has."""
    who, way, chosen, days, both = asked
    desk, giver = office.desk(who), MAX if who == ERIKA else ERIKA
    theirs = [one for one in LOGINS if office.desk(giver).newest(one)]
    sensible = [one for one in sorted(chosen) if both or one not in LOGINS or one in theirs]
    things = [thing(one, WAYS.get(one, way), desk.revision(one) or None) for one in sensible or theirs or [DUTY]]
    own = [one.keyring.card for one in office.desks.values() if one.person == who]
    office.attempt(
        protocol.request,
        desk,
        office.new_handover(),
        giver,
        things,
        Occasion.LEAVING,
        until=(desk.now + timedelta(days=days)).date() if days >= 0 else None,
        cards=own if both else (),
        crash=crash,
    )


def do_next(office: Office, handover: UUID, crash: int | None) -> None:
    course = office.truth(handover)
    matter = course.matter
    for person in {matter.giver, matter.taker}:
        office.bring_mail(office.desk(person), handover)
    giver, taker = office.desk(matter.giver), office.desk(matter.taker)
    if matter.giver == matter.taker:
        taker = office.desks[MAIN[matter.taker].replace("1", "2")]
        office.bring_mail(taker, handover)
    for one in course.items.values():
        if one.is_open:
            _next_of(office, handover, one, giver, taker, crash)
            return


def _next_of(
    office: Office, handover: UUID, one: ItemCourse, giver: MemoryParty, taker: MemoryParty, crash: int | None
) -> None:
    item = one.told.id
    match one.state, one.way:
        case ItemState.PLANNED, _:
            things = [one.told for one in office.truth(handover).items.values()]
            office.attempt(protocol.request, taker, handover, giver.person, things, Occasion.LEAVING, crash=crash)
        case ItemState.REQUESTED, Way.SEALED | Way.COPY | Way.MOVE:
            office.attempt(protocol.seal, giver, handover, crash=crash)
        case ItemState.SEALED, _:
            for bundle in [one for one in office.bundles if one.handover == handover][-1:]:
                office.open(taker, bundle, crash=crash)
        case ItemState.REQUESTED, Way.ROLE | Way.DUTY:
            _confirm(office, taker, handover, item, crash)
        case (ItemState.OPENED, Way.SEALED) | (ItemState.REQUESTED, Way.RESET):
            _change(office, taker, handover, one, crash)
        case ItemState.OPENED, Way.COPY:
            office.attempt(protocol.return_, taker, handover, [item], crash=crash)
        case ItemState.CONFIRMED, _:
            release(office, giver, handover, crash)


def _change(office: Office, taker: MemoryParty, handover: UUID, one: ItemCourse, crash: int | None) -> None:
    """Begin, change on the platform, confirm: one step each time."""
    item = one.told.id
    newest = taker.newest(item)
    if newest <= taker.revision(item):
        office.attempt(protocol.begin, taker, handover, item, office.new_secret(), crash=crash)
    elif not office.logs_in(taker, item, newest) and office.change_on_platform(
        taker, item, by_reset=one.way is Way.RESET
    ):
        office.learns(taker.person, office.live[item])
    if office.logs_in(taker, item, taker.newest(item)) and taker.newest(item) > (one.revision_before or 0):
        _confirm(office, taker, handover, item, crash)


def _confirm(office: Office, desk: MemoryParty, handover: UUID, item: UUID, crash: int | None) -> None:
    course = desk.course(handover).item(item) if handover in desk.copy.statements else None
    answers = office.answers(desk, course) if course is not None else None
    if answers is not None:
        office.attempt(protocol.confirm, desk, handover, {item: answers}, crash=crash)


def release(office: Office, desk: MemoryParty, handover: UUID, crash: int | None) -> None:
    """Release what is confirmed; whoever is asked to try the old secret does so and tells the truth."""
    tried = [
        one for one in LOGINS if not office.logs_in(desk, one, desk.revision(one)) and not is_in(office, desk, one)
    ]
    office.attempt(protocol.release, desk, handover, tried=tried, crash=crash)


def is_in(office: Office, desk: MemoryParty, credential: UUID) -> bool:
    return any(
        known == credential and one == office.live[credential] for (known, _number), one in desk.keyring.slots.items()
    )


def break_glass(office: Office) -> None:
    """Where nobody is left who can log in, the head of press opens the envelope and changes the secret."""
    head = office.desks["ute-1"]
    for item in LOGINS:
        if any(is_in(office, desk, item) for desk in office.desks.values()):
            continue
        office.learns(UTE, office.live[item])
        for handover in office.handovers():
            office.bring_mail(head, handover)
            office.attempt(protocol.supersede, head, handover, LOST_CARD)
        in_force = max(
            head.revision(item), max((slot[1] for slot in head.copy.envelopes if slot[0] == item), default=0)
        )
        head.copy.revisions[item] = in_force
        revision = head.begin_rotation(item, office.new_secret())
        office.live[item], office.set_by[item] = head.keyring.slots[item, revision], "ute-1"
        head.finish_rotation(item, revision)
        office.learns(UTE, office.live[item])
