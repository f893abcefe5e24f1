"""What every test has: folders and a language of its own, one calendar, and the real parts on request."""

from __future__ import annotations

import gc
import itertools
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ["TZ"] = "CET-1CEST,M3.5.0,M10.5.0/3"
if hasattr(time, "tzset"):
    time.tzset()

import hypothesis
import pytest

from core import i18n
from tests.parts.keyrings import Keyring, Keyrings
from tests.parts.office import Office
from tests.parts.screen import Screen

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from core.registry import Registry
    from tests.parts.server import Server

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3
LONG = ("journeys", "accessibility", "endurance", "benchmarks")
"""The folders of the tests that take seconds each."""

hypothesis.settings.register_profile(
    "house", deadline=None, max_examples=40, derandomize=True, database=None, print_blob=True
)
hypothesis.settings.register_profile("endurance", deadline=None, max_examples=10_000, print_blob=True)
hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--endurance", action="store_true", help="run the long runs at their full length")


def pytest_configure(config: pytest.Config) -> None:
    # Some hundred tests start the program as a process of its own: it is compiled once, not each time.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    sys.dont_write_bytecode = False
    _work_in_memory()
    if config.getoption("--endurance"):
        hypothesis.settings.load_profile("endurance")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tests that take long, so that at the end no process waits for another one's last."""
    items.sort(key=lambda item: not any(folder in item.path.parts for folder in LONG))


def pytest_collection_finish() -> None:
    """Leave all that is loaded by now alone: looking through it for rubbish took a twentieth of the whole time."""
    gc.collect()
    gc.freeze()


def _work_in_memory() -> None:
    """Let the tests' files lie in memory where there is room: a disk takes milliseconds to confirm each saving."""
    with suppress(OSError):
        if shutil.disk_usage(MEMORY).free >= ROOM:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.fixture(scope="session")
def new_homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where each next test has its home.

    They lie apart, because pytest reads the whole folder in which it makes a new one, and numbered, because it would
    read this one too: with some thousand tests that took longer than most of them.
    """
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_folders(new_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of the test's own, so that no test reads or writes the folders of whoever runs it."""
    home = next(new_homes)
    home.mkdir(mode=0o700)
    folders = {
        "XDG_DATA_HOME": home / ".local" / "share",
        "XDG_STATE_HOME": home / ".local" / "state",
        "XDG_CONFIG_HOME": home / ".config",
        "XDG_CACHE_HOME": home / ".cache",
        "XDG_RUNTIME_DIR": home / "run",
        "WIN_PD_OVERRIDE_APPDATA": home / "AppData" / "Roaming",
        "WIN_PD_OVERRIDE_LOCAL_APPDATA": home / "AppData" / "Local",
    }
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name, folder in folders.items():
        folder.mkdir(mode=0o700, parents=True)
        monkeypatch.setenv(name, str(folder))
    # The bus leads to the keyring of whoever runs the tests.
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return home


@pytest.fixture(autouse=True)
def in_german() -> Iterator[None]:
    """Every test begins in the language of the house, whatever the one before it chose."""
    i18n.use_language("de")
    yield
    i18n.use_language("de")


@pytest.fixture
def in_english(in_german: None) -> None:
    """The test quotes the source texts, which are English."""
    i18n.use_language("en")


@pytest.fixture
def today() -> date:
    """The day on which the tests play: a Monday in the fourth quarter."""
    return date(2026, 11, 23)


@pytest.fixture
def now() -> datetime:
    """The instant at which the tests play: ten in the morning of that day in Germany."""
    return datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def data() -> Path:
    """The folder of files that tests read."""
    return Path(__file__).parent / "data"


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """How often a long run repeats: `rounds(small, full)` is small, and full under `make endurance`."""
    at_full_length = bool(request.config.getoption("--endurance"))
    return lambda small, full: full if at_full_length else small


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    """A real screen without a monitor (Xvfb), one for each process that runs tests."""
    with Screen() as screen:
        yield screen


@pytest.fixture
def xvfb(screen: Screen) -> str:
    """The name of the real screen, as DISPLAY wants it."""
    return screen.display


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A real LibreOffice with a profile of its own: `libreoffice.convert(files, "pdf", folder)`."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A real PostgreSQL, one for each process that runs tests."""
    from tests.parts.server import Server

    with Server() as running:
        yield running


@pytest.fixture
def postgresql(server: Server) -> Iterator[Engine]:
    """An engine of a new, empty database on a real PostgreSQL."""
    with server.database() as engine:
        yield engine


@pytest.fixture
def keyrings(monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyrings]:
    """Real keyrings, one a person: `keyrings()` makes one more, `keyrings.use(one)` signs that person in."""
    with Keyrings(monkeypatch) as made:
        yield made


@pytest.fixture
def keyring_daemon(keyrings: Keyrings) -> Keyring:
    """A real gnome-keyring, unlocked and in use; with `lock()`, `kill()`, `restart()`."""
    one = keyrings()
    keyrings.use(one)
    return one


@pytest.fixture
def registry(tmp_path: Path) -> Iterator[Registry]:
    """A new, empty registry in a real file."""
    from tests.founding import new_registry

    made = new_registry(tmp_path / "registratur.kanal")
    yield made
    made.close()
