"""Without any one of its guards the protocol breaks a promise, and the state machine of handovers sees it happen.

That is what the green run in `test_handovers` is worth: the machine brings up what each guard is there for. A guard is
taken out of the very code that runs, and the machine must then fail. (`test_guards` in the tests of the protocol does
the same with one written scenario for each, and is what tells quickly which guard was broken.)
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, Verbosity, settings
from hypothesis.stateful import run_state_machine_as_test

from core.custody.handover.steps.guards import GUARDS
from tests.core.custody.handover.machine import Handovers
from tests.core.custody.handover.remembering import remember_what_was_signed
from tests.endurance.test_handovers import STEPS

MOST_EXAMPLES = 2_000
QUICKEST = ("open_nowhere_else", "by_the_right_one", "verified")
"""The guards whose loss is seen after a handful of runs; `make test` tries these, `make endurance` all."""


class Missed(Handovers):
    """The machine, which counts its runs."""

    runs = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1


@pytest.fixture
def without_it(name, monkeypatch):
    """The protocol without a guard; none is so redundant that it would have to go together with another one."""
    remember_what_was_signed(monkeypatch)
    monkeypatch.delitem(GUARDS, name)


@pytest.mark.parametrize("name", QUICKEST)
def test_the_machine_sees_at_once_that_a_guard_is_gone(name, without_it):
    assert "a promise" in _broken_after(120)


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_the_machine_sees_that_a_guard_is_gone(name, without_it, at_full_length, counted):
    counted(f"handovers without the guard {name}: {_broken_after(MOST_EXAMPLES)}")


def _broken_after(most: int) -> str:
    """Run the machine until a promise is broken, and say when that was and which."""
    Missed.runs = 0
    with pytest.raises(AssertionError) as error:
        run_state_machine_as_test(
            Missed,
            settings=settings(
                max_examples=most,
                stateful_step_count=STEPS,
                phases=(Phase.generate,),
                report_multiple_bugs=False,
                derandomize=True,
                database=None,
                deadline=None,
                verbosity=Verbosity.quiet,
                suppress_health_check=list(HealthCheck),
            ),
        )
    return f"a promise was broken after {Missed.runs} runs: {str(error.value).splitlines()[0]}"
