"""A bug never disappears, wherever it is raised."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from gui.bugs import Bug
from gui.dialogs.bug import BugDialog, show_bug

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, sys, threading
from PySide6.QtCore import QAbstractListModel, QEvent, QObject, QTimer, Qt, QCoreApplication, Signal, qCritical
from PySide6.QtWidgets import QApplication, QListView, QWidget
from gui import app
from gui.tasks import Lane

class Boom(Exception): ...
class Sender(QObject):
    sent = Signal()
class Painted(QWidget):
    def paintEvent(self, event): raise Boom("paint")
class Closed(QWidget):
    def closeEvent(self, event): raise Boom("close")
class Handled(QObject):
    def event(self, event): raise Boom("event")
class Model(QAbstractListModel):
    def rowCount(self, parent=None): return 1
    def data(self, index, role=0): raise Boom("data")
class Dying:
    def __del__(self): raise Boom("del")
def boom(text):
    raise Boom(text)

application = app.make_application("de")
sitting = app.Sitting(application)
found = []
sitting.bugs.found.connect(found.append)
sender = Sender()
sender.sent.connect(lambda: boom("slot"))
painted, closed, handled, view, model = Painted(), Closed(), Handled(), QListView(), Model()
view.setModel(model)
raising = [
    lambda: boom("timer"),
    sender.sent.emit,
    lambda: threading.Thread(target=boom, args=("thread",)).start(),
    lambda: sitting.tasks.run(Lane.DATABASE, lambda _job: boom("lane")),
    lambda: sitting.tasks.run(Lane.DATABASE, lambda _job: 1, lambda _one: boom("delivery")),
    painted.show,
    view.show,
    closed.close,
    lambda: QCoreApplication.postEvent(handled, QEvent(QEvent.Type.User)),
    lambda: Dying() and None,
    lambda: qCritical("qt"),
]
for one in raising:
    QTimer.singleShot(0, one)
shown = []
QTimer.singleShot(900, lambda: shown.append(sitting.window.findChild(QWidget, "bug-dialog").isVisible()))
QTimer.singleShot(1000, application.quit)
application.exec()
texts = "\\n".join(bug.line for bug in found)
places = ["slot", "timer", "thread", "lane", "delivery", "paint", "close", "event", "data", "del", "qt"]
print([place for place in places if ": " + place not in texts])
print(len({bug.id for bug in found}) == len(found), *shown)
sys.stdout.flush()
os._exit(0)
"""


def test_errors_raised_at_eleven_places_all_reach_the_one_dialog():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == ["[]", "True True"], done.stderr


@pytest.fixture
def window(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_several_bugs_share_one_dialog_with_all_their_details(window, in_english):
    first = show_bug(Bug("0badcafe", "Boom: one", "Bug 0badcafe\nTraceback one"), window)
    second = show_bug(Bug("deadbeef", "Boom: two", "Bug deadbeef\nTraceback two"), window)
    assert first is second
    assert "0badcafe, deadbeef" in first.explanation.text()
    assert "Traceback one" in first.details.toPlainText()
    assert "Traceback two" in first.details.toPlainText()
    first.accept()


def test_the_details_can_be_copied(window, qapp, in_english):
    dialog = show_bug(Bug("0badcafe", "Boom: one", "Bug 0badcafe"), window)
    assert isinstance(dialog, BugDialog)
    button = dialog.findChild(QPushButton, "bug-copy")
    assert button is not None
    button.click()
    assert qapp.clipboard().text() == "Bug 0badcafe"
    qapp.clipboard().clear()
    dialog.accept()
