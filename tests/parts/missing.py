"""The rule for real parts: missing on a developer's machine a test is skipped, missing in CI it fails."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def missing_part(name: str) -> NoReturn:
    """End the test because a real part is not there."""
    told = f"{name} is missing here; `make test` installs it where it may."
    if os.environ.get("CI") == "true":
        pytest.fail(told, pytrace=False)
    pytest.skip(told)


def needed_program(*names: str) -> str:
    """Return the path of the first of these programs that is there; without any, the test ends."""
    return next((path for name in names if (path := shutil.which(name))), None) or missing_part(names[0])
