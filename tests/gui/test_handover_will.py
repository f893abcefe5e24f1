"""What a step of a handover will do is said of the things it is about: of passwords only where there are some."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from core.custody.handover.listing import HandoverRow, ItemRow
from core.custody.handover.possible import Doing, Possible
from core.custody.handover.turns import Turn
from core.model import ItemKind, ItemState, Occasion, Way
from gui.handover_will import will_do

DAY, ERIKA, MAX = date(2026, 11, 23), UUID(int=1), UUID(int=2)
KINDS = {
    Way.SEALED: ItemKind.CREDENTIAL,
    Way.RESET: ItemKind.CREDENTIAL,
    Way.ROLE: ItemKind.ACCESS,
    Way.DUTY: ItemKind.RESPONSIBILITY,
}


def said(doing: Doing, *ways: Way) -> str:
    people = (ERIKA, "Erika Mustermann", MAX, "Max Mustermann")
    row = HandoverRow(UUID(int=3), *people, Occasion.LEAVING, DAY, DAY, None, len(ways), len(ways), {}, DAY, {})
    return will_do(Possible(doing, tuple(_thing(way) for way in ways)), row)


def _thing(way: Way) -> ItemRow:
    turn = (Turn.GIVER, ERIKA, "Erika Mustermann", "")
    return ItemRow(KINDS[way], UUID(int=9), "Instagram", way, ItemState.CONFIRMED, DAY, *turn, 1, None, None, ())


@pytest.mark.parametrize("doing", [Doing.RELEASE, Doing.CLOSE])
@pytest.mark.parametrize(
    ("ways", "of_passwords"),
    [
        ((Way.SEALED,), True),
        ((Way.RESET, Way.ROLE), True),
        ((Way.ROLE,), False),
        ((Way.DUTY,), False),
        ((Way.ROLE, Way.DUTY), False),
    ],
)
def test_letting_go_speaks_of_passwords_only_where_there_are_some(in_english, doing, ways, of_passwords):
    assert ("new passwords" in said(doing, *ways)) is of_passwords
    assert "Max Mustermann" in said(doing, *ways)


def test_whoever_confirms_a_role_signs_in_and_whoever_confirms_a_duty_tells_it(in_english):
    assert "whether the role is there" in said(Doing.CONFIRM, Way.ROLE)
    assert "answer for it from now on" in said(Doing.CONFIRM, Way.DUTY)
    assert "a few questions" in said(Doing.CONFIRM, Way.SEALED)
