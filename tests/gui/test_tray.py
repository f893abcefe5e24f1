"""The tray: off unless chosen, says how severe it is, hides the window instead of closing it, told once."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QSystemTrayIcon

from core import workstation
from gui import tray
from gui.main_window import MainWindow
from gui.tasks import Tasks
from gui.workspace import Workspace

# The offscreen desktop has neither windows that can be raised nor a tray; the picture itself is Qt's.
pytestmark = pytest.mark.qt_log_ignore("does not support raise", "systemTrayWindowChanged", extend=True)


@pytest.fixture
def quits(monkeypatch):
    """How often the program was ended."""
    told: list[int] = []
    monkeypatch.setattr(QGuiApplication, "quit", lambda: told.append(1))
    return told


@pytest.fixture
def window(qtbot, quits, in_english, tmp_path, monkeypatch):
    """A window on a desktop with a tray; the offscreen one of the tests has none."""
    monkeypatch.setattr(tray, "is_possible", lambda: True)
    tasks = Tasks()
    made = MainWindow(Workspace(tasks))
    qtbot.addWidget(made, before_close_func=lambda one: one.tray and one.tray.release())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.workspace.create(tmp_path / "r.kanal", city="Musterstadt")
    qtbot.waitUntil(lambda: made.workspace.is_open and tasks.idle(), timeout=60_000)
    yield made
    made.workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


def _choose(window, on):
    workstation.remember(tray.CHOICE, on)
    window.commands.follow_tray()


def test_without_the_choice_there_is_no_tray_and_closing_closes(window):
    assert window.tray is None
    assert window.close()
    assert not window.isVisible()


def test_a_closed_window_is_hidden_and_opened_from_the_tray(window):
    _choose(window, True)
    assert not QGuiApplication.quitOnLastWindowClosed()
    assert not window.close()
    assert window.isHidden()
    assert workstation.remembered("page") == window.pages.key
    window.tray.picture.activated.emit(QSystemTrayIcon.ActivationReason.Trigger)
    assert window.isVisible()


def test_that_it_is_hidden_is_told_once(window, monkeypatch):
    told: list[str] = []
    _choose(window, True)
    monkeypatch.setattr(window.tray.picture, "showMessage", lambda title, _text: told.append(title))
    for _time in range(2):
        window.close()
        window.tray.open()
    assert told == ["Kanalregister goes on in the tray"]


def test_its_tooltip_counts_the_severe_findings(window, qtbot):
    from core.inventory.channels import add_channel

    _choose(window, True)
    qtbot.waitUntil(lambda: window.tray.picture.toolTip() == "Kanalregister: 0 severe findings")
    window.workspace.act(
        "Add channel", lambda session: add_channel(session, "x.com/stadt", today=window.workspace.today()) and None
    )
    qtbot.waitUntil(lambda: window.tray.picture.toolTip() == "Kanalregister: 1 severe finding", timeout=60_000)


def test_quit_in_the_tray_ends_the_program_and_the_choice_can_be_taken_back(window, quits):
    _choose(window, True)
    window.close()
    _choose(window, False)
    assert window.isVisible()
    assert not window.tray.picture.isVisible()
    assert QGuiApplication.quitOnLastWindowClosed()
    _choose(window, True)
    window.close()
    window.tray.quitting.trigger()
    assert quits == [1]
    assert not window.tray.picture.isVisible()
