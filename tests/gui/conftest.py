"""What tests of the window need beside what every test has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from gui.pages.assets import AssetsPage
    from tests.gui.desk import Desk


@pytest.fixture
def desk(qapp: object, tmp_path: Path) -> Iterator[Desk]:
    """An open, empty registry and a workspace around it."""
    from tests.gui.desk import Desk

    made = Desk(tmp_path / "desk.kanal")
    yield made
    made.close()


@pytest.fixture
def assets_page(desk: Desk, qtbot: Any, in_english: None) -> AssetsPage:
    """The page of the library, with the desk's registry, following what changes and where one goes."""
    from gui.pages.assets import AssetsPage

    made = AssetsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.workspace.going.connect(lambda page, record: made.show_record(record) if page == "assets" else None)
    desk.settle()
    return made
