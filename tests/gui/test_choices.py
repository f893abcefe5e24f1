"""What is chosen in the menu is seen in the settings that stand open beside it."""

from __future__ import annotations

import pytest

from core.inventory.narrowing import Where
from gui import theme
from gui.main_window import MainWindow
from gui.pages.settings import SettingsPage
from gui.tasks import Tasks
from gui.workspace import Workspace


@pytest.fixture
def section(qtbot, in_english, tmp_path):
    """The choices of this workstation, in sight."""
    window = MainWindow(Workspace(Tasks()))
    qtbot.addWidget(window)
    window.show()
    window.workspace.create(tmp_path / "r.kanal", city="Musterstadt")
    idle = window.workspace.tasks.idle
    qtbot.waitUntil(lambda: window.pages.page is not None and idle(), timeout=60_000)
    window.show_page("settings", Where("", {"section": "workstation"}))
    qtbot.waitUntil(lambda: window.pages.key == "settings" and idle(), timeout=60_000)
    page = window.pages.page
    assert isinstance(page, SettingsPage)
    yield page.workstation
    window.workspace.close()
    qtbot.waitUntil(idle, timeout=60_000)
    window.workspace.tasks.close()


def test_the_settings_follow_what_is_chosen_in_the_menu(section):
    window = section.window()
    assert section.isVisible()
    boxes = {"scheme": section.theme, "density": section.density, "language": section.language}
    for name, keys in {
        "scheme": ["dark", "light", "system"],
        "density": ["compact", "comfortable"],
        "language": ["de", "en"],
    }.items():
        for key in keys:
            window.findChild(object, f"{name}-{key}").trigger()
            assert boxes[name].currentData() == key
    assert theme.chosen_scheme() == "system"
