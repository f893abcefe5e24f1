"""A real screen without a monitor: Xvfb, on a free display of its own choice."""

from __future__ import annotations

import os
import select
import subprocess
from types import TracebackType
from typing import Self

import pytest

from tests.parts.missing import needed_program

START_SECONDS = 20


class Screen:
    """One running X server; `display` names it and `environment()` is what a program on it needs."""

    display = ""

    def __init__(self, size: str = "1280x800") -> None:
        """Choose its size in pixels."""
        self._size = size

    def __enter__(self) -> Self:
        program = needed_program("Xvfb")
        reading, writing = os.pipe()
        options = ["-displayfd", str(writing), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp"]
        self._server = subprocess.Popen(
            [program, *options], pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(writing)
        with os.fdopen(reading) as told:
            ready, _, _ = select.select([told], [], [], START_SECONDS)
            self.display = f":{told.readline().strip()}" if ready else ":"
        if self.display == ":":
            self._stop()
            pytest.fail("Xvfb did not start.", pytrace=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def environment(self) -> dict[str, str]:
        """Return the environment for a program that shows a real window here."""
        here = {name: value for name, value in os.environ.items() if name != "WAYLAND_DISPLAY"}
        return here | {"DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def _stop(self) -> None:
        self._server.terminate()
        self._server.wait(timeout=10)
