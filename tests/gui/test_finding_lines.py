"""What is wrong with a record stands at its head, and leaves the tabs below their room, however much it is."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.widgets.detail_tabs import DetailTabs
from gui.widgets.finding_line import FindingLine, ShownFinding
from gui.widgets.finding_lines import MOST, FindingLines


@pytest.fixture
def column(qtbot):
    whole = QWidget()
    whole.resize(380, 600)
    lines, tabs = FindingLines(), DetailTabs()
    below = QVBoxLayout(whole)
    below.addWidget(lines)
    below.addWidget(tabs, 1)
    qtbot.addWidget(whole)
    whole.show()
    return whole, lines


def shown(number: int) -> list[ShownFinding]:
    sentence = "Es ist kein Impressum eingetragen, obwohl der Kanal schon lange aktiv ist und viele ihn lesen."
    return [ShownFinding("no-imprint", "warning", sentence, "Darum.", "") for _one in range(number)]


def settled(qtbot, lines: FindingLines) -> list[FindingLine]:
    qtbot.wait(50)
    return [one for one in lines.findChildren(FindingLine) if one.isVisible()]


def test_a_finding_takes_the_room_that_it_needs(qtbot, column):
    _whole, lines = column
    lines.show_findings(shown(1))
    [line] = settled(qtbot, lines)
    assert line.height() >= line.heightForWidth(line.width())
    assert lines.height() == line.height()
    assert not lines.verticalScrollBar().isVisible()


def test_many_findings_scroll_and_none_is_squeezed(qtbot, column):
    whole, lines = column
    lines.show_findings(shown(15))
    found = settled(qtbot, lines)
    assert len(found) == 15
    assert all(one.height() >= one.heightForWidth(one.width()) for one in found)
    assert lines.height() == MOST
    assert lines.verticalScrollBar().isVisible()
    assert whole.height() == 600


def test_without_findings_there_is_nothing(qtbot, column):
    _whole, lines = column
    lines.show_findings(shown(2))
    lines.show_findings([])
    assert settled(qtbot, lines) == []
    assert not lines.isVisible()
