"""What each step of a handover asks before it does anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.custody.handover import protocol
from core.custody.handover.formats.statements import Matter
from core.custody.secret import Secret
from core.model.choices import Act, ItemState, Occasion, Way
from tests.core.custody.handover.memory_party import Crash, MemoryParty, keys_of
from tests.core.custody.handover.office_in_memory import DUTY, ERIKA, LOGINS, MAX, ROLE, Office, thing
from tests.core.custody.handover.stage import HANDOVER, LOGIN, Stage, mallory, refused

LATER = UUID(int=9_002)
SEEN = {"login-seen": "2026-11-23"}


@pytest.fixture
def stage() -> Stage:
    """Two people who know each other's keys."""
    return Stage(Office(shared=False))


def state(desk: MemoryParty, item: UUID = LOGIN, handover: UUID = HANDOVER) -> ItemState:
    """Return how far a thing is for somebody."""
    course = desk.course(handover).item(item)
    assert course is not None
    return course.state


def test_nobody_takes_the_step_of_another(stage):
    protocol.take_in(stage.ute, stage.ask())
    assert refused(stage, stage.ute, protocol.seal, HANDOVER) == "not-your-turn"
    assert refused(stage, stage.ute, protocol.refuse, HANDOVER) == "not-your-turn"


def test_what_was_opened_is_neither_withdrawn_nor_refused(stage):
    stage.open()
    assert refused(stage, stage.erika, protocol.withdraw, HANDOVER) == "not-your-turn"
    assert refused(stage, stage.max, protocol.refuse, HANDOVER) == "not-your-turn"


def test_what_is_handed_over_already_is_not_asked_for_again(stage):
    stage.ask()
    assert refused(stage, stage.max, stage_request, LATER) == "already-open"


def test_what_is_handed_over_already_is_not_sealed_again(stage):
    protocol.take_in(stage.erika, stage.ask())
    told = thing(LOGIN, Way.SEALED, 1)
    for forgotten in (stage.max.copy.statements,):
        forgotten.clear()
    protocol.take_in(stage.erika, protocol.request(stage.max, LATER, ERIKA, [told], Occasion.LEAVING))
    assert refused(stage, stage.erika, protocol.seal, LATER) == "already-open"


def test_nobody_asks_for_a_copy_of_what_they_have(stage):
    told = thing(LOGIN, Way.COPY, 1)

    def ask(party, number):
        return protocol.request(party, number, MAX, [told], Occasion.COVER)

    assert refused(stage, stage.erika, ask, LATER) == "held-already"


def test_what_left_the_house_in_vain_must_be_changed_first(stage):
    stage.seal()
    protocol.withdraw(stage.erika, HANDOVER)
    stage.max.copy.statements.clear()
    asked = stage.ask(handover=LATER)
    protocol.take_in(stage.erika, asked)
    assert refused(stage, stage.erika, protocol.seal, LATER) == "rotation-required"
    stage.erika.begin_rotation(LOGIN, Secret("geheim-neu"))
    stage.erika.finish_rotation(LOGIN, 2)
    protocol.seal(stage.erika, LATER)


def test_what_is_given_back_must_be_changed_before_it_is_asked_for_again(stage):
    told = thing(LOGIN, Way.COPY, 1)
    until = (stage.max.now + timedelta(days=7)).date()
    protocol.take_in(stage.erika, protocol.request(stage.max, HANDOVER, ERIKA, [told], Occasion.COVER, until=until))
    protocol.open_(stage.max, protocol.seal(stage.erika, HANDOVER)[1])
    assert state(stage.max) is ItemState.OPENED
    protocol.return_(stage.max, HANDOVER)
    assert state(stage.max) is ItemState.CLOSED
    assert stage.max.newest(LOGIN) == 0
    assert refused(stage, stage.max, stage_request, LATER) == "rotation-required"


def test_only_a_move_goes_to_oneself(stage):
    moved = [thing(LOGIN, Way.MOVE, 1)]
    assert refused(stage, stage.max, protocol.request, HANDOVER, ERIKA, moved, Occasion.MOVE) == "to-itself"


def test_what_the_keyring_does_not_hold_is_not_sealed(stage):
    protocol.take_in(stage.erika, stage.ask())
    del stage.erika.keyring.slots[LOGIN, 1]
    assert refused(stage, stage.erika, protocol.seal, HANDOVER) == "not-held"


