"""Copies beside a registry are found whatever the registry is called, and nothing of others is taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.registry import Registry, open_registry
from core.restoring import kept_backups
from core.storage.backing_up import AUTOMATIC_KEPT, backed_up_on
from core.storage.kept_copies import automatic_backups, copies_of, damaged_name, told_by_name
from tests.founding import new_registry

NOW = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
NAMES = ["Kanäle [Moers]", "Moers [a-z]", "[!M]oers", "Mo*ers", "Wo? Da", "]Moers["]


@pytest.fixture(params=NAMES)
def registry(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Registry]:
    """A registry whose name would mean something else in a pattern."""
    registry = new_registry(tmp_path / f"{request.param}.kanal")
    yield registry
    registry.close()


def test_backups_of_any_name_are_found_counted_and_pruned(registry: Registry):
    made = [registry.back_up_automatically("daily") for _number in range(AUTOMATIC_KEPT + 2)]
    assert automatic_backups(registry.path) == made[:1:-1]
    assert [kept.why for kept in kept_backups(registry.path)] == ["daily"] * AUTOMATIC_KEPT
    assert backed_up_on(registry.path, datetime.now(UTC).date())


def test_a_damaged_registry_of_any_name_is_a_copy_of_it(registry: Registry):
    kept = damaged_name(registry.path, NOW)
    kept.write_bytes(b"")
    assert copies_of(registry.path) == [kept]
    open_registry(registry.path).close()


@pytest.mark.parametrize("name", ["Moers-damaged-neu.kanal", "Moers-damaged-20261123T120500Z-2.kanal", "Moers-2.kanal"])
def test_another_registry_is_no_copy(tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(b"")
    assert copies_of(tmp_path / "Moers.kanal") == []


def test_a_folder_is_no_copy(tmp_path: Path):
    (tmp_path / "Moers-backups" / "Moers-alt.kanal").mkdir(parents=True)
    assert copies_of(tmp_path / "Moers.kanal") == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Moers-20261123T120500000000Z-daily.kanal", (NOW, "daily")),
        ("Moers-20261399T120500000000Z-daily.kanal", None),
        ("Moers-20261123T120500000000Z-daily.kanal.part", None),
        ("Moers-vor-dem-Umzug.kanal", None),
    ],
)
def test_a_name_tells_when_and_why(name: str, told: tuple[datetime, str] | None):
    assert told_by_name(Path(name)) == told
