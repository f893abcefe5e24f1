"""Issued reports are kept unchanged beside the registry, travel with its backups, and are listed with their runs."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from core.errors import UnusableFileError
from core.exchange.report import recording
from core.exchange.report.archive import folder_of, issued, keep
from core.exchange.report.making import Made, make_report
from core.exchange.report.runs import past_runs
from core.model import ReportRun, StoreBinding
from core.registry import Registry
from core.restoring import restore_registry, told_of_backup
from core.storage.backing_up import AUTOMATIC_KEPT
from core.storage.kept_copies import automatic_backups
from main import main
from tests.factories import make_channel, make_person

pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def made(registry: Registry, tmp_path: Path, today: date) -> Made:
    """A report that was issued."""
    registry.today = lambda: today
    with registry.action("Begin") as session:
        session.add(make_channel())
    return make_report(registry, "2026Q3", tmp_path / "report.xlsx", today=today)


def inside(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.is_dir() else {}


def test_what_was_issued_is_kept_for_its_user_alone(registry: Registry, made: Made):
    folder = folder_of(registry.path)
    assert folder == registry.path.with_name(f"{registry.path.name}.reports")
    assert inside(folder) == {f"{made.sha256}.xlsx": made.path.read_bytes()}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_the_same_report_is_kept_once_and_never_written_again(registry: Registry, made: Made, tmp_path: Path):
    before = {file: file.stat().st_mtime_ns for file in folder_of(registry.path).iterdir()}
    again = make_report(registry, "2026Q3", tmp_path / "again.xlsx", today=registry.today())
    assert again.sha256 == made.sha256
    assert {file: file.stat().st_mtime_ns for file in folder_of(registry.path).iterdir()} == before


def test_changing_the_issued_file_does_not_change_what_is_kept(registry: Registry, made: Made):
    content = made.path.read_bytes()
    with made.path.open("r+b") as file:
        file.write(b"anders")
    assert list(inside(folder_of(registry.path)).values()) == [content]


def test_a_kept_report_that_was_altered_or_lost_is_not_given_out(registry: Registry, made: Made):
    with registry.reading() as session:
        run = session.scalars(select(ReportRun)).one()
        session.expunge(run)
    kept = issued(registry.path, run)
    assert kept is not None
    kept.write_bytes(b"anders")
    assert issued(registry.path, run) is None
    kept.unlink()
    assert issued(registry.path, run) is None


def test_where_a_link_lies_nothing_is_written_through_it(registry: Registry, tmp_path: Path):
    (tmp_path / "elsewhere").mkdir()
    folder_of(registry.path).symlink_to(tmp_path / "elsewhere")
    (tmp_path / "report.xlsx").write_bytes(b"x")
    with pytest.raises(UnusableFileError):
        keep(registry.path, tmp_path / "report.xlsx", "0" * 64)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_without_a_place_for_the_archive_there_is_neither_report_nor_run(
    registry: Registry, tmp_path: Path, today: date
):
    folder_of(registry.path).write_bytes(b"in the way")
    with pytest.raises(UnusableFileError):
        make_report(registry, "2026Q3", tmp_path / "report.xlsx", today=today)
    assert not (tmp_path / "report.xlsx").exists()
    with registry.reading() as session:
        assert past_runs(session, registry.path) == []


def test_what_a_killed_program_left_in_the_archive_goes_when_the_next_report_is_made(
    registry: Registry, made: Made, tmp_path: Path
):
    folder = folder_of(registry.path)
    for name in (f"{'a' * 64}.xlsx", "liste.xlsx", f"{'A' * 64}.xlsx"):
        (folder / name).write_bytes(b"x")
    later = make_report(registry, "2026Q4", tmp_path / "later.xlsx", today=registry.today())
    ours = {f"{made.sha256}.xlsx", f"{later.sha256}.xlsx"}
    assert set(inside(folder)) == {*ours, "liste.xlsx", f"{'A' * 64}.xlsx"}


def test_a_copy_that_is_swept_away_before_the_run_is_recorded_is_kept_all_the_same(
    registry: Registry, tmp_path: Path, today: date, monkeypatch: pytest.MonkeyPatch
):
    record = recording.record

    def swept(*told: Any) -> bool:
        recording.sweep(registry)
        assert inside(folder_of(registry.path)) == {}
        return record(*told)

    monkeypatch.setattr(recording, "record", swept)
    done = make_report(registry, "2026Q3", tmp_path / "report.xlsx", today=today)
    assert set(inside(folder_of(registry.path))) == {f"{done.sha256}.xlsx"}


def test_backups_take_issued_reports_along_and_restoring_brings_them_back(
    registry: Registry, made: Made, tmp_path: Path
):
    kept = inside(folder_of(registry.path))
    backup = tmp_path / "backup" / "b.kanal"
    backup.parent.mkdir()
    registry.back_up(backup)
    assert inside(folder_of(backup)) == kept
    assert "“b.kanal.reports”" in told_of_backup(backup)
    for file in folder_of(registry.path).iterdir():
        file.unlink()
    registry.close()
    restore_registry(backup, registry.path)
    assert inside(folder_of(registry.path)) == kept
    new = tmp_path / "new" / "r.kanal"
    new.parent.mkdir()
    restore_registry(backup, new)
    assert inside(folder_of(new)) == kept


def test_what_befalls_a_report_befalls_none_of_its_backups(registry: Registry, made: Made):
    for _number in range(AUTOMATIC_KEPT + 2):
        registry.back_up_automatically("daily")
    backups = automatic_backups(registry.path)
    [kept] = folder_of(registry.path).iterdir()
    names = [next(folder_of(backup).iterdir()) for backup in backups]
    assert len(names) == AUTOMATIC_KEPT
    assert {name.stat().st_nlink for name in (kept, *names)} == {1}
    kept.write_bytes(b"damaged")
    assert {name.read_bytes() for name in names} == {made.path.read_bytes()}


def test_runs_are_listed_newest_first(registry: Registry, made: Made, tmp_path: Path):
    with registry.action("Bind") as session:
        session.add(erika := make_person())
        session.flush()
        session.add(StoreBinding(store_id=registry.store_id, person_id=erika.id, since=date(2026, 1, 1)))
    later = make_report(registry, "2026Q4", tmp_path / "later.xlsx", reader="public", today=registry.today())
    with registry.reading() as session:
        newer, older = past_runs(session, registry.path)
    assert (str(newer.quarter), newer.reader.value, newer.made_by) == ("2026Q4", "public", "Erika Mustermann")
    assert (newer.sha256, newer.file_name, newer.head) == (later.sha256, "later.xlsx", registry.head()[0])
    assert (str(older.quarter), older.made_by, older.as_of) == ("2026Q3", "", date(2026, 9, 30))
    assert older.archived is not None
    assert older.archived.read_bytes() == made.path.read_bytes()


def test_the_command_line_lists_them(registry: Registry, made: Made, capsys: pytest.CaptureFixture[str]):
    registry.close()
    words = ["--registry", str(registry.path), "--lang", "en", "list", "reports"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "2026Q3" in said
    assert "1 report\n" in said
    assert "committee: functions instead of names" in said
    assert main([*words, "--json"]) == 0
    [told] = json.loads(capsys.readouterr().out)
    assert {key: told[key] for key in ("quarter", "as_of", "reader", "language", "file_name", "sha256")} == {
        "quarter": "2026Q3",
        "as_of": "2026-09-30",
        "reader": "committee",
        "language": "en",
        "file_name": "report.xlsx",
        "sha256": made.sha256,
    }
    assert Path(told["archived"]).read_bytes() == made.path.read_bytes()
    assert main([*words, "--as-of", "2026-01-01"]) == 2
    assert "leave the day out" in capsys.readouterr().err
