"""What each of the people around a handover is offered to do, held against what the protocol allows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product
from uuid import UUID

import pytest

from core.custody.handover.formats.items import Told
from core.custody.handover.item_course import FINISHED, ItemCourse
from core.custody.handover.listing import HandoverDetail, HandoverRow, ItemRow, StepRow
from core.custody.handover.possible import PROTOCOL, Doing, begins, due_step, possible_steps
from core.custody.handover.steps.case import Step
from core.custody.handover.steps.step_guards import fits
from core.custody.handover.turns import Turn, is_to_be_granted, whose_turn
from core.model.choices import Act, ItemKind, ItemState, Occasion, Way

GIVER, TAKER, HEAD, OTHER = (UUID(int=number) for number in range(1, 5))
NAMES = {GIVER: "Erika Mustermann", TAKER: "Max Mustermann", HEAD: "Ute Mustermann"}
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
EVERY = list(product(Doing, Way, ItemState))
STEPS = [one for one in EVERY if one[0] in PROTOCOL]
PAPERS = {Doing.SAVE_FILES, Doing.RECORD}


def course(way: Way, state: ItemState) -> ItemCourse:
    """Return a thing that passes in a way and is in a state."""
    told = Told(ItemKind.CREDENTIAL, UUID(int=77), way, 1, "moers_de")
    return ItemCourse(told, state, NOW, Turn.NOBODY, 1, None, None, None, {}, (), False)


def item(way: Way, state: ItemState, *, until: date | None = None, acting: UUID | None = None) -> ItemRow:
    """Return a thing as the list shows it, with whoever acts next; `acting` stands in for somebody who left."""
    turn = whose_turn(way, state, until=until, today=TODAY, ran_out=False)
    whose = None if turn is Turn.NOBODY else acting or (GIVER if turn is Turn.GIVER else TAKER)
    thing = ItemKind.CREDENTIAL, UUID(int=77), "moers_de", way, state, TODAY
    granter = GIVER if is_to_be_granted(way, state) else None
    return ItemRow(*thing, turn, whose, "", "", 1, None, None, (), granter=granter)


def detail(*items: ItemRow, taker: UUID = TAKER, said: tuple[UUID, ...] = ()) -> HandoverDetail:
    """Return a handover from Erika with things in it, in which some people said something."""
    row = HandoverRow(
        id=UUID(int=9),
        giver_id=GIVER,
        giver="Erika Mustermann",
        taker_id=taker,
        taker="Max Mustermann",
        occasion=Occasion.LEAVING,
        opened_on=TODAY,
        until=None,
        finished_on=None,
        items=len(items),
        open_items=sum(one.state not in FINISHED for one in items),
        states={},
        since=TODAY,
        turns={},
    )
    steps = tuple(StepRow(Act.REQUEST, one, "", "pc", NOW, 1, "0" * 64) for one in said)
    return HandoverDetail(row, items, steps, ())


def offered(person: UUID | None, *items: ItemRow, head: UUID | None = HEAD, taker: UUID = TAKER) -> list[Doing]:
    """Return what a person is offered, without the papers."""
    found = possible_steps(detail(*items, taker=taker), person, head)
    return [one.doing for one in found if one.doing not in PAPERS]


def due(person: UUID, *items: ItemRow) -> Doing | None:
    """Return what the others wait for a person to do."""
    found = due_step(possible_steps(detail(*items), person, HEAD))
    return found.doing if found is not None else None


def test_nothing_is_offered_that_the_protocol_would_refuse():
    """A file may be opened whatever the registry believes of the thing; its own guards look at it."""
    offered_now = [one for one in STEPS if one[0] is not Doing.OPEN and begins(*one)]
    wrong = [one for one in offered_now if not fits(PROTOCOL[one[0]], course(*one[1:]))]
    assert wrong == []


def test_what_the_protocol_allows_is_offered_while_the_thing_is_open():
    """What is not offered although it is allowed has a reason, which is named here."""
    allowed = [one for one in STEPS if one[0] is not Doing.OPEN and fits(PROTOCOL[one[0]], course(*one[1:]))]
    assert [one for one in allowed if not begins(*one) and not _has_reason(*one)] == []


def _has_reason(doing: Doing, way: Way, state: ItemState) -> bool:
    asked_already = doing is Doing.ACCEPT and state is not ItemState.PLANNED
    nothing_changed_yet = doing is Doing.CONFIRM and state is not ItemState.ROTATING
    return state in FINISHED or asked_already or nothing_changed_yet or not _reachable(way, state)


@pytest.mark.parametrize(("way", "state"), list(product(Way, ItemState)))
def test_whoever_is_waited_for_is_offered_something(way, state):
    possible_copy = way is not Way.COPY or state is not ItemState.ROTATING
    thing = item(way, state, until=date(2026, 11, 1))
    if thing.turn_id is None or not _reachable(way, state) or not possible_copy:
        return
    assert due(thing.turn_id, thing) is not None


def _reachable(way: Way, state: ItemState) -> bool:
    """Say whether a thing that passes in this way ever comes into this state."""
    match state:
        case ItemState.SEALED | ItemState.OPENED:
            return way in {Way.SEALED, Way.COPY, Way.MOVE} and not (way is Way.MOVE and state is ItemState.OPENED)
        case ItemState.ROTATING:
            return way in {Way.SEALED, Way.RESET}
        case _:
            return True


@pytest.mark.parametrize(
    ("way", "state", "giver", "taker"),
    [
        (Way.SEALED, ItemState.PLANNED, [Doing.WITHDRAW], [Doing.ACCEPT, Doing.REFUSE]),
        (Way.SEALED, ItemState.REQUESTED, [Doing.SEAL, Doing.WITHDRAW], [Doing.REFUSE]),
        (Way.SEALED, ItemState.SEALED, [Doing.WITHDRAW], [Doing.OPEN, Doing.REFUSE]),
        (Way.SEALED, ItemState.OPENED, [], [Doing.BEGIN]),
        (Way.SEALED, ItemState.ROTATING, [], [Doing.BEGIN, Doing.CONFIRM]),
        (Way.SEALED, ItemState.CONFIRMED, [Doing.RELEASE], []),
        (Way.SEALED, ItemState.CLOSED, [], []),
        (Way.SEALED, ItemState.EXPIRED, [], []),
        (Way.RESET, ItemState.REQUESTED, [Doing.WITHDRAW], [Doing.BEGIN, Doing.REFUSE]),
        (Way.ROLE, ItemState.REQUESTED, [Doing.GRANT, Doing.WITHDRAW], [Doing.CONFIRM, Doing.REFUSE]),
        (Way.DUTY, ItemState.REQUESTED, [Doing.WITHDRAW], [Doing.CONFIRM, Doing.REFUSE]),
        (Way.COPY, ItemState.OPENED, [], [Doing.RETURN]),
    ],
)
def test_each_is_offered_the_own_steps(way, state, giver, taker):
    assert offered(GIVER, item(way, state)) == giver
    assert offered(TAKER, item(way, state)) == taker
    assert offered(OTHER, item(way, state)) == []
    assert offered(None, item(way, state)) == []


def test_the_head_of_press_ends_what_is_open_and_closes_what_is_confirmed():
    assert offered(HEAD, item(Way.SEALED, ItemState.SEALED)) == [Doing.SUPERSEDE]
    assert offered(HEAD, item(Way.SEALED, ItemState.CONFIRMED)) == [Doing.CLOSE, Doing.SUPERSEDE]
    assert offered(HEAD, item(Way.SEALED, ItemState.CLOSED)) == []
    assert due(HEAD, item(Way.SEALED, ItemState.CONFIRMED)) is None


def test_the_head_of_press_is_waited_for_in_the_place_of_somebody_who_left():
    assert due(HEAD, item(Way.SEALED, ItemState.CONFIRMED, acting=HEAD)) is Doing.CLOSE
    assert due(HEAD, item(Way.SEALED, ItemState.REQUESTED, acting=HEAD)) is Doing.SUPERSEDE


def test_a_head_of_press_who_hands_over_releases_and_does_not_close():
    confirmed = item(Way.SEALED, ItemState.CONFIRMED)
    assert offered(GIVER, confirmed, head=GIVER) == [Doing.RELEASE, Doing.SUPERSEDE]


def test_a_move_to_the_own_second_computer_is_withdrawn_not_refused():
    assert offered(GIVER, item(Way.MOVE, ItemState.SEALED), taker=GIVER) == [Doing.OPEN, Doing.WITHDRAW]


def test_a_copy_is_given_back_in_time_when_one_wants_and_after_it_because_others_wait():
    assert due(TAKER, item(Way.COPY, ItemState.OPENED, until=date(2026, 12, 1))) is None
    assert due(TAKER, item(Way.COPY, ItemState.OPENED, until=date(2026, 11, 1))) is Doing.RETURN


def test_what_is_waited_for_comes_before_what_is_merely_possible():
    steps = offered(GIVER, item(Way.COPY, ItemState.REQUESTED), item(Way.RESET, ItemState.CONFIRMED))
    assert steps == [Doing.SEAL, Doing.RELEASE, Doing.WITHDRAW]


def test_logins_come_before_roles_and_duties_for_whoever_takes_over():
    role, login = item(Way.ROLE, ItemState.REQUESTED), replace(item(Way.RESET, ItemState.REQUESTED), id=UUID(int=78))
    assert due(TAKER, role, login) is Doing.BEGIN
    assert due(TAKER, role) is Doing.CONFIRM


def test_whoever_gives_grants_a_role_after_sealing_and_only_once():
    role, login = item(Way.ROLE, ItemState.REQUESTED), replace(item(Way.SEALED, ItemState.REQUESTED), id=UUID(int=78))
    steps = [one.doing for one in possible_steps(detail(role, login), GIVER, HEAD)]
    assert steps[:2] == [Doing.SEAL, Doing.GRANT]
    assert due(GIVER, role) is Doing.GRANT
    granted = due_step(possible_steps(detail(role), GIVER, HEAD, {role.id}))
    assert granted is None


def test_only_the_things_that_are_there_go_along():
    sealed, asked = item(Way.SEALED, ItemState.SEALED), item(Way.RESET, ItemState.REQUESTED)
    steps = {one.doing: one.items for one in possible_steps(detail(sealed, asked), TAKER, HEAD)}
    assert steps[Doing.OPEN] == (sealed,)
    assert steps[Doing.BEGIN] == (asked,)
    assert steps[Doing.REFUSE] == (sealed, asked)


def test_own_files_are_saved_again_only_where_one_said_something_and_the_record_always():
    asked = item(Way.RESET, ItemState.REQUESTED)
    taker = [one.doing for one in possible_steps(detail(asked, said=(TAKER,)), TAKER, HEAD)]
    assert taker[-2:] == [Doing.SAVE_FILES, Doing.RECORD]
    assert [one.doing for one in possible_steps(detail(asked, said=(TAKER,)), None, HEAD)] == [Doing.RECORD]


def test_every_step_of_the_protocol_that_begins_with_a_click_is_offered():
    assert set(PROTOCOL.values()) == set(Step) - {Step.PROPOSE, Step.TAKE_IN}
