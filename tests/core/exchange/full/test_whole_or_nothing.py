"""An export or an answer is whole or not there: real limits, real full and read-only disks, a target that changes."""

from __future__ import annotations

import json
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
ON_DISKS_OF_THEIR_OWN = """
set -e
for name in $NAMES; do
    mkdir "$FOLDER/$name"
    mount -t tmpfs -o size=$SIZE tmpfs "$FOLDER/$name"
    printf '%s' "the old file" > "$FOLDER/$name/$name"
    mount -o remount,$HOW "$FOLDER/$name"
done
"$@"
for name in $NAMES; do
    mkdir "$SEEN/$name"
    cat "$FOLDER/$name/$name" > "$SEEN/$name/content"
    ls -A "$FOLDER/$name" > "$SEEN/$name/names"
done
"""
IN_TURN = """
import json, os, sys
import core.cli.run, core.exchange.answers.making, core.exchange.exporting, openpyxl
from main import main

def carried_out(words):
    heard, said = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(said, 2)
        sys.exit(main(words))
    os.close(said)
    with open(heard, encoding="utf-8") as told:
        return told.read(), os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

for words in json.loads(sys.argv[1]):
    told, code = carried_out(words)
    print(json.dumps([code, told]), flush=True)
"""
"""Each command in a process of its own that has the program's modules: loading them is what takes the time."""


def commands(registry: Registry, folder: Path) -> str:
    """Return the program's own commands, each of which writes its file into a folder of its own."""
    return json.dumps(
        [
            ["--lang", "en", "--registry", str(registry.path), *words, "--out", str(folder / name / name)]
            for name, words in COMMANDS.items()
        ]
    )


def carried_out(words: list[str], **environment: str) -> dict[str, tuple[int, str]]:
    """Run the commands under what `words` say; return for each file the exit code and what was said on stderr."""
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(COMMANDS, map(json.loads, done.stdout.splitlines()), strict=True))


def assert_each_is_refused(outcomes: dict[str, tuple[int, str]]) -> None:
    """Every command ended with its code for what cannot be done, and one sentence."""
    for name, (code, told) in outcomes.items():
        assert (code, told.count("\n"), told[:1]) == (2, 1, "“"), (name, told)
    assert not list(workstation.scratch_folder().iterdir())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "out"
    made.mkdir()
    return made


@pytest.mark.parametrize("blocks", [0, 8, 900])
def test_a_limit_of_file_sizes_leaves_the_old_file_whole(blocks: int, demo: Registry, folder: Path) -> None:
    for name in COMMANDS:
        (folder / name).mkdir()
        (folder / name / name).write_text(OLD)
    limited = ["bash", "-c", f'ulimit -f {blocks}; exec "$@"', "bash", sys.executable, "-c", IN_TURN]
    assert_each_is_refused(carried_out([*limited, commands(demo, folder)]))
    for name in COMMANDS:
        assert {one.name: one.read_text() for one in (folder / name).iterdir()} == {name: OLD}


@pytest.mark.parametrize(("size", "how"), [("8k", "rw"), ("1m", "ro")])
def test_a_full_or_read_only_disk_leaves_the_old_file_whole(
    size: str, how: str, demo: Registry, folder: Path, tmp_path: Path
) -> None:
    seen = tmp_path / "seen"
    seen.mkdir()
    apart = [needed_program("unshare"), "--user", "--map-root-user", "--mount", "bash", "-c", ON_DISKS_OF_THEIR_OWN]
    words = [*apart, "bash", sys.executable, "-c", IN_TURN, commands(demo, folder)]
    names = " ".join(COMMANDS)
    outcomes = carried_out(words, SIZE=size, HOW=how, FOLDER=str(folder), NAMES=names, SEEN=str(seen))
    assert_each_is_refused(outcomes)
    for name in COMMANDS:
        assert (seen / name / "content").read_text() == OLD
        assert (seen / name / "names").read_text().split() == [name]


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
