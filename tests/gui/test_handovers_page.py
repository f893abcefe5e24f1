"""The page of the handovers: whose turn it is, the next step, the course, and the record with a real keyring."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel

from core.custody.handover.possible import Doing
from core.custody.handover.record.record_file import read_record_file
from core.governance.findings import FindingValue
from core.i18n import N_
from core.inventory.binding import bind
from core.model import Act, Occasion, Severity, Way
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.handover_ending import EndHandoverDialog
from gui.handovers import find_handovers
from gui.handovers_model import BETWEEN, DONE, OCCASION, TURN
from gui.mending import mend
from gui.pages import handover_acts
from gui.pages.handovers import HandoversPage
from tests.gui.handover_people import Talk, me, thing
from tests.gui.key_card_people import Colleague

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def erika(desk):
    with desk.registry.action(N_("Bind")) as session:
        person = bind(session, desk.registry.store_id, "Erika Mustermann", desk.today).person.id
    return me(desk, person, "Erika Mustermann")


@pytest.fixture
def max_(desk, erika):
    return Colleague(desk, "Max Mustermann")


@pytest.fixture
def page(desk, qtbot, erika):
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1096, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


@pytest.fixture
def taken(monkeypatch):
    """Note which steps are taken instead of opening their dialogs."""
    found = []
    monkeypatch.setattr(
        handover_acts, "take_step", lambda _workspace, step, detail, _window: found.append((step, detail))
    )
    return found


def things():
    return [
        thing("Instagram", Way.SEALED),
        thing("Facebook", Way.RESET),
        thing("Stadt", Way.ROLE),
        thing("Zoo", Way.DUTY),
    ]


def cell(page, row, column):
    return page.list.model.index(row, column).data()


def shown(page):
    return [cell(page, row, BETWEEN) for row in range(page.list.model.rowCount())]


def lines(page, name):
    widgets = [one for one in page.detail.column.widget().children() if one.objectName() == name]
    return ["\n".join(label.text() for label in one.findChildren(QLabel) if label.text()) for one in widgets]


def sentence(page):
    return page.detail._turn._word.text()


def further(page):
    return [one.objectName() for one in page.detail.further.menu().actions()]


def test_an_empty_page_says_what_a_handover_is_and_begins_one(desk, page):
    assert page.whole.currentWidget() is page.empty
    assert page.empty._sentence.text().count(".") == 2
    assert not page.starting_button.isVisible()


def test_what_waits_for_me_comes_first_with_one_button_for_my_next_step(desk, page, erika, max_, taken):
    Talk(desk, max_, erika, [thing("Stadt", Way.SEALED)]).ask()
    mine = Talk(desk, erika, max_, things())
    mine.ask()
    page.refresh(frozenset())
    desk.settle()
    assert shown(page) == ["Erika Mustermann\nto Max Mustermann", "Max Mustermann\nto Erika Mustermann"]
    assert cell(page, 0, TURN).startswith("Your turn\nsince ")
    assert cell(page, 1, TURN).startswith("Max Mustermann\nsince ")
    assert cell(page, 0, DONE) == "0 of 4 done"
    assert cell(page, 0, OCCASION).startswith("leaves the city")
    page.show_record(mine.id)
    desk.settle()
    assert sentence(page).startswith("It is your turn since ")
    assert page.detail.next.isVisible()
    assert "1 thing of 4" in page.detail._will.text()
    page.detail.next.click()
    [(step, detail)] = taken
    assert step.doing is Doing.SEAL
    assert [one.label for one in step.items] == ["Instagram"]
    assert detail.row.id == mine.id


def test_while_the_other_is_waited_for_there_is_no_button_but_further_steps(desk, page, erika, max_, taken):
    Talk(desk, erika, max_, [thing("Facebook", Way.RESET)]).ask()
    desk.settle()
    assert sentence(page).startswith("It is the turn of Max Mustermann since ")
    assert not page.detail.next.isVisible()
    assert further(page) == ["withdraw", "record", "print-record"]
    page.detail.further.menu().actions()[0].trigger()
    assert taken[0][0].doing is Doing.WITHDRAW


def test_the_next_step_opens_its_dialog(desk, page, erika, max_):
    Talk(desk, max_, erika, [thing("Zoo", Way.DUTY), thing("Stadt", Way.DUTY)]).propose()
    desk.settle()
    page.detail.next.click()
    assert desk.dialog(AcceptHandoverDialog).isVisible()
    page.acts.actions[Doing.REFUSE].trigger()
    assert desk.dialog(EndHandoverDialog).isVisible()


def test_the_course_tells_what_is_done_by_whom_what_is_on_now_and_what_comes_later(desk, page, erika, max_):
    Talk(desk, erika, max_, [thing("Instagram", Way.SEALED)]).ask()
    desk.settle()
    found = lines(page, "step")
    assert [one.splitlines()[0] for one in found] == [
        "Asked for: done",
        "Six words compared: now",
        "Sealed: now",
        "Sealed file opened: later",
        "Password changed: later",
        "Confirmed: later",
        "Released, old copies removed: later",
    ]
    assert found[0].splitlines()[1].startswith("Max Mustermann, ")
    assert found[1].splitlines()[1] == "You and Max Mustermann, by telephone, if you have not compared them before"
    assert found[2].splitlines()[1] == "Erika Mustermann"


def test_each_thing_tells_its_way_its_state_who_is_next_and_what_is_open(desk, page, erika, max_):
    login, duty = thing("Facebook", Way.RESET), thing("Zoo", Way.DUTY)
    talk = Talk(desk, erika, max_, [login, duty])
    talk.ask()
    talk.confirm(login)
    desk.settle()
    first, second = sorted(lines(page, "thing"))
    assert first.startswith("Facebook\nLogin, way: Reset · confirmed since ")
    assert "Your turn: Release it; then your old copy is removed." in first
    assert first.endswith("Still open: recovery address and number changed")
    assert "Next: Max Mustermann says that they take it over." in second
    assert page.detail.next.text() == "Release what is confirmed..."


def test_a_proposal_is_accepted_by_whoever_takes_over(desk, page, erika, max_, taken):
    Talk(desk, max_, erika, things()).propose(Occasion.DUTIES)
    desk.settle()
    page.detail.next.click()
    assert taken[0][0].doing is Doing.ACCEPT
    assert "refuse" in further(page)


def test_finished_ones_are_folded_away_and_found_by_a_chip_a_link_and_a_search(desk, page, erika, max_):
    over = Talk(desk, erika, max_, [thing("Zoo", Way.DUTY)])
    over.ask()
    over.confirm()
    desk.settle()
    for key in ("mine", "open"):
        page.list.chips.buttons[key].click()
    assert shown(page) == []
    assert page.list.chips.buttons["mine"].text() == "Your turn"  # Nothing is counted by person.
    assert page.list.stack.currentWidget() is page.list.nothing
    page.list.chips.buttons["over"].click()
    assert len(shown(page)) == 1
    assert cell(page, 0, TURN).startswith("Finished\non ")
    page.list.chips.buttons["open"].click()
    page.show_record(over.id)
    desk.settle()
    assert sentence(page) == "Everything is handed over. Nothing is open any more."
    page.header.search.setText("nobody")
    assert page.list.nothing._title.text() == "No handover matches"


def test_what_was_refused_is_told_as_given_up(desk, page, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Zoo", Way.DUTY)])
    talk.ask()
    talk.refuse()
    page.list.show_all()
    desk.settle()
    assert cell(page, 0, TURN).startswith("Given up")
    assert cell(page, 0, DONE) == "0 of 1 done"
    assert "has refused it" in sentence(page)


def test_the_page_follows_what_another_program_says(desk, page, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Facebook", Way.RESET)])
    talk.ask()
    desk.settle()
    assert not page.detail.next.isVisible()
    talk.confirm()
    page.refresh(frozenset({"handover_item"}))
    desk.settle()
    assert page.detail.next.isVisible()
    assert sentence(page).startswith("It is your turn")


def test_a_handover_that_was_asked_for_before_it_was_read_is_shown_once_it_is(desk, page, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Zoo", Way.DUTY)])
    page.show_record(talk.id)
    talk.ask()
    desk.settle()
    assert page.detail._name.text() == "Erika Mustermann hands over to Max Mustermann"


def test_a_cover_that_runs_asks_nothing_of_anybody(desk, page, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Zoo", Way.DUTY), thing("Stadt", Way.ROLE)])
    talk.ask(Occasion.COVER, desk.today + timedelta(days=20))
    desk.settle()
    assert "until " in page.detail._about.text()


def test_the_finding_of_a_handover_that_is_stuck_leads_here(desk, erika):
    finding = FindingValue("handover-stuck", Severity.WARNING, 2, "handover", erika.person, "Handover", {}, desk.today)
    mend(desk.workspace, "show-handover", [finding], desk.window)
    assert desk.went == [("handovers", erika.person)]


def test_any_box_that_finds_everything_finds_a_handover_by_both_names(desk, erika, max_):
    talk = Talk(desk, erika, max_, [thing("Zoo", Way.DUTY)])
    talk.ask()
    [hit] = find_handovers(desk.registry, "max erika", desk.today)
    assert (hit.table, hit.id) == ("handover", talk.id)
    assert find_handovers(desk.registry, "nobody", desk.today) == []


def test_the_record_is_saved_as_a_file_that_can_be_checked(
    desk, page, erika, max_, keyring_daemon, monkeypatch, tmp_path
):
    talk = Talk(desk, erika, max_, [thing("Facebook", Way.RESET)])
    talk.ask()
    desk.settle()
    target = tmp_path / "handover.protokoll"
    monkeypatch.setattr("gui.handover_files.QFileDialog.getSaveFileName", lambda *_args: (str(target), ""))
    page.acts.take(Doing.RECORD)
    desk.settle()
    record = read_record_file(target.read_bytes())
    assert record.handover == talk.id
    assert [one.act for one in record.statements] == [Act.REQUEST]


def test_the_record_is_printed(desk, page, erika, max_, keyring_daemon, monkeypatch):
    Talk(desk, erika, max_, [thing("Facebook", Way.RESET)]).ask()
    desk.settle()
    printed = []

    def print_(document, title, _parent, *, footer):
        printed.append((document.toPlainText(), title, footer))
        return True

    monkeypatch.setattr("gui.printing.print_on_paper", print_)
    page.acts.print_record.trigger()
    desk.settle()
    [(text, title, footer)] = printed
    assert title == "Handover record: Erika Mustermann to Max Mustermann"
    assert "Facebook" in text
    assert footer
    assert "signed paper" in desk.said[-1]
