"""Inject errors of the operating system into use cases, at every k-th call of each kind, with strace."""

from __future__ import annotations

import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.endurance import children, use_cases
from tests.endurance.children import DONE, SENTENCE, Child
from tests.endurance.use_cases import AFTER, BEFORE, USE_CASES, copy_of
from tests.parts.missing import missing_part, needed_program

CALLS = ("write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2", "unlink", "mkdir")
MANY = 50
PERSISTENT = "+"
"""A full disk stays full: from the k-th call on all fail. A bad sector fails once."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The k-th call of one kind fails; with "+" the later ones, too."""

    call: str
    number: int
    error: str
    lasting: str = ""

    @property
    def injection(self) -> str:
        """The fault as strace wants it."""
        return f"inject={self.call}:error={self.error}:when={self.number}{self.lasting}"


@dataclass(slots=True)
class Counts:
    """What a run of faults came to."""

    injected: int = 0
    refused: int = 0
    done: int = 0
    left_open: int = 0
    wrong: list[str] = field(default_factory=list)


def calls_of(name: str, template: Path, folder: Path) -> Counter[str]:
    """Return how often a use case makes each kind of call."""
    with Child(USE_CASES[name].begin, copy_of(template, folder)) as child:
        log = folder / "trace"
        with traced(child.pid, log, f"trace={_names()}"):
            child.go()
            said = child.said()
        assert said[0] == DONE, said[1]
        assert USE_CASES[name].state(folder, template) == AFTER
    counted = Counter(line.partition("(")[0] for line in log.read_text().splitlines())
    return Counter({call: number for call, number in counted.items() if call in CALLS})


def faults_of(calls: Counter[str]) -> Iterator[Fault]:
    """Give each fault of a use case: a call fails once, or from there on the disk is full; for many calls in turn."""
    for call, number in calls.items():
        for k in range(1, number + 1):
            if number < MANY or k % 2:
                yield Fault(call, k, "EIO")
            if number < MANY or not k % 2:
                yield Fault(call, k, "ENOSPC", PERSISTENT)


def inject(name: str, fault: Fault, template: Path, folder: Path, counts: Counts) -> None:
    """Carry a use case out under a fault, then once more without, and see what was left each time."""
    case = USE_CASES[name]
    with Child(case.begin, copy_of(template, folder)) as child:
        log = folder / "trace"
        with traced(child.pid, log, f"trace={fault.call}", fault.injection):
            child.go()
            kind, text = child.said()
        counts.injected += "(INJECTED)" in log.read_text()
        state = case.state(folder, template)
        problem = _problem(kind, text, state)
        counts.refused += kind == SENTENCE
        counts.done += kind == DONE
        counts.left_open += kind == SENTENCE and state == AFTER
        if kind == SENTENCE and state == BEFORE:
            child.go()
            again, why = child.said()
            if (again, case.state(folder, template)) != (DONE, AFTER):
                problem = f"the retry failed: {why}"
        if not problem and fault.call != "unlink" and (stray := strays(folder)):
            problem = f"left behind: {stray}"
    if problem:
        counts.wrong.append(f"{name}, {fault.injection}: {problem}")


def _problem(kind: str, text: str, state: str) -> str:
    """Say what is wrong; a sentence may leave open whether it is done only where the last step of saving failed."""
    match kind, state:
        case (children.DONE, use_cases.AFTER) | (children.SENTENCE, use_cases.BEFORE):
            return ""
        case (children.SENTENCE, use_cases.AFTER) if "whether your last change is there" in text:
            return ""
        case _:
            return f"{kind}, but {state}: {text}"


def strays(folder: Path) -> list[str]:
    """Return the names of half-written files that were left in a folder."""
    return sorted(path.name for path in folder.rglob(".*") if path.is_file())


def _names() -> str:
    return ",".join(f"?{call}" for call in CALLS)


@contextmanager
def traced(pid: int, log: Path, *expressions: str, options: tuple[str, ...] = ()) -> Iterator[None]:
    """Trace a process for a while, and let it go on by itself afterwards."""
    wanted = [part for expression in expressions for part in ("-e", expression)]
    command = [needed_program("strace"), "-q", "-p", str(pid), "-o", str(log), *options, *wanted]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE) as tracer:
        _await_tracer(pid, tracer)
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait()


def _await_tracer(pid: int, tracer: subprocess.Popen[bytes]) -> None:
    status = Path(f"/proc/{pid}/status")
    while "TracerPid:\t0\n" in status.read_text():
        if tracer.poll() is not None:
            missing_part("The right to trace a process of one's own (ptrace)")
        time.sleep(0.001)
