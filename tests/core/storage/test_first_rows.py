"""The first rows read by plain SQL are those that the data layer reads, or there are none."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from core import workstation
from core.exchange.demo import fill
from core.i18n import N_
from core.inventory.channel_fields import FIELDS
from core.inventory.lists import CHANNELS
from core.inventory.platform_changes import add_platform
from core.inventory.platform_facts import PlatformFacts
from core.registry import Registry
from core.storage import first_rows as reading
from core.storage import first_rows_plan
from core.storage.engine import APPLICATION_ID
from core.storage.first_rows import FirstRows, Wanted, first_rows
from core.storage.first_rows_plan import keep_plan_of, query_of
from core.storage.searching import ordered_rows, page
from core.storage.view import View
from tests.factories import make_channel
from tests.founding import new_registry

ROOT = Path(__file__).resolve().parents[3]
LIMIT = 40
REAL_MARK = reading.program_mark
BY_TITLE = View(sort="title")


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody changes the program's files while a test runs."""
    for module in (reading, first_rows_plan):
        monkeypatch.setattr(module, "program_mark", lambda: "the same")


@pytest.fixture
def city(tmp_path: Path, today: date) -> Registry:
    """The demo city, once open in this program, and closed again."""
    registry = new_registry(tmp_path / "stadt.kanal")
    registry.today = lambda: today
    fill(registry, today=today)
    registry.keep_current()
    with registry.reading() as session:
        keep_plan_of(session.connection(), CHANNELS)
    registry.close()
    return registry


def _first(registry: Registry, today: date, view: View = BY_TITLE) -> FirstRows | None:
    return first_rows(registry.path, Wanted("channel", FIELDS, view, LIMIT), today)


def _read(registry: Registry, today: date, view: View) -> list[object]:
    with registry.reading() as session:
        connection = session.connection()
        return list(page(connection, CHANNELS, ordered_rows(connection, CHANNELS, view)[:LIMIT], today))


