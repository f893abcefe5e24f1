"""All guards by name, and which of them a step asks, in this order.

Each guard looks at one thing only. The tests switch each of them off, and must then see the protocol fail.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.steps import bundle_guards as bundles
from core.custody.handover.steps import signer_guards as signers
from core.custody.handover.steps import step_guards as steps
from core.custody.handover.steps.case import Case, Step
from core.custody.identity.refusals import RefusedError

Guard: TypeAlias = Callable[[Case], HandoverRefusal | None]

_SIGNED: tuple[Guard, ...] = (
    signers.of_this_registry,
    signers.of_this_handover,
    signers.by_the_right_one,
    signers.by_that_name,
    signers.not_revoked,
    signers.verified,
    signers.from_now,
)
_MINE: tuple[Guard, ...] = (steps.own_card, steps.own_turn)

STEPS: dict[Step, tuple[Guard, ...]] = {
    Step.PROPOSE: (
        steps.own_card,
        steps.own_turn,
        steps.between_two,
        steps.right_state,
        steps.open_nowhere_else,
    ),
    Step.REQUEST: (
        steps.own_card,
        steps.own_turn,
        steps.between_two,
        steps.right_state,
        steps.open_nowhere_else,
        steps.no_rotation_owed,
        steps.not_held_already,
    ),
    Step.SEAL: (
        *_MINE,
        *_SIGNED,
        bundles.not_into_itself,
        bundles.to_verified_cards,
        bundles.only_bundle,
        steps.right_state,
        steps.open_nowhere_else,
        steps.no_rotation_owed,
        bundles.holds_the_newest,
    ),
    Step.OPEN: (
        steps.own_card,
        signers.of_this_registry,
        bundles.for_me,
        bundles.not_into_itself,
        *_SIGNED[2:],
        signers.numbered_once,
        bundles.as_asked_for,
        bundles.only_bundle,
        bundles.not_opened_before,
        bundles.not_given_up,
        bundles.not_ended_before,
        bundles.in_time,
        bundles.newest_revision,
        bundles.nothing_in_its_place,
    ),
    Step.BEGIN: (*_MINE, steps.right_state, steps.not_overtaken),
    Step.CONFIRM: (*_MINE, steps.right_state, steps.login_seen, steps.rotated_here),
    Step.RELEASE: (
        *_MINE,
        steps.right_state,
        *_SIGNED,
        signers.verified_or_tried,
        steps.newer_than_mine,
    ),
    Step.RETURN: (*_MINE, steps.right_state),
    Step.REFUSE: (*_MINE, steps.right_state),
    Step.WITHDRAW: (*_MINE, steps.right_state),
    Step.CLOSE: (*_MINE, steps.right_state, *_SIGNED),
    Step.SUPERSEDE: (*_MINE, steps.right_state),
    Step.TAKE_IN: (
        *_SIGNED,
        signers.numbered_once,
        signers.fits_what_was_sealed,
        steps.proves_a_change,
        steps.not_my_own_change,
    ),
}
GUARDS: dict[str, Guard] = {guard.__name__: guard for guards in STEPS.values() for guard in guards}
"""The guards that are on; one that is taken out is not asked any more."""


def check(case: Case) -> None:
    """Ask all guards of a step.

    Raises:
        RefusedError: One of them refuses; nothing was done.
    """
    for guard in STEPS[case.step]:
        code = guard(case) if guard.__name__ in GUARDS else None
        if code is not None:
            raise RefusedError(code)
