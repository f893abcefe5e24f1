"""`make bench`: runs the benchmarks and prints one table, which is kept in build/benchmarks.md, too."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from tests.benchmarks.figures import Figure, as_table
from tests.benchmarks.measuring import FULL, QUICK

TABLE = Path(__file__).resolve().parents[2] / "build" / "benchmarks.md"


def main(arguments: list[str]) -> int:
    """Run the rows that are asked for, all of them without a word.

    Returns:
        0, also where a target is missed: a benchmark is no test.
    """
    options = _parse(arguments)
    with tempfile.TemporaryDirectory(prefix="kanalregister-bench-", ignore_cleanup_errors=True) as folder:
        _live_apart(Path(folder))
        from tests.benchmarks.datasets import DataSets
        from tests.benchmarks.rows import ROWS

        data = DataSets(Path(folder))
        scale = QUICK if options.quick else FULL
        figures: list[Figure] = []
        for name in options.only or ROWS:
            print(f"{name} ...", file=sys.stderr, flush=True)
            figures += ROWS[name](data, scale)
            table = f"{_heading(quick=options.quick)}\n\n{as_table(figures)}"
            TABLE.parent.mkdir(exist_ok=True)
            TABLE.write_text(table, encoding="utf-8")  # After each row, so that a run that is broken off leaves them.
    print(table)
    return 0


def _parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--only", action="append", metavar="NAME", help="run only this row; may be repeated")
    parser.add_argument("--quick", action="store_true", help="small data sets, few rounds")
    options = parser.parse_args(arguments)
    from tests.benchmarks.rows import ROWS

    for name in options.only or ():
        if name not in ROWS:
            parser.error(f"there is no row “{name}”; there are {', '.join(ROWS)}")
    return options


def _live_apart(folder: Path) -> None:
    """Give this process and its children folders of their own, so that the user's are neither read nor written.

    Children keep compiled modules, as every installed program does, also where the environment forbids that.
    """
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "HOME"):
        (folder / name).mkdir(mode=0o700)
        os.environ[name] = str(folder / name)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _heading(*, quick: bool) -> str:
    cores = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    size = ", small data sets" if quick else ""
    now = f"{datetime.now().astimezone():%Y-%m-%d %H:%M}"
    return f"# Benchmarks, {now}, Python {platform.python_version()}, {platform.system()}, {cores}{size}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
