"""Kill a process that writes to a registry, again and again, and count what was lost.

The child acknowledges every action through a pipe after it was committed; the parent kills it at a random moment and
then demands every acknowledged channel, a whole file and a whole chain.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, fields
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import select

from core.model import Channel
from core.registry import open_registry
from tests.endurance.children import servers
from tests.factories import make_channel


@dataclass(slots=True)
class Counts:
    """What a run of kills came to."""

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    damaged: int = 0
    broken: int = 0

    def __add__(self, other: Counts) -> Counts:
        """Return what two runs came to together."""
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Counts)))


def write_for_ever(path: Path, pipe: Connection, seed: int) -> None:
    """The child: add channels, undo and redo now and then, and say what was saved, until killed."""
    moments = random.Random(seed)
    registry = open_registry(path)
    pipe.send("ready")
    while True:
        handle = f"kanal{moments.getrandbits(60)}"
        with registry.action("Add channel") as session:
            session.add(make_channel(handle=handle))
        if moments.random() < 0.3:
            registry.undo()
            registry.redo()
        pipe.send(handle)


def run(path: Path, kills: int, seed: int) -> Counts:
    """Kill the child `kills` times at moments drawn from a seed."""
    moments, counts = random.Random(seed), Counts()
    acknowledged: set[str] = set()
    while counts.kills < kills:
        ours, theirs = servers().Pipe(duplex=False)
        child = servers().Process(target=write_for_ever, args=(path, theirs, moments.getrandbits(32)))
        child.start()
        theirs.close()
        assert ours.recv() == "ready"
        if counts.kills % 2:
            assert ours.poll(60), "the child saves nothing"  # Else a busy machine might never let it save in time.
        time.sleep(moments.uniform(0.0, 0.3))
        child.kill()
        child.join()
        acknowledged |= _received(ours)
        counts.kills += 1
        _inspect(path, acknowledged, counts)
    counts.acknowledged = len(acknowledged)
    return counts


def _received(pipe: Connection) -> set[str]:
    """Return what the child said before it died; what it could not finish saying does not count."""
    said: set[str] = set()
    try:
        while True:
            said.add(pipe.recv())
    except (EOFError, OSError):
        pipe.close()
    return said


def _inspect(path: Path, acknowledged: set[str], counts: Counts) -> None:
    registry = open_registry(path)
    with registry.reading() as session:
        present = set(session.scalars(select(Channel.handle)))
        counts.damaged += session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() != "ok"
    counts.lost += len(acknowledged - present)
    counts.broken += registry.verify().broken_at is not None
    registry.close()
