"""A copy that was kept with the journal of an unfinished change: neither brings back the names of people erased."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from core.i18n import N_
from core.model import Person
from core.protection.erasure.beside import backups
from core.protection.erasure.carrying_out import begin, carry_out, take_up_again
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry, open_registry
from core.storage.kept_copies import automatic_backups, damaged_name
from core.storage.places import journal_of
from tests.core.protection.canaries import leaks
from tests.factories import make_person

LONG_AGO, TODAY = date(2019, 3, 31), date(2026, 11, 23)
BEFORE = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def leaver(registry: Registry) -> Person:
    """Somebody whose time has come, among three hundred who stay."""
    person = make_person(family_name="Musterkoch", left_on=LONG_AGO)
    with registry.action(N_("Add person")) as session:
        session.add(person)
        session.add_all(make_person(family_name=f"Beispiel{number}") for number in range(300))
    return person


@pytest.fixture
def cut_short(registry: Registry, leaver: Person, tmp_path: Path) -> Path:
    """A copy whose program stopped in the middle of a change: half of it is in the file, the rest in the journal."""
    working, kept = tmp_path / "elsewhere.kanal", damaged_name(registry.path, BEFORE)
    shutil.copyfile(registry.path, working)
    with closing(sqlite3.connect(working, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE person SET family_name = 'Ueberschrieben', notes = hex(randomblob(2000))")
        shutil.copyfile(working, kept)
        shutil.copyfile(journal_of(working) or working, kept.with_name(f"{kept.name}-journal"))
        connection.execute("ROLLBACK")
    working.unlink()
    assert b"Musterkoch" in (journal_of(kept) or kept).read_bytes()
    return kept


def erase(registry: Registry) -> None:
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)


def family_names(file: Path) -> set[str]:
    copy = open_registry(file, today=lambda: TODAY)
    try:
        with copy.reading() as session:
            return {person.family_name for person in session.query(Person)}
    finally:
        copy.close()


def test_the_unfinished_change_is_taken_back_and_the_journal_goes(registry, cut_short, tmp_path):
    erase(registry)
    assert leaks(tmp_path, ("Musterkoch",)) == []
    assert journal_of(cut_short) is None
    names = family_names(cut_short)
    assert "Ueberschrieben" not in names
    assert {f"Beispiel{number}" for number in range(300)} < names


@pytest.mark.parametrize("at", ["before the journal goes", "after the journal went"])
def test_killed_at_the_journal_the_erasure_is_taken_up_to_its_end(registry, cut_short, tmp_path, monkeypatch, at):
    remove = backups._remove

    def stop(file: Path) -> None:
        if file.name.endswith("-journal"):
            if at.startswith("after"):
                remove(file)
            raise KeyboardInterrupt
        remove(file)

    with monkeypatch.context() as patch:
        patch.setattr(backups, "_remove", stop)
        with pytest.raises(KeyboardInterrupt):
            erase(registry)
    assert take_up_again(registry) is not None
    assert leaks(tmp_path, ("Musterkoch",)) == []
    assert journal_of(cut_short) is None
    assert registry.verify().broken_at is None


def test_a_copy_that_its_journal_does_not_mend_is_replaced(registry, cut_short, tmp_path):
    content = bytearray(cut_short.read_bytes())
    content[:4096] = bytes(4096)
    cut_short.write_bytes(content)
    cut_short.with_name(f"{cut_short.name}-journal").write_bytes(b"Erika Musterkoch" * 100)
    erase(registry)
    assert leaks(tmp_path, ("Musterkoch",)) == []
    assert not cut_short.exists()
    assert [backup.name.rpartition("-")[2] for backup in automatic_backups(registry.path)] == ["erasure.kanal"]
