"""The quarterly report, against openpyxl writing the same cells; each in a process of its own, for its memory."""

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


def figures(data: DataSets, scale: Scale) -> Iterator[Figure]:
    """Measure the report on the running quarter over a state's channels."""
    path, out = data.registry(scale.state), data.folder / "report.xlsx"
    cells = data.folder / "report.jsonl"
    memory: dict[str, list[float]] = {"report": [], "copy": []}

    def run(kind: str, *arguments: Path) -> float:
        answer = answer_of("tests.benchmarks.reporting", kind, *map(str, arguments))
        memory[kind].append(answer["memory"])
        return float(answer["seconds"])

    run("report", path, out)
    count = _keep_cells(out, cells)
    rounds = max(scale.slow_rounds, scale.rounds - 2)
    ours, floor = interleaved(rounds, lambda: run("report", path, out), lambda: run("copy", cells, out))
    used, least = median(memory["report"]), median(memory["copy"])
    what = f"quarterly report of {scale.state:,} channels ({count:,} cells)"
    note = f"{rounds} rounds; the floor writes the bare values, without looks; it takes {mebibytes(least)}"
    yield compared(what, ours, floor, "openpyxl write-only", 1.3, memory=_memory(used), note=note)


def _memory(used: float) -> str:
    return f"+{mebibytes(used)}, target +{mebibytes(ROOM)}: {'yes' if used <= ROOM else 'NO'}"


def _keep_cells(out: Path, cells: Path) -> int:
    """Keep the report's values row by row, so that the floor need not hold them in memory."""
    from openpyxl import load_workbook

    count = 0
    with cells.open("w", encoding="utf-8") as file:
        for sheet in load_workbook(out, read_only=True).worksheets:
            file.write(json.dumps(sheet.title) + "\n")
            for row in sheet.iter_rows(values_only=True):
                count += sum(1 for value in row if value is not None)
                file.write(json.dumps([_plain(value) for value in row]) + "\n")
    return count


def _plain(value: object) -> object:
    return {"day": value.isoformat()[:10]} if isinstance(value, (date, datetime)) else value


def main(kind: str, source: str, out: str) -> None:
    """Make the report, or write the kept cells, and print the seconds and the memory it took."""
    work = _report if kind == "report" else _copy
    print(json.dumps(work(Path(source), Path(out))))


def _report(path: Path, out: Path) -> dict[str, float]:
    import openpyxl  # noqa: F401 - what is measured is the work, not the import

    from core.exchange.report import making, sheets  # noqa: F401
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
