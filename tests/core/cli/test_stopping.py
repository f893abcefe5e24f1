"""Ctrl+C ends a command with one sentence and leaves nothing half done, even while the program still loads."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import main as door
from core.cli import run
from core.registry import Registry

ROOT = Path(door.__file__).parent


def test_whoever_stops_a_command_is_told_in_one_sentence(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(_options: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(run.COMMANDS, "log", stopped)
    assert door.main(["--lang", "en", "--registry", str(registry.path), "log"]) == door.STOPPED
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Stopped. What was not finished was not written.\n")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for one process alone")
@pytest.mark.parametrize("after", [0.15, 0.6, 1.2])
def test_no_traceback_is_shown_and_no_half_file_is_left(after: float, registry: Registry, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    words = ["--lang", "en", "--registry", str(registry.path), "answer", "accounts", "--out", str(out / "a.xlsx")]
    program = [sys.executable, str(ROOT / "main.py"), *words]
    with subprocess.Popen(program, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        time.sleep(after)
        started.send_signal(signal.SIGINT)
        _told, err = started.communicate(timeout=60)
    assert "Traceback" not in err
    # While Python itself comes or goes, the system ends it, which shells tell as 130, too.
    assert started.returncode in {0, door.STOPPED, -signal.SIGINT}
    assert {one.name for one in out.iterdir()} <= {"a.xlsx"}
