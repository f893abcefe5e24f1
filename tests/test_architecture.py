"""How the house is laid out, as sentences that hold (docs/decisions, CONTRIBUTING)."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import pytest
from pytest_archon import archrule

from tests import sources
from tests.sources import EVERYTHING, MIGRATIONS, PROGRAM, ROOT

QT = ("PySide6*", "shiboken6*", "qtawesome*", "qtpy*")
DATA_LIBRARIES = ("sqlalchemy*", "alembic*", "openpyxl*", "keyring*", "lxml*", "sqlite3*", "python_calamine*")
AREAS = ("inventory", "custody", "governance", "exchange", "protection")
SEAMS_FOR_BUGS = {"main.py", "gui/app.py", "gui/bugs.py", "gui/tasks.py"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "manager", "controller", "misc"}
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
LONG_FUNCTION = 20

REGISTRY_HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.",
    "deb.debian" + ".org",
    "archive.ubuntu" + ".com",
)
MACHINE_PATHS = re.compile(r"(?<![\w./-])/(?:" + "ro" + "ot|wo" + r"rk)/[\w.]")
SYSTEM_WORDS = re.compile(r"(?<!\bos)\.str" + r"error\b")
"""The system's own words for an error; giving them to an error that is raised (`os.`) shows them to nobody."""

UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b")


def test_core_knows_no_window():
    archrule("core knows no Qt").match("core", "core.*").should_not_import(*QT, "gui*", "main").check("core")


def test_the_window_knows_no_database_and_no_workbook():
    rule = archrule("gui asks core").match("gui", "gui.*").should_not_import(*DATA_LIBRARIES)
    rule.check("gui", only_direct_imports=True)


def test_the_window_does_not_use_the_command_line():
    rule = archrule("two doors, one house").match("gui", "gui.*").should_not_import("core.cli*")
    rule.check("gui", only_direct_imports=True)


def test_main_opens_a_door_and_knows_no_more_of_the_house():
    core = ("core.cli.", "core.exchange.parsing", "core.protection.paper.", "core.i18n.")
    doors = (*core, "gui.app.", "gui.record_paper.", "gui.report_paper.", "gui.protection_paper.", "gui.drawing_apart.")
    ours = {name for name in sources.imported(ROOT / "main.py") if name.startswith(("core", "gui"))}
    assert all(name.startswith(doors) for name in ours), ours


def test_the_records_know_nothing_else_of_core():
    rule = archrule("model is the floor").match("core.model", "core.model.*").should_not_import("core*")
    rule.may_import("core", "core.model*", "core.i18n").check("core")


@pytest.mark.parametrize("module", ["core.errors", "core.i18n"])
def test_what_everybody_uses_uses_nobody(module: str):
    archrule(f"{module} stands alone").match(module).should_not_import("core.*").may_import("core.i18n").check("core")


@pytest.mark.parametrize("floor", ["core.model", "core.storage", "core.fields", "core.settings"])
def test_the_floors_carry_the_areas_and_do_not_know_them(floor: str):
    rule = archrule(f"{floor} is below the areas").match(floor, f"{floor}.*")
    rule.should_not_import(*(f"core.{area}*" for area in AREAS)).check("core")


@pytest.mark.parametrize("area", [area for area in AREAS if sources.python_files(f"core/{area}")])
def test_areas_use_each_other_only_downwards(area: str):
    above = AREAS[AREAS.index(area) + 1 :]
    rule = archrule(f"{area} looks down").match(f"core.{area}", f"core.{area}.*")
    rule.should_not_import("core.cli*", *(f"core.{other}*" for other in above)).check("core")


def test_nothing_in_core_calls_the_command_line():
    rule = archrule("cli is a door").match("core", "core.*").exclude("core.cli", "core.cli.*")
    rule.should_not_import("core.cli*").check("core")


def test_migrations_import_no_application_code():
    for file in MIGRATIONS.glob("*.py"):
        ours = {name for name in sources.imported(file) if name.split(".")[0] in {"core", "gui", "main"}}
        assert not ours, f"{file.name} imports {ours}: it must work when the program has long changed"


def test_every_file_has_a_name_that_says_what_is_in_it():
    vague = [_place(file) for file in sources.python_files(*EVERYTHING) if VAGUE_NAMES & set(file.stem.split("_"))]
    assert not vague


def test_no_file_is_longer_than_300_lines():
    lengths = {_place(file): len(file.read_bytes().splitlines()) for file in sources.python_files(*EVERYTHING)}
    assert not {place: lines for place, lines in lengths.items() if lines > LONGEST_FILE}


def test_no_function_is_longer_than_40_lines():
    long = [
        f"{_place(file)}: {name} has {lines} lines"
        for file in sources.python_files(*EVERYTHING)
        for name, lines in sources.functions(file)
        if lines > LONGEST_FUNCTION
    ]
    assert not long


def test_nine_of_ten_functions_have_at_most_20_lines():
    lengths = [lines for file in sources.python_files(*PROGRAM) for _, lines in sources.functions(file)]
    assert statistics.quantiles(lengths, n=10)[-1] <= LONG_FUNCTION
    assert statistics.median(lengths) <= 8


def test_an_error_nobody_expected_is_caught_only_where_bugs_are_shown():
    broad = [
        f"{place}:{line}"
        for file in sources.python_files(*PROGRAM)
        if (place := _place(file)) not in SEAMS_FOR_BUGS and not place.startswith("core/cli/")
        for line in sources.catches_everything(file)
    ]
    assert not broad


def test_why_the_system_refused_something_is_told_in_one_place():
    telling = {_place(file) for file in sources.python_files(*PROGRAM) if SYSTEM_WORDS.search(file.read_text("utf-8"))}
    assert telling <= {"core/system_reasons.py"}, "core.system_reasons.reason_of says it in the reader's language"


def test_no_file_names_the_host_of_a_package_registry():
    naming = {path: host for path, text in sources.tracked_texts() for host in REGISTRY_HOSTS if host in text}
    assert not naming


def test_no_file_names_a_path_of_the_machine_it_was_written_on():
    naming = [path for path, text in sources.tracked_texts() if MACHINE_PATHS.search(text) or f"{ROOT}/" in text]
    assert not naming


def test_nothing_is_left_for_later():
    later = [path for path, text in sources.tracked_texts() if UNFINISHED.search(text)]
    assert not later


def test_every_module_says_what_it_is_for():
    silent = [_place(file) for file in sources.python_files(*EVERYTHING) if not sources.facts(file).docstring]
    assert not silent


def _place(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()
