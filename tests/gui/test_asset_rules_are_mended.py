"""Each finding about the city's appearance is mended from where it is shown, and afterwards it is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.governance.finding_lists import of_rule
from core.governance.rules import assets
from core.i18n import N_
from core.inventory.assets.consents import withdraw
from core.inventory.assets.uses import take_down
from core.inventory.binding import bind
from core.model import Asset, AssetKind, AssetUse, AssetVersion, Channel, Placement
from core.settings import change_setting
from gui import mending
from gui.dialogs.choose_picture import ChoosePictureDialog
from gui.dialogs.clean_places import CleanPlacesDialog
from gui.dialogs.give_consent import GiveConsentDialog
from gui.findings_shown import shown_finding
from gui.widgets.ticked_things import Thing
from tests.gui.asset_office import add_arms, add_picture, agree, face, renew_arms, show

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]
SUBJECT = "Ämter"


def _arms(desk: Any, ids: dict[str, Any]) -> dict[str, Any]:
    before = desk.today - timedelta(days=30)
    arms = add_arms(desk.registry, before)
    show(desk.registry, arms["colour"], [ids[SUBJECT]], Placement.AVATAR, before)
    return arms


def _portrait(desk: Any, ids: dict[str, Any]) -> dict[str, Any]:
    before = desk.today - timedelta(days=30)
    made = add_picture(desk.registry, AssetKind.PORTRAIT, "Portrait", face((600, 800)), before)
    show(desk.registry, made["version"], [ids[SUBJECT]], Placement.AVATAR, before)
    return made


def _ended(desk: Any, ids: dict[str, Any]) -> None:
    consent = agree(desk.registry, _portrait(desk, ids)["asset"], desk.today - timedelta(days=30))
    with desk.registry.action(N_("Withdraw consent")) as session:
        withdraw(session, consent, desk.today)


def _licence(desk: Any, ids: dict[str, Any]) -> None:
    asset = _arms(desk, ids)["asset"]
    with desk.registry.action(N_("Change asset")) as session:
        session.get_one(Asset, asset).licence_until = desk.today - timedelta(days=1)


def _unapproved(desk: Any, ids: dict[str, Any]) -> None:
    version = _arms(desk, ids)["colour"]
    with desk.registry.action(N_("Change asset")) as session:
        session.get_one(AssetVersion, version).approved_on = None


SITUATIONS: dict[str, Callable[[Any, dict[str, Any]], object]] = {
    "portrait-without-consent": _portrait,
    "consent-expired": _ended,
    "asset-outdated": lambda desk, ids: renew_arms(desk.registry, _arms(desk, ids)["asset"], desk.today),
    "no-asset": lambda desk, _ids: add_arms(desk.registry, desk.today),
    "asset-licence-expired": _licence,
    "asset-not-approved": _unapproved,
}
PAIRS = [(rule.key, key) for rule in assets.RULES for key in rule.mends]


@pytest.fixture
def raised(desk, in_english, rule):
    """What a rule finds in its situation."""
    ids = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
    SITUATIONS[rule](desk, ids)
    with desk.registry.action(N_("Stage")) as session:
        change_setting(session, "rules.stage", 4)
    desk.settle()
    return [one for one in found(desk, rule) if one.subject_id == ids[SUBJECT]]


def found(desk, rule):
    with desk.registry.reading() as session:
        return of_rule(session, rule)


def fill_in(desk, key):
    """Do what the person does whom the action asks something."""
    kinds = {"clean-asset": CleanPlacesDialog, "choose-avatar": ChoosePictureDialog, "add-consent": GiveConsentDialog}
    if key in kinds:
        desk.dialog(kinds[key]).decide()
        desk.settle()


def test_every_rule_has_its_situation():
    assert set(SITUATIONS) == {rule.key for rule in assets.RULES}


@pytest.mark.parametrize(("rule", "key"), PAIRS)
def test_each_way_to_mend_a_finding_takes_it_away(desk, raised, rule, key):
    assert len(raised) == 1, "the situation raises the finding"
    mending.mend(desk.workspace, key, raised, desk.window)
    desk.settle()
    fill_in(desk, key)
    assert raised[0].subject_id not in {one.subject_id for one in found(desk, rule)}
    assert not desk.refused


@pytest.mark.parametrize("rule", [rule.key for rule in assets.RULES])
def test_where_a_finding_is_shown_it_can_be_mended_in_every_way_or_waived(desk, raised, rule):
    shown = shown_finding(desk.workspace, raised[0], desk.window)
    assert [one.name for one in shown.mends] == [*mending.mends_of(rule), "waive"]


@pytest.mark.parametrize("rule", ["asset-outdated"])
def test_what_is_not_ticked_stays(desk, raised, rule):
    mending.mend(desk.workspace, "clean-asset", raised, desk.window)
    dialog = desk.dialog(CleanPlacesDialog)
    next(iter(dialog.places.checks.values())).box.setChecked(False)
    dialog.decide()
    assert dialog.messages.text == "Please tick at least one place."
    dialog.reject()
    desk.settle()
    assert len(found(desk, rule)) == 1


@pytest.mark.parametrize("rule", ["consent-expired"])
def test_what_came_in_order_while_the_dialog_is_open_is_not_taken_down(desk, raised, rule):
    mending.mend(desk.workspace, "clean-asset", raised, desk.window)
    dialog = desk.dialog(CleanPlacesDialog)
    with desk.registry.reading() as session:
        asset = session.scalars(select(Asset.id)).one()
    agree(desk.registry, asset, desk.today)
    dialog.decide()
    desk.settle()
    subject = raised[0].subject_label
    assert dialog.messages.text == f"In order or cleaned by now, and off this list: {subject}. Nothing was saved."
    assert dialog.places.chosen() == []
    assert not dialog.primary.isEnabled()
    assert dialog.back.text() == "Close"
    dialog.reject()
    with desk.registry.reading() as session:
        assert session.scalars(select(AssetUse.until)).all() == [None]


@pytest.mark.parametrize("rule", ["asset-outdated"])
def test_what_still_has_to_go_stays_on_the_list_as_it_was_ticked(desk, raised, rule):
    with desk.registry.reading() as session:
        other = session.scalars(select(Channel.id).where(Channel.id != raised[0].subject_id)).first()
    _portrait(desk, {SUBJECT: other})
    with desk.registry.reading() as session:
        places = [Thing(one, f"Place {number}") for number, one in enumerate(session.scalars(select(AssetUse.id)))]
    dialog = CleanPlacesDialog(desk.workspace, places, desk.window)
    dialog.open()
    with desk.registry.action(N_("Take down asset")) as session:
        take_down(session, places[0].id, desk.today, None)
    dialog.decide()
    desk.settle()
    assert "off this list: Place 0." in dialog.messages.text
    assert dialog.places.chosen() == [places[1].id]
    dialog.decide()
    desk.settle()
    with desk.registry.reading() as session:
        assert session.get_one(AssetUse, places[1].id).until == desk.today
