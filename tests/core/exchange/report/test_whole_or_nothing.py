"""A report is whole or not there: bad targets, a full disk and a cancelled run leave everything as it was."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from core import workstation
from core.errors import BadInputError, BusyError, UnusableFileError
from core.exchange.report import recording
from core.exchange.report.archive import folder_of
from core.exchange.report.making import ReportCancelledError, make_report
from core.model import ReportRun
from core.registry import Registry
from core.storage import places

pytestmark = pytest.mark.usefixtures("in_english")
OLD = b"the old report"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with an old report in it."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "report.xlsx").write_bytes(OLD)
    return folder / "report.xlsx"


def nothing_happened(registry: Registry, out: Path) -> None:
    """Assert that the old report is whole, alone, that no run was recorded and nothing lies in a temporary folder."""
    assert {path.name: path.read_bytes() for path in out.parent.iterdir()} == {"report.xlsx": OLD}
    with registry.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReportRun)) == 0
    assert list(workstation.scratch_folder().iterdir()) == []


@pytest.mark.parametrize(
    ("quarter", "reader", "name", "sentence"),
    [
        ("2026Q5", "committee", "report.xlsx", "2026Q3"),
        ("2027Q1", "committee", "report.xlsx", "has not begun yet"),
        ("2026Q3", "everybody", "report.xlsx", "internal, committee, public"),
        ("2026Q3", "committee", "report.pdf", "ends in “.xlsx”"),
        ("2026Q3", "committee", "report", "ends in “.xlsx”"),
    ],
)
def test_a_wrong_wish_is_refused_in_a_sentence(
    quarter: str, reader: str, name: str, sentence: str, demo: Registry, out: Path, today: date
) -> None:
    with pytest.raises(BadInputError, match=sentence):
        make_report(demo, quarter, out.with_name(name), reader=reader, today=today)
    nothing_happened(demo, out)


def test_a_folder_a_link_and_a_missing_folder_are_refused(
    demo: Registry, out: Path, tmp_path: Path, today: date
) -> None:
    folder, link = tmp_path / "folder.xlsx", tmp_path / "link.xlsx"
    folder.mkdir()
    link.symlink_to(out)
    for target in (folder, link, tmp_path / "missing" / "report.xlsx"):
        with pytest.raises(UnusableFileError):
            make_report(demo, "2026Q3", target, today=today)
    nothing_happened(demo, out)


def test_a_write_protected_report_is_not_replaced(demo: Registry, out: Path, today: date) -> None:
    out.chmod(0o444)
    with pytest.raises(UnusableFileError, match="write-protected"):
        make_report(demo, "2026Q3", out, today=today)
    nothing_happened(demo, out)


@pytest.mark.parametrize("how", ["written", "replaced", "put there"])
def test_what_somebody_else_saves_meanwhile_is_not_lost(how: str, demo: Registry, out: Path, today: date) -> None:
    if how == "put there":
        out.unlink()

    def interfere(done: float) -> None:
        if 0.4 < done < 0.6:
            match how:
                case "replaced":
                    out.with_name("other.xlsx").write_bytes(OLD)
                    out.with_name("other.xlsx").replace(out)
                case _:
                    out.write_bytes(b"theirs")

    with pytest.raises(UnusableFileError, match="changed by somebody else meanwhile"):
        make_report(demo, "2026Q3", out, today=today, progress=interfere)
    left = {path.name: path.read_bytes() for path in out.parent.iterdir()}
    assert left == {"report.xlsx": OLD if how == "replaced" else b"theirs"}
    with demo.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReportRun)) == 0


def test_progress_moves_on_to_the_end(demo: Registry, out: Path, today: date) -> None:
    reached: list[float] = []
    make_report(demo, "2026Q3", out, today=today, progress=reached.append)
    assert reached == sorted(reached)
    assert (reached[0], reached[-1]) == (0.0, 1.0)
    assert out.read_bytes() != OLD
    assert list(workstation.scratch_folder().iterdir()) == []


def test_cancelling_at_any_moment_leaves_no_file(demo: Registry, out: Path, today: date) -> None:
    asked = _asked(demo, out.with_name("whole.xlsx"), today)
    out.with_name("whole.xlsx").unlink()
    with demo.deriving() as session:
        session.delete(session.scalars(select(ReportRun)).one())
    for moment in range(asked):
        answers = iter([False] * moment + [True])
        with pytest.raises(ReportCancelledError):
            make_report(demo, "2026Q3", out, today=today, cancelled=partial(next, answers))
        nothing_happened(demo, out)


def _asked(registry: Registry, out: Path, today: date) -> int:
    """Return how often a report asks whether it was cancelled."""
    times = 0

    def cancelled() -> bool:
        nonlocal times
        times += 1
        return False

    make_report(registry, "2026Q3", out, today=today, cancelled=cancelled)
    return times


def test_a_report_that_cannot_take_its_place_counts_as_none(
    demo: Registry, out: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle = places._settle

    def full(aside: Path, target: Path, *, new: bool) -> None:
        if target == out:
            raise OSError(errno.ENOSPC, "No space left on device")
        settle(aside, target, new=new)

    monkeypatch.setattr(places, "_settle", full)
    with pytest.raises(UnusableFileError, match="The disk is full"):
        make_report(demo, "2026Q3", out, today=today)
    nothing_happened(demo, out)
    assert list(folder_of(demo.path).iterdir()) == []


def test_a_report_that_cannot_be_recorded_is_told_and_does_not_count(
    demo: Registry, out: Path, today: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_told: object) -> bool:
        raise BusyError("Another program keeps the registry.")

    monkeypatch.setattr(recording, "erased_since", busy)
    told = "could not be recorded as issued: Another program keeps the registry. Please do not hand it on"
    with pytest.raises(UnusableFileError, match=told):
        make_report(demo, "2026Q3", out, reader="internal", today=today)
    assert out.read_bytes() != OLD
    assert list(folder_of(demo.path).iterdir()) == []
    with demo.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReportRun)) == 0


CHILD = """
import resource, sys
from datetime import date
from pathlib import Path
from core.errors import RegistryError
from core.exchange.report import making
from core.exchange.report.craft.book import Book
from core.i18n import use_language
from core.registry import open_registry

use_language("en")
registry = open_registry(Path(sys.argv[1]), today=lambda: date(2026, 11, 23))
limit, place = int(sys.argv[3]), sys.argv[4]
fill = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
looking, saving = making.looking_back, Book.save

def looking_back(content):
    if place == "quarters":
        fill()
    content = looking(content)
    if place == "sheets":
        fill()
    return content

def save(book, path, step):
    for page in book._sheets:
        page.finish()
    fill()
    saving(book, path, step)

making.looking_back, Book.save = looking_back, save
try:
    making.make_report(registry, "2026Q3", Path(sys.argv[2]), reader="internal", today=date(2026, 11, 23))
except RegistryError as error:
    print(error.sentence)
    sys.exit(2)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit of file sizes")
@pytest.mark.parametrize(
    ("limit", "place"),
    [(1, "quarters")]
    + [(limit, "sheets") for limit in (1, 5_000, 20_000)]
    + [(limit, "archive") for limit in (1, 5_000, 18_000)],
)
def test_a_full_disk_leaves_the_old_report_whole(limit: int, place: str, demo: Registry, out: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(demo.path), str(out), str(limit), place],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path.cwd())},
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (2, "")
    assert ("the working copy of the registry" if place == "quarters" else "cannot be written") in done.stdout
    assert done.stdout.count("\n") == 1
    nothing_happened(demo, out)
