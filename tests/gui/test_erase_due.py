"""Erasing what is due from the window: shown first, ticked, carried out off the GUI thread, taken up again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLabel, QPushButton
from shiboken6 import isValid

from core.governance.finding_lists import of_rule
from core.i18n import N_
from core.inventory.narrowing import Where
from core.model import Access, Channel, Person
from core.protection.erasure.carrying_out import begin
from core.protection.erasure.planning import plan_erasure
from core.protection.rights.holds import hold
from core.settings import change_setting
from gui import mending
from gui.dialogs.erase_due import EraseDueDialog
from gui.dialogs.erase_mentions import OUTCOME, TEXT
from gui.pages.settings import SettingsPage
from gui.standing_notices import StandingNotices

NAME = "Max Mustermann"
FORMER = "former member of staff"


@pytest.fixture
def city(desk, in_english):
    """A registry in which the time of one of two leavers has come, named in a note, and perhaps in another."""
    ids = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        change_setting(session, "rules.stage", 4)
        max_ = session.get_one(Person, ids[NAME])
        max_.left_on, max_.function, max_.email = desk.today - timedelta(days=2_000), "Redaktion", "max@stadt.example"
        session.get_one(Channel, ids["Zoo"]).notes = f"Fragen an {NAME} oder max@stadt.example"
        session.get_one(Channel, ids["Stadt"]).notes = "Der Mustermann war es"
    desk.settle()
    return ids


@pytest.fixture
def notices(desk, qtbot, in_english):
    made = StandingNotices(desk.workspace)
    qtbot.addWidget(made)
    made.show()
    return made


def _open(desk):
    EraseDueDialog(desk.workspace, desk.window).open()
    return desk.dialog(EraseDueDialog)


def _told(dialog):
    return "\n".join(one.text() for one in dialog.findChildren(QLabel) if one.isVisibleTo(dialog))


def _person(desk, ids):
    with desk.registry.reading() as session:
        return session.get_one(Person, ids[NAME]).name


def _notes(desk, channel):
    with desk.registry.reading() as session:
        return session.get_one(Channel, channel).notes


def test_the_dialog_shows_every_place_before_anything_goes(desk, city):
    desk.registry.back_up_automatically("daily")
    dialog = _open(desk)
    told = _told(dialog)
    assert f"{NAME} (Redaktion), left on" in told
    assert "emptied:" in told
    assert "E-mail" in told or "e-mail" in told
    assert "value" in told
    assert "Backup" in told
    assert "Out of the program's reach" in told
    assert told.count("cannot be undone") == 1
    assert _person(desk, city) == NAME
    QAbstractItemModelTester(dialog.mentions, QAbstractItemModelTester.FailureReportingMode.Fatal)
    found = {one.where: one.mention.ticked for one in dialog.mentions.mentions}
    assert [ticked for where, ticked in found.items() if "Zoo" in where] == [True]


def test_what_is_due_is_erased_by_the_button_and_the_finding_goes(desk, city):
    with desk.registry.reading() as session:
        raised = of_rule(session, "retention-due")
    mending.mend(desk.workspace, "erase-due", raised, desk.window)
    dialog = desk.dialog(EraseDueDialog)
    QTest.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    desk.settle()
    told = _told(dialog)
    assert "The data that was due is erased: 1 person" in told
    assert "Out of the program's reach" in told
    assert not dialog.primary.isVisible()
    dialog.back.click()
    desk.settle()
    assert not isValid(dialog)  # It has closed.
    assert "1 person" in desk.said[-1]
    assert _person(desk, city) == f"{FORMER} (Redaktion)"
    assert "[…]" in str(_notes(desk, city["Zoo"]))
    assert not desk.refused
    with desk.registry.reading() as session:
        assert of_rule(session, "retention-due") == []
    assert desk.registry.verify().broken_at is None


def test_a_text_whose_tick_is_taken_away_stays(desk, city):
    dialog = _open(desk)
    row = next(row for row, one in enumerate(dialog.mentions.mentions) if "Zoo" in one.where)
    dialog.texts.table.setFocus()
    dialog.texts.table.setCurrentIndex(dialog.mentions.index(row, 0))
    QTest.keyClick(dialog.texts.table, Qt.Key.Key_Space)
    assert dialog.mentions.data(dialog.mentions.index(row, 0), Qt.ItemDataRole.CheckStateRole) is (
        Qt.CheckState.Unchecked
    )
    assert dialog.mentions.data(dialog.mentions.index(row, OUTCOME)) == "stays"
    assert dialog.texts.staying.text().startswith(f"{len(dialog.mentions.staying())} text")
    dialog.decide()
    desk.settle()
    assert _person(desk, city) == f"{FORMER} (Redaktion)"
    assert NAME in str(_notes(desk, city["Zoo"]))
    told = _told(dialog)
    assert "Texts that stay, as you decided" in told
    assert f"Notes: {NAME}" in told


def test_the_whole_text_of_a_mention_can_be_read(desk, city):
    long = f"Fragen an {NAME} (Herr Doktor, Zimmer 12, vormittags), sonst an die Zentrale im Erdgeschoss links"
    with desk.registry.action(N_("Note")) as session:
        session.get_one(Channel, city["Zoo"]).notes = long
    desk.settle()
    dialog = _open(desk)
    row = next(row for row, one in enumerate(dialog.mentions.mentions) if "Zoo" in one.where)
    dialog.texts.table.selectRow(row)
    assert dialog.texts.whole.toPlainText() == long
    assert dialog.mentions.data(dialog.mentions.index(row, TEXT), Qt.ItemDataRole.ToolTipRole) == long


def test_a_setting_that_names_somebody_is_told_by_its_name(desk, city):
    with desk.registry.action(N_("Change setting")) as session:
        change_setting(session, "report.cover-text", f"Fragen an {NAME}")
    desk.settle()
    told = [one.where for one in _open(desk).mentions.mentions]
    assert "Setting Text on the cover of the quarterly report, Value" in told


def test_what_is_still_going_on_is_told_in_the_preview(desk, city):
    with desk.registry.action(N_("Add")) as session:
        session.add(Access(channel_id=city["Zoo"], person_id=city[NAME]))
    desk.settle()
    told = _told(_open(desk))
    assert "Still going on" in told
    assert f"{NAME} still has access to “Zoo" in told


def test_enter_erases_nothing_in_passing(desk, city):
    dialog = _open(desk)
    dialog.texts.table.setFocus()
    QTest.keyClick(dialog.texts.table, Qt.Key.Key_Return)
    desk.settle()
    assert dialog.isVisible()
    assert _person(desk, city) == NAME


def test_where_nothing_is_due_the_dialog_says_who_is_kept(desk, city):
    with desk.registry.action(N_("Keep")) as session:
        hold(session, city[NAME], until=desk.today + timedelta(days=9), reason="AZ 4 K 17/26", today=desk.today)
    desk.settle()
    dialog = _open(desk)
    told = _told(dialog)
    assert "Nothing is due." in told
    assert "AZ 4 K 17/26" in told
    assert not dialog.primary.isVisible()
    assert "cannot be undone" not in told


def test_an_erasure_that_was_cut_short_is_offered_and_taken_up(desk, city, notices):
    begin(desk.registry, plan_erasure(desk.registry, desk.today).order())
    path = desk.registry.path
    desk.workspace.close()
    desk.settle()
    assert notices.erasure.text == ""
    desk.workspace.open(path)
    desk.settle()
    assert "not come to its end" in notices.erasure.text
    notices.erasure.findChild(QPushButton, "message-act").click()
    dialog = desk.dialog(EraseDueDialog)
    assert dialog.primary.text() == "Go on"
    dialog.decide()
    desk.settle()
    assert _person(desk, city) == f"{FORMER} (Redaktion)"
    assert "erased: 1 person, 1 backup cleaned. Nothing else is due." in _told(dialog)
    assert notices.erasure.text == ""


def test_whoever_is_no_longer_due_at_taking_up_again_is_told_as_left_out(desk, city):
    begin(desk.registry, plan_erasure(desk.registry, desk.today).order())
    with desk.registry.action(N_("Come back")) as session:
        session.get_one(Person, city[NAME]).left_on = None
    desk.settle()
    dialog = _open(desk)
    dialog.decide()
    desk.settle()
    told = _told(dialog)
    assert "left out: since the preview it is no longer due. Nothing else is due." in told
    assert _person(desk, city) == NAME


def test_where_all_dropped_out_after_the_preview_nothing_is_said_to_be_erased(desk, city):
    dialog = _open(desk)
    with desk.registry.action(N_("Come back")) as session:
        session.get_one(Person, city[NAME]).left_on = None
    desk.settle()
    dialog.decide()
    desk.settle()
    told = _told(dialog)
    assert "Nothing was erased" in told
    assert "left out" in told
    assert "stay" not in told
    assert _person(desk, city) == NAME


def test_an_erasure_is_stopped_between_two_steps_and_goes_on(desk, city, notices):
    for _copy in range(2):
        desk.registry.back_up_automatically("daily")
    dialog = _open(desk)
    dialog.decide()
    dialog.reject()
    desk.settle()
    assert dialog.isVisible()
    assert "stopped" in dialog.messages.text
    dialog.decide()
    desk.settle()
    if dialog.primary.isVisible():  # It was stopped before it began: what is due is shown again.
        dialog.decide()
        desk.settle()
    assert _person(desk, city) == f"{FORMER} (Redaktion)"
    assert notices.erasure.text == ""


def test_the_settings_lead_to_what_is_due(desk, city, qtbot):
    page = SettingsPage(desk.workspace)
    qtbot.addWidget(page)
    page.show()
    page.open_registry(desk.registry)
    page.show_where(Where("", {"section": "people"}))
    desk.settle()
    page.people.erasing.click()
    assert NAME in _told(desk.dialog(EraseDueDialog))
