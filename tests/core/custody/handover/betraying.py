"""What goes wrong by those who have a real key: members of staff who lie, press the wrong button or act out of turn.

Each is tried on one handover. With all guards on, it is refused, or does no more than a mishap would.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date
from uuid import UUID

from core.custody.handover import protocol
from core.custody.handover.formats.abouts import About
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.handover.item_course import LOGIN_SEEN, ROTATED
from core.errors import ConflictError
from core.model.choices import Act, ItemState, Occasion, Way
from tests.core.custody.handover.attacking import (
    Attack,
    a_bundle,
    bundle_for,
    giver_of,
    is_mine,
    taker_of,
    told_in,
)
from tests.core.custody.handover.forging import DIGEST, NONCE
from tests.core.custody.handover.memory_party import REGISTRY, MemoryParty
from tests.core.custody.handover.office_in_memory import ERIKA, LOGINS, MAX, UTE, Bundle, Office, thing
from tests.core.custody.handover.working import do_next, release

REASON: About = {"reason": ""}


def speak_for_another_pair(office: Office, handover: UUID, _number: int) -> None:
    """The head of press speaks as if the handover were one to herself."""
    giver, matter = giver_of(office, handover), office.truth(handover).matter
    if handover in giver.copy.statements:
        lie = _says(
            office, office.desks["ute-1"], replace(matter, taker=UTE), Act.REFUSAL, REASON, told_in(office, handover)
        )
        office.attempt(protocol.take_in, giver, lie)


def speak_out_of_turn(office: Office, handover: UUID, number: int) -> None:
    """The successor withdraws, or the predecessor closes, or the head of press refuses."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    closing: About = {"reason": "", "paper": None}
    speaker, act, about = (
        (taker, Act.WITHDRAWAL, REASON),
        (giver, Act.CLOSING, closing),
        (office.desks["ute-1"], Act.REFUSAL, REASON),
    )[number % 3]
    if speaker.person == giver.person == taker.person:
        return
    lie = _says(office, speaker, office.truth(handover).matter, act, about, told_in(office, handover))
    for desk in (giver, taker):
        if desk is not speaker:
            office.attempt(protocol.take_in, desk, lie)


def give_a_number_twice(office: Office, handover: UUID, number: int) -> None:
    """A keyring was copied to another computer, which says something new under a number that was used."""
    for desk in (giver_of(office, handover), taker_of(office, handover)):
        known = [one for one in desk.copy.statements.get(handover, {}).values() if office.is_real(one)]
        said = [one for one in known if one.act not in {Act.REQUEST, Act.SEALING} and _is_by_another(office, one, desk)]
        if said:
            first = said[number % len(said)]
            twin = _signed(office, first.by.device, replace(first, head="b2" * 32))
            office.attempt(protocol.take_in, desk, twin)


def seal_unasked(office: Office, _handover: UUID, number: int) -> None:
    """The predecessor sends a bundle of which the successor knows nothing."""
    giver, taker = [office.desk(one) for one in ((ERIKA, MAX), (MAX, ERIKA))[number % 2]]
    told = [thing(one, Way.SEALED, taker.revision(one) or 1) for one in LOGINS if not taker.newest(one)][:1]
    if told:
        matter = Matter(REGISTRY, office.new_handover(), giver.person, taker.person)
        asked = {"nonce": NONCE, "request": DIGEST}
        data = bundle_for(office, taker, matter, giver.keyring.card, giver.me().keys, asked, told)
        office.open(taker, Bundle(matter.handover, data))


def seal_twice(office: Office, handover: UUID, _number: int) -> None:
    """The predecessor seals once more what the successor knows to be sealed."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    office.attempt(protocol.seal, giver, handover)
    if any(one.act is Act.SEALING for one in taker.copy.statements.get(handover, {}).values()):
        _seals(office, handover)


def seal_something_else(office: Office, handover: UUID, _number: int) -> None:
    """The predecessor seals another secret than the one that the successor already has under the same number."""
    taker = taker_of(office, handover)
    asked = [one for one in taker.copy.statements.get(handover, {}).values() if is_mine(one, taker)]
    told = [
        replace(one, revision=taker.revision(one.id))
        for one in (asked[-1].items if asked else ())
        if one.way in {Way.SEALED, Way.COPY} and taker.held(one.id, taker.revision(one.id))
    ]
    if told:
        _seals(office, handover, told)


def acknowledge_something_else(office: Office, handover: UUID, _number: int) -> None:
    """The successor acknowledges a bundle that was never sealed."""
    giver = giver_of(office, handover)
    if any(one.act is Act.SEALING for one in giver.copy.statements.get(handover, {}).values()):
        about: About = {"bundle": DIGEST, "sealing": DIGEST}
        _lies(office, handover, giver, Act.RECEIPT, about, told_in(office, handover))


def confirm_the_old_one(office: Office, handover: UUID, _number: int) -> None:
    """The successor confirms the very revision that was handed over."""
    giver = giver_of(office, handover)
    if handover not in giver.copy.statements:
        return
    course = giver.course(handover)
    told = [
        replace(one.told, revision=one.revision_before or 1, answers={LOGIN_SEEN: "2026-11-23"}, facts={})
        for one in course.items.values()
        if one.way in ROTATED and one.revision_before is not None
    ]
    if told:
        _lies(office, handover, giver, Act.CONFIRMATION, {}, told)


def confirm_without_doing_it(office: Office, handover: UUID, number: int) -> None:
    """The successor presses the button without a login, or logs in with the secret that was handed over."""
    taker = taker_of(office, handover)
    if handover not in taker.copy.statements:
        return
    today = date.isoformat(taker.now.date())
    unanswered = ({}, {LOGIN_SEEN: "no"})[number // 2 % 2]
    for one in taker.course(handover).items.values():
        changed = taker.newest(one.told.id) > (one.revision_before or 0)
        if number % 2 and not changed and one.way in ROTATED:
            office.attempt(protocol.confirm, taker, handover, {one.told.id: {LOGIN_SEEN: today}})
        elif not number % 2 and one.way in ROTATED | {Way.ROLE}:
            office.attempt(protocol.confirm, taker, handover, {one.told.id: unanswered})


def ask_oneself(office: Office, _handover: UUID, number: int) -> None:
    """Somebody asks themselves for something, or to move what is another's; a move to the same computer is sealed."""
    who, giver, way = ((ERIKA, ERIKA, Way.SEALED), (MAX, ERIKA, Way.MOVE), (ERIKA, ERIKA, Way.MOVE))[number % 3]
    desk, handover = office.desk(who), office.new_handover()
    item = next((one for one in LOGINS if not desk.open_items(one) and not desk.owes_rotation(one)), LOGINS[0])
    things = [thing(item, way, desk.revision(item))]
    if office.attempt(protocol.request, desk, handover, giver, things, Occasion.MOVE) is not None:
        office.attempt(protocol.seal, desk, handover)
        office.attempt(protocol.withdraw, desk, handover)


