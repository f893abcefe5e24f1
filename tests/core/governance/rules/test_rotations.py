"""Whether secrets are changed when somebody who knows them has lost access, and where a team wants it in time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.governance.findings import evidence_sentence
from core.model import CustodyEnd, ItemKind, ItemState, Severity
from tests.core.custody.handover.handover_records import make_handover, make_item
from tests.core.custody.keeping_records import make_copy, make_login, make_rotation, make_store, shared_login, tied
from tests.core.governance.raising import all_found, days_ago, found
from tests.factories import TODAY, make_channel, make_person

FRIDAY = date(2026, 11, 20)
OWED, OVERDUE = "rotation-owed", "rotation-overdue"


def leaver(**values):
    login, erika = make_login(), make_person(function="Redaktion", **values)
    hers = make_store(erika)
    return login, erika, hers, make_copy(login, hers)


def rotations(*records, today=TODAY, **settings):
    raised = all_found(*records, today=today, stage=2, **settings)
    return [(one.rule, one.since) for one in raised if one.rule.startswith("rotation-")]


@pytest.mark.parametrize(
    ("today", "rule", "since"),
    [
        (date(2026, 11, 20), None, None),
        (date(2026, 11, 21), OWED, date(2026, 11, 21)),
        (date(2026, 11, 25), OWED, date(2026, 11, 21)),
        (date(2026, 11, 26), OVERDUE, date(2026, 11, 26)),
        (date(2027, 2, 1), OVERDUE, date(2026, 11, 26)),
    ],
)
def test_owed_at_once_and_overdue_after_three_working_days_never_both(today, rule, since):
    assert rotations(*leaver(left_on=FRIDAY), today=today) == ([(rule, since)] if rule else [])


def test_how_long_there_is_time_is_a_setting():
    records = leaver(left_on=days_ago(2))
    assert rotations(*records, rotation_overdue__days=0) == [(OWED, days_ago(1))]
    assert rotations(*leaver(left_on=days_ago(30)), rotation_overdue__days=100) == [(OWED, days_ago(29))]


def test_a_new_revision_ends_it_and_the_one_who_knows_the_new_one_begins_it_again():
    login, erika, hers, copy = leaver(left_on=days_ago(9))
    login.revision, login.rotated_on = 3, days_ago(5)
    assert not rotations(login, erika, hers, copy, make_rotation(login, 3, days_ago(5)))


@pytest.mark.usefixtures("in_english")
def test_the_sentence_names_all_who_know_the_secret():
    login, erika, hers, copy = leaver(left_on=TODAY - timedelta(days=1))
    max_, channel = make_person(given_name="Max"), make_channel()
    his = make_store(max_)
    back = make_copy(login, his, until=TODAY, ended=CustodyEnd.RELEASED)
    (finding,) = found(OWED, login, erika, hers, copy, max_, his, back, channel, tied(login, channel)[0])
    assert finding.severity is Severity.SEVERE
    assert evidence_sentence(OWED, finding.evidence) == (
        "Who knows the secret has lost access, and nobody else can get in: Erika Mustermann (has left, without access "
        "since 22 Nov 2026); Max Mustermann (gave the copy back on 22 Nov 2026)."
    )
    unnamed = evidence_sentence(OWED, finding.evidence, with_names=False)
    assert "Redaktion (has left" in unnamed
    assert "a person without a recorded function (gave" in unnamed
    assert "Mustermann" not in unnamed


@pytest.mark.usefixtures("in_english")
def test_an_agency_is_told_of_without_its_name_where_names_are_not_for_the_reader():
    login, channel = make_login(revision=1, rotated_on=None), make_channel()
    gone = shared_login(channel, None, holder="Agentur", withdrawn_on=TODAY)
    (finding,) = found(OWED, login, channel, tied(login, channel)[0], gone)
    assert "an agency or a tool (shared login" in evidence_sentence(OWED, finding.evidence, with_names=False)


@pytest.mark.parametrize(
    ("values", "rotated", "since"),
    [
        ({}, None, None),
        ({"rotation_days": 90, "rotated_on": days_ago(90)}, None, None),
        ({"rotation_days": 90, "rotated_on": days_ago(91)}, None, TODAY),
        ({"rotation_days": 90, "rotated_on": None, "revision": 1}, days_ago(100), days_ago(9)),
        ({"rotation_days": 90, "rotated_on": None, "revision": 0}, None, date(2026, 1, 5) + timedelta(days=91)),
        ({"rotation_days": 0, "rotated_on": days_ago(91)}, None, None),
        ({"rotation_days": 90, "rotated_on": days_ago(91), "retired_on": TODAY}, None, None),
    ],
)
def test_changes_by_the_calendar_are_asked_for_only_where_the_team_wants_them(values, rotated, since):
    login = make_login(**values)
    more = [make_rotation(login, 1, rotated)] if rotated else []
    raised = found("timed-rotation", login, *more)
    assert [one.since for one in raised] == ([since] if since else [])
    assert all(one.severity is Severity.NOTICE and evidence_sentence(one.rule, one.evidence) for one in raised)


def in_vain(*, today=TODAY, login=None, **values):
    """What is owed after a handover of a login whose secret was sealed."""
    erika, max_ = make_person(), make_person(given_name="Max", function="Redaktion")
    login, handover = login or make_login(), make_handover(erika, max_)
    defaults = {"item_id": login.id, "sealed_on": days_ago(3), "state_since": days_ago(2), "revision_before": 2}
    return all_found(login, erika, max_, handover, make_item(handover, **{**defaults, **values}), today=today, stage=2)


@pytest.mark.parametrize(
    ("values", "since"),
    [
        ({"state": ItemState.REFUSED}, days_ago(2)),
        ({"state": ItemState.WITHDRAWN}, days_ago(2)),
        ({"state": ItemState.EXPIRED}, days_ago(2)),
        ({"state": ItemState.SUPERSEDED}, days_ago(2)),
        ({"state": ItemState.REFUSED, "sealed_on": None}, None),
        ({"state": ItemState.REFUSED, "revision_before": 1}, None),
        ({"state": ItemState.REFUSED, "revision_before": None}, days_ago(2)),
        ({"state": ItemState.REFUSED, "kind": ItemKind.ACCESS}, None),
        ({"state": ItemState.SEALED, "expires_on": days_ago(1)}, TODAY),
        ({"state": ItemState.SEALED, "expires_on": TODAY}, None),
        ({"state": ItemState.OPENED, "expires_on": days_ago(1)}, None),
        ({"state": ItemState.CLOSED}, None),
    ],
)
def test_what_was_sealed_in_vain_is_changed(values, since):
    raised = [one for one in in_vain(**values) if one.rule == OWED]
    assert [one.since for one in raised] == ([since] if since else [])


def test_what_was_sealed_in_vain_becomes_overdue_like_all_the_rest():
    assert [one.rule for one in in_vain(state=ItemState.REFUSED, today=TODAY + timedelta(days=20))
            if one.rule.startswith("rotation-")] == [OVERDUE]  # fmt: skip


@pytest.mark.usefixtures("in_english")
def test_the_sentence_says_that_the_file_left_the_house():
    (finding,) = (one for one in in_vain(state=ItemState.REFUSED) if one.rule == OWED)
    said = evidence_sentence(finding.rule, finding.evidence)
    assert "Max Mustermann (was sent it in a handover that broke off on" in said
    assert "Redaktion (was sent" in evidence_sentence(finding.rule, finding.evidence, with_names=False)
