"""All rows of the table, by the names under which they can be run alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.benchmarks import durable, importing, lists, reporting, rules, starting
from tests.benchmarks.datasets import DataSets
from tests.benchmarks.figures import Figure
from tests.benchmarks.measuring import Scale

ROWS: dict[str, Callable[[DataSets, Scale], Iterable[Figure]]] = {
    "shell": starting.shell,
    "rows": starting.rows,
    "country": starting.country,
    "filter": lists.filtering,
    "sort": lists.sorting,
    "rules": rules.figures,
    "reading": importing.reading,
    "writing": importing.writing,
    "durable": durable.figures,
    "report": reporting.figures,
    "export": reporting.exporting,
    "idle": starting.idle,
}
