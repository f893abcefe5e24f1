"""Kill a process that writes to a registry, again and again, and count what was lost.

The child acknowledges every action through a pipe after it was committed; the parent kills it at a random moment and
then demands every acknowledged channel, a whole file and a whole chain.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from core.model import Channel
from core.registry import open_registry

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Counts:
    """What a run of kills came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    broken: int = 0


def write_for_ever(path: Path) -> None:
    """The child: add channels and say so, until killed."""
    from tests.factories import make_channel

    registry = open_registry(path)
    print("ready", flush=True)
    number = 0
    while True:
        number += 1
        handle = f"kanal{random.getrandbits(60)}"
        with registry.action("Add channel") as session:
            session.add(make_channel(handle=handle))
        if number % 3 == 0:
            registry.undo()
            registry.redo()
        print(handle, flush=True)


def run(path: Path, kills: int, seed: int) -> Counts:
    """Kill the child `kills` times."""
    moments, counts = random.Random(seed), Counts()
    acknowledged: set[str] = set()
    command = [
        sys.executable,
        "-c",
        f"from pathlib import Path; from tests.endurance.killed_writers import *; write_for_ever(Path({str(path)!r}))",
    ]
    while counts.kills < kills:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        time.sleep(moments.uniform(0.0, 0.12))
        child.send_signal(signal.SIGKILL)
        acknowledged |= {line.strip() for line in child.stdout if line.endswith("\n")}
        child.wait()
        child.stdout.close()
        counts.kills += 1
        _inspect(path, acknowledged, counts)
    counts.acknowledged = len(acknowledged)
    return counts


def _inspect(path: Path, acknowledged: set[str], counts: Counts) -> None:
    registry = open_registry(path)
    with registry.reading() as session:
        present = set(session.scalars(select(Channel.handle)))
        counts.damaged += session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() != "ok"
    counts.lost += len(acknowledged - present)
    counts.broken += registry.verify().broken_at is not None
    registry.close()