def seal_amid_a_change(office: Office, handover: UUID, _number: int) -> None:
    """The predecessor prepares another secret, seals all the same, and then gives up what was prepared."""
    _amid_a_change(office, handover)


def let_go_amid_a_change(office: Office, handover: UUID, _number: int) -> None:
    """The successor goes on until it is confirmed; the predecessor learns of it while preparing another secret."""
    for _one in range(6):
        if not _confirmed(office, handover):
            do_next(office, handover, None)
    _amid_a_change(office, handover)


# How.


def _amid_a_change(office: Office, handover: UUID) -> None:
    """The predecessor prepares another secret, does what can be done, and then gives up what was prepared."""
    giver = giver_of(office, handover)
    items = [*_confirmed(office, handover), *(one.told.id for one in office.truth(handover).items.values())]
    item = next((one for one in items if 0 < giver.newest(one) <= giver.revision(one)), None)
    with suppress(ConflictError):
        if item is None:
            return
        giver.begin_rotation(item, office.new_secret())
        office.bring_mail(giver, handover)
        office.attempt(protocol.seal, giver, handover)
        release(office, giver, handover, None)
        if giver.newest(item) > giver.revision(item):
            office.give_up(giver, item)


def _confirmed(office: Office, handover: UUID) -> list[UUID]:
    course = office.truth(handover)
    return [one.told.id for one in course.items.values() if one.state is ItemState.CONFIRMED]


def _says(office: Office, desk: MemoryParty, matter: Matter, act: Act, about: About, told: list[Told]) -> Statement:
    signer = Signer(desk.keyring.card, desk.me().keys, 100_000 + office.count(), "", desk.now)
    return make_statement(act, matter, told, about, signer)


def _lies(office: Office, handover: UUID, desk: MemoryParty, act: Act, about: About, told: list[Told]) -> None:
    """The successor tells the predecessor something that is not so."""
    taker = taker_of(office, handover)
    if taker.person != desk.person:
        matter = office.truth(handover).matter
        office.attempt(protocol.take_in, desk, _says(office, taker, matter, act, about, told))


def _seals(office: Office, handover: UUID, told: list[Told] | None = None) -> None:
    """The predecessor seals something else than the program would, and the successor opens it."""
    giver, taker = giver_of(office, handover), taker_of(office, handover)
    if giver.person != taker.person:
        data = a_bundle(office, handover, giver.keyring.card, giver.me().keys, told)
        if data is not None:
            office.open(taker, Bundle(handover, data))


def _is_by_another(office: Office, statement: Statement, desk: MemoryParty) -> bool:
    """Say whether the card in a statement is the one that another computer has now."""
    return any(one.keyring.card == statement.by for one in office.desks.values() if one is not desk)


def _signed(office: Office, device: str, statement: Statement) -> Statement:
    """Sign a statement again with the key of its computer."""
    keys = office.desks[device].me().keys
    signer = Signer(statement.by, keys, statement.number, statement.head, statement.made_at)
    return make_statement(statement.act, statement.matter, statement.items, statement.about, signer)


BETRAYALS: dict[str, Attack] = {
    one.__name__: one
    for one in (
        speak_for_another_pair,
        speak_out_of_turn,
        give_a_number_twice,
        seal_unasked,
        seal_twice,
        seal_something_else,
        acknowledge_something_else,
        confirm_the_old_one,
        confirm_without_doing_it,
        ask_oneself,
        seal_amid_a_change,
        let_go_amid_a_change,
    )
}
"""All of them, by name."""
