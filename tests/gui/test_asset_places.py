"""The work list of corporate identity: what it names, how it is ticked off, and that this can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from core.i18n import N_
from core.inventory.assets.consents import withdraw
from core.inventory.assets.places_to_clean import places
from core.inventory.binding import bind
from core.model import AssetKind, Placement
from gui.asset_places_model import ASSET, DONE, REASON
from gui.pages.asset_places import AssetPlacesPage
from gui.pages.channel_look import LOOK
from gui.workspace import FieldOf
from tests.gui.asset_office import add_arms, add_picture, agree, face, renew_arms, show

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def city(desk, in_english):
    """The coat of arms was renewed while two channels showed it; a portrait's consent was taken back."""
    ids, before = desk.fill(), desk.today - timedelta(days=30)
    with desk.registry.action(N_("Bind")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
    arms = add_arms(desk.registry, before)
    show(desk.registry, arms["colour"], [ids["Ämter"], ids["Stadt"]], Placement.AVATAR, before)
    renew_arms(desk.registry, arms["asset"], desk.today)
    portrait = add_picture(desk.registry, AssetKind.PORTRAIT, "Portrait", face((600, 800)), before)
    consent = agree(desk.registry, portrait["asset"], before)
    show(desk.registry, portrait["version"], [ids["Bücherei"]], Placement.AVATAR, before)
    with desk.registry.action(N_("Withdraw consent")) as session:
        withdraw(session, consent, desk.today)
    desk.settle()
    return ids | {"arms": arms["asset"], "portrait": portrait["asset"]}


@pytest.fixture
def page(desk, qtbot, city):
    made = AssetPlacesPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def column(page, number):
    return [page.model.index(row, number).data() for row in range(page.model.rowCount())]


def open_places(desk):
    with desk.registry.reading() as session:
        return [one for one in places(session, desk.today) if one.done_on is None]


def test_the_model_keeps_its_promises(page):
    QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.header.search.setText("Portrait")
    page.header.search.clear()


def test_each_place_is_named_with_its_reason(page):
    assert column(page, ASSET) == ["Portrait", "Wappen der Stadt", "Wappen der Stadt"]
    assert column(page, REASON)[0] == "There is no consent to show this person."
    assert column(page, REASON)[1] == "A newer version has taken its place."
    assert set(column(page, DONE)) == {"open"}


def test_a_place_is_ticked_off_and_the_tick_taken_back(desk, page):
    done: list[str] = []
    desk.workspace.done.connect(done.append)
    page.table.selectRow(1)
    page.ticking.trigger()
    desk.settle()
    assert done == ["1 place is ticked off."]
    assert len(open_places(desk)) == 2
    assert page.model.rowCount() == 2
    page.list.chips.buttons["done"].click()
    (cleaned,) = column(page, DONE)
    assert "Erika Mustermann" in cleaned
    assert not page.ticking.isEnabled()
    desk.workspace.undo()
    desk.settle()
    assert len(open_places(desk)) == 3


def test_several_places_are_ticked_off_at_once_and_nothing_is_left(desk, page):
    page.table.selectAll()
    page.ticking.trigger()
    desk.settle()
    assert open_places(desk) == []
    assert page.list.stack.currentWidget() is page.nothing
    assert not desk.refused


def test_the_places_of_one_asset_can_be_asked_for(desk, page, city):
    page.show_record(city["portrait"])
    assert column(page, ASSET) == ["Portrait"]
    page.header.search.clear()
    assert page.model.rowCount() == 3


def test_a_place_leads_to_its_channel(desk, page, city):
    page.table.selectRow(0)
    page.showing.trigger()
    assert desk.went[-1] == ("channels", FieldOf(city["Bücherei"], LOOK))
    page.table.selectAll()
    assert not page.showing.isEnabled()
    assert page.ticking.isEnabled()


def test_a_registry_without_such_places_says_what_would_stand_here(desk, qtbot):
    made = AssetPlacesPage(desk.workspace)
    qtbot.addWidget(made)
    made.open_registry(desk.registry)
    desk.settle()
    assert made.whole.currentWidget() is made.empty
    assert made.model.headerData(ASSET, Qt.Orientation.Horizontal) == "Asset"
