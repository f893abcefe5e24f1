"""A workload replayed after power losses, in the mode the program uses and in two that must be seen to fail."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from core import workstation
from core.errors import RegistryError
from core.model import Channel, Person
from core.registry import Registry, open_registry
from core.storage import chain, engine
from core.storage.engine import file_engine
from tests.endurance.children import DONE, Child, Work, home_in
from tests.endurance.faults import traced
from tests.endurance.power_loss import TRACED, Call, Disk, calls
from tests.endurance.use_cases import BACKUP, REGISTRY, assert_the_log_agrees, copy_of
from tests.factories import make_channel, make_person

ACKNOWLEDGED = "acknowledged"
ACTIONS = 12
_TEXTS_WHOLE = ("-y", "-xx", "-s", "100000000")


@dataclass(slots=True)
class Counts:
    """What a replay came to: states, those in which something acknowledged was lost, and those not whole."""

    states: int = 0
    lost: int = 0
    damaged: int = 0
    examples: list[str] = field(default_factory=list)


def ours(folder: Path) -> Work:
    """The workload in the mode the program uses."""
    registry = open_registry(folder / REGISTRY)
    told = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT)
    return lambda: _work(registry, folder, told)


def deleting(folder: Path) -> Work:
    """The same with a journal that is removed after each commit."""
    _set("PRAGMA journal_mode=TRUNCATE", "PRAGMA journal_mode=DELETE")
    return ours(folder)


def careless(folder: Path) -> Work:
    """The same without waiting for the disk."""
    _set("PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF")
    return ours(folder)


def _set(old: str, new: str) -> None:
    assert old in engine._PRAGMAS
    engine._PRAGMAS = tuple(new if pragma == old else pragma for pragma in engine._PRAGMAS)  # type: ignore[assignment]


def _work(registry: Registry, folder: Path, told: int) -> None:
    """Add channels and people, undo and redo, back up; say of each when it was saved."""
    for number in range(ACTIONS):
        with registry.action("Test") as session:
            # No finding follows from a person alone, so that nothing else is written after the action.
            if number % 3:
                session.add(make_person(given_name=f"kraft{number}"))
            else:
                session.add(make_channel(handle=f"kraft{number}", notes="x" * 400 * (number % 5)))
        if number % 4 == 1:
            registry.undo()
            registry.redo()
        os.write(told, f"kraft{number}\n".encode())
        if number == ACTIONS // 2:
            registry.back_up(folder / BACKUP)


def replay(begin: Callable[[Path], Work], template: Path, scratch: Path, states: int, seed: int) -> Counts:
    """Record the workload once, then lose power so many times at any of its calls."""
    folder, chance, counts = copy_of(template, scratch / "run"), random.Random(seed), Counts()
    (folder / ACKNOWLEDGED).touch()
    disk, trace = Disk(folder), scratch / "trace"
    with Child(begin, folder) as child, traced(child.pid, trace, f"trace={TRACED}", options=_TEXTS_WHOLE):
        disk = Disk(folder)  # What opening it wrote counts as safe.
        child.go()
        kind, text = child.said()
    assert kind == DONE, text
    asked = list(calls(trace))
    moments = sorted(_moments(asked, chance, states))
    for number in range(len(asked) + 1):
        while moments and moments[0] == number:
            moments.pop(0)
            _lose_power(disk, chance, scratch / "left", counts, f"seed {seed}, call {number}")
        if number < len(asked):
            disk.ask(asked[number])
    return counts


def _moments(asked: list[Call], chance: random.Random, number: int) -> Iterator[int]:
    """Give the calls before which the power fails: any, and as often those soon after something was acknowledged."""
    said = [place for place, call in enumerate(asked) if call.name == "write" and call.path.endswith(ACKNOWLEDGED)]
    for _moment in range(number // 2):
        yield chance.randrange(len(asked) + 1)
    for _moment in range(number - number // 2):
        yield min(chance.choice(said) + chance.randrange(1, 60), len(asked))


def _lose_power(disk: Disk, chance: random.Random, target: Path, counts: Counts, where: str) -> None:
    said = disk.names[f"{disk.root}/{ACKNOWLEDGED}"]
    shutil.rmtree(target, ignore_errors=True)
    disk.lose_power(chance, target)
    counts.states += 1
    try:
        os.environ.update(home_in(target))
        assert_the_backup_is_whole((target / BACKUP).read_bytes(), target / BACKUP)
        missing = set(said.in_the_end().decode().split()) - inspected(target / REGISTRY)
        counts.lost += bool(missing)
        problem = f"lost {sorted(missing)}" if missing else ""
    except (AssertionError, RegistryError, DBAPIError) as error:
        counts.damaged += 1
        problem = f"not whole: {error}"
    if problem:
        counts.examples.append(f"{where}: {problem}")


@lru_cache
def assert_the_backup_is_whole(_content: bytes, path: Path) -> None:
    """Insist on a whole backup; the same bytes are looked at once."""
    inspected(path)


def inspected(path: Path) -> set[str | None]:
    """Insist on a whole file, and a whole chain up to what the workstation saw; return what was added."""
    connected = file_engine(path)
    try:
        with connected.connect() as connection, connection.begin():
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() == ["ok"]
            registry_id = connection.exec_driver_sql(
                "SELECT json_extract(value, '$.value') FROM registry_setting WHERE key = 'registry.id'"
            ).scalar_one()
            anchor = workstation.last_head(registry_id) if path.name == REGISTRY else None
            assert chain.verify(connection, anchor).broken_at is None, "the chain is broken"
            assert_the_log_agrees(connection)
            return {*connection.scalars(select(Channel.handle)), *connection.scalars(select(Person.given_name))}
    finally:
        connected.dispose()
