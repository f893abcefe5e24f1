"""Which names are one slip of the pen apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from core.governance.findings import evidence_sentence
from core.governance.rules.near_names import near_pairs, near_to
from tests.core.governance.raising import COUNTING, STATES, days_ago, found, healthy

NAMES = st.sets(st.text("ab1", min_size=1, max_size=6), max_size=25)


def pair(one, other, **values):
    older = healthy(handle=one, registered_on=days_ago(20))
    return older, healthy(**{"handle": other, "registered_on": days_ago(10), **values})


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("stadtmoers", "stadtmoers", False),
        ("stadtmoers", "stadtmors", True),
        ("stadtmoers", "stadtmoersx", True),
        ("stadtmoers", "stadtmoerz", True),
        ("stadtmoers", "stadtmores", True),
        ("stadtmoers", "StadtMoerz", True),
        ("stadtmoers", "stadtmo", False),
        ("stadtmoers", "satdtmoerz", False),
        ("wache1", "wache2", False),
        ("wache1", "wache12", False),
        ("wache1", "wachel", True),
        ("wache", "wache1", True),
        ("vhs", "vhd", False),
        ("stadt.moers", "stadt_moers", True),
    ],
)
def test_one_edit_makes_a_look_alike(one, other, alike):
    assert bool(found("look-alike", *pair(one, other))) is alike


def test_the_later_one_is_raised_and_names_the_earlier_one():
    older, newer = pair("stadtmoers", "stadtmoerz", title="Kopie")
    (finding,) = found("look-alike", older, newer)
    assert (finding.subject_id, finding.severity, finding.since) == (newer.id, "warning", days_ago(10))
    assert [other["id"] for other in finding.evidence["others"]] == [str(older.id)]


def test_names_on_two_platforms_are_not_compared():
    assert not found("look-alike", *pair("stadtmoers", "stadtmoerz", platform="instagram"))


@pytest.mark.parametrize("state", STATES)
def test_a_channel_that_no_longer_counts_is_nobodys_look_alike(state):
    assert bool(found("look-alike", *pair("stadtmoers", "stadtmoerz", state=state))) is (state in COUNTING)


@pytest.mark.usefixtures("in_english")
def test_of_many_look_alikes_a_few_are_named():
    names = ["stadtmoers", *(f"stadtmoers{letter}" for letter in "abcd")]
    channels = [healthy(handle=name, registered_on=days_ago(30 - place)) for place, name in enumerate(names)]
    last = next(one for one in found("look-alike", *channels) if one.subject_id == channels[-1].id)
    assert last.evidence["count"] == 4
    assert evidence_sentence(last.rule, last.evidence).endswith(" and 1 more.")


@given(NAMES)
def test_the_pairs_are_those_that_comparing_each_with_each_finds(names):
    alike = {(one, other) for one in names for other in names if one < other and OSA.distance(one, other) == 1}
    found_pairs = near_pairs(names)
    assert found_pairs <= alike
    for one, other in alike - found_pairs:
        assert all("1" in name for name in (one, other)), "only names with numbers are siblings"
    for name in names:
        partners = {one if other == name else other for one, other in found_pairs if name in {one, other}}
        assert set(near_to(name, names)) == partners
