"""Processes that are measured from their start: each prints one line of JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 300


def answer_of(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Any:
    """Run a module in a process of its own and return what its last line says.

    Args:
        module: Its dotted name.
        arguments: What it is given.
        environment: Of the process; without it, this one's.

    Returns:
        The answer; `{started}` in its keys is the instant at which the process was started.
    """
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=dict(environment or os.environ),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        check=False,
    )
    lines = done.stdout.splitlines()
    if done.returncode or not lines:
        raise RuntimeError(f"{module} {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return {"started": started, **json.loads(lines[-1])}
