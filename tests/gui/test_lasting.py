"""The interpreter survives a long sitting with a Qt that loses references."""

import sys

import pytest
from PySide6.QtCore import QObject

import gui  # noqa: F401 - importing it is what is tested


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="the constants last by themselves")
def test_none_outlives_more_calls_than_it_has_references():
    before = sys.getrefcount(None)
    thing = QObject()
    for _ in range(100_000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > 1 << 59
    assert before > 1 << 59
