"""Hostile files of the identity are refused or shown safely: in time, in little memory, without file or network."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.parts.missing import needed_program
from tests.sources import ROOT

SEED = 20261123
SECONDS = 2.0
"""No file may take longer: of the processor always, by the clock where nobody traces and nobody else works."""
MEMORY = 1024 * 1024 * 1024
SHUT_IN = re.compile(r"prlimit64\(0, RLIMIT_NOFILE, \{rlim_cur=0, rlim_max=0\}")
BOUND = re.compile(r"prlimit64\(0, RLIMIT_AS, \{rlim_cur=1048576\*1024, rlim_max=1048576\*1024\}")
NETWORK = re.compile(r"^(?:socket|connect|bind|listen|accept4?|send\w*|recv\w*|socketpair|getaddrinfo)\(")
FOR_WRITING = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND")
OPENED = re.compile(r'^(?:open|openat|openat2|creat)\((?:AT_FDCWD, )?"([^"]*)".* = \d')

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process opens is traced with strace")


def traced(number: int, folder: Path) -> dict[str, object]:
    """Look at so many hostile files in a process whose every call about files and network is written down."""
    tracer = [needed_program("strace"), "-ff", "-qq", "-e", "trace=%network,%file,prlimit64", "-o", f"{folder}/log"]
    return looked_at(number, tracer)


def looked_at(number: int, tracer: Sequence[str] = ()) -> dict[str, object]:
    """Look at so many hostile files in a process of their own; return what came of them and what they took."""
    look = [sys.executable, "-m", "tests.endurance.hostile_pictures", str(number), str(SEED)]
    told = subprocess.run([*tracer, *look], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    said: dict[str, object] = json.loads(told.stdout)
    return said


def test_hostile_pictures_are_refused_or_shown_safely(tmp_path: Path, rounds, counted):
    number = rounds(8, 500)
    said = traced(number, tmp_path)
    children = [calls for calls in map(_calls, tmp_path.glob("log.*")) if '"asset"' in calls[0]]
    wrong = [one for calls in children for one in _wrong(calls)]
    came, processor, memory = said["came"], said["processor"], said["memory"]
    counted(
        f"hostile pictures: {number} files in {len(children)} children, {came}; longest {processor} s of processor, "
        f"{said['clock']} s under the tracer, {memory} bytes; files or connections opened {len(wrong)}"
    )
    assert wrong == [], sorted(set(wrong))[:20]
    assert isinstance(came, dict)
    assert sum(came.values()) == number <= len(children)
    assert isinstance(processor, list)
    assert processor[0] < SECONDS, processor
    assert isinstance(memory, int)
    assert memory < MEMORY


def test_no_hostile_picture_holds_anybody_up(rounds, counted):
    number = rounds(8, 500)
    said = looked_at(number)
    counted(f"hostile pictures without a tracer: {number} files; longest {said['clock']} s by the clock")
    clock = said["clock"]
    assert isinstance(clock, list)
    assert clock[0] < rounds(3 * SECONDS, SECONDS), clock


def _calls(log: Path) -> list[str]:
    return log.read_text(errors="replace").splitlines() or [""]


def _wrong(calls: list[str]) -> list[str]:
    """Return what a child did that it has no business to do.

    Before it reads the file it brings in its own modules; from then on it opens nothing, not even in vain.
    """
    if not any(map(BOUND.search, calls)):
        return ["its memory is not bound"]
    shut_in = next((number for number, call in enumerate(calls) if SHUT_IN.search(call)), len(calls))
    after = [call for call in calls[shut_in + 1 :] if not call.startswith(("+++", "---"))]
    # The interpreter may keep what it made of our own sources.
    written = [call for call in calls[1:shut_in] if FOR_WRITING.search(call) and "/__pycache__/" not in call]
    before = [*written, *filter(NETWORK.search, calls[1:shut_in])]
    opened = [found[1] for call in calls if (found := OPENED.search(call))]
    return [*after, *before, *(path for path in opened if not _is_program(path))]


def _is_program(path: str) -> bool:
    ours = (
        sys.prefix,
        sys.base_prefix,
        str(ROOT / "core"),
        "/lib",
        "/usr/lib",
        "/etc/ld.so",
        "/usr/share/locale",
        "/etc/localtime",
    )
    return path.startswith((*ours, "/proc/", "/sys/", "/dev/null")) or Path(path) in {ROOT, Path(sys.executable)}
