"""What backups lack of the library's files is said in the window, when they are made and when they are restored."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.exchange.pictures.examining import examine_bytes
from core.exchange.pictures.taking_in import NewFile, take_in_asset
from core.inventory.assets.library import shelf_of
from core.model import AssetKind
from core.storage.kept_copies import automatic_backups
from gui.commands import _back_up
from gui.dialogs.restore import RestoreDialog
from gui.main_window import MainWindow
from tests.core.exchange.pictures.drawn import picture

pytestmark = pytest.mark.usefixtures("in_english")
LACKING = "1 file of the city's identity is missing or damaged"


@pytest.fixture
def warned(desk) -> list[str]:
    """What the window warns of; one file of the library is damaged."""
    told = NewFile(examine_bytes(picture(), "wappen.png"), AssetKind.COAT_OF_ARMS, "Coat of arms")
    take_in_asset(desk.registry, told, desk.registry.today())
    [file] = shelf_of(desk.registry.path).folder.iterdir()
    file.write_bytes(b"damaged")
    warnings: list[str] = []
    desk.workspace.warned.connect(warnings.append)
    return warnings


def test_a_backup_that_is_not_whole_is_a_warning(desk, warned, tmp_path: Path):
    said, warning = _back_up(desk.registry, tmp_path / "b.kanal")
    assert said == ""
    assert f"The backup is not whole: “{tmp_path / 'b.kanal'}”. {LACKING} and is not in it" in warning


def test_the_backup_of_the_day_warns_once(desk, warned):
    desk.settle()
    for kept in automatic_backups(desk.registry.path):
        kept.unlink()
    for _time in range(2):
        desk.workspace._back_up(desk.registry)
        desk.settle()
    assert [sentence.startswith(LACKING) for sentence in warned] == [True]


def test_restoring_goes_on_and_says_what_is_lacking(desk, warned, tmp_path: Path):
    desk.registry.back_up(tmp_path / "b.kanal")
    dialog = RestoreDialog(desk.workspace, tmp_path / "b.kanal", "")
    dialog.open()
    dialog.primary.click()
    desk.settle()
    [told] = [sentence for sentence in warned if sentence.startswith("The backup was restored.")]
    assert f"{LACKING}: “Coat of arms”." in told
    assert [entry.label for entry in desk.registry.log()][-1] == "Restore backup"


def test_after_restoring_the_window_still_says_what_is_lacking(desk, warned, qtbot, tmp_path: Path):
    window = MainWindow(desk.workspace)
    qtbot.addWidget(window)
    window.show()
    desk.registry.back_up(tmp_path / "b.kanal")
    dialog = RestoreDialog(desk.workspace, tmp_path / "b.kanal", "", window)
    dialog.open()
    dialog.primary.click()
    desk.settle()
    assert window.messages.isVisible()
    assert window.messages.text.startswith("The backup was restored.")
    assert LACKING in window.messages.text
