"""The screen on which windows are shown: a real one without a monitor where Xvfb is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from tests.parts.screen import Screen


@contextmanager
def screen_here() -> Iterator[dict[str, str]]:
    """Give the environment of programs that show a window; without Xvfb only ours, offscreen."""
    if shutil.which("Xvfb") is None:
        yield {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        return
    with Screen() as screen:
        yield screen.environment()
