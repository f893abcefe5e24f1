"""Erika's last day: five things pass to Max at two windows, between two keyrings and registries that files join.

Once the files go by hand, and once through a shared folder, which both choose on that day.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model import ItemState
from tests.journeys.handing_over import OLD
from tests.journeys.last_day import HOSTS, LastDay, held, last_day_of, walk_through
from tests.parts.keyrings import Keyrings

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
MOST_STEPS = {"by hand": 85, "by folder": 69}


@pytest.fixture
def last_day(
    qapp: object, tmp_path: Path, keyrings: Keyrings, monkeypatch: pytest.MonkeyPatch, in_english: None
) -> Iterator[LastDay]:
    with last_day_of(tmp_path, keyrings, monkeypatch) as day:
        yield day


@pytest.mark.parametrize("how", list(MOST_STEPS))
def test_the_last_day_of_a_leaver_ends_with_five_things_handed_over(last_day: LastDay, how: str, capsys):
    day = last_day
    day.is_shared = how == "by folder"
    walk_through(day)

    for seat in day.both:
        read = seat.come_back().read
        assert read is not None
        assert dict(read.rows[0].states) == {ItemState.CLOSED: len(HOSTS)}
        assert not seat.handovers.arrivals.isVisible(), "nothing is left to take in"
    assert held(day.erika) == {}
    now = held(day.max)
    assert set(now) == set(OLD)
    for name, old in OLD.items():
        assert not day.web.post(HOSTS[name], "login", password=old)
        assert day.web.post(HOSTS[name], "login", password=now[name])
    assert day.web.roles[HOSTS["Facebook"]] == {"Max"}
    if day.is_shared:
        assert not list(day.folder.glob("*.uebergabe")), "what was sealed lies there no longer"

    steps = {seat.name: dict(seat.steps) for seat in day.both}
    total = sum(sum(one.values()) for one in steps.values())
    with capsys.disabled():
        print(f"\nFive things handed over {how}: {steps}, {total} steps in all")
    assert total <= MOST_STEPS[how]
