"""A private copy can be waited for, given up at any time, and fails in words of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from core import workstation
from core.errors import RegistryError
from core.registry import Registry

pytestmark = pytest.mark.usefixtures("in_english")
LONG = text("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1000000) SELECT sum(x) FROM n")


class StoppedError(RegistryError):
    """Nobody wants it any more."""


def test_whoever_waits_is_heard_while_a_query_runs(registry: Registry) -> None:
    asked = []
    with registry.snapshot(watch=lambda: asked.append(1)) as session:
        before = len(asked)
        assert session.scalar(LONG) == 500_000_500_000
        assert len(asked) > before + 5


def test_a_query_that_nobody_wants_any_more_ends_and_leaves_nothing(registry: Registry) -> None:
    wanted = [True]

    def watch() -> None:
        if not wanted[0]:
            raise StoppedError("Enough.")

    def run() -> None:
        with registry.snapshot(watch=watch) as session:
            wanted[0] = False
            session.scalar(LONG)

    with pytest.raises(StoppedError, match="Enough"):
        run()
    assert list(workstation.scratch_folder().iterdir()) == []


def test_a_query_that_is_wrong_is_no_stop(registry: Registry) -> None:
    def run() -> None:
        with registry.snapshot(watch=lambda: None) as session:
            session.execute(text("SELECT 1 FROM nowhere"))

    with pytest.raises(OperationalError, match="no such table"):
        run()


CHILD = """
import resource, sys
from datetime import date
from pathlib import Path
from core.errors import RegistryError
from core.i18n import use_language
from core.registry import open_registry
from sqlalchemy import text

use_language("en")
registry = open_registry(Path(sys.argv[1]))
size = registry.path.stat().st_size
limit = {"copying": size // 2, "writing": size + 50_000}[sys.argv[2]]
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    with registry.snapshot() as session:
        session.execute(text("CREATE TABLE much AS SELECT randomblob(1000000)"))
except RegistryError as error:
    print(error.sentence)
    sys.exit(2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of file sizes")
@pytest.mark.parametrize("when", ["copying", "writing"])
def test_where_there_is_no_room_for_it_that_is_not_said_of_the_registry(when: str, registry: Registry) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(registry.path), when],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.startswith(f"“{workstation.scratch_folder()}”: the working copy of the")
    assert str(registry.path) not in done.stdout
    assert list(workstation.scratch_folder().iterdir()) == []
