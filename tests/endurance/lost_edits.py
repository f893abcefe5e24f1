"""Several programs edit one record of one file at the same time, as forms do: open, change, save, again if refused."""

from __future__ import annotations

from multiprocessing.connection import Connection
from pathlib import Path
from uuid import UUID

from core.errors import ConflictError
from core.inventory.editing import Edit, Opened, open_record, save_record
from core.inventory.lists import CHANNELS
from core.registry import Registry, open_registry
from tests.endurance.children import servers
from tests.endurance.use_cases import TODAY


def opened(registry: Registry, channel_id: UUID) -> Opened:
    """Open the channel's form."""
    with registry.reading() as session:
        found = open_record(session, CHANNELS, channel_id, TODAY)
    assert found is not None
    return found


def save(registry: Registry, form: Opened, **changes: object) -> None:
    """Save the form."""
    with registry.action("Edit") as session:
        save_record(session, Edit(CHANNELS, form, changes, TODAY))


def count_up(path: Path, channel_id: UUID, edits: int, pipe: Connection) -> None:
    """The child: add one to the number in the channel's notes so many times; say how often it was refused."""
    registry = open_registry(path, wait_seconds=60)
    refused = done = 0
    while done < edits:
        form = opened(registry, channel_id)
        try:
            save(registry, form, notes=str(int(form.values["notes"]) + 1))
            done += 1
        except ConflictError:
            refused += 1
    pipe.send(refused)
    registry.close()


def run(path: Path, channel_id: UUID, processes: int, edits: int) -> list[int]:
    """Let processes count up at the same time and return how often each was refused."""
    children, pipes = [], []
    for _process in range(processes):
        ours, theirs = servers().Pipe(duplex=False)
        child = servers().Process(target=count_up, args=(path, channel_id, edits, theirs))
        child.start()
        theirs.close()
        children.append(child)
        pipes.append(ours)
    refused = [pipe.recv() for pipe in pipes]
    for child in children:
        child.join()
    return refused
