"""What tests of the window need beside what every test has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.gui.desk import Desk


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    """An open, empty registry and a workspace around it."""
    from tests.gui.desk import Desk

    made = Desk(tmp_path / "desk.kanal")
    yield made
    made.close()
