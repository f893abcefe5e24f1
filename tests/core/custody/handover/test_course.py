"""How far a handover is follows from its statements, whatever their order; the world decides where they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from core.custody.handover.course import course_of
from core.custody.handover.formats.abouts import About
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Signer, Statement, make_statement
from core.custody.handover.item_course import ItemCourse
from core.custody.handover.turns import Turn
from core.model.choices import Act, ItemState, Way
from tests.core.custody.handover.parties import ABOUTS, ERIKA, INSTAGRAM, LISA, MATTER, MAX, NOW, Human

SPEAKERS = {
    Act.SEALING: ERIKA,
    Act.RELEASE: ERIKA,
    Act.WITHDRAWAL: ERIKA,
    Act.CLOSING: LISA,
    Act.SUPERSESSION: LISA,
}
NEW = 4
STATES = [
    (Way.SEALED, "request", "requested", Turn.GIVER),
    (Way.SEALED, "request sealing", "sealed", Turn.TAKER),
    (Way.SEALED, "request sealing receipt", "opened", Turn.TAKER),
    (Way.SEALED, "request sealing receipt confirmation", "confirmed", Turn.GIVER),
    (Way.SEALED, "request sealing receipt confirmation release", "closed", Turn.NOBODY),
    (Way.SEALED, "request sealing receipt confirmation closing", "closed", Turn.NOBODY),
    (Way.SEALED, "request sealing receipt closing", "opened", Turn.TAKER),
    (Way.SEALED, "request sealing receipt release", "opened", Turn.TAKER),
    (Way.SEALED, "request sealing withdrawal", "withdrawn", Turn.NOBODY),
    (Way.SEALED, "request sealing refusal", "refused", Turn.NOBODY),
    (Way.SEALED, "request sealing withdrawal receipt", "opened", Turn.TAKER),
    (Way.SEALED, "request sealing withdrawal confirmation", "confirmed", Turn.GIVER),
    (Way.SEALED, "request sealing receipt supersession", "superseded", Turn.NOBODY),
    (Way.SEALED, "request sealing confirmation supersession", "superseded", Turn.NOBODY),
    (Way.SEALED, "request sealing confirmation release supersession", "closed", Turn.NOBODY),
    (Way.RESET, "request", "requested", Turn.TAKER),
    (Way.RESET, "request confirmation", "confirmed", Turn.GIVER),
    (Way.RESET, "request withdrawal", "withdrawn", Turn.NOBODY),
    (Way.RESET, "request withdrawal confirmation", "confirmed", Turn.GIVER),
    (Way.RESET, "request confirmation release", "closed", Turn.NOBODY),
    (Way.COPY, "request sealing", "sealed", Turn.TAKER),
    (Way.COPY, "request sealing receipt", "closed", Turn.NOBODY),
    (Way.COPY, "sealing receipt", "opened", Turn.NOBODY),
    (Way.MOVE, "request sealing receipt", "closed", Turn.NOBODY),
    (Way.ROLE, "request confirmation", "confirmed", Turn.GIVER),
    (Way.ROLE, "request confirmation release", "closed", Turn.NOBODY),
    (Way.DUTY, "request confirmation", "closed", Turn.NOBODY),
]


def said(
    act: Act, way: Way = Way.SEALED, by: Human | None = None, number: int | None = None, days: int = 0
) -> Statement:
    """Return what somebody says of a login; each act has a number of its own."""
    speaker = by or SPEAKERS.get(act, MAX)
    answers = {"login-seen": "2026-11-23"} if act is Act.CONFIRMATION else {}
    told = replace(INSTAGRAM, way=way, revision=NEW if act is Act.CONFIRMATION else 3, answers=answers)
    return _signed(speaker, act, [told], ABOUTS[act], number or list(Act).index(act) + 1, days)


def _signed(speaker: Human, act: Act, told: list[Told], about: About, number: int, days: int) -> Statement:
    signer = Signer(speaker.card, speaker.keys, number, "", NOW + timedelta(days=days))
    return make_statement(act, MATTER, told, about, signer)


def course(statements: list[Statement], days: int = 0, **more) -> ItemCourse:
    """Return how far the login is."""
    found = course_of(statements, NOW + timedelta(days=days), **more).item(INSTAGRAM.id)
    assert found is not None
    return found


@pytest.mark.parametrize(("way", "acts", "state", "turn"), STATES)
def test_the_state_follows_from_what_was_said_in_whatever_order(way, acts, state, turn):
    statements = [said(Act(act), way) for act in acts.split()]
    found = {(one.state.value, one.turn) for one in (course(list(some)) for some in permutations(statements))}
    assert found == {(state, turn)}


def test_a_statement_that_came_twice_counts_once():
    asked = said(Act.REQUEST)
    assert course_of([asked, asked], NOW) == course_of([asked], NOW)


def test_a_bundle_that_nobody_opened_in_time_has_expired():
    statements = [said(Act.REQUEST), said(Act.SEALING)]
    assert course(statements, days=14).state is ItemState.SEALED
    assert course(statements, days=15).state is ItemState.EXPIRED
    assert course(statements, days=15).owes_rotation(3)


def test_a_receipt_counts_for_ever_if_it_was_in_time_and_never_if_not():
    statements = [said(Act.REQUEST), said(Act.SEALING)]
    assert course([*statements, said(Act.RECEIPT, days=14)], days=99).state is ItemState.OPENED
    late = course_of([*statements, said(Act.RECEIPT, days=15)], NOW + timedelta(days=15))
    assert late.items[INSTAGRAM.key].state is ItemState.EXPIRED
    assert [one.code for one in late.problems] == [HandoverRefusal.EXPIRED]


def test_a_confirmation_of_the_old_revision_or_without_a_login_proves_nothing():
    told = replace(INSTAGRAM, revision=3, answers={"login-seen": "2026-11-23"})
    unchanged = _signed(MAX, Act.CONFIRMATION, [told], {}, 4, 0)
    unseen = _signed(MAX, Act.CONFIRMATION, [replace(told, revision=NEW, answers={"login-seen": "no"})], {}, 5, 0)
    found = course_of([said(Act.REQUEST), said(Act.SEALING), unchanged, unseen], NOW)
    assert found.items[INSTAGRAM.key].state is ItemState.SEALED
    assert [one.code for one in found.problems] == [HandoverRefusal.FORGED_CONFIRMATION] * 2


def test_what_left_the_house_in_vain_is_owed_until_it_was_changed():
    aborted = course([said(Act.REQUEST), said(Act.SEALING), said(Act.WITHDRAWAL)])
    assert (aborted.sealed_on, aborted.revision_before) == (NOW.date(), 3)
    assert aborted.owes_rotation(3)
    assert not aborted.owes_rotation(4)
    assert not course([said(Act.REQUEST), said(Act.WITHDRAWAL)]).owes_rotation(3)


def test_a_cover_stays_open_until_it_is_given_back_and_is_owed_then():
    about = dict(ABOUTS[Act.REQUEST]) | {"until": date(2026, 12, 1).isoformat()}
    asked = _signed(MAX, Act.REQUEST, [replace(INSTAGRAM, way=Way.COPY)], about, 1, 0)
    statements = [asked, said(Act.SEALING, Way.COPY), said(Act.RECEIPT, Way.COPY)]
    assert course(statements).state is ItemState.OPENED
    assert (course(statements).turn, course(statements, days=20).turn) == (Turn.NOBODY, Turn.TAKER)
    returned = course([*statements, said(Act.RETURN, Way.COPY)])
    assert returned.state is ItemState.CLOSED
    assert returned.owes_rotation(3)


def test_a_prepared_secret_is_seen_only_by_whoever_prepared_it():
    statements = [said(Act.REQUEST), said(Act.SEALING), said(Act.RECEIPT)]
    assert course(statements, in_keyring={INSTAGRAM.id}).state is ItemState.ROTATING
    assert course(statements[:2], in_keyring={INSTAGRAM.id}).state is ItemState.SEALED


def test_what_somebody_says_whose_word_it_is_not_is_named_and_does_not_count():
    wrong = [said(Act.WITHDRAWAL, by=MAX), said(Act.SEALING, by=LISA), said(Act.RECEIPT, by=ERIKA)]
    found = course_of([said(Act.REQUEST), *wrong], NOW)
    assert found.items[INSTAGRAM.key].state is ItemState.REQUESTED
    assert {one.digest for one in found.problems} == {one.digest for one in wrong}


def test_only_the_head_of_press_supersedes():
    statements = [said(Act.REQUEST), said(Act.SUPERSESSION)]
    assert course(statements, head=LISA.id).state is ItemState.SUPERSEDED
    assert course(statements, head=ERIKA.id).state is ItemState.REQUESTED


def test_a_number_given_twice_is_named():
    found = course_of([said(Act.REQUEST, number=1), said(Act.REFUSAL, number=1)], NOW)
    assert [one.code for one in found.problems] == [HandoverRefusal.ROLLED_BACK] * 2


def test_a_statement_of_the_same_id_between_others_is_named_and_does_not_count():
    signer = Signer(LISA.card, LISA.keys, 1, "", NOW)
    other = make_statement(Act.REFUSAL, replace(MATTER, taker=LISA.id), [INSTAGRAM], {"reason": ""}, signer)
    found = course_of([said(Act.REQUEST), other], NOW)
    assert [one.code for one in found.problems] == [HandoverRefusal.DOUBLED_ID]
    assert found.item(UUID(int=4)) is None


def test_what_is_still_open_is_told_of_what_is_confirmed():
    found = course([said(Act.REQUEST), said(Act.SEALING), said(Act.RECEIPT), said(Act.CONFIRMATION)])
    assert found.revision_after == NEW
    assert found.still_open == ("sessions-ended", "second-factor", "recovery", "roles-removed", "tokens-removed")


def test_whoever_releases_a_role_has_given_the_own_one_back_so_that_nothing_is_open_of_it():
    asked, confirmed, released = (said(act, Way.ROLE) for act in (Act.REQUEST, Act.CONFIRMATION, Act.RELEASE))
    assert course([asked, confirmed]).still_open == ("roles-removed",)
    assert course([asked, confirmed, released]).still_open == ()
