"""How the program starts: the shell first, everything heavy later."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from gui import app
application = app.make_application("de")
sitting = app.Sitting(application)
sitting.window.painted.connect(lambda: QTimer.singleShot(50, application.quit))
sitting.window.show()
application.exec()
sitting.end()
heavy = {"sqlalchemy", "alembic", "openpyxl", "keyring", "qtawesome", "rapidfuzz", "PIL", "lxml"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_painted_shell_has_imported_nothing_heavy():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
    assert done.stderr == ""
