"""A version that nobody approved is marked wherever it is seen or chosen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from core.inventory.assets.places_to_clean import places
from core.model import AssetKind, Placement
from gui.asset_files import Pasted
from gui.asset_places_model import why_words
from gui.asset_words import standings
from gui.dialogs.issue_version import IssueVersionDialog
from gui.dialogs.show_asset_on import ShowAssetOnDialog
from gui.pages.channel_look import ChannelLook
from tests.gui.asset_office import show
from tests.gui.asset_people import picture, take_in

pytestmark = pytest.mark.usefixtures("in_english")
SENTENCE = "Not approved: nobody has approved this version yet."


def texts(widget):
    return [one.text() for one in widget.findChildren(QLabel) if not one.isHidden()]


@pytest.fixture
def made(desk, assets_page):
    """An approved coat of arms on a channel, replaced by a version that is not approved."""
    ids = desk.fill()
    asset = take_in(desk, "Wappen", AssetKind.COAT_OF_ARMS, "#000001", approved=True)
    assets_page.show_record(asset)
    desk.settle()
    show(desk.registry, assets_page.acts.sheet.versions[0].id, [ids["Ämter"]], Placement.AVATAR, desk.today)
    desk.settle()
    assets_page.acts.issuing.trigger()
    dialog = desk.dialog(IssueVersionDialog)
    assert "approved version, but is not approved itself" in dialog.unapproved._word.text()
    dialog.approved.box.setChecked(True)
    assert dialog.unapproved.isHidden()
    dialog.approved.box.setChecked(False)
    assert not dialog.unapproved.isHidden()
    dialog.file.look(Pasted(picture("#000002"), "new.png"))
    desk.settle()
    dialog.primary.click()
    desk.settle()
    return ids | {"asset": asset}


def test_the_library_and_the_detail_say_it_beside_what_is_to_be_cleaned(assets_page, made):
    [tile] = assets_page.library.model.tiles
    assert [one.word for one in standings(tile, "")] == ["1 to clean", "Unapproved"]
    assert {"1 place to clean", "Unapproved"} <= set(texts(assets_page.detail._standing))
    files = texts(assets_page.detail.versions)
    assert "In force, but not approved" in files
    assert SENTENCE in files
    assert "To be used" not in files


def test_the_work_list_says_what_would_be_ticked_as_shown(desk, made):
    with desk.registry.reading() as session:
        [place] = places(session, desk.today)
    assert why_words(place) == "A newer version has taken its place, but is not approved."


def test_the_channel_says_it_once_the_place_was_ticked_off(desk, qtbot, assets_page, made):
    assets_page.acts.tick_off(assets_page.acts.sheet.uses[0])
    desk.settle()
    look = ChannelLook(desk.workspace)
    qtbot.addWidget(look)
    look._platform = "facebook"
    look.show()
    look.show_record(made["Ämter"])
    desk.settle()
    assert SENTENCE in texts(look)


def test_the_dialog_of_places_says_it(desk, assets_page, made):
    assets_page.acts.showing.trigger()
    dialog = desk.dialog(ShowAssetOnDialog)
    assert dialog.version.currentText() == "in colour, version 2, not approved"
    assert SENTENCE in texts(dialog)
