"""Thirty people, ten of whom are due: nothing of the ten is left in any file, and nothing else has changed."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model import Erasure, Person
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry, open_registry
from core.restoring import restore_registry
from core.storage import companions
from core.storage.kept_copies import automatic_backups
from main import main
from tests.core.protection.canaries import home_in, leaks
from tests.core.protection.leavers import QUARTERS, REGISTRY, TODAY, WITHDRAWN, City, figures_of, plant_in

_PLACES = """
    channel.notes channel.purpose channel.audience channel.tags channel.url_as_entered
    channel.title former_handle.handle org_unit.notes access.reason access.holder
    credential.login_name credential.recovery_mail credential.recovery_phone credential.place escrow_key.place
    escrow_opening.reason waiver.reason registry_setting.value
"""
PLACES = frozenset(_PLACES.split())
"""Columns in which the planted names must be found."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, City]:
    """The city, planted once; each test works on a copy of it."""
    folder = tmp_path_factory.mktemp("city")
    return folder, plant_in(folder)


@pytest.fixture
def folder(template: tuple[Path, City], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Everything the program keeps: what lies beside the registry, and the folders of whoever works here."""
    copied = tmp_path / "city"
    shutil.copytree(template[0], copied)
    for name, value in home_in(copied).items():
        monkeypatch.setenv(name, value)
    return copied


@pytest.fixture
def city(template: tuple[Path, City]) -> City:
    return template[1]


@pytest.fixture
def registry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    opened = open_registry(folder / REGISTRY, today=lambda: TODAY)
    yield opened
    opened.close()


def erase(registry: Registry) -> None:
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)


def test_no_canary_is_left_in_any_file(registry: Registry, city: City, folder: Path):
    planted = leaks(folder, city.canaries)
    assert len(city.canaries) == 60
    assert {line.partition(" in ")[0] for line in planted} == set(city.canaries)
    assert len(leaks(folder, (WITHDRAWN,))) >= 3  # The registry, its library, and a backup's at least.
    assert all(any(kind in line for line in planted) for kind in (".kanal:", "-daily", ".xlsx:", ".json:", ".part:"))
    assert registry.verify().broken_at is None
    erase(registry)
    assert leaks(folder, (*city.canaries, WITHDRAWN)) == []
    assert registry.verify().broken_at is None


def test_nobody_else_loses_anything(registry: Registry, city: City, folder: Path):
    before = {one.id: _row(registry, one.id) for one in city.stay}
    erase(registry)
    assert {one.id: _row(registry, one.id) for one in city.stay} == before
    kept = leaks(folder, tuple(canary for one in city.stay for canary in one.canaries))
    assert {line.partition(" in ")[0] for line in kept} == {canary for one in city.stay for canary in one.canaries}
    shelf = companions.folder_of(registry.path, companions.ASSETS)
    assert {file.name for file in shelf.iterdir()} == {
        hashlib.sha256(content).hexdigest() for one in city.stay for content in (one.portrait, one.form)
    }


def _row(registry: Registry, person: object) -> object:
    with registry.reading() as session:
        one = session.get_one(Person, person)
        return one.name, one.email, one.phone, one.notes, one.version


def test_reports_of_past_quarters_still_count_the_same(registry: Registry, city: City):
    erase(registry)
    assert {quarter: figures_of(registry, quarter) for quarter in QUARTERS} == city.figures


def test_the_function_stays_and_stands_for_the_name(registry: Registry, city: City):
    erase(registry)
    with registry.reading() as session:
        gone = [session.get_one(Person, one.id) for one in city.due]
        assert {one.name for one in gone} == {"ehemalige/r Beschäftigte/r (Redaktion)"}
        assert {one.erased_on for one in gone} == {TODAY}


def test_views_of_the_past_still_agree_with_the_log(registry: Registry, city: City):
    head = registry.head()[0]
    erase(registry)
    for known_on in (head, head // 2, head // 4):
        with registry.snapshot(known_on=known_on) as session:
            assert session.info["bypassed"] == ()
    with registry.snapshot(as_of=TODAY.replace(month=6)) as session:
        assert session.info["bypassed"] == ()


def test_a_rewritten_backup_is_a_whole_registry_without_the_names(registry: Registry, city: City, tmp_path: Path):
    erase(registry)
    for number, backup in enumerate(automatic_backups(registry.path)):
        restored = tmp_path / f"wieder{number}.kanal"
        restore_registry(backup, restored)
        again = open_registry(restored)
        assert again.verify().broken_at is None
        assert plan_erasure(again, TODAY).people == ()
        again.close()
    assert len(automatic_backups(registry.path)) == 2


def test_the_registry_can_be_put_back_from_a_rewritten_backup(registry: Registry, city: City, folder: Path):
    erase(registry)
    backup = automatic_backups(registry.path)[-1]
    registry.close()
    restore_registry(backup, registry.path)
    again = open_registry(registry.path)
    assert again.verify().broken_at is None
    again.close()
    assert leaks(folder, city.canaries) == []


def test_the_dry_run_lists_every_place_and_changes_nothing(
    registry: Registry, city: City, capfd: pytest.CaptureFixture[str]
):
    head = registry.head()
    words = ["--registry", str(registry.path), "--lang", "en", "people", "erase", "--due", "--also-open"]
    assert main([*words, "--dry-run", "--json"]) == 0
    told = json.loads(capfd.readouterr().out)
    assert {one["id"] for one in told["people"]} == {str(one.id) for one in city.due}
    assert len(told["reports"]) == 2 * len(QUARTERS)
    assert len(told["backups"]) == 2
    assert len(told["files"]) == 2 * len(city.due) + 1
    assert {f"{one['table']}.{one['column']}" for one in told["mentions"] if one["erased"]} >= PLACES
    assert registry.head() == head
    assert main(words) == 0
    assert "people: 10" in capfd.readouterr().out
    assert main([*words, "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["erased"]["people"] == 0
    with registry.reading() as session:
        assert [one.finished_at is not None for one in session.query(Erasure)] == [True]
