"""Texts are ordered and found as a German reader expects."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.model import ChannelState
from core.storage.sorting import folded, sort_key, sort_value


@pytest.mark.parametrize(
    "ordered",
    [
        ["amt", "Ämter", "Zoo"],
        ["Mulde", "Mülheim", "Mumm"],
        ["Gase", "Gaße", "Gast"],
        ["FD 3.5", "FD 3.9", "FD 3.10", "FD 10.1"],
        ["Oe", "Öffentlichkeit", "Ostern"],
        ["Bar", "Bär", "Bart"],
    ],
)
def test_lists_are_ordered_after_din_5007(ordered):
    assert sorted(set(ordered), key=sort_key) == ordered


def test_sharp_s_is_ordered_as_ss():
    assert sort_key("Gaße") == sort_key("Gasse")


def test_search_ignores_case_and_meets_ss_and_sharp_s():
    assert folded("STRASSE") == folded("Straße") == "strasse"


def test_an_umlaut_is_found_however_it_was_typed():
    assert folded("Mu\u0308lheim") == folded("MÜLHEIM")


def test_dates_are_ordered_by_time_and_states_by_their_course():
    in_order: list[list[Any]] = [
        [date(2026, 2, 3), date(2026, 11, 1)],
        ["2010", "2010-03", "2010-03-12", "2011"],
        [ChannelState.PROPOSED, ChannelState.ACTIVE, ChannelState.CLOSED],
    ]
    for values in in_order:
        keys: list[Any] = [sort_value(value) for value in values]
        assert keys == sorted(keys)
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("nothing", [None, "", ()])
def test_nothing_has_no_key(nothing):
    assert sort_value(nothing) is None


@given(st.text())
def test_any_text_has_a_key_and_folding_twice_changes_nothing(text):
    assert isinstance(sort_key(text), str)
    assert folded(folded(text)) == folded(text)
