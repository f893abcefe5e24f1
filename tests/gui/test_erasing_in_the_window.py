"""A leaver's data goes from within the real window: nothing of it is left in a file, and every page still opens."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QTabWidget

from core.registry import open_registry
from gui.dialogs.erase_due import EraseDueDialog
from gui.main_window import MainWindow
from gui.pages import PAGES
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.core.protection.canaries import home_in, leaks
from tests.core.protection.leavers import REGISTRY, TODAY, City, plant
from tests.founding import new_registry

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)

PEOPLE, DUE = 4, 2


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_english: None) -> City:
    """A small city in which the time of two has come."""
    for name, value in home_in(tmp_path).items():
        monkeypatch.setenv(name, value)
    new_registry(tmp_path / REGISTRY).close()
    registry = open_registry(tmp_path / REGISTRY, today=lambda: TODAY)
    planted = plant(registry, PEOPLE, DUE)
    registry.close()
    return planted


@pytest.fixture
def window(city: City, qtbot: Any) -> Any:
    tasks, bugs = Tasks(), list[BaseException]()
    tasks.failed.connect(bugs.append)
    made = MainWindow(Workspace(tasks))
    qtbot.addWidget(made)
    made.show()
    made.workspace.open(city.path)
    _rest(qtbot, made)
    yield made
    made.workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()
    assert not bugs, bugs


def _rest(qtbot: Any, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: window.workspace.is_open and window.workspace.tasks.idle(), timeout=60_000)
    for _turn in range(3):
        qtbot.wait(10)
        qtbot.waitUntil(window.workspace.tasks.idle, timeout=60_000)


def _shown(window: MainWindow) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel))


def _tabs(window: MainWindow) -> list[QTabWidget]:
    page = window.pages.page
    return page.findChildren(QTabWidget) if page is not None else []


def test_what_is_due_goes_and_every_page_still_opens(window: MainWindow, city: City, qtbot: Any, tmp_path: Path):
    assert leaks(tmp_path, city.canaries)
    EraseDueDialog(window.workspace, window).open()
    _rest(qtbot, window)
    (dialog,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, EraseDueDialog) and one.isVisible()]
    assert city.due[0].given in "\n".join(one.text() for one in dialog.findChildren(QLabel))
    dialog.decide()
    _rest(qtbot, window)
    gc.collect()
    assert leaks(tmp_path, city.canaries) == []
    for entry in PAGES:
        window.show_page(entry.key)
        _rest(qtbot, window)
        assert window.messages.text == "", entry.key
        assert not [one for one in city.canaries if one in _shown(window)], entry.key
    for one in city.due:
        window.show_page("people", one.id)
        for place in range(_tabs(window)[0].count()):
            _tabs(window)[0].setCurrentIndex(place)
            _rest(qtbot, window)
            assert window.messages.text == "", place
        assert "former member of staff (Redaktion)" in _shown(window)
    assert leaks(tmp_path, city.canaries) == []
