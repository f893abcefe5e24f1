"""The course of a handover as a checklist, told from how far its things are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from core.custody.handover.checklist import Stage, Standing, checklist
from core.custody.handover.listing import HandoverDetail, StepRow
from core.model.choices import Act, ItemState, Way
from tests.core.custody.handover.test_possible import NAMES, NOW, TAKER, detail, item


def told(found: HandoverDetail, *, compared: bool = False) -> str:
    """Return the checklist in short: a large letter is done, one in brackets is on now."""
    shown = {Standing.DONE: "{}+", Standing.NOW: "{}!", Standing.LATER: "{}"}
    return " ".join(shown[one.standing].format(one.stage.value) for one in checklist(found, compared=compared))


@pytest.mark.parametrize(
    ("way", "state", "expected"),
    [
        (Way.SEALED, ItemState.REQUESTED, "requested+ compared! sealed! received changed confirmed released"),
        (Way.SEALED, ItemState.SEALED, "requested+ compared+ sealed+ received! changed confirmed released"),
        (Way.SEALED, ItemState.OPENED, "requested+ compared+ sealed+ received+ changed! confirmed released"),
        (Way.SEALED, ItemState.ROTATING, "requested+ compared+ sealed+ received+ changed! confirmed released"),
        (Way.SEALED, ItemState.CONFIRMED, "requested+ compared+ sealed+ received+ changed+ confirmed+ released!"),
        (Way.SEALED, ItemState.CLOSED, "requested+ compared+ sealed+ received+ changed+ confirmed+ released+"),
        (Way.RESET, ItemState.REQUESTED, "requested+ changed! confirmed released"),
        (Way.ROLE, ItemState.REQUESTED, "requested+ confirmed! released"),
        (Way.DUTY, ItemState.REQUESTED, "requested+ confirmed!"),
        (Way.COPY, ItemState.SEALED, "requested+ compared+ sealed+ received!"),
        (Way.MOVE, ItemState.CLOSED, "requested+ compared+ sealed+ received+"),
    ],
)
def test_each_way_takes_its_own_steps(way, state, expected):
    assert told(detail(item(way, state))) == expected


def test_words_that_were_compared_before_are_not_waited_for():
    found = told(detail(item(Way.SEALED, ItemState.REQUESTED)), compared=True)
    assert found == "requested+ compared+ sealed! received changed confirmed released"


def test_a_cover_ends_with_giving_back():
    found = detail(item(Way.COPY, ItemState.OPENED))
    found = replace(found, row=replace(found.row, until=date(2026, 12, 1)))
    assert told(found) == "requested+ compared+ sealed+ received+ returned!"


def test_a_step_is_done_when_it_is_done_with_all_things_it_concerns():
    role = replace(item(Way.ROLE, ItemState.REQUESTED), id=UUID(int=78))
    found = checklist(detail(item(Way.RESET, ItemState.CONFIRMED), role))
    confirmed = next(one for one in found if one.stage is Stage.CONFIRMED)
    assert (confirmed.standing, confirmed.done, confirmed.of) == (Standing.NOW, 1, 2)
    assert next(one for one in found if one.stage is Stage.CHANGED).standing is Standing.DONE


def test_who_did_it_and_when_is_told_by_the_last_statement_and_who_will_by_the_role():
    found = detail(item(Way.RESET, ItemState.REQUESTED))
    asked = StepRow(Act.REQUEST, TAKER, NAMES[TAKER], "PC-120", NOW, 1, "0" * 64)
    first, second, *_rest, last = checklist(replace(found, steps=(asked,)))
    assert (first.by, first.at) == ("Max Mustermann", NOW)
    assert (second.by, second.at) == ("Max Mustermann", None)
    assert last.by == "Erika Mustermann"


def test_a_proposal_comes_first_where_there_was_one():
    found = detail(item(Way.DUTY, ItemState.PLANNED))
    said = StepRow(Act.PROPOSAL, TAKER, "Erika Mustermann", "PC-114", NOW, 1, "0" * 64)
    assert told(replace(found, steps=(said,))) == "proposed+ requested! confirmed"


def test_words_are_compared_between_a_proposal_and_the_request():
    said = StepRow(Act.PROPOSAL, TAKER, "Erika Mustermann", "PC-114", NOW, 1, "0" * 64)
    planned = replace(detail(item(Way.SEALED, ItemState.PLANNED)), steps=(said,))
    assert told(planned).startswith("proposed+ compared! requested! sealed")
    asked = replace(detail(item(Way.SEALED, ItemState.REQUESTED)), steps=(said,))
    assert told(asked, compared=True).startswith("proposed+ compared+ requested+ sealed!")
    assert told(asked).startswith("proposed+ requested+ compared! sealed!")


def test_a_step_that_is_half_done_is_on_now():
    role = replace(item(Way.RESET, ItemState.REQUESTED), id=UUID(int=78))
    found = checklist(detail(item(Way.RESET, ItemState.CONFIRMED), role))
    confirmed = next(one for one in found if one.stage is Stage.CONFIRMED)
    assert (confirmed.standing, confirmed.done, confirmed.of) == (Standing.NOW, 1, 2)


def test_what_came_to_nothing_is_left_out_while_others_go_on():
    on = item(Way.DUTY, ItemState.REQUESTED)
    given_up = replace(item(Way.SEALED, ItemState.WITHDRAWN), id=UUID(int=78))
    assert told(detail(given_up, on)) == "requested+ confirmed!"


def test_of_a_handover_that_came_to_nothing_only_what_was_done_is_shown():
    found = replace(
        detail(item(Way.SEALED, ItemState.REFUSED)),
        steps=(StepRow(Act.REQUEST, TAKER, "Max Mustermann", "PC-120", NOW, 1, "0" * 64),),
    )
    assert told(found) == "requested+"
