"""The window starts again in another language: same registry, same page and section, nothing left of the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from gui import app
from gui.main_window import MainWindow
from core.inventory.narrowing import Where
from core.registry import create_registry

path = Path(sys.argv[1])
create_registry(path, city="Musterstadt").close()

def windows():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]

def ready():
    found = windows()
    return len(found) == 1 and found[0].workspace.is_open and found[0].pages.page and found[0].workspace.tasks.idle()

def when_ready(act):
    def look():
        if ready():
            act(windows()[0])
        else:
            QTimer.singleShot(20, look)
    QTimer.singleShot(20, look)

def section(window):
    return window.pages.page.sections.currentItem().data(Qt.ItemDataRole.UserRole)

def first(window):
    window.show_page("settings", Where("", {"section": "workstation"}))
    when_ready(speak)

def speak(window):
    window.commands.speak("en")
    print([window.navigation.list.item(3).text(), window.pages.key, section(window)])
    button = next(one for one in window.findChildren(QPushButton, "message-act") if one.isVisible())
    when_ready(second)
    button.click()

def second(window):
    same = window.workspace.registry.path == path
    print([window.navigation.list.item(3).text(), window.pages.key, section(window), same])
    window.commands.quit()

application = app.make_application("de")
when_ready(first)
print(app.run(path, "de"))
print(len(windows()))
"""


def test_the_window_starts_again_in_another_language_on_the_same_registry_and_page(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "r.kanal")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.splitlines() == [
        "['Einheiten', 'settings', 'workstation']",
        "['Units', 'settings', 'workstation', True]",
        "0",
        "0",
    ], done.stderr
    assert "Traceback" not in done.stderr
