"""Secrets on a real clipboard: taken away again, also on quitting, and never in the primary selection of X11."""

from __future__ import annotations

import subprocess
import sys

from tests.parts.screen import Screen
from tests.sources import ROOT

COPYING = """
import sys, threading
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from core.custody.secret import Secret
from gui.secret_clipboard import SecretClipboard
from gui.widgets.new_secret import NewSecret
from gui.widgets.shown_secret import ShownSecret
from tests.journeys.driver import rest

application = QApplication([])
system, copying = application.clipboard(), SecretClipboard(application)
shown, typed = ShownSecret(), NewSecret()
shown.reveal(Secret("geheim gezeigt"))
typed.field.setText("geheim getippt")
typed._eye.setChecked(True)
typed.show()
QTest.qWaitForWindowExposed(typed)
for widget in (shown.text, typed._eye.plain, typed.field):
    QTest.mouseDClick(widget, Qt.MouseButton.LeftButton)
    QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(widget, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
typed.field.selectAll()
rest(0.05)
assert "geheim" not in system.text(QClipboard.Mode.Selection) + system.text(), "typed or shown"
for number in range(100):
    copying.copy(Secret(f"geheim {number}"))
    rest()
    assert system.text() == f"geheim {number}"
    assert "geheim" not in system.text(QClipboard.Mode.Selection)
    if number % 3 == 1:
        copying.clear()
        assert system.text() == ""
told = []
threading.Thread(target=lambda: told.append(sys.stdin.readline()), daemon=True).start()
print("held", flush=True)
while not told:
    rest(0.02)
assert copying.holds_secret()
QTimer.singleShot(0, application.quit)
code = application.exec()
print(repr(system.text()), code, flush=True)
"""
LOOKING = """
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from tests.journeys.driver import rest

application = QApplication([])
rest(0.1)
system = application.clipboard()
print([system.text(mode) for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)])
"""


def test_a_hundred_secrets_are_copied_and_none_is_left_when_the_program_ends(screen: Screen):
    with subprocess.Popen(
        [sys.executable, "-c", COPYING],
        cwd=ROOT,
        env=screen.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        assert program.stdout.readline() == "held\n", program.stderr.read()
        assert looked_at(screen) == "['geheim 99', '']", "another program can paste it, and not from the selection"
        out, err = program.communicate("go on\n", timeout=60)
    assert (program.returncode, out, err) == (0, "'' 0\n", "")
    assert looked_at(screen) == "['', '']"


def looked_at(screen: Screen) -> str:
    """Return what another program sees on the clipboard and in the primary selection."""
    command = [sys.executable, "-c", LOOKING]
    return subprocess.check_output(command, cwd=ROOT, env=screen.environment(), text=True, timeout=60).strip()
