"""Imported by the process that starts children: does every use case once, so that they begin with all loaded."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from tests.endurance import children, use_cases


def _warm_up() -> None:
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.update(children.home_in(folder))
        use_cases.lay_out(folder)
        for case in use_cases.USE_CASES.values():
            case.begin(folder)()
    os.environ.clear()
    os.environ.update(before)


_warm_up()
