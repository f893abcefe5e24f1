"""Report and export, against openpyxl writing the same cells; each in a process of its own, for its memory."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from statistics import median
from typing import Self

from tests.benchmarks.children import answer_of
from tests.benchmarks.datasets import DataSets
from tests.benchmarks.figures import Figure, compared, mebibytes
from tests.benchmarks.measuring import Scale, interleaved, peak_memory

ROOM = 60 * 2**20


COLUMNS = 20


def figures(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure the report on the running quarter over a state's channels."""
    yield _against_copy(data, "report", scale.state, max(scale.slow_rounds, scale.rounds - 2), 1.3)


def exporting(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure the list of a country's channels as a workbook."""
    yield _against_copy(data, "export", scale.country, scale.slow_rounds, 1.2)


def _against_copy(data: DataSets, kind: str, channels: int, rounds: int, limit: float) -> Figure:
    path, out = data.registry(channels), data.folder / f"{kind}.xlsx"
    cells = data.folder / f"{kind}.jsonl"
    memory: dict[str, list[float]] = {kind: [], "copy": []}

    def run(kind: str, *arguments: Path) -> float:
        answer = answer_of("tests.benchmarks.reporting", kind, *map(str, arguments))
        memory[kind].append(answer["memory"])
        return float(answer["seconds"])

    run(kind, path, out)
    count = _keep_cells(out, cells)
    ours, floor = interleaved(rounds, lambda: run(kind, path, out), lambda: run("copy", cells, out))
    used, least = median(memory[kind]), median(memory["copy"])
    named = {"report": "quarterly report of {} channels", "export": f"full export, {{}} x {COLUMNS}"}[kind]
    what = f"{named.format(f'{channels:,}')} ({count:,} cells)"
    note = f"{rounds} rounds; the floor writes the bare values, without looks; it takes {mebibytes(least)}"
    return compared(what, ours, floor, "openpyxl write-only", limit, memory=_memory(used), note=note)


def _memory(used: float) -> str:
    return f"+{mebibytes(used)}, target +{mebibytes(ROOM)}: {'yes' if used <= ROOM else 'NO'}"


def _keep_cells(out: Path, cells: Path) -> int:
    """Keep what was written row by row, so that the floor need not hold it in memory."""
    from python_calamine import CalamineWorkbook

    count = 0
    with CalamineWorkbook.from_path(str(out)) as book, cells.open("w", encoding="utf-8") as file:
        for name in book.sheet_names:
            file.write(json.dumps(name) + "\n")
            for row in book.get_sheet_by_name(name).iter_rows():
                count += sum(1 for value in row if value != "")
                file.write(json.dumps([_plain(value) for value in row]) + "\n")
    return count


def _plain(value: object) -> object:
    if value == "":
        return None
    return {"day": value.isoformat()[:10]} if isinstance(value, (date, datetime)) else value


def main(kind: str, source: str, out: str) -> None:
    """Make the report or the export, or write the kept cells, and print the seconds and the memory it took."""
    work = {"report": _report, "export": _export, "copy": _copy}[kind]
    print(json.dumps(work(Path(source), Path(out))))


def _report(path: Path, out: Path) -> dict[str, float]:
    import openpyxl  # noqa: F401 - what is measured is the work, not the import

    from core.exchange.report import making, sheets  # noqa: F401
    from core.exchange.report.craft import cells  # noqa: F401
    from core.governance.quarters import quarter_of
    from core.registry import open_registry

    registry = open_registry(path)
    try:
        today = registry.today()
        with _Used() as used:
            making.make_report(registry, str(quarter_of(today)), out, today=today, reader="internal")
    finally:
        registry.close()
    return used.told


def _export(path: Path, out: Path) -> dict[str, float]:
    import openpyxl  # noqa: F401

    from core.exchange.exporting import Export, export
    from core.exchange.report.craft import cells  # noqa: F401
    from core.inventory.lists import CHANNELS
    from core.registry import open_registry
    from core.storage.searching import View

    registry = open_registry(path)
    try:
        keys = tuple(one.key for one in CHANNELS.fields[:COLUMNS])
        with _Used() as used:
            export(registry, Export(CHANNELS, keys, View(sort="title"), "Channels"), out, today=registry.today())
    finally:
        registry.close()
    return used.told


def _copy(cells: Path, out: Path) -> dict[str, float]:
    from openpyxl import Workbook

    with _Used() as used, cells.open(encoding="utf-8") as file:
        book = Workbook(write_only=True)
        for line in file:
            row = json.loads(line)
            if isinstance(row, str):
                sheet = book.create_sheet(row)
            else:
                sheet.append([date.fromisoformat(v["day"]) if isinstance(v, dict) else v for v in row])
        book.save(out)
    return used.told


class _Used:
    """The seconds and the peak memory, over the start, of what happens inside."""

    def __enter__(self) -> Self:
        self.told: dict[str, float] = {}
        self._before, self._start = peak_memory(), time.perf_counter()
        return self

    def __exit__(self, *_error: object) -> None:
        self.told = {"seconds": time.perf_counter() - self._start, "memory": peak_memory() - self._before}


if __name__ == "__main__":
    main(*sys.argv[1:])
