"""Any file imported gives a result or a sentence; the crafted ones are tried in tests/core/exchange."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from core.errors import RegistryError
from tests.endurance.crafted_files import crafted
from tests.endurance.hostile_files import GOOD, flip_bits, outcome, truncate

SEED = 20261122


def test_damaged_lists_give_a_result_or_a_sentence(tmp_path: Path, rounds, counted):
    flipped = flip_bits(tmp_path, rounds(20, 500), SEED)
    cut = truncate(tmp_path, rounds(3, 100))
    counted(
        f"hostile files: {flipped.total()} with flipped bits ({_told(flipped)}), {cut.total()} cut short ({_told(cut)})"
    )
    assert cut["Workbook"] <= cut.total() // len(GOOD), "only the text can be read when cut"


def test_crafted_files_give_a_result_or_a_sentence(tmp_path: Path, rounds, counted):
    files = crafted()
    came: Counter[str] = Counter()
    for name in list(files)[: rounds(2, len(files))]:
        (tmp_path / name).write_bytes(files[name][0])
        result = outcome(tmp_path / name)
        came["sentence" if isinstance(result, RegistryError) else "Workbook"] += 1
    counted(f"hostile files: {came.total()} crafted ({_told(came)})")


def _told(came: Counter[str]) -> str:
    read = came["Workbook"]
    return f"read {read}, refused with a sentence {came.total() - read}, crashes 0"
