"""Every row of the table can be measured; how long it takes is no matter for a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.benchmarks.datasets import DataSets
from tests.benchmarks.figures import Figure, as_table, compared, skipped
from tests.benchmarks.measuring import SMALLEST, interleaved
from tests.benchmarks.rows import ROWS

PEERS = "rows"  # Starting other programs takes seconds; `make bench` does.


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataSets:
    return DataSets(tmp_path_factory.mktemp("benchmarks"))


@pytest.mark.parametrize("name", [name for name in ROWS if name != PEERS])
def test_a_row_is_measured(name: str, data: DataSets, qapp: QApplication):
    figures = list(ROWS[name](data, SMALLEST))
    assert figures
    assert all(figure.ours for figure in figures)


def test_our_rows_come_on_screen_where_no_peer_is_installed(data: DataSets, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.benchmarks.peers.shutil.which", lambda _name: None)
    told = list(ROWS[PEERS](data, SMALLEST))
    assert told
    assert all("skipped" in figure.floor for figure in told)


def test_ways_are_measured_in_turn():
    asked: list[str] = []

    def way(name: str, seconds: float) -> float:
        asked.append(name)
        return seconds

    assert interleaved(3, lambda: way("ours", 2.0), lambda: way("floor", 1.0)) == [2.0, 1.0]
    assert asked == ["ours", "floor"] * 3


def test_the_table_says_whether_a_target_is_met(tmp_path: Path):
    met, missed = compared("open", 1, 2, "a peer", 0.6), compared("sort", 3, 2, "a peer", 0.6)
    left_out = skipped("open", "no peer")
    table = as_table([met, missed, left_out, Figure("idle", "0 %", "0 %", note="Nobody touched it.")])
    assert [row.split("|")[6].strip() for row in table.splitlines()[2:6]] == ["yes", "NO", "-", "-"]
    assert "- idle: Nobody touched it." in table