def test_what_is_being_changed_is_not_sealed(stage):
    protocol.take_in(stage.erika, stage.ask())
    stage.erika.begin_rotation(LOGIN, Secret("geheim-neu"))
    assert refused(stage, stage.erika, protocol.seal, HANDOVER) == "own-change"


def test_a_bundle_for_another_request_is_refused(stage):
    stage.ask()
    other = stage.bundle(**stage.by_erika(), told_about={"request": "1f" * 32})
    assert refused(stage, stage.max, protocol.open_, other) == "other-request"


def test_a_bundle_with_something_else_than_asked_for_is_refused(stage):
    stage.ask()
    other = stage.bundle(**stage.by_erika(), told=thing(LOGIN, Way.COPY, 1))
    assert refused(stage, stage.max, protocol.open_, other) == "other-request"


def test_a_bundle_does_not_take_the_place_of_a_prepared_secret(stage):
    bundle = stage.seal()
    stage.max.keyring.slots[LOGIN, 1] = Secret("geheim-vorbereitet")
    assert refused(stage, stage.max, protocol.open_, bundle) == "own-change"


def test_a_bundle_is_older_than_what_the_keyring_holds_whatever_the_registry_remembers(stage):
    bundle = stage.seal()
    stage.max.keyring.slots[LOGIN, 2] = Secret("geheim-neuer")
    assert refused(stage, stage.max, protocol.open_, bundle) == "older-revision"


def test_what_comes_from_the_future_is_refused(stage):
    stage.erika.keyring.ahead = timedelta(days=3)
    bundle = stage.seal()
    assert refused(stage, stage.max, protocol.open_, bundle) == "from-the-future"


def test_a_change_that_somebody_else_overtook_is_not_begun(stage):
    stage.open()
    stage.max.copy.revisions[LOGIN] = 5
    assert refused(stage, stage.max, protocol.begin, HANDOVER, LOGIN, Secret("geheim")) == "older-revision"


def test_nothing_is_confirmed_without_a_login_or_without_a_change(stage):
    stage.open()
    assert refused(stage, stage.max, protocol.confirm, HANDOVER, {LOGIN: SEEN}) == "not-rotated"
    protocol.begin(stage.max, HANDOVER, LOGIN, Secret("geheim-neu"))
    assert refused(stage, stage.max, protocol.confirm, HANDOVER, {LOGIN: {}}) == "no-login"


def test_nobody_learns_of_a_change_while_preparing_one(stage):
    confirmation = stage.confirm()
    stage.erika.begin_rotation(LOGIN, Secret("geheim-anders"))
    assert refused(stage, stage.erika, protocol.take_in, confirmation) == "own-change"
    stage.erika.abandon(LOGIN)
    protocol.take_in(stage.erika, confirmation)
    assert stage.erika.revision(LOGIN) == 2


def test_a_secret_that_is_as_new_as_the_confirmed_one_is_not_let_go(stage):
    confirmation = stage.confirm()
    stage.erika.keyring.slots[LOGIN, 2] = Secret("geheim-eigenes")
    stage.erika.copy.revisions[LOGIN] = 2
    protocol.take_in(stage.erika, confirmation)
    assert refused(stage, stage.erika, protocol.release, HANDOVER) == "older-revision"


def test_nothing_is_released_or_closed_before_it_is_confirmed(stage):
    stage.open()
    assert refused(stage, stage.erika, protocol.release, HANDOVER) == "not-your-turn"
    for one in stage.max.statements(HANDOVER):
        if one.digest not in stage.ute.copy.statements.get(HANDOVER, {}):
            protocol.take_in(stage.ute, one)
    assert refused(stage, stage.ute, protocol.close_as_head, HANDOVER) == "not-your-turn"
    assert refused(stage, stage.max, protocol.supersede, HANDOVER, "0f" * 32) == "not-head"


def test_the_head_of_press_closes_in_the_place_of_somebody_who_is_gone(stage):
    protocol.take_in(stage.ute, stage.confirm())
    closed = protocol.close_as_head(stage.ute, HANDOVER, reason="Ausgeschieden")
    assert state(stage.ute) is ItemState.CLOSED
    protocol.take_in(stage.max, closed)
    assert state(stage.max) is ItemState.CLOSED
    forged = stage.says(Act.CLOSING, {"reason": "", "paper": None}, **stage.by_erika(), number=50)
    assert refused(stage, stage.max, protocol.take_in, forged) == "not-head"


