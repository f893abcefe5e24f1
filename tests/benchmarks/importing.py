"""The import of a list: reading its file against bare calamine, writing it against sqlite3 with the same log."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from core.exchange.importing.applying import apply
from core.exchange.importing.proposing import propose
from core.exchange.reading import read_workbook
from core.i18n import N_
from core.registry import Registry
from tests.benchmarks.datasets import KINDS, PLACES, DataSets
from tests.benchmarks.durable import connect, inserting
from tests.benchmarks.figures import Figure, compared, seconds
from tests.benchmarks.measuring import Scale, Watch, interleaved, stopwatch, timed

HEADER = ("Plattform", "Titel", "Link", "Organisationseinheit", "Verantwortlich", "E-Mail", "Stellvertretung", "Notiz")
WRITTEN = ("org_unit", "person", "channel", "responsibility", "action", "change", "change_value")


class SteppedRegistry(Registry):
    """A registry that tells apart the saving of an import and the deriving of what follows from it.

    Attributes:
        deriving_seconds: How long findings and cached rows took after the last action.
    """

    deriving_seconds = 0.0

    def keep_current(self) -> bool:
        with stopwatch() as watch:
            changed = super().keep_current()
        self.deriving_seconds = watch.seconds
        return changed


def reading(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure how long a list takes from its file to its cells."""
    path = _list(data.folder, scale.state)
    bare = timed(lambda: CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python())
    ours, floor = interleaved(scale.rounds, timed(lambda: read_workbook(path)), bare)
    what = f"read a list of {scale.state:,} rows, child process included"
    yield compared(what, ours, floor, "bare calamine in this process", 1.6)


def writing(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure how long a list takes from its proposal to the saved channels with their log."""
    path = _list(data.folder, scale.state)
    proposing, deriving = Watch(), Watch()
    example = data.empty()

    def ours() -> float:
        nonlocal example
        example = data.empty()
        return _import(path, example, proposing, deriving)

    def floor() -> float:
        return _raw_import(_written_rows(example), data.empty())

    taken, raw = interleaved(max(scale.slow_rounds, scale.rounds - 2), ours, floor)
    note = (
        f"looking at it first took {seconds(proposing.seconds)}; findings and cached rows {seconds(deriving.seconds)}"
    )
    what = f"import of {scale.state:,} rows with its log, the writing step"
    yield compared(what, taken, raw, "sqlite3, the same rows and hashes", 2, note=note)


def _import(path: Path, target: Path, proposing: Watch, deriving: Watch) -> float:
    """Import a list into an empty registry and return the seconds of the action itself."""
    registry = SteppedRegistry(target)
    try:
        workbook = read_workbook(path)
        with stopwatch() as watch, registry.reading() as session:
            proposal = propose(workbook, session, today=registry.today())
        proposing.seconds = watch.seconds
        with stopwatch() as watch, registry.action(N_("Import list")) as session:
            apply(session, proposal, today=registry.today())
        deriving.seconds = registry.deriving_seconds
        return watch.seconds - registry.deriving_seconds
    finally:
        registry.close()


def _written_rows(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the import wrote, table by table; not what the founding of the registry wrote."""
    with closing(connect(path)) as raw:
        founded = raw.execute("SELECT max(seq) FROM change WHERE table_name = 'registry_setting'").fetchone()[0]
        rows = {name: raw.execute(f"SELECT * FROM {name}").fetchall() for name in WRITTEN}
    rows["action"] = [row for row in rows["action"] if row[1] == "Import list"]
    for name in ("change", "change_value"):
        rows[name] = [row for row in rows[name] if row[0] > founded]
    return rows


def _raw_import(rows: dict[str, list[tuple[Any, ...]]], target: Path) -> float:
    """Insert the same rows by sqlite3, each value salted and each entry of the log hashed as it must be.

    What it is spared: choosing ids, turning values into the driver's own, and writing them as JSON.
    """
    with closing(connect(target)) as raw, stopwatch() as watch:
        raw.execute("BEGIN IMMEDIATE")
        for name, some in rows.items():
            if some and name not in {"change", "change_value"}:
                raw.executemany(inserting(name, some[0]), some)
        salts = secrets.token_hex(16 * len(rows["change_value"]))
        digests, values = defaultdict[int, list[str]](list), []
        for place, (seq, part, personal, _salt, told) in enumerate(rows["change_value"]):
            salt = salts[32 * place : 32 * place + 32]
            digests[seq].append(f"{part}:{personal}:{hashlib.sha256(f'{salt}|{told}'.encode()).hexdigest()}")
            values.append((seq, part, personal, salt, told))
        previous, changes = "0" * 64, []
        for seq, action, table, record, kind, _digests, _hash in rows["change"]:
            told = " ".join(digests[seq])
            content = f"{previous}|{seq}|{action}|{table}|{record}|{kind}|{told}"
            previous = hashlib.sha256(content.encode()).hexdigest()
            changes.append((seq, action, table, record, kind, told, previous))
        raw.executemany(inserting("change", changes[0]), changes)
        raw.executemany(inserting("change_value", values[0]), values)
        raw.execute("COMMIT")
    return watch.seconds


def _list(folder: Path, rows: int) -> Path:
    """Write a team's list of so many rows."""
    path = folder / f"{uuid.uuid4().hex}.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Kanäle")
    sheet.append(HEADER)
    for number in range(rows):
        place, kind = PLACES[number % len(PLACES)], KINDS[number % len(KINDS)]
        owner, deputy = f"Erika Mustermann{number % 997}", f"Max Beispiel{number % 499}"
        mail = f"erika.mustermann{number % 997}@stadt.example"
        link = f"https://www.facebook.com/{kind.lower()}{number}"
        sheet.append(
            ("Facebook", f"{place} {kind} {number}", link, f"FD {number % 40} {place}", owner, mail, deputy, kind)
        )
    book.save(path)
    return path
