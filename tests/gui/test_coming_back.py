"""What the window remembers: splitters and the maximised state, beside its place, its page and its columns."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QSplitter

from gui.main_window import MainWindow
from gui.pages.channels import ChannelsPage
from gui.pages.log import LogPage
from gui.pages.settings import SettingsPage
from gui.tasks import Tasks
from gui.workspace import Workspace


def _shown(page, qtbot):
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    splitter = page.findChild(QSplitter)
    assert splitter is not None
    return splitter


@pytest.mark.parametrize("kind", [ChannelsPage, LogPage, SettingsPage])
def test_a_splitter_stands_where_it_was_left(kind, desk, qtbot):
    page = kind(desk.workspace)
    splitter = _shown(page, qtbot)
    before = splitter.sizes()
    splitter.moveSplitter(before[0] - 60 if before[0] > 400 else before[0] + 60, 1)
    left = splitter.sizes()
    assert left != before
    page = kind(desk.workspace)
    again = _shown(page, qtbot)
    assert again.sizes() == pytest.approx(left, abs=4)


def test_a_maximised_window_comes_back_maximised(qtbot):
    windows = []
    for number in range(2):
        made = MainWindow(Workspace(Tasks()))
        qtbot.addWidget(made)
        made.showMaximized() if number == 0 else made.show()
        windows.append(made)
        if number == 0:
            made.close()
    assert windows[1].isMaximized()
    for one in windows:
        one.workspace.tasks.close()
