"""The assistant of a new handover: three steps, nothing kept before the last, and a further one for what is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from core.custody.handover.formats.statements import read_statement_file
from core.custody.handover.listing import handover_detail, handover_rows
from core.i18n import N_, _, show_date
from core.inventory.binding import bind
from core.inventory.people import add_person
from core.model import Act, Occasion, Way
from core.settings import change_setting
from gui.dialogs.new_handover import BEGUN, NEXT, WHAT, WHO, NewHandoverDialog, begin_handover
from gui.menus import FILE
from gui.pages.people import PeoplePage
from tests.gui.handover_people import Talk, me, thing
from tests.gui.key_card_people import Colleague

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def ids(desk, in_english):
    """Erika, who works here, answers for the library; Lisa and Max could take over."""
    made = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
        made["Lisa Musterfrau"] = add_person(session, "Lisa Musterfrau").id
    desk.settle()
    return made


@pytest.fixture
def assistant(desk, ids):
    """The assistant for the handover of what hangs on Erika, as from her page."""

    def make(giver="Erika Mustermann"):
        begin_handover(desk.workspace, desk.window, ids[giver] if giver else None)
        return desk.dialog(NewHandoverDialog)

    return make


def go_on(desk, dialog, times=1):
    for _time in range(times):
        assert dialog.primary.isEnabled()
        dialog.primary.click()
        desk.settle()


def rows(desk):
    with desk.registry.reading() as session:
        return handover_rows(session, desk.today)


def test_the_one_who_hands_over_proposes_and_the_page_shows_it(desk, ids, assistant, keyring_daemon):
    dialog = assistant()
    assert dialog.giver.value() == ids["Erika Mustermann"]
    assert dialog.taker.value() is None
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog)
    assert dialog.steps.currentIndex() == WHAT
    assert dialog.step.text() == "Step 2 of 3: What and how"
    assert [one.text() for one in dialog.list.ticks] == ["Owner: Bücherei (Instagram)"]
    go_on(desk, dialog)
    assert "You hand 1 thing over to Lisa Musterfrau." in dialog.summary.text()
    assert dialog.primary.text() == "Propose"
    assert rows(desk) == []
    go_on(desk, dialog)
    [row] = rows(desk)
    assert (row.giver, row.taker, row.occasion) == ("Erika Mustermann", "Lisa Musterfrau", Occasion.LEAVING)
    assert desk.went == [("handovers", row.id)]


def test_the_last_step_says_what_another_computer_needs_in_the_words_of_the_menu(desk, ids, assistant):
    dialog = assistant()
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog, 2)
    [entry] = [_(one.label).replace("&", "") for one in FILE if one is not None and one.key == "save_backup"]
    way = f"{_('&File')[1:]} > {entry[:-3]}"
    assert f"If Lisa Musterfrau works at another computer: save a backup for them ({way})" in dialog.summary.text()


def test_the_one_who_takes_over_asks(desk, ids, assistant, keyring_daemon):
    dialog = assistant("Max Mustermann")
    assert dialog.taker.value() == ids["Erika Mustermann"]
    go_on(desk, dialog, 2)
    assert dialog.primary.text() == "Ask for it"
    go_on(desk, dialog)
    [row] = rows(desk)
    with desk.registry.reading() as session:
        detail = handover_detail(session, row.id, desk.today)
    assert [one.act for one in detail.steps] == [Act.REQUEST]


def test_what_is_left_over_is_handed_to_somebody_else_at_once(desk, ids, assistant, keyring_daemon):
    with desk.registry.action(N_("Prepare")) as session:
        from core.inventory.responsibilities import assign
        from core.model import ResponsibilityRole

        assign(session, ids["Stadt"], ids["Erika Mustermann"], ResponsibilityRole.OWNER, since=None)
    dialog = assistant()
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog)
    dialog.list.ticks[0].setChecked(False)
    go_on(desk, dialog)
    assert "1 thing stays with you." in dialog.summary.text()
    go_on(desk, dialog)
    assert dialog.steps.currentIndex() == BEGUN
    assert "1 thing still hangs on you." in dialog.outcome.text()
    assert dialog.back.text() == "Close"
    assert not dialog.earlier.isVisible()
    go_on(desk, dialog)
    assert dialog.steps.currentIndex() == WHO
    assert dialog.giver.value() == ids["Erika Mustermann"]
    assert dialog.taker.value() is None
    dialog.taker.show_value(ids["Max Mustermann"])
    desk.settle()
    go_on(desk, dialog)
    assert [one.isEnabled() for one in dialog.list.ticks] == [True, False], "one is handed to Lisa already"
    go_on(desk, dialog, 2)
    assert sorted(row.taker for row in rows(desk)) == ["Lisa Musterfrau", "Max Mustermann"]


@pytest.fixture
def for_two(desk, ids, assistant):
    """Erika answers for two channels; the assistant stands at the step in which it is said who takes over what."""
    with desk.registry.action(N_("Prepare")) as session:
        from core.inventory.responsibilities import assign
        from core.model import ResponsibilityRole

        assign(session, ids["Stadt"], ids["Erika Mustermann"], ResponsibilityRole.OWNER, since=None)
        ids["Karl Mustermann"] = add_person(session, "Karl Mustermann").id
    dialog = assistant()
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog)
    return dialog


def test_single_things_go_to_somebody_else_in_the_same_round(desk, ids, for_two, keyring_daemon):
    first, second = for_two.list.takers
    assert first.accessibleName() == "Who takes over Owner: Bücherei (Instagram)"
    assert [first.itemText(row) for row in range(first.count())] == [
        "Lisa Musterfrau",
        "Karl Mustermann",
        "Pressestelle",
    ]
    second.setCurrentIndex(1)
    go_on(desk, for_two)
    told = for_two.summary.text()
    assert "You hand 1 thing over to Lisa Musterfrau." in told
    assert "You hand 1 thing over to Karl Mustermann." in told
    assert "Each of them gets a handover of their own" in told
    go_on(desk, for_two)
    assert sorted((row.taker, row.items) for row in rows(desk)) == [("Karl Mustermann", 1), ("Lisa Musterfrau", 1)]
    assert desk.said[-1] == "It is proposed. Lisa Musterfrau, Karl Mustermann are next."


def test_whoever_takes_over_cannot_hand_things_to_a_third_one(desk, ids, assistant):
    dialog = assistant("Max Mustermann")
    go_on(desk, dialog)
    assert dialog.list.successors() == {}
    assert not any(box.isVisible() for box in dialog.list.takers)


def test_each_way_says_its_reason_to_a_reader_too(desk, ids, for_two):
    assert for_two.list.ticks[0].accessibleDescription() == "Who takes over says so, and answers for it from then on."


def test_with_a_shared_folder_the_proposals_lie_there_at_once(
    desk, ids, for_two, keyring_daemon, tmp_path, monkeypatch
):
    for_two.list.takers[1].setCurrentIndex(1)
    go_on(desk, for_two)
    assert for_two.saving.isVisible()
    monkeypatch.setattr("gui.widgets.folder_choice.QFileDialog.getExistingDirectory", lambda *_args: str(tmp_path))
    for_two.folder.choosing.click()
    assert not for_two.saving.isVisible()
    go_on(desk, for_two)
    assert len(list(tmp_path.glob("*.aussage"))) == 2
    assert "The files lie in the shared folder" in desk.said[-1]


def test_without_a_folder_the_file_is_saved_with_the_same_click(
    desk, ids, for_two, keyring_daemon, tmp_path, monkeypatch
):
    go_on(desk, for_two)
    target = tmp_path / "proposal.aussage"
    monkeypatch.setattr("gui.handover_files.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
    for_two.saving.click()
    desk.settle()
    assert read_statement_file(target.read_bytes()).act is Act.PROPOSAL
    assert desk.went == [("handovers", rows(desk)[0].id)]


def test_going_back_keeps_what_was_entered_and_leaving_keeps_nothing(desk, ids, assistant):
    dialog = assistant()
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog, 2)
    assert dialog.steps.currentIndex() == NEXT
    dialog.findChild(QPushButton, "back").click()
    dialog.findChild(QPushButton, "back").click()
    assert dialog.steps.currentIndex() == WHO
    assert dialog.taker.value() == ids["Lisa Musterfrau"]
    dialog.reject()
    desk.settle()
    assert rows(desk) == []
    assert desk.went == []


def test_without_anything_ticked_there_is_nothing_to_go_on_with(desk, ids, assistant):
    dialog = assistant()
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog)
    dialog.list.ticks[0].setChecked(False)
    assert not dialog.primary.isEnabled()


@pytest.mark.parametrize(
    ("giver", "taker", "sentence"),
    [
        ("Erika Mustermann", None, "choose who hands over and who takes over"),
        ("Erika Mustermann", "Erika Mustermann", "Both are the same person"),
        ("Max Mustermann", "Lisa Musterfrau", "or the head of press can begin this handover"),
    ],
)
def test_who_cannot_hand_over_is_told_so_at_once(desk, ids, assistant, giver, taker, sentence):
    dialog = assistant(giver)
    dialog.taker.show_value(ids[taker] if taker else None)
    desk.settle()
    go_on(desk, dialog)
    assert dialog.steps.currentIndex() == WHO
    assert sentence in dialog.messages.text
    assert dialog.primary.isEnabled()


def test_the_head_of_press_proposes_for_others(desk, ids, assistant, keyring_daemon):
    with desk.registry.action(N_("Head")) as session:
        change_setting(session, "handover.head-of-press", str(ids["Erika Mustermann"]))
    dialog = assistant("Max Mustermann")
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    go_on(desk, dialog, 3)
    assert [(one.giver, one.taker) for one in rows(desk)] == [("Max Mustermann", "Lisa Musterfrau")]


def test_a_cover_asks_for_its_last_day_and_refuses_one_that_has_passed(desk, ids, assistant):
    dialog = assistant()
    dialog.occasion.show_value(Occasion.COVER)
    dialog.occasion.edited.emit()
    dialog.taker.show_value(ids["Lisa Musterfrau"])
    desk.settle()
    assert dialog.until.isVisible()
    dialog.until.setText(show_date(desk.today - timedelta(days=1)))
    go_on(desk, dialog)
    assert "has passed" in dialog.messages.text


def test_a_move_to_another_computer_asks_for_nobody_else(desk, ids, assistant):
    dialog = assistant()
    dialog.occasion.show_value(Occasion.MOVE)
    dialog.occasion.edited.emit()
    assert not dialog.taker.isVisible()


def test_a_person_with_open_handovers_shows_them_and_begins_another(desk, ids, qtbot):
    erika = me(desk, ids["Erika Mustermann"], "Erika Mustermann")
    max_ = Colleague(desk, "Max Mustermann", person=ids["Max Mustermann"])
    talk = Talk(desk, erika, max_, [thing("Facebook", Way.RESET), thing("Zoo", Way.DUTY)])
    talk.ask()
    page = PeoplePage(desk.workspace)
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show()
    page.open_registry(desk.registry)
    desk.settle()
    page.show_record(ids["Erika Mustermann"])
    desk.settle()
    [link] = page.detail.findChildren(QPushButton, "show-handover")
    assert link.text() == "Hands over to Max Mustermann: 0 of 2 done"
    link.click()
    assert desk.went == [("handovers", talk.id)]
    page.show_record(ids["Lisa Musterfrau"])
    desk.settle()
    assert not page.detail._handovers.isVisible()
    page.detail.handing_over.trigger()
    dialog = desk.dialog(NewHandoverDialog)
    desk.settle()
    assert dialog.giver.value() == ids["Lisa Musterfrau"]
    assert dialog.taker.value() == ids["Erika Mustermann"]
