"""Drawings are drawn in a process of their own, which may be asked for too much without harm to the window."""

from __future__ import annotations

import time

import pytest
from PySide6.QtGui import QImage

from gui.drawing_apart import picture_apart

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{}</svg>'


def drawn(content: str, longest: int = 64) -> QImage | None:
    return picture_apart(DRAWING.format(content).encode(), longest)


def test_a_drawing_is_drawn_as_large_as_wanted_and_clear_where_nothing_is():
    image = drawn('<rect width="50" height="50" fill="#1f5fbf"/>')
    assert image is not None
    assert (image.width(), image.height()) == (64, 32)
    assert image.pixelColor(5, 5).name() == "#1f5fbf"
    assert image.pixelColor(60, 5).alpha() == 0


def test_letters_are_drawn():
    image = drawn('<text x="5" y="45" font-size="50">W</text>', 200)
    assert image is not None
    assert any(image.pixelColor(x, y).alpha() for x in range(200) for y in range(100))


@pytest.mark.parametrize("content", ["<rect", ""])
def test_what_is_no_drawing_has_no_picture(content: str):
    assert picture_apart(content.encode(), 64) is None


def test_a_drawing_that_asks_for_too_much_is_given_up():
    began = time.process_time()
    assert drawn("".join(f'<circle r="90" cx="{number % 100}" opacity=".5"/>' for number in range(60_000)), 512) is None
    assert time.process_time() - began < 1.0, "the window's own process pays nothing"