def test_what_was_closed_stays_closed_when_the_head_of_press_changes(stage):
    protocol.take_in(stage.ute, stage.confirm())
    protocol.close_as_head(stage.ute, HANDOVER)
    stage.erika.copy.head = ERIKA
    assert refused(stage, stage.erika, protocol.release, HANDOVER) == "not-your-turn"


def test_a_withdrawal_by_the_successor_is_refused(stage):
    stage.ask()
    forged = stage.says(Act.WITHDRAWAL, {"reason": ""}, **stage.by_max(), number=50)
    assert refused(stage, stage.max, protocol.take_in, forged) == "not-your-turn"


def test_a_statement_of_another_registry_is_refused(stage):
    stage.ask()
    elsewhere = mallory(ERIKA, registry="8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a002")
    forged = stage.says(Act.WITHDRAWAL, {"reason": ""}, card=elsewhere)
    assert refused(stage, stage.max, protocol.take_in, forged) == "other-registry"


def test_a_login_goes_from_one_to_the_other_and_is_let_go(stage):
    protocol.take_in(stage.erika, stage.confirm())
    released = protocol.release(stage.erika, HANDOVER)
    protocol.take_in(stage.max, released)
    assert state(stage.erika) is state(stage.max) is ItemState.CLOSED
    assert stage.erika.newest(LOGIN) == 0
    assert stage.max.held(LOGIN, 2) == Secret("geheim-neu")
    assert protocol.release(stage.erika, HANDOVER, [LOGIN]) == released


def test_roles_and_duties_need_no_keys(stage):
    for desk in (stage.erika, stage.max):
        desk.keyring.pins.clear()
    things = [thing(ROLE, Way.ROLE), thing(DUTY, Way.DUTY)]
    protocol.take_in(stage.erika, protocol.request(stage.max, HANDOVER, ERIKA, things, Occasion.DUTIES))
    protocol.take_in(stage.erika, protocol.confirm(stage.max, HANDOVER, {ROLE: SEEN, DUTY: {}}))
    assert (state(stage.erika, ROLE), state(stage.erika, DUTY)) == (ItemState.CONFIRMED, ItemState.CLOSED)
    protocol.release(stage.erika, HANDOVER)
    assert state(stage.erika, ROLE) is ItemState.CLOSED


def test_a_bundle_of_two_is_opened_in_two_goes(stage):
    things = [thing(one, Way.SEALED, 1) for one in LOGINS[:2]]
    protocol.take_in(stage.erika, protocol.request(stage.max, HANDOVER, ERIKA, things, Occasion.LEAVING))
    _sealing, bundle = protocol.seal(stage.erika, HANDOVER)
    with pytest.raises(Crash), stage.office.world.dying_at(2):
        protocol.open_(stage.max, bundle)
    assert (stage.max.newest(LOGINS[0]), stage.max.newest(LOGINS[1])) == (1, 0)
    protocol.open_(stage.max, bundle)
    assert state(stage.max, LOGINS[1]) is ItemState.OPENED


def test_a_forged_reset_in_the_registry_does_not_make_the_giver_let_go(stage):
    stage.open()
    forged = stage.says(
        Act.CONFIRMATION, {}, card=mallory(MAX), told=replace(thing(LOGIN, Way.RESET, 9), answers=SEEN), number=3
    )
    stage.erika.copy.statements[HANDOVER][forged.digest] = forged
    assert refused(stage, stage.erika, protocol.release, HANDOVER, tried=[LOGIN]) == "forged-confirmation"


def test_a_confirmation_for_a_handover_between_others_is_refused(stage):
    stage.open()
    matter = Matter(stage.max.registry, HANDOVER, ERIKA, stage.ute.person)
    told = replace(thing(LOGIN, Way.SEALED, 2), answers=SEEN)
    ours = {"card": stage.ute.keyring.card, "keys": keys_of("ute-1/0")}
    forged = stage.says(Act.CONFIRMATION, {}, **ours, matter=matter, told=told)
    assert refused(stage, stage.erika, protocol.take_in, forged) == "doubled-id"


def stage_request(desk: MemoryParty, handover: UUID):
    """Ask for the login once more."""
    return protocol.request(desk, handover, ERIKA, [thing(LOGIN, Way.SEALED, 1)], Occasion.LEAVING)
