"""One change that is saved for good, with its log entry, against the same rows by sqlite3 in the same mode."""

from __future__ import annotations

import secrets
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select

from core.i18n import N_
from core.model import Channel
from core.registry import open_registry
from tests.benchmarks.datasets import DataSets
from tests.benchmarks.figures import Figure, seconds
from tests.benchmarks.measuring import Scale, interleaved, stopwatch, timed

SAME_MODE = (
    "journal_mode=TRUNCATE",
    "synchronous=FULL",
    "secure_delete=ON",
    "temp_store=MEMORY",
    "foreign_keys=ON",
    "cache_size=-32000",
)
ALLOWED = 0.003
TABLES = ("action", "change", "change_value")


def connect(path: Path) -> sqlite3.Connection:
    """Open a registry's file as the program does, by sqlite3 alone."""
    raw = sqlite3.connect(path, isolation_level=None)
    for pragma in SAME_MODE:
        raw.execute(f"PRAGMA {pragma}")
    return raw


def figures(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure a change of one channel's note in a city's registry, with what follows from it."""
    path = data.copy(scale.city)
    registry = open_registry(path)
    try:
        with registry.reading() as session:
            channel = session.scalars(select(Channel.id)).first()
        assert channel is not None

        def change() -> None:
            with registry.action(N_("Change channel")) as session:
                session.get_one(Channel, channel).notes = secrets.token_hex(8)

        change()
        with closing(connect(data.copy(scale.city))) as raw:
            ours, floor = interleaved(5 * scale.rounds, timed(change), _raw_change(raw, path))
    finally:
        registry.close()
    what = f"one durable audited change of {scale.city:,} channels"
    note = "until it is saved, findings and cached rows are current, and the new head is kept outside the file"
    yield Figure(
        what,
        seconds(ours),
        f"the same rows by sqlite3: {seconds(floor)}",
        ours / floor,
        f"floor + {seconds(ALLOWED)}",
        ours - floor <= ALLOWED,
        note=note,
    )


def _raw_change(raw: sqlite3.Connection, example: Path) -> Callable[[], float]:
    """Return what writes the same rows as our change did."""
    with closing(connect(example)) as ours:
        seq = ours.execute("SELECT max(seq) FROM change").fetchone()[0]
        link = ours.execute("SELECT * FROM change WHERE seq = ?", (seq,)).fetchone()
        action = ours.execute("SELECT * FROM action WHERE id = ?", (link[1],)).fetchone()
        values = ours.execute("SELECT * FROM change_value WHERE seq = ?", (seq,)).fetchall()
    channel = link[3]

    def write() -> None:
        number = raw.execute("SELECT max(seq) FROM change").fetchone()[0] + 1
        act = uuid.uuid4().hex
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("UPDATE channel SET notes = ?, version = ? WHERE id = ?", (act, act, channel))
        raw.execute(inserting("action", action), (act, *action[1:]))
        raw.execute(inserting("change", link), (number, act, *link[2:]))
        raw.executemany(inserting("change_value", values[0]), [(number, *value[1:]) for value in values])
        raw.execute("COMMIT")

    def way() -> float:
        with stopwatch() as watch:
            write()
        return watch.seconds

    return way


def inserting(table: str, row: tuple[Any, ...]) -> str:
    """Return the statement that inserts a row with all its columns."""
    return f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})"
