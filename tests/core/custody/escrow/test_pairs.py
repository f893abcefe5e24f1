"""For whom envelopes are made: each key alone, or each two of different people; for any set of keys."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from core.custody.escrow.pairs import targets_of
from core.model import EscrowKey

DAY = date(2026, 1, 5)
PEOPLE = [None, UUID(int=1), UUID(int=2), UUID(int=3)]
keys_of_somebody = st.lists(
    st.builds(
        lambda person, day, number: EscrowKey(
            id=UUID(int=number), recipient="age1", person_id=person, since=DAY + timedelta(days=day)
        ),
        st.sampled_from(PEOPLE),
        st.integers(0, 3),
        st.integers(1, 2**64),
    ),
    max_size=6,
    unique_by=lambda key: key.id,
)


@given(keys_of_somebody)
def test_where_one_is_enough_each_key_has_an_envelope_of_its_own(keys: list[EscrowKey]):
    assert [(target.key, target.inner) for target in targets_of(keys, 1)] == [(key, None) for key in keys]


@given(keys_of_somebody)
def test_where_two_are_needed_each_two_of_different_people_have_one_and_nobody_has_one_alone(keys: list[EscrowKey]):
    made = [frozenset(target.ids) for target in targets_of(keys, 2)]
    wanted = {frozenset({a.id, b.id}) for a, b in combinations(keys, 2) if a.person_id != b.person_id}
    assert len(made) == len(set(made))
    assert set(made) == wanted


@given(keys_of_somebody, st.randoms())
def test_the_paper_is_the_outer_one_and_the_order_in_which_keys_are_read_does_not_matter(keys: list[EscrowKey], chance):
    targets = targets_of(keys, 2)
    assert all(target.inner is not None and target.inner.person_id is not None for target in targets)
    mixed = list(keys)
    chance.shuffle(mixed)
    assert {one.ids for one in targets_of(mixed, 2)} == {one.ids for one in targets}
