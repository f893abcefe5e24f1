"""The text of an entry: whatever the secret is, it comes back, and every entry fits every keyring."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.custody.secret import Secret
from core.custody.vault import DamagedEntryError, UnfitSecretError
from core.custody.vault.entries import ENTRY_UNITS, HIGHEST_REVISION, MOST_PARTS, join, read_entry, units, write_entries

any_text = st.text(st.characters(codec=None, exclude_categories=()), min_size=1)
long_text = st.builds(lambda text, times: text * times, any_text, st.integers(1, 400)).filter(
    lambda text: len(text) < 7_000
)
revisions = st.integers(0, HIGHEST_REVISION)


@given(revisions, st.one_of(any_text, long_text))
def test_any_text_of_any_revision_comes_back(revision: int, text: str):
    parts = [read_entry(entry) for entry in write_entries(revision, Secret(text))]
    assert join(parts) == Secret(text)
    assert {part.revision for part in parts} == {revision}


@given(revisions, long_text)
def test_every_entry_fits_and_is_of_characters_that_every_keyring_keeps(revision: int, text: str):
    for entry in write_entries(revision, Secret(text)):
        told = entry.reveal()
        assert units(told) <= ENTRY_UNITS
        assert told.isprintable()
        assert not set(told) & set("{}")
        assert told.encode("utf-8").decode("utf-8") == told
        assert told.encode("utf-16").decode("utf-16") == told


@given(long_text.filter(lambda text: len(text) > 1_500), st.data())
def test_parts_that_are_not_all_there_or_in_order_are_no_secret(text: str, data: st.DataObject):
    parts = [read_entry(entry) for entry in write_entries(1, Secret(text))]
    others = data.draw(st.lists(st.sampled_from(parts), min_size=1, max_size=len(parts) + 1))
    if others == parts:
        return
    with pytest.raises(DamagedEntryError):
        join(others)


def test_parts_of_two_revisions_are_no_secret():
    old, new = ([read_entry(entry) for entry in write_entries(number, Secret("x" * 3_000))] for number in (1, 2))
    with pytest.raises(DamagedEntryError):
        join([old[0], *new[1:]])


@given(any_text, st.integers(min_value=1))
def test_an_entry_that_was_cut_is_never_read(text: str, cut: int):
    entry = write_entries(1, Secret(text))[0].reveal()
    with pytest.raises(DamagedEntryError):
        read_entry(Secret(entry[: cut % len(entry)]))


@given(any_text)
def test_any_other_text_is_damage_or_an_entry_and_never_a_crash(text: str):
    for tried in (text, f"kr1:1:1/1:{len(text)}:{text};"):
        try:
            join([read_entry(Secret(tried))])
        except DamagedEntryError:
            continue


@pytest.mark.parametrize("text", ["\\", "\\;", "\\110000;", "\\zz;", "\\\\", "a\\41"])
def test_a_backslash_that_nobody_wrote_is_damage(text: str):
    with pytest.raises(DamagedEntryError):
        join([read_entry(Secret(f"kr1:1:1/1:{len(text)}:{text};"))])


def test_a_person_can_read_an_entry_in_the_program_of_the_keyring():
    (entry,) = write_entries(12, Secret("Grüße aus dem Rathaus"))
    assert entry.reveal() == "kr1:12:1/1:21:Grüße aus dem Rathaus;"


def test_the_longest_secret_fits_and_one_more_does_not():
    (first, *_others) = write_entries(1, Secret("x" * 5_000))
    room = len(read_entry(first).text.reveal())
    assert len(write_entries(1, Secret("x" * (room * MOST_PARTS)))) == MOST_PARTS
    for text in ("", "x" * (room * MOST_PARTS + 1)):
        with pytest.raises(UnfitSecretError):
            write_entries(1, Secret(text))


@pytest.mark.parametrize("revision", [-1, HIGHEST_REVISION + 1])
def test_no_such_revision(revision: int):
    with pytest.raises(ValueError):
        write_entries(revision, Secret("x"))
