"""The list behind a figure: records by what their fields hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.i18n import N_
from core.inventory.confirmations import confirm
from core.inventory.lists import CHANNELS
from core.inventory.narrowing import Span, where
from core.model import ChannelState
from tests.factories import make_channel, make_unit


@pytest.fixture
def titles(registry, today):
    """Ask which channels are meant."""
    with registry.action(N_("Fill")) as session:
        unit = make_unit()
        made = [
            make_channel(handle="a", title="A", unit_id=unit.id),
            make_channel(handle="b", title="B", platform="x", state=ChannelState.CLOSED),
            make_channel(handle="c", title="C", platform="x"),
        ]
        session.add_all([unit, *made])
        session.flush()
        confirm(session, made[0].id, person_id=None, on=today - timedelta(days=10))
        confirm(session, made[2].id, person_id=None, on=today - timedelta(days=200))
    ids = {one.id: one.title for one in made}

    def ask(**values):
        with registry.reading() as session:
            return "".join(sorted(ids[one] for one in session.scalars(where(CHANNELS, values, today))))

    return ask


def test_a_value_means_the_records_that_hold_it(titles):
    assert titles(platform="x") == "BC"
    assert titles(platform="x", state=ChannelState.CLOSED) == "B"
    assert titles(unit="FD 3.5 Internetredaktion") == "A"
    assert titles() == "ABC"


def test_none_means_the_records_of_which_it_is_not_known(titles):
    assert titles(unit=None) == "BC"
    assert titles(confirmed_on=None) == "B"


def test_a_span_has_both_its_ends_and_never_what_is_not_known(titles, today):
    limit = today - timedelta(days=180)
    assert titles(confirmed_on=Span(limit, None)) == "A"
    assert titles(confirmed_on=Span(None, limit)) == "C"
    assert titles(confirmed_on=Span(today - timedelta(days=10), today)) == "A"
    assert titles(confirmed_on=Span()) == "AC"
