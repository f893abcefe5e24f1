"""The end of a platform is the end of its channels, as far as a day is known."""

from __future__ import annotations

from datetime import date

import pytest

from core.inventory.closing import proposed_closing
from tests.factories import make_channel
from tests.memory import records_in_memory

pytestmark = pytest.mark.usefixtures("in_english")
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("platform", "today", "on"),
    [
        ("google-plus", TODAY, date(2019, 4, 2)),
        ("google-plus", date(2019, 4, 1), None),
        ("mister-wong", TODAY, TODAY),
        ("facebook", TODAY, None),
        ("foursquare", TODAY, None),
        ("unheard-of", TODAY, None),
    ],
)
def test_the_last_day_is_the_platforms(platform, today, on):
    with records_in_memory() as session:
        channel = make_channel(platform=platform)
        session.add(channel)
        session.flush()
        proposed = proposed_closing(session, channel.id, today)
    assert (proposed.on if proposed else None) == on
    assert proposed is None or "shut down" in proposed.reason


def test_of_a_channel_that_is_gone_nothing_is_known():
    with records_in_memory() as session:
        assert proposed_closing(session, make_channel().id, TODAY) is None
