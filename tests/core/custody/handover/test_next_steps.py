"""What comes next with a thing, said to those who are to do it."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from core.custody.handover.next_steps import own_sentences
from core.custody.handover.turns import Turn, whose_turn
from core.model.choices import ItemState, Way
from tests.core.custody.handover.test_possible import GIVER, HEAD, NAMES, TAKER, TODAY, course

pytestmark = pytest.mark.usefixtures("in_english")
CALLED = {"giver": NAMES[GIVER], "taker": NAMES[TAKER]}
BOTH = {Turn.GIVER: (GIVER, GIVER), Turn.TAKER: (TAKER, TAKER)}


def told(way, state, acting=BOTH):
    turn = whose_turn(way, state, until=None, today=TODAY, ran_out=False)
    return own_sentences(replace(course(way, state), turn=turn), acting, CALLED, None)


@pytest.mark.parametrize(("way", "state"), list(product(Way, ItemState)))
def test_whoever_acts_is_spoken_to_and_never_called_by_name(way, state):
    turn = whose_turn(way, state, until=None, today=TODAY, ran_out=False)
    found = told(way, state)
    if turn is not Turn.NOBODY:
        assert found[GIVER if turn is Turn.GIVER else TAKER]
    for person, sentence in found.items():
        assert NAMES[person] not in sentence


def test_a_role_that_is_asked_for_leaves_both_something_to_do():
    assert told(Way.ROLE, ItemState.REQUESTED) == {
        GIVER: "Grant Max Mustermann the role on the platform.",
        TAKER: "Wait until Erika Mustermann has granted you the role; then sign in and confirm it.",
    }


def test_a_proposal_is_agreed_to():
    assert told(Way.SEALED, ItemState.PLANNED) == {TAKER: "Look at the proposal and agree to it."}


def test_the_head_of_press_is_spoken_to_in_the_place_of_somebody_who_left():
    acting = BOTH | {Turn.GIVER: (GIVER, HEAD)}
    expected = "Close it as head of press, because Erika Mustermann is not there any more."
    assert told(Way.SEALED, ItemState.CONFIRMED, acting) == {HEAD: expected}
    assert told(Way.RESET, ItemState.REQUESTED, acting).keys() == {TAKER}
