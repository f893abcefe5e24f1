"""Whether handovers go on, and whose turn it is where they do not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.governance.findings import evidence_sentence
from core.model import ItemState, Severity, Way
from tests.core.custody.handover.handover_records import make_handover, make_item
from tests.core.governance.raising import TOMORROW, YESTERDAY, days_ago, found
from tests.factories import TODAY, make_person

STATE = ItemState


def stuck(*items, handover=None, giver=None, taker=None, **settings):
    """Who is to act, by name, where each thing is told by its values."""
    erika, max_ = make_person(**giver or {}), make_person(**{"given_name": "Max", **(taker or {})})
    head = make_person(given_name="Lisa")
    one = make_handover(erika, max_, **handover or {})
    rows = [make_item(one, **{"state_since": days_ago(8), **values}) for values in items]
    return found("handover-stuck", erika, max_, head, one, *rows, handover__head_of_press=str(head.id), **settings)


@pytest.mark.parametrize(
    ("way", "state", "who"),
    [
        (Way.SEALED, STATE.REQUESTED, "Erika"),
        (Way.SEALED, STATE.SEALED, "Max"),
        (Way.SEALED, STATE.OPENED, "Max"),
        (Way.SEALED, STATE.ROTATING, "Max"),
        (Way.SEALED, STATE.CONFIRMED, "Erika"),
        (Way.COPY, STATE.REQUESTED, "Erika"),
        (Way.COPY, STATE.OPENED, None),
        (Way.RESET, STATE.REQUESTED, "Max"),
        (Way.RESET, STATE.CONFIRMED, "Erika"),
        (Way.ROLE, STATE.REQUESTED, "Max"),
        (Way.ROLE, STATE.CONFIRMED, "Erika"),
        (Way.DUTY, STATE.REQUESTED, "Max"),
        *((Way.SEALED, state, None) for state in (STATE.CLOSED, STATE.REFUSED, STATE.WITHDRAWN, STATE.EXPIRED)),
        (Way.SEALED, STATE.SUPERSEDED, None),
    ],
)
def test_it_is_the_turn_of_whoever_does_the_next_step(way, state, who):
    raised = stuck({"way": way, "state": state})
    assert [one.evidence["person"].split()[0] for one in raised] == ([who] if who else [])
    assert all((one.severity, one.subject_type) == (Severity.WARNING, "handover") for one in raised)


@pytest.mark.parametrize(("days", "raised"), [(7, False), (8, True)])
def test_a_week_without_a_step_is_borne(days, raised):
    assert [one.since for one in stuck({"state_since": days_ago(days)})] == [TODAY] * raised


def test_how_long_is_a_setting():
    assert not stuck({"state_since": days_ago(20)}, handover_stuck__days=20)
    assert stuck({"state_since": days_ago(21)}, handover_stuck__days=20)


def test_who_goes_on_with_one_thing_is_not_reminded_of_the_others():
    assert not stuck({}, {"state": STATE.CLOSED, "state_since": days_ago(2)})


def test_both_are_reminded_where_both_are_to_act():
    raised = stuck({}, {}, {"state": STATE.OPENED})
    assert {(one.evidence["person"], one.evidence["open"]) for one in raised} == {
        ("Erika Mustermann", 2),
        ("Max Mustermann", 1),
    }


@pytest.mark.parametrize(("until", "raised"), [(TOMORROW, False), (days_ago(7), False), (days_ago(8), True)])
def test_a_copy_for_a_holiday_is_given_back_after_it(until, raised):
    copy = {"way": Way.COPY, "state": STATE.OPENED, "state_since": days_ago(60)}
    assert [one.evidence["person"] for one in stuck(copy, handover={"until": until})] == ["Max Mustermann"] * raised


@pytest.mark.parametrize(("expires_on", "raised"), [(None, True), (TODAY, True), (YESTERDAY, False)])
def test_nobody_can_open_what_has_run_out(expires_on, raised):
    assert bool(stuck({"state": STATE.SEALED, "expires_on": expires_on})) is raised


@pytest.mark.parametrize(("values", "who"), [({"left_on": YESTERDAY}, "Lisa"), ({"left_on": TODAY}, "Erika")])
def test_the_head_of_press_acts_for_who_has_left(values, who):
    assert [one.evidence["person"].split()[0] for one in stuck({"state": STATE.CONFIRMED}, giver=values)] == [who]


def test_what_is_finished_is_not_looked_at():
    assert not stuck({}, handover={"finished_on": TODAY})


@pytest.mark.usefixtures("in_english")
def test_the_sentence_names_the_person_only_to_those_who_may_know():
    (finding,) = stuck({"state_since": TODAY - timedelta(days=30)}, giver={"function": "Presse"})
    said = evidence_sentence(finding.rule, finding.evidence)
    assert "It is the turn of Erika Mustermann, and 1 thing is open." in said
    assert "Presse" in evidence_sentence(finding.rule, finding.evidence, with_names=False)
