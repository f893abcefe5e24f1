"""The real parts are real, and a missing one is never passed over in CI."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from _pytest.outcomes import Failed, Skipped

from core import i18n
from tests.parts.missing import missing_part, needed_program
from tests.parts.office import Office
from tests.parts.screen import Screen


def test_a_missing_part_skips_on_the_machine_of_a_developer(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(Skipped, match="Tresor is missing here"):
        missing_part("Tresor")


def test_a_missing_part_fails_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Failed, match="no-such-program is missing here"):
        needed_program("no-such-program")


def test_a_window_opens_on_the_real_screen(screen: Screen):
    program = "from PySide6.QtWidgets import QApplication, QWidget; app = QApplication([]); w = QWidget(); w.show(); "
    said = subprocess.run(
        [sys.executable, "-c", program + "s = app.primaryScreen(); print(app.platformName(), s.size().toTuple())"],
        env=screen.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.stdout.split("\n")[0] == "xcb (1280, 800)", said.stderr


def test_several_workbooks_become_pages_in_one_call(libreoffice: Office, data: Path, tmp_path: Path):
    lists = [data / "kanalliste-moers.xlsx", data / "profile-muelheim.xlsx"]
    pages = libreoffice.convert(lists, "pdf", tmp_path)
    assert [page.read_bytes()[:5] for page in pages] == [b"%PDF-", b"%PDF-"]
    words = subprocess.check_output([needed_program("pdftotext"), pages[0], "-"], text=True)
    assert "Moers" in words


def test_no_test_touches_the_folders_of_who_runs_it(own_folders: Path):
    for folder in (
        platformdirs.user_data_dir("x"),
        platformdirs.user_config_dir("x"),
        platformdirs.user_state_dir("x"),
    ):
        assert Path(folder).is_relative_to(own_folders)
    assert Path.home() == own_folders
    assert stat.S_IMODE(Path(os.environ["XDG_RUNTIME_DIR"]).stat().st_mode) == 0o700 or sys.platform == "win32"


def test_each_test_begins_in_german():
    assert i18n.current_language() == "de"
    i18n.use_language("en")


def test_the_language_a_test_chose_does_not_stay():
    assert i18n.current_language() == "de"


def test_a_long_run_is_short_unless_it_is_asked_for(rounds, request: pytest.FixtureRequest):
    assert rounds(3, 1000) == (1000 if request.config.getoption("--endurance") else 3)


def test_the_keyboard_reaches_the_screen(screen: Screen):
    seen = subprocess.check_output(
        [needed_program("xdotool"), "getdisplaygeometry"], env=screen.environment(), text=True
    )
    assert seen.split() == ["1280", "800"]
