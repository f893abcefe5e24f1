"""A list is searched as it is typed and sorted by any column, small or large."""

import pytest
from sqlalchemy import select

from core.model import Channel, ChannelState
from core.storage import searching
from core.storage.rows import rebuild
from core.storage.searching import FEW, View, count, count_matches, ordered_rows, page, row_of
from tests.core.storage.listed import TODAY, channel_list, empty_registry, put_channel

TITLES = ("Zoo", "amt", "Ämter", "Straßenbau", "Kunst & Kultur", 'Das "Haus"', "A* OR B", "x")


@pytest.fixture
def listed():
    with empty_registry().connect() as connection:
        for number, title in enumerate(TITLES):
            closed = {"state": ChannelState.CLOSED} if number % 2 else {}
            put_channel(connection, title, url=f"https://facebook.com/{number}", platform="google-plus", **closed)
        records = channel_list()
        rebuild(connection, records, TODAY)
        yield connection, records


def titles(listed, search="", sort="title", **how):
    connection, records = listed
    found = ordered_rows(connection, records, View(search, sort, **how))
    return [one["title"] for one in page(connection, records, found, TODAY) if one]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["A* OR B", "amt", "Ämter", 'Das "Haus"', "Kunst & Kultur", "Straßenbau", "x", "Zoo"]),
        ("strasse", ["Straßenbau"]),
        ("STRAßE", ["Straßenbau"]),
        ("ä", ["Ämter"]),
        ("äm", ["Ämter"]),
        ("kunst kultur", ["Kunst & Kultur"]),
        ("ku &", ["Kunst & Kultur"]),
        ('"haus"', ['Das "Haus"']),
        ("a* or", ["A* OR B"]),
        ("kunst NOT kultur", []),
        ("text:amt", []),
        ("google+ zoo", ["Zoo"]),
        ("%", []),
        ("  ", ["A* OR B", "amt", "Ämter", 'Das "Haus"', "Kunst & Kultur", "Straßenbau", "x", "Zoo"]),
    ],
)
def test_what_is_typed_is_found_word_by_word(listed, typed, found):
    assert titles(listed, typed) == found


@pytest.mark.parametrize("few", [0, FEW])
@pytest.mark.parametrize("limit", [None, 3])
@pytest.mark.parametrize("typed", ["", "facebook", "t", "facebook t"])
def test_every_way_of_searching_finds_the_same_rows_in_the_same_order(listed, monkeypatch, few, limit, typed):
    expected = titles(listed, typed, descending=True)[:limit]
    monkeypatch.setattr(searching, "FEW", few)
    connection, records = listed
    found = ordered_rows(connection, records, View(typed, "title", descending=True), limit)
    assert [one["title"] for one in page(connection, records, found, TODAY) if one] == expected


def test_rows_without_a_value_come_last_either_way(listed):
    connection, records = listed
    put_channel(connection, "Ohne Adresse", url=None)
    rebuild(connection, records, TODAY)
    assert titles(listed, sort="url")[-1] == titles(listed, sort="url", descending=True)[-1] == "Ohne Adresse"


def test_a_choice_of_records_narrows_the_list(listed):
    connection, records = listed
    only = select(Channel.id).where(Channel.state == ChannelState.CLOSED)
    assert set(titles(listed, only=only)) == {"amt", "Straßenbau", 'Das "Haus"', "x"}
    assert count(connection, records, only) == 4
    assert count(connection, records) == len(TITLES)


def test_matches_are_counted_no_further_than_needed(listed, monkeypatch):
    connection, records = listed
    assert count_matches(connection, records, "facebook") == len(TITLES)
    monkeypatch.setattr(searching, "FEW", 3)
    assert count_matches(connection, records, "facebook") == 4


def test_a_record_is_found_by_its_row_and_its_row_by_the_record(listed):
    connection, records = listed
    for row in ordered_rows(connection, records, View()):
        one = page(connection, records, [row], TODAY)[0]
        assert one is not None
        assert row_of(connection, records, one["id"]) == row
