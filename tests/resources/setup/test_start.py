"""Setting up: the environment follows the lock file, and whoever lacks something is told in one line."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from resources.setup import start

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a shell script of Linux")
SCRIPT = start.ROOT / "resources" / "setup" / "system_packages.sh"
INSTALLED = ["libgl1", "libegl1", "libxkbcommon0", "libfontconfig1", "libdbus-1-3", "fonts-dejavu-core"]
INSTALLED += ["libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1"]
INSTALLED += ["libxcb-render-util0", "libxcb-shape0", "libglib2.0-0t64"]


def _machine(folder: Path, installed: list[str], user: int = 1000, *, office: bool = False, sudo: bool = False) -> Path:
    """Make a folder of commands that answer like a Debian on which these packages are installed."""
    folder.mkdir()
    office_says = "installed" if office else "not-installed"
    lines = "".join(f"installed {name}\\n" for name in installed)
    listing = f"""case "$*" in *libreoffice-core) printf {office_says};; *) printf '{lines}';; esac"""
    answers = {
        "dpkg-query": listing,
        "apt-get": f'echo "$@" >> "{folder}/asked"',
        "id": f"echo {user}",
        "sudo": 'shift; "$@"' if sudo else "exit 1",
        "uname": "echo Linux",
    }
    for name, answer in answers.items():
        (folder / name).write_text(f"#!/bin/sh\n{answer}\n", "utf-8")
        (folder / name).chmod(0o755)
    for real in ("sh", "grep", "sed", "tr", "mktemp", "tail", "rm", "env", "true"):
        (folder / real).symlink_to(shutil.which(real) or real)
    return folder


def _asked(machine: Path, purpose: str) -> tuple[str, str, str]:
    environment = {"PATH": str(machine), "PYTHON": sys.executable, "TMPDIR": str(machine)}
    shell = shutil.which("sh") or "sh"
    said = subprocess.run([shell, SCRIPT, purpose], env=environment, capture_output=True, text=True, check=True)
    installed = machine / "asked"
    return said.stdout, said.stderr, installed.read_text("utf-8") if installed.exists() else ""


@POSIX
def test_a_complete_machine_is_left_alone(tmp_path: Path):
    assert _asked(_machine(tmp_path / "bin", INSTALLED), "run") == ("", "", "")


@POSIX
def test_who_may_not_install_is_told_in_one_line_what_to_install(tmp_path: Path):
    out, err, installed = _asked(_machine(tmp_path / "bin", INSTALLED[1:]), "run")
    assert (out, installed) == ("", "")
    assert err == "Please install what is missing: sudo apt-get install libgl1 \n"


@POSIX
@pytest.mark.parametrize(("user", "sudo"), [(0, False), (1000, True)])
def test_who_may_install_gets_exactly_what_is_missing(tmp_path: Path, user: int, sudo: bool):
    out, err, installed = _asked(_machine(tmp_path / "bin", INSTALLED[2:], user, sudo=sudo), "run")
    assert out == "Installing system packages: libgl1 libegl1 \n"
    assert err == ""
    assert re.search(r"^install -y .* libgl1 libegl1$", installed, re.MULTILINE)


@POSIX
@pytest.mark.parametrize(("office", "package"), [(True, "libreoffice-calc"), (False, "libreoffice-calc-nogui")])
def test_an_office_with_windows_is_never_replaced(tmp_path: Path, office: bool, package: str):
    _, err, _ = _asked(_machine(tmp_path / "bin", INSTALLED, office=office), "test")
    assert err.split()[-1] == package


@POSIX
def test_a_linux_that_is_no_debian_is_told_so_for_the_tests_only(tmp_path: Path):
    machine = _machine(tmp_path / "bin", [])
    (machine / "dpkg-query").unlink()
    assert _asked(machine, "run") == ("", "", "")
    assert "Debian and Ubuntu only" in _asked(machine, "test")[1]


def test_an_environment_is_current_until_the_lock_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n", "utf-8")
    monkeypatch.setattr(start, "LOCK", lock)
    monkeypatch.setattr(start, "ENVIRONMENT", Path(sys.prefix))
    monkeypatch.setattr(start, "STAMP", tmp_path / "stamp")
    assert not start.is_current()
    start.STAMP.write_text(start._wanted(), "utf-8")
    assert start.is_current()
    lock.write_text("one==2\n", "utf-8")
    assert not start.is_current()


def test_an_old_python_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert start.main(["run"]) == 1
    assert "needs Python 3.11 or newer; this is 3.9." in capsys.readouterr().err


@pytest.mark.parametrize(("language", "told"), [("de_DE.UTF-8", "braucht Python 3.11"), ("fr_FR", "needs Python 3.11")])
def test_who_works_in_german_is_told_in_german(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, told: str
):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("LC_ALL", language)
    assert start.main(["run"]) == 1
    assert told in capsys.readouterr().err


def test_an_unknown_wish_is_answered_with_the_known_ones(capsys: pytest.CaptureFixture[str]):
    assert start.main(["fly"]) == 2
    assert "start.py demo" in capsys.readouterr().err


@POSIX
def test_make_says_so_where_no_python_is_new_enough(tmp_path: Path):
    (tmp_path / "sh").symlink_to(shutil.which("sh") or "sh")
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is missing here")
    command = [make, "-C", str(start.ROOT), "run"]
    said = subprocess.run(command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False)
    assert said.returncode != 0
    assert "Kanalregister needs Python 3.11 or newer, and none was found." in said.stderr


def test_the_lock_file_pins_every_package_with_hashes_and_names_no_place():
    pinned = re.split(r"\n(?=\S)", start.LOCK.read_text("utf-8").strip())
    assert all(re.match(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; .+)? \\\n    --hash=sha256:", entry) for entry in pinned)
    assert "://" not in start.LOCK.read_text("utf-8")
