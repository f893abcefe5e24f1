"""An export or an answer is whole or not there: real limits, real full and read-only disks, a target that changes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core import workstation
from core.errors import UnusableFileError
from core.exchange.answers.asking import ask
from core.exchange.answers.making import make_answers
from core.exchange.answers.questions import QUESTIONS
from core.exchange.exporting import export
from core.exchange.full.wanted import whole
from core.exchange.report.readers import Reader
from core.registry import Registry
from tests.core.exchange.report.conftest import demo, demo_file
from tests.parts.missing import needed_program
from tests.sources import ROOT

__all__ = ["demo", "demo_file"]
pytestmark = [
    pytest.mark.usefixtures("in_english"),
    pytest.mark.skipif(sys.platform != "linux", reason="The limits are Linux's"),
]
OLD = "the old file"
TODAY = date(2026, 11, 23)
KEYS = [one.key for one in QUESTIONS]
COMMANDS = {
    "list.json": ["export", "log"],
    "list.csv": ["export", "log"],
    "list.xlsx": ["export", "log"],
    "answers.xlsx": ["answer", *KEYS, "--as-of", "2025-12-31", "2026-06-30"],
}
ON_A_DISK_OF_ITS_OWN = """
set -e
mount -t tmpfs -o size=$SIZE tmpfs "$FOLDER"
printf '%s' "the old file" > "$FOLDER/$NAME"
mount -o remount,$HOW "$FOLDER"
set +e
"$@"
code=$?
cat "$FOLDER/$NAME" > "$SEEN/content"
ls -A "$FOLDER" > "$SEEN/names"
exit $code
"""


def command(registry: Registry, out: Path) -> list[str]:
    """Return the program's own command that writes a file."""
    return [
        *(sys.executable, "main.py", "--lang", "en", "--registry", str(registry.path)),
        *(*COMMANDS[out.name], "--out", str(out)),
    ]


def carried_out(words: list[str], **environment: str) -> tuple[int, str]:
    """Run a command; return its exit code and what it said on stderr."""
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr


def is_one_sentence(told: str) -> bool:
    return told.count("\n") == 1 and told.startswith("“")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("blocks", [0, 8, 900])
def test_a_limit_of_file_sizes_leaves_the_old_file_whole(blocks: int, name: str, demo: Registry, folder: Path) -> None:
    (folder / name).write_text(OLD)
    words = ["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "bash", *command(demo, folder / name)]
    code, told = carried_out(words)
    assert (code, is_one_sentence(told)) == (2, True), told
    assert {one.name: one.read_text() for one in folder.iterdir()} == {name: OLD}
    assert not list(workstation.scratch_folder().iterdir())


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("size", "how"), [("8k", "rw"), ("1m", "ro")])
def test_a_full_or_read_only_disk_leaves_the_old_file_whole(
    size: str, how: str, name: str, demo: Registry, folder: Path, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    apart = [needed_program("unshare"), "--user", "--map-root-user", "--mount", "bash", "-c", ON_A_DISK_OF_ITS_OWN]
    words = [*apart, "bash", *command(demo, folder / name)]
    code, told = carried_out(words, SIZE=size, HOW=how, FOLDER=str(folder), NAME=name, SEEN=str(seen))
    assert (code, is_one_sentence(told)) == (2, True), told
    assert ((seen / "content").read_text(), (seen / "names").read_text().split()) == (OLD, [name])
    assert not list(workstation.scratch_folder().iterdir())


Change = Callable[[], Any]


def _answers(registry: Registry, out: Path, change: Change) -> None:
    def progress(done: int, total: int) -> None:
        if done == total - 1:
            change()

    make_answers(registry, ask(KEYS, [TODAY], Reader.COMMITTEE, TODAY, None), out, progress=progress)


def _list(registry: Registry, out: Path, change: Change) -> None:
    def progress(_done: int, _total: int) -> None:
        change()

    export(registry, whole("log", Reader.INTERNAL), out, today=TODAY, progress=progress)


WRITERS: dict[str, Callable[[Registry, Path, Change], None]] = {
    "answers.xlsx": _answers,
    "list.json": _list,
    "list.csv": _list,
}


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_a_target_that_becomes_something_else_meanwhile_is_left_alone(
    kind: str, name: str, demo: Registry, folder: Path, tmp_path: Path
) -> None:
    out, other = folder / name, tmp_path / "other"
    other.write_text(OLD)
    out.write_text(OLD)
    change: dict[str, Change] = {
        "folder": out.mkdir,
        "link": lambda: out.symlink_to(other),
        "pipe": lambda: os.mkfifo(out),
    }

    def replace() -> None:
        if out.is_file() and not out.is_symlink():
            out.unlink()
            change[kind]()

    with pytest.raises(UnusableFileError):
        WRITERS[name](demo, out, replace)
    assert other.read_text() == OLD
    assert [one.name for one in folder.iterdir()] == [name]


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_saved_by_somebody_else_meanwhile_is_not_lost(name: str, demo: Registry, folder: Path) -> None:
    theirs = "somebody else's, and longer " * 9_000
    with pytest.raises(UnusableFileError):
        WRITERS[name](demo, folder / name, lambda: (folder / name).write_text(theirs))
    assert {one.name: one.read_text() for one in folder.iterdir()} == {name: theirs}
