"""What becomes of backups when people are erased: rewritten, replaced by a fresh one, or kept for another try."""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from core.errors import BusyError, UnusableFileError
from core.exchange.report.making import make_report
from core.i18n import N_
from core.model import Person
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry
from core.storage.kept_copies import automatic_backups
from tests.core.protection.canaries import leaks
from tests.factories import make_channel, make_owner, make_person

pytestmark = pytest.mark.usefixtures("in_english")

LONG_AGO, TODAY = date(2019, 3, 31), date(2026, 11, 23)


@pytest.fixture
def leaver(registry: Registry) -> Person:
    """Somebody whose time has come."""
    person = make_person(family_name="Musterkoch", left_on=LONG_AGO)
    with registry.action(N_("Add person")) as session:
        session.add(person)
    return person


def erase(registry: Registry) -> None:
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)
    assert registry.verify().broken_at is None


@pytest.mark.parametrize("kind", ["newer", "none of ours", "empty", "a link", "no schema"])
def test_a_backup_that_no_one_can_rewrite_is_replaced(registry, leaver, tmp_path, kind):
    lost = registry.back_up_automatically("daily")
    _spoil(lost, kind)
    erase(registry)
    assert [backup.name.rpartition("-")[2] for backup in automatic_backups(registry.path)] == ["erasure.kanal"]
    assert leaks(tmp_path / "registratur-backups", ("Musterkoch",)) == []


def _spoil(backup: Path, kind: str) -> None:
    if kind == "a link":
        backup.rename(backup.parent.parent / "elsewhere")
        backup.symlink_to(backup.parent.parent / "elsewhere")
    elif kind in {"none of ours", "empty"}:
        backup.write_bytes(b"Erika Musterkoch" * 20 if kind == "none of ours" else b"")
    else:
        with closing(sqlite3.connect(backup)) as connection:
            change = "UPDATE alembic_version SET version_num = '9999'"
            connection.execute(change if kind == "newer" else "DROP TABLE alembic_version")
            connection.commit()


def full_disk(*_args: object, **_more: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_stops_the_erasure_and_every_backup_stays(registry, leaver, tmp_path, monkeypatch):
    kept = [registry.back_up_automatically("daily") for _number in range(3)]
    with monkeypatch.context() as patch:
        patch.setattr("core.protection.erasure.beside.backups.shutil.copyfile", full_disk)
        with pytest.raises(UnusableFileError, match="The disk is full"):
            erase(registry)
    assert automatic_backups(registry.path) == kept[::-1]
    assert take_up_again(registry) is not None
    assert automatic_backups(registry.path) == kept[::-1]
    assert leaks(tmp_path, ("Musterkoch",)) == []


def test_a_backup_in_use_stops_the_erasure_until_it_is_free(registry, leaver, monkeypatch):
    kept = registry.back_up_automatically("daily")
    monkeypatch.setattr("core.protection.erasure.beside.backups._WAIT_SECONDS", 0.1)
    with closing(sqlite3.connect(kept, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyError, match="daily"):
            erase(registry)
    assert take_up_again(registry) is not None
    assert automatic_backups(registry.path) == [kept]


def test_no_backup_goes_before_a_fresh_one_is_written(registry, leaver, monkeypatch):
    lost = registry.back_up_automatically("daily")
    lost.write_bytes(b"Erika Musterkoch")
    with monkeypatch.context() as patch:
        patch.setattr("core.storage.backing_up.copy_out", full_disk)
        with pytest.raises(UnusableFileError, match="The disk is full"):
            erase(registry)
    assert automatic_backups(registry.path) == [lost]
    assert take_up_again(registry) is not None
    assert [backup.name.rpartition("-")[2] for backup in automatic_backups(registry.path)] == ["erasure.kanal"]


class InUseError(PermissionError):
    """What Windows raises."""

    winerror = 32  # ERROR_SHARING_VIOLATION of winerror.h


def in_use(monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """Let files be open in another program, as Windows tells it."""
    unlink = Path.unlink

    def refuse(self: Path, missing_ok: bool = False) -> None:
        if self.suffix == suffix:
            raise InUseError(errno.EACCES, "used by another process", str(self))
        unlink(self, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)


@pytest.mark.parametrize("suffix", [".xlsx", ".kanal"])
def test_a_file_in_use_is_named_and_the_erasure_goes_on_later(registry, leaver, tmp_path, monkeypatch, suffix):
    channel = make_channel()
    with registry.action(N_("Assign owner")) as session:
        session.add_all([channel, make_owner(channel, leaver, since=date(2015, 1, 1))])
    make_report(registry, "2026Q3", tmp_path / "sent.xlsx", reader="internal", today=TODAY)
    (tmp_path / "sent.xlsx").unlink()
    registry.back_up_automatically("daily").write_bytes(b"Erika Musterkoch")
    with monkeypatch.context() as patch:
        in_use(patch, suffix)
        with pytest.raises(
            UnusableFileError, match=rf"\{suffix}” cannot be deleted: Another program is using it. Please close"
        ):
            erase(registry)
    assert take_up_again(registry) is not None
    assert leaks(tmp_path, ("Musterkoch",)) == []
