"""The tabs of a record are reached and turned with the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gui.widgets.detail_tabs import DetailTabs


@pytest.fixture
def whole(qtbot):
    whole = QWidget()
    tabs = DetailTabs()
    for name in ("Fakten", "Verlauf"):
        tabs.addTab(QLineEdit(), name)
    column = QVBoxLayout(whole)
    column.addWidget(QPushButton("Mehr"))
    column.addWidget(tabs)
    qtbot.addWidget(whole)
    whole.show()
    whole.activateWindow()
    qtbot.waitUntil(whole.isActiveWindow)
    return whole


def press(key: Qt.Key) -> QWidget | None:
    """Press a key where the keys are; return where they are then."""
    front = QApplication.focusWidget()
    assert front is not None
    QTest.keyClick(front, key)
    return QApplication.focusWidget()


def test_tab_leads_to_the_line_of_tabs_and_from_there_into_the_tab(whole):
    tabs = whole.findChild(DetailTabs)
    whole.findChild(QPushButton).setFocus()
    assert press(Qt.Key.Key_Tab) is tabs.tabBar()
    press(Qt.Key.Key_Right)
    assert tabs.currentIndex() == 1
    assert press(Qt.Key.Key_Tab) is tabs.currentWidget()
