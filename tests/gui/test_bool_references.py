"""PySide6 uses up True; the program lends it references."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from PySide6.QtCore import QObject, Signal
from gui.bool_references import lend
class Sender(QObject):
    sent = Signal(bool)
sender = Sender()
sender.sent.connect(lambda _value: None)
lend()
for _number in range(5_000):
    sender.sent.emit(True)
    sender.sent.emit(False)
print("alive")
"""


def test_a_sitting_outlives_any_number_of_emitted_bools():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
