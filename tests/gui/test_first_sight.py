"""What the window shows of the channels before the data layer is there."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from core import workstation
from core.exchange.demo import fill
from core.storage import first_rows as reading
from core.storage import first_rows_plan
from gui.first_sight import FirstSight
from gui.main_window import MainWindow
from gui.paged_model import PAGE
from gui.pages.channels import ChannelsPage
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.founding import new_registry


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody changes the program's files while a test runs."""
    for module in (reading, first_rows_plan):
        monkeypatch.setattr(module, "program_mark", lambda: "the same")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The demo city, its rows and findings those of the day."""
    today = date.today()  # noqa: DTZ011 - the day of the window
    registry = new_registry(tmp_path / "stadt.kanal")
    fill(registry, today=today)
    registry.close()
    return registry.path


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, in_english) -> Iterator[MainWindow]:
    made = _window(qtbot)
    yield made
    _end(qtbot, made)


def _window(qtbot: QtBot) -> MainWindow:
    workstation.remember("page", "channels")
    made = MainWindow(Workspace(Tasks()))
    made.show()
    qtbot.waitExposed(made)
    return made


def _end(qtbot: QtBot, window: MainWindow) -> None:
    window.workspace.close()
    qtbot.waitUntil(window.workspace.tasks.idle, timeout=60_000)
    window.close()
    window.workspace.tasks.close()
    window.deleteLater()


def _settle(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(window.workspace.tasks.idle, timeout=60_000)


def _opened_once(qtbot: QtBot, path: Path) -> list[list[str]]:
    """Open the registry as a program before did; return what its rows said."""
    window = _window(qtbot)
    window.workspace.open(path)
    qtbot.waitUntil(lambda: isinstance(window.pages.page, ChannelsPage), timeout=60_000)
    _settle(qtbot, window)
    said = _said(_page(window).table)
    _end(qtbot, window)
    return said


def _first(qtbot: QtBot, window: MainWindow, path: Path) -> FirstSight:
    first = _look(qtbot, window, path)
    assert first is not None
    return first


def _page(window: MainWindow) -> ChannelsPage:
    page = window.pages.page
    assert isinstance(page, ChannelsPage)
    return page


def _look(qtbot: QtBot, window: MainWindow, path: Path) -> FirstSight | None:
    told: list[bool] = []
    window.pages.look_first(path, lambda: told.append(True))
    qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    return window.pages.first_sight


def _said(table: QTableView) -> list[list[str]]:
    model = table.model()
    shown = [column for column in range(model.columnCount()) if not table.isColumnHidden(column)]
    return [[model.index(row, column).data() for column in shown] for row in range(min(model.rowCount(), PAGE))]


def test_the_rows_are_seen_before_the_page_is_there(qtbot: QtBot, window, path):
    said = _opened_once(qtbot, path)
    first = _first(qtbot, window, path)
    assert window.pages.currentWidget() is first
    assert _said(first.table) == said
    assert said


def test_the_page_takes_their_place_without_moving_them(qtbot: QtBot, window, path):
    said = _opened_once(qtbot, path)
    first = _first(qtbot, window, path)
    where = first.table.geometry()
    window.workspace.open(path)
    qtbot.waitUntil(lambda: window.pages.first_sight is None, timeout=60_000)
    _settle(qtbot, window)
    table = _page(window).table
    assert window.pages.currentWidget() is window.pages.page
    assert _said(table) == said
    corner = table.mapTo(_page(window), table.rect().topLeft())
    assert (corner.x(), corner.y(), table.width()) == (where.x(), where.y(), where.width())


def test_a_row_that_was_chosen_meanwhile_stays_chosen(qtbot: QtBot, window, path):
    _opened_once(qtbot, path)
    first = _first(qtbot, window, path)
    first.table.selectRow(3)
    wanted = first.chosen()
    window.workspace.open(path)
    qtbot.waitUntil(lambda: window.pages.first_sight is None, timeout=60_000)
    qtbot.waitUntil(lambda: _page(window).table.chosen_id() == wanted, timeout=60_000)


def test_a_registry_that_cannot_be_opened_shows_no_rows(qtbot: QtBot, window, path):
    _opened_once(qtbot, path)
    assert _look(qtbot, window, path) is not None
    path.unlink()
    window.workspace.open(path)
    qtbot.waitUntil(lambda: window.pages.first_sight is None, timeout=60_000)
    assert window.pages.currentWidget().objectName() == "page-stand-in"


def test_nothing_is_shown_of_a_registry_that_was_changed_past_the_program(qtbot: QtBot, window, path):
    _opened_once(qtbot, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE row_state SET head = 'another'")
        connection.commit()
    assert _look(qtbot, window, path) is None
    assert window.pages.currentWidget().objectName() == "page-stand-in"


def test_another_page_shows_no_rows_of_channels(qtbot: QtBot, window, path):
    _opened_once(qtbot, path)
    window.show_page("people")
    assert _look(qtbot, window, path) is None


def test_whoever_goes_to_another_page_meanwhile_stays_there(qtbot: QtBot, window, path):
    _opened_once(qtbot, path)
    _look(qtbot, window, path)
    window.show_page("people")
    window.workspace.open(path)
    qtbot.waitUntil(lambda: window.pages.page is not None, timeout=60_000)
    _settle(qtbot, window)
    window.show_page("channels")
    qtbot.waitUntil(lambda: window.pages.first_sight is None, timeout=60_000)
    assert isinstance(window.pages.page, ChannelsPage)
