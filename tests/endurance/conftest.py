"""Long runs say at the end what they came to: how many kills, faults, states, tamperings and files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.endurance import children
from tests.endurance.use_cases import lay_out

MEMORY = Path("/dev/shm")
_COUNTED = "counted"


@pytest.fixture
def at_full_length() -> None:
    """The test runs only under `make endurance`; another one goes through the same code in `make test`."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--endurance"):
        long = [item for item in items if "at_full_length" in getattr(item, "fixturenames", ())]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Keep a line of counts for the end of the output; it also reaches there from another process."""
    return lambda line: record_property(_COUNTED, line)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder from which every use case starts; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        for name, value in children.home_in(folder).items():
            patch.setenv(name, value)
        lay_out(folder)
    return folder


@pytest.fixture
def in_memory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder in memory, where there is such a thing; the home of the test may be moved into it."""
    for name in children.FOLDERS:
        monkeypatch.setenv(name, str(tmp_path))
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else tmp_path) as folder:
        yield Path(folder)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for outcome in ("passed", "failed") for report in terminalreporter.getreports(outcome)]
    lines = [text for report in reports for name, text in report.user_properties if name == _COUNTED]
    if lines:
        terminalreporter.section("what the long runs came to")
        for line in sorted(lines):
            terminalreporter.write_line(line)
