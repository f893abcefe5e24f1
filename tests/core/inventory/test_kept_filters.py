"""Which records a saved view means: kept as plain JSON, and read again as far as it can be."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from core.inventory.lists import CHANNELS
from core.inventory.narrowing import Span, Where, kept, recalled
from core.model import ChannelState, ResponsibilityRole, Severity


def test_a_figures_filter_with_days_is_kept_and_moves_on_with_the_calendar(today):
    meant = Where("zuletzt", {"confirmed_on": Span(today - timedelta(days=180)), "unit_id": None})
    plain = json.loads(json.dumps(kept(meant, today)))
    later = today + timedelta(days=30)
    assert recalled(CHANNELS, plain, today) == meant
    moved = recalled(CHANNELS, plain, later)
    assert moved is not None
    assert moved.values["confirmed_on"] == Span(later - timedelta(days=180))


@pytest.mark.parametrize(
    "value", [None, True, 3, "x", ("a", "b"), uuid4(), ChannelState.DORMANT, Severity.SEVERE, ResponsibilityRole.OWNER]
)
def test_every_kind_of_value_is_kept(today, value):
    key = {ChannelState: "state", Severity: "findings"}.get(type(value), "title")
    plain = json.loads(json.dumps(kept(Where("x", {key: value}), today)))
    expected = None if value is ResponsibilityRole.OWNER else value
    assert recalled(CHANNELS, plain, today) == Where("x", {key: expected})


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {},
        {"title": "x"},
        {"title": "x", "values": {"no-such-field": 1}},
        {"title": "x", "values": {"state": {"choice": "no-such-state"}}},
        {"title": "x", "values": {"confirmed_on": {"span": [10**12, None]}}},
        {"title": "x", "values": {"unit_id": {"id": "no id"}}},
    ],
)
def test_a_view_that_cannot_be_read_any_more_narrows_nothing(today, broken):
    assert recalled(CHANNELS, broken, today) is None
