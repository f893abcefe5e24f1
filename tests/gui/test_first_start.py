"""The first start, as somebody goes through it who has never seen the program."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from gui.dialogs.first_start import FirstStart
from gui.main_window import MainWindow
from gui.tasks import Tasks
from gui.workspace import Workspace


@pytest.fixture
def window(qtbot, in_english, tmp_path):
    tasks = Tasks()
    made = MainWindow(Workspace(tasks))
    qtbot.addWidget(made)
    made.show_instead(FirstStart(made.workspace, tmp_path / "r.kanal", made.commands))
    made.show()
    yield made
    made.workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


def _press(window, name):
    button = window.findChild(QPushButton, name)
    assert button.isVisible()
    button.click()


def _open(window, qtbot):
    qtbot.waitUntil(lambda: window.pages.page is not None and window.workspace.tasks.idle(), timeout=60_000)


def test_three_ways_lead_in(window):
    cards = {card.objectName(): card.accessibleName() for card in window.findChildren(QPushButton) if card.isVisible()}
    assert {"card-new", "card-open", "card-demo"} <= set(cards)
    assert not window.navigation.isEnabled()


def test_a_new_registry_knows_its_city_and_who_works_here(window, qtbot):
    _press(window, "card-new")
    form = window.findChild(FirstStart).form
    form.city.setText("Musterstadt")
    form.person.setText("Erika Mustermann")
    form.unit.setText("Pressestelle")
    _press(window, "create")
    _open(window, qtbot)
    assert window.windowTitle() == "Musterstadt - Kanalregister"
    assert window.navigation.isEnabled()
    assert window.messages.text == ""
    assert window.workspace.registry.me() is not None


def test_a_name_that_names_nobody_is_refused_and_nothing_is_left_behind(window, qtbot, tmp_path):
    _press(window, "card-new")
    form = window.findChild(FirstStart).form
    form.person.setText("?")
    _press(window, "create")
    qtbot.waitUntil(lambda: form.messages.text != "", timeout=60_000)
    assert not (tmp_path / "r.kanal").exists()
    form.person.setText("Erika Mustermann")
    _press(window, "create")
    _open(window, qtbot)
    assert (tmp_path / "r.kanal").exists()


def test_without_a_name_one_can_begin_and_say_it_later(window, qtbot):
    _press(window, "card-new")
    window.findChild(FirstStart).form.person.clear()
    _press(window, "create")
    _open(window, qtbot)
    assert window.messages.text == "The log does not know your name yet."


def test_one_can_go_back_to_the_cards(window):
    _press(window, "card-new")
    _press(window, "back")
    assert window.findChild(QPushButton, "card-new").isVisible()


def test_the_demo_city_is_one_click_away_and_stays(window, qtbot):
    _press(window, "card-demo")
    _open(window, qtbot)
    assert window.workspace.registry.path == window.commands.demo_path
    assert window.workspace.registry.settings()["city.name"]
    window.commands.open_demo()
    _open(window, qtbot)
    assert window.workspace.is_open
