"""Reads damaged copies of good lists; run it as a module for the long form: python -m tests.endurance.hostile_files."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from core.errors import RegistryError
from core.exchange.reading import Workbook, read_workbook

DATA = Path(__file__).resolve().parents[1] / "data"
GOOD = ("kanalliste-moers.xlsx", "formate.xls", "formate.ods", "formate.xlsx", "kanalliste-semikolon.csv")
LIMIT = 60.0


def outcome(path: Path) -> Workbook | RegistryError:
    """Read a file and insist on a workbook or a sentence in time; anything else comes out as the exception it is."""
    began = time.monotonic()
    result: Workbook | RegistryError
    try:
        result = read_workbook(path)
    except RegistryError as error:
        result = error
    assert isinstance(result, Workbook) or result.sentence.endswith("."), result
    assert time.monotonic() - began < LIMIT, path
    return result


def flip_bits(folder: Path, number: int, seed: int) -> Counter[str]:
    """Read good lists with single bits turned over, and count what came of them."""
    chance = random.Random(seed)
    counted: Counter[str] = Counter()
    for index in range(number):
        name = GOOD[index % len(GOOD)]
        content = bytearray((DATA / name).read_bytes())
        for _flip in range(chance.choice((1, 1, 1, 8))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        target = folder / name
        target.write_bytes(content)
        counted[type(outcome(target)).__name__] += 1
    return counted


def truncate(folder: Path, number: int) -> Counter[str]:
    """Read good lists cut short at even distances, and count what came of them."""
    counted: Counter[str] = Counter()
    for name in GOOD:
        content = (DATA / name).read_bytes()
        for step in range(number):
            target = folder / name
            target.write_bytes(content[: len(content) * step // number])
            counted[type(outcome(target)).__name__] += 1
    return counted


def main() -> None:
    """Flip 500 bits and cut at 5 x 100 places, or as many as the first argument says."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else random.randrange(10**6)
    with tempfile.TemporaryDirectory() as name:
        print("seed", seed, dict(flip_bits(Path(name), number, seed)), dict(truncate(Path(name), number // 5)))


if __name__ == "__main__":
    main()
