"""A real PostgreSQL: a server of its own in a folder of its own, reached by a Unix socket only."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL

from tests.parts.missing import missing_part

START_SECONDS = 30
ACCOUNT = "postgres"  # PostgreSQL refuses to run as root, so root starts it as its own user.
# Debian keeps the programs out of PATH, in a folder for each version.
_FOLDERS = (*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True), Path("/usr/bin"), Path("/usr/local/bin"))
_OPTIONS = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "log_min_messages=fatal", "-c", "timezone=UTC")
# German order and not that of the bytes, so that a list that the database orders by text would be noticed.
_CLUSTER = ("--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=de-DE")


class Server:
    """One running server; `database()` is a new, empty database on it."""

    def __enter__(self) -> Self:
        initdb, postgres = _program("initdb"), _program("postgres")
        self._numbers = count(1)
        # Not among pytest's folders: those only root may enter, and a socket's path is short.
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        if os.geteuid() == 0:
            shutil.chown(self._folder, ACCOUNT, ACCOUNT)
        cluster = str(self._folder / "data")
        made = _started([initdb, "-D", cluster, "-U", ACCOUNT, *_CLUSTER], stderr=subprocess.PIPE)
        _, said = made.communicate(timeout=START_SECONDS)
        if made.returncode:
            pytest.fail(f"initdb failed:\n{said.decode()}", pytrace=False)
        self._server = _started([postgres, "-D", cluster, "-k", str(self._folder), *_OPTIONS])
        self._wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.send_signal(signal.SIGINT)  # SIGTERM would wait for pooled connections.
        self._server.wait(timeout=START_SECONDS)
        shutil.rmtree(self._folder)

    @contextmanager
    def database(self, like: str | None = None) -> Iterator[Engine]:
        """Give an engine of a new database, empty or a copy of another that nobody is connected to."""
        name = f"registry{next(self._numbers)}"
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like or 'template1'}".encode())
        query = {"host": str(self._folder)}
        engine = create_engine(URL.create("postgresql+psycopg", ACCOUNT, database=name, query=query))
        yield engine
        engine.dispose()

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self._folder), user=ACCOUNT, dbname=ACCOUNT, autocommit=True)

    def _wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self._server.poll() is None:
            with contextlib.suppress(psycopg.OperationalError), self._connect():
                return
            time.sleep(0.05)
        pytest.fail("PostgreSQL did not start.", pytrace=False)


def _program(name: str) -> str:
    found = next((folder / name for folder in _FOLDERS if (folder / name).is_file()), None)
    return str(found) if found else missing_part(f"PostgreSQL ({name})")


def _started(command: list[str], stderr: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
    """Start a program of PostgreSQL's, as its own user where we are root."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        if ACCOUNT not in {known.pw_name for known in pwd.getpwall()}:
            missing_part("PostgreSQL (its user)")
        who = {"user": ACCOUNT, "group": ACCOUNT, "extra_groups": []}
    return subprocess.Popen(command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr, **who)
