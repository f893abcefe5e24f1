"""After an erasure no picture of the person is left in the window, and nothing is offered that needs the file."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from core.errors import BadInputError
from core.i18n import N_
from core.inventory.assets import assets
from core.inventory.assets.library import shelf_of
from core.model import AssetKind, Person, Placement
from gui.asset_words import standings
from gui.dialogs.erase_due import EraseDueDialog
from gui.pages.channel_look import ChannelLook
from tests.gui.asset_office import show
from tests.gui.asset_people import take_in

pytestmark = pytest.mark.usefixtures("in_english")


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden()]


def buttons(widget):
    return {one.objectName() for one in widget.findChildren(QPushButton) if not one.isHidden()}


@pytest.fixture
def erased(desk, assets_page):
    """A portrait of somebody who left ten years ago, seen in the library and on a channel, then erased."""
    ids = desk.fill()
    with desk.registry.action(N_("Leave")) as session:
        session.get_one(Person, ids["Max Mustermann"]).left_on = desk.today - timedelta(days=3660)
    asset = take_in(desk, "Max", AssetKind.PORTRAIT, person_id=ids["Max Mustermann"], approved=True)
    assets_page.show_record(asset)
    desk.settle()
    [version] = assets_page.acts.sheet.versions
    show(desk.registry, version.id, [ids["Ämter"]], Placement.AVATAR, desk.today)
    desk.settle()
    assets_page.dragging.begin(assets_page.library.model.tiles[0])
    assets_page.grab()
    desk.settle()
    assert any(sha256 == version.sha256 for sha256, _side in assets_page.pictures._kept)
    assert assets_page.dragging._copies._folders
    dialog = EraseDueDialog(desk.workspace)
    dialog.open()
    desk.settle()
    dialog.primary.click()
    desk.settle()
    assert not shelf_of(desk.registry.path).has(version.sha256)
    return ids | {"asset": asset, "sha256": version.sha256}


def test_no_picture_is_left_in_memory_and_no_copy_that_was_dragged_out(assets_page, erased):
    assert erased["sha256"] not in {sha256 for sha256, _side in assets_page.pictures._kept}
    assert not assets_page.dragging._copies._folders
    [tile] = assets_page.library.model.tiles
    assert tile.sha256 == ""
    assert "Files erased" in [one.word for one in standings(tile, "")]


def test_the_detail_says_erased_and_offers_nothing_that_needs_the_file(assets_page, erased):
    detail, acts = assets_page.detail, assets_page.acts
    assert any("were erased" in text for text in texts(detail._standing))
    assert not buttons(detail.versions) & {"save-copy", "derive-asset", "approve-version"}
    assert not any(one.isEnabled() and one.isVisible() for one in acts.actions)


def test_the_channel_shows_a_neutral_room_and_offers_no_file(desk, qtbot, erased):
    look = ChannelLook(desk.workspace)
    qtbot.addWidget(look)
    look._platform = "facebook"
    look.show()
    look.show_record(erased["Ämter"])
    desk.settle()
    assert any("were erased" in text for text in texts(look))
    assert not buttons(look) & {"save-copy", "cut-to-size"}


def test_it_cannot_be_taken_into_use_again(desk, erased):
    with pytest.raises(BadInputError, match="were erased"), desk.registry.action(N_("Bring back asset")) as session:
        assets.bring_back(session, erased["asset"])