def _change(registry: Registry, statement: str) -> None:
    with closing(sqlite3.connect(registry.path)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize("descending", [False, True])
def test_they_are_the_rows_of_the_data_layer_in_every_order(city: Registry, today: date, descending: bool):
    for key in ("", *(one.key for one in FIELDS)):
        view = View(sort=key, descending=descending)
        first = _first(city, today, view)
        assert first is not None
        listed = _read(city, today, view)
        assert listed
        for mine, theirs in zip(first.listed, listed, strict=True):
            assert isinstance(theirs, dict)
            shown = {one.key: theirs[one.key] for one in FIELDS}
            assert mine == {"id": theirs["id"], **shown}
            assert {one: type(value) for one, value in mine.items() if one != "id"} == {
                one: type(value) for one, value in shown.items()
            }


def test_all_channels_are_counted(city: Registry, today: date):
    first = _first(city, today)
    assert first is not None
    with city.reading() as session:
        assert first.count == len(ordered_rows(session.connection(), CHANNELS, BY_TITLE)) > 0


def _another_day(city: Registry) -> None:
    _change(city, "UPDATE row_state SET day = '2026-11-22'")


def _other_rules(city: Registry) -> None:
    _change(city, "UPDATE finding_state SET rules = 'others'")


def _other_fields(city: Registry) -> None:
    _change(city, "UPDATE row_state SET shape = 'another'")


def _older_findings(city: Registry) -> None:
    _change(city, "UPDATE finding_state SET seq = seq - 1")


def _other_head(city: Registry) -> None:
    _change(city, "UPDATE row_state SET head = 'another' WHERE name = 'channel'")


def _newer_schema(city: Registry) -> None:
    _change(city, "UPDATE alembic_version SET version_num = '9999'")


def _foreign_file(city: Registry) -> None:
    _change(city, "PRAGMA application_id = 7")


def _own_platform(city: Registry) -> None:
    registry = Registry(city.path, today=city.today)
    facts = PlatformFacts("Neunland", hosts=("neunland.example",))
    with registry.action(N_("Add platform")) as session:
        add_platform(session, facts)
    registry.close()


def _no_registry(city: Registry) -> None:
    city.path.write_bytes(b"Not a registry at all.")


def _no_file(city: Registry) -> None:
    city.path.unlink()


def _no_plan(_city: Registry) -> None:
    workstation.keep_plan("channel", {})


REASONS = (
    _another_day,
    _other_rules,
    _other_fields,
    _older_findings,
    _other_head,
    _newer_schema,
    _foreign_file,
    _own_platform,
    _no_registry,
    _no_file,
    _no_plan,
)


@pytest.mark.parametrize("reason", REASONS, ids=lambda one: one.__name__.strip("_"))
def test_there_are_none_where_they_might_not_be_true(city: Registry, today: date, reason: Callable[[Registry], None]):
    assert _first(city, today) is not None
    reason(city)
    assert _first(city, today) is None


def test_there_are_none_on_another_day(city: Registry, today: date):
    assert _first(city, today + timedelta(days=1)) is None


def test_there_are_none_for_another_program(city: Registry, today: date, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "program_mark", lambda: "another")
    assert _first(city, today) is None


def test_there_are_none_while_somebody_writes(city: Registry, today: date):
    with closing(sqlite3.connect(city.path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        assert _first(city, today) is None


def test_an_action_shows_at_once(city: Registry, today: date):
    registry = Registry(city.path, today=lambda: today)
    with registry.action(N_("Add channel")) as session:
        session.add(make_channel(title="!Der erste von allen"))
    registry.close()
    first = _first(city, today)
    assert first is not None
    assert first.listed[0]["title"] == "!Der erste von allen"


@pytest.mark.parametrize(
    "kept", ["[]", '{"channel": []}', '{"channel": {"query": 1}}', '{"channel": "x"}', "kaputt", ""]
)
def test_a_damaged_plan_is_as_good_as_none(city: Registry, today: date, kept: str):
    assert workstation.plans_kept().keys() == {"channel"}
    file = workstation.head_file(city.id).with_name("first-rows.json")
    file.write_text(kept, encoding="utf-8")
    assert _first(city, today) is None
    file.unlink()
    assert _first(city, today) is None


def test_a_plan_is_none_where_nothing_can_be_kept(own_folders: Path, city: Registry, today: date):
    state = workstation.head_file(city.id).parent
    state.rename(own_folders / "elsewhere")
    state.write_text("in the way")
    workstation.keep_plan("channel", {})
    assert workstation.plans_kept() == {}
    assert _first(city, today) is None


def test_the_file_is_left_as_it_was(city: Registry, today: date):
    before, beside = city.path.read_bytes(), sorted(city.path.parent.iterdir())
    assert _first(city, today) is not None
    assert city.path.read_bytes() == before
    assert sorted(city.path.parent.iterdir()) == beside


def test_the_program_is_another_one_when_a_file_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading, "program_mark", REAL_MARK.__wrapped__)
    monkeypatch.setattr(reading, "_CORE", tmp_path)
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "rules.py").write_text("one", encoding="utf-8")
    before = reading.program_mark()
    assert reading.program_mark() == before
    (tmp_path / "inside" / "rules.py").write_text("another", encoding="utf-8")
    assert reading.program_mark() != before


def test_the_mark_of_a_registry_is_the_one_that_opening_asks_for():
    assert reading._APPLICATION_ID == APPLICATION_ID


def test_the_channels_have_a_query_that_can_be_written_down():
    query = query_of(CHANNELS)
    assert query is not None
    assert ":today" in query
    assert ":ids" in query


def test_reading_them_loads_no_data_layer():
    script = (
        "import sys; import core.storage.first_rows, core.inventory.channel_fields, core.inventory.showing; "
        "print('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "False", done.stderr
