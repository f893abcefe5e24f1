"""All invariants of handovers, in random sequences of everything that people, crashes, clocks and an attacker do."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from core.model.choices import ItemState
from tests.core.custody.handover.machine import REACHED, Handovers
from tests.core.custody.handover.remembering import remember_what_was_signed

STEPS = 50


def test_every_promise_of_a_handover_holds_whatever_happens(rounds, counted, monkeypatch):
    remember_what_was_signed(monkeypatch)
    examples, least = rounds(100, 5_000), rounds(1, 200)
    REACHED.clear()
    same_each_time = examples < 5_000
    run_state_machine_as_test(
        Handovers,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            derandomize=same_each_time,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    reached = {state.value: REACHED[state.value] for state in ItemState}
    counted(f"handovers, {examples} x {STEPS} steps, states reached: {reached}")
    assert {state: times for state, times in reached.items() if times < least} == {}
