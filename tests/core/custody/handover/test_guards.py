"""A guard that is taken out is missed: what it guards against then happens, or is told apart no longer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.custody.handover.steps.guards import GUARDS, STEPS
from tests.core.custody.handover import test_attacks as attacks
from tests.core.custody.handover import test_steps as steps
from tests.core.custody.handover.office_in_memory import Office
from tests.core.custody.handover.stage import Stage

MISSED: dict[str, Callable[[Any], None]] = {
    "own_card": attacks.test_a_revoked_key_seals_and_opens_nothing,
    "own_turn": steps.test_nobody_takes_the_step_of_another,
    "not_held_already": steps.test_nobody_asks_for_a_copy_of_what_they_have,
    "between_two": steps.test_only_a_move_goes_to_oneself,
    "right_state": steps.test_what_was_opened_is_neither_withdrawn_nor_refused,
    "open_nowhere_else": steps.test_what_is_handed_over_already_is_not_sealed_again,
    "no_rotation_owed": steps.test_what_left_the_house_in_vain_must_be_changed_first,
    "of_this_registry": steps.test_a_statement_of_another_registry_is_refused,
    "of_this_handover": steps.test_a_confirmation_for_a_handover_between_others_is_refused,
    "by_the_right_one": steps.test_the_head_of_press_closes_in_the_place_of_somebody_who_is_gone,
    "by_that_name": attacks.test_a_bundle_under_another_display_name_is_refused,
    "not_revoked": attacks.test_a_revoked_key_seals_and_opens_nothing,
    "verified": attacks.test_a_bundle_by_a_stranger_who_has_the_public_key_is_refused,
    "from_now": steps.test_what_comes_from_the_future_is_refused,
    "not_into_itself": attacks.test_a_bundle_for_the_very_card_it_comes_from_is_refused,
    "to_verified_cards": attacks.test_nothing_is_sealed_to_a_revoked_or_replaced_card,
    "only_bundle": attacks.test_a_second_bundle_of_one_handover_is_refused,
    "holds_the_newest": steps.test_what_is_being_changed_is_not_sealed,
    "for_me": attacks.test_what_max_wraps_anew_for_ute_is_refused,
    "numbered_once": attacks.test_a_number_that_was_given_twice_is_refused,
    "as_asked_for": steps.test_a_bundle_for_another_request_is_refused,
    "not_opened_before": attacks.test_a_bundle_that_was_opened_is_refused_even_after_a_backup_was_put_back,
    "not_given_up": attacks.test_a_withdrawn_bundle_is_refused_even_after_mailbox_and_registry_were_put_back,
    "not_ended_before": attacks.test_a_withdrawn_bundle_is_refused_even_after_mailbox_and_registry_were_put_back,
    "in_time": attacks.test_a_bundle_whose_time_is_over_is_refused,
    "newest_revision": attacks.test_a_bundle_with_an_older_revision_is_refused,
    "nothing_in_its_place": steps.test_a_bundle_does_not_take_the_place_of_a_prepared_secret,
    "not_overtaken": steps.test_a_change_that_somebody_else_overtook_is_not_begun,
    "login_seen": steps.test_nothing_is_confirmed_without_a_login_or_without_a_change,
    "rotated_here": steps.test_nothing_is_confirmed_without_a_login_or_without_a_change,
    "verified_or_tried": attacks.test_a_reset_by_an_unverified_card_is_released_only_when_the_old_secret_was_tried,
    "newer_than_mine": steps.test_a_secret_that_is_as_new_as_the_confirmed_one_is_not_let_go,
    "fits_what_was_sealed": attacks.test_a_forged_receipt_is_refused,
    "proves_a_change": attacks.test_a_confirmation_of_the_old_revision_is_refused,
    "not_my_own_change": steps.test_nobody_learns_of_a_change_while_preparing_one,
}
"""Which scenario fails without a guard."""

TOGETHER: dict[str, tuple[str, ...]] = {
    "not_given_up": ("not_ended_before",),
}
"""Guards that only fail together: one reads the registry, the other the keyring."""


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_a_guard_that_is_taken_out_is_missed(name, monkeypatch):
    for guard in (name, *TOGETHER.get(name, ())):
        monkeypatch.delitem(GUARDS, guard)
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        MISSED[name](Stage(Office(shared=False)))


def test_with_all_guards_each_of_these_scenarios_holds():
    for scenario in MISSED.values():
        scenario(Stage(Office(shared=False)))


def test_every_guard_is_asked_by_a_step_and_has_its_scenario():
    assert set(GUARDS) == {guard.__name__ for asked in STEPS.values() for guard in asked} == set(MISSED)
