"""The part that is cut out of a picture: it keeps its shape and never leaves the picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gui.crop_box import box_around, largest_box

SIDES = st.tuples(st.integers(1, 6000), st.integers(1, 6000))
STEPS = st.lists(st.tuples(st.floats(-9000, 9000), st.floats(-9000, 9000), st.floats(0.01, 20000)), max_size=6)


@given(SIDES, SIDES, STEPS)
def test_however_it_is_moved_and_sized_it_stays_within_the_picture(source, target, steps):
    box = largest_box(source, target)
    for right, down, width in steps:
        box = box.moved(right, down).sized(width)
        left, top, wide, high = box.points()
        assert left >= 0
        assert top >= 0
        assert left + wide <= source[0]
        assert top + high <= source[1]
        assert wide >= 1
        assert high >= 1


@given(SIDES, SIDES)
def test_at_first_it_is_as_large_as_the_picture_has_room_for(source, target):
    box = largest_box(source, target)
    assert abs(box.width - source[0]) < 1e-6 or abs(box.height - source[1]) < 1e-6
    assert box.sized(1e9).points() == box.points()


def test_a_part_with_too_few_points_is_known():
    assert largest_box((300, 300), (320, 320)).enlarged
    assert not largest_box((320, 400), (320, 320)).enlarged


def test_sizing_keeps_the_middle():
    box = largest_box((1000, 1000), (100, 100)).sized(500).moved(100, -50)
    smaller = box.sized(200)
    assert smaller.left + smaller.width / 2 == box.left + box.width / 2
    assert smaller.top + smaller.height / 2 == box.top + box.height / 2


@given(SIDES, SIDES, STEPS)
def test_with_a_margin_it_lies_within_the_picture_or_the_picture_within_it(source, target, steps):
    box = box_around(source, target, round_shape=True)
    for right, down, width in steps:
        box = box.moved(right, down).sized(width)
        left, top, wide, high = box.points()
        for start, length, whole in ((left, wide, source[0]), (top, high, source[1])):
            assert (start >= 0 and start + length <= whole) or (start <= 0 and start + length >= whole)
        assert box.width <= box.widest


@given(SIDES, SIDES)
def test_the_box_around_holds_the_picture_and_in_a_circle_its_corners(source, target):
    box = box_around(source, target, round_shape=True)
    assert box.width <= box.widest, "there is room for it"
    across, down = source[0] / box.width, source[1] / box.height
    assert across**2 + down**2 <= 1 + 1e-9
