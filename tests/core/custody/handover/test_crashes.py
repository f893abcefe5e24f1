"""A handover is taken up again after a crash before any of its writes, and ends as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from core.custody.handover import protocol
from core.custody.secret import Secret
from core.model.choices import ItemState, Way
from tests.core.custody.handover.memory_party import Crash
from tests.core.custody.handover.office_in_memory import Office
from tests.core.custody.handover.stage import HANDOVER, LOGIN, Stage

SEEN = {LOGIN: {"login-seen": "2026-11-23"}}
MOST_WRITES = 9


def steps_of(stage: Stage) -> list[Callable[[], object]]:
    """Return the steps of a sealed handover, each of which may be asked for again."""
    made: dict[str, bytes] = {}

    def seal() -> None:
        made["bundle"] = protocol.seal(stage.erika, HANDOVER)[1]

    def exchange() -> None:
        for desk, other in ((stage.erika, stage.max), (stage.max, stage.erika)):
            for one in other.statements(HANDOVER):
                protocol.take_in(desk, one)

    return [
        lambda: stage.ask(Way.SEALED),
        exchange,
        seal,
        lambda: protocol.open_(stage.max, made["bundle"]),
        lambda: protocol.begin(stage.max, HANDOVER, LOGIN, stage.office.new_secret()),
        lambda: stage.office.change_on_platform(stage.max, LOGIN, by_reset=False),
        lambda: protocol.confirm(stage.max, HANDOVER, SEEN),
        exchange,
        lambda: protocol.release(stage.erika, HANDOVER, [LOGIN]),
        exchange,
    ]


@pytest.mark.parametrize("write", range(MOST_WRITES))
@pytest.mark.parametrize("number", range(10))
def test_a_step_that_a_crash_ended_is_taken_again(number, write):
    stage = Stage(Office(shared=False))
    for place, step in enumerate(steps_of(stage)):
        if place == number and not _died(stage, write, step):
            continue
        assert _somebody_can_log_in(stage)
        step()
    for desk in (stage.erika, stage.max):
        course = desk.course(HANDOVER).item(LOGIN)
        assert course is not None
        assert course.state is ItemState.CLOSED
        assert desk.revision(LOGIN) == 2
    assert stage.erika.newest(LOGIN) == 0
    assert stage.max.held(LOGIN, 2) == stage.office.live[LOGIN]
    assert len(stage.max.statements(HANDOVER)) == 5


def test_a_prepared_secret_outlives_a_crash_and_is_not_replaced():
    stage = Stage(Office(shared=False))
    stage.open()
    assert _died(stage, 1, lambda: protocol.begin(stage.max, HANDOVER, LOGIN, Secret("geheim-zuerst")))
    protocol.begin(stage.max, HANDOVER, LOGIN, Secret("geheim-danach"))
    assert stage.max.held(LOGIN, 2) == Secret("geheim-zuerst")


def _died(stage: Stage, write: int, step: Callable[[], object]) -> bool:
    try:
        with stage.office.world.dying_at(write):
            step()
    except Crash:
        return True
    return False


def _somebody_can_log_in(stage: Stage) -> bool:
    live = stage.office.live[LOGIN]
    return any(live in desk.keyring.slots.values() for desk in stage.office.desks.values())
