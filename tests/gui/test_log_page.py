"""The page of the log: what each action did, in words; filters; undo from there; the whole of it checked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPushButton

from core.governance.waivers import waive
from core.i18n import N_, show_date
from core.inventory import people
from core.inventory.binding import bind
from core.inventory.editing import still_there
from core.model import Channel
from gui.log_model import LogModel
from gui.pages.log import LogPage

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def page(desk, ids, qtbot, in_english):
    made = LogPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def shown(page, column=1):
    return [page.model.index(row, column).data() for row in range(page.model.rowCount())]


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def rename_channel(desk, record, title, reason=None):
    with desk.registry.action(N_("Rename channel"), reason=reason) as session:
        still_there(session, Channel, record).title = title
    desk.settle()


def choose(box, desk, text, label):
    desk.type(box, text)
    box.completer().activated.emit(label)
    box.setText(label)
    box.edited.emit()
    desk.settle()


def test_the_newest_action_stands_on_top_and_is_opened(desk, page, ids):
    rename_channel(desk, ids["Zoo"], "Tierpark", reason="Neuer Name")
    page.table.selectRow(0)
    desk.settle()
    assert shown(page) == ["Rename channel", "Fill", "Create registry"]
    told = texts(page.detail)
    assert "Rename channel" in told
    assert "Reason: Neuer Name" in told
    assert "“Zoo” became “Tierpark”" in told
    assert any("Tierpark" in text and "changed" in text for text in told)


def test_who_is_not_bound_is_named_by_the_workstation(desk, page):
    assert shown(page, 2) == ["this workstation"] * 2
    with desk.registry.action(N_("Bind this account to a person")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
    rename_channel(desk, next(iter(desk_ids(desk))), "Neu")
    assert shown(page, 2)[0] == "Erika Mustermann"


def desk_ids(desk):
    from sqlalchemy import select

    with desk.registry.reading() as session:
        return list(session.scalars(select(Channel.id)))


def test_an_action_is_undone_from_the_log_and_the_bar_offers_to_undo_that(desk, page, ids):
    said: list[str] = []
    desk.workspace.done.connect(said.append)
    rename_channel(desk, ids["Zoo"], "Tierpark")
    with desk.registry.action(N_("Add person")) as session:
        people.add_person(session, "Lieschen Müller")
    desk.settle()
    page.table.selectRow(1)
    desk.settle()
    page.findChild(QPushButton, "undo-this").click()
    desk.settle()
    assert said == ["Undone: Rename channel"]
    assert shown(page) == ["Undo: Rename channel", "Add person", "Rename channel (undone)", "Fill", "Create registry"]
    assert page.table.currentIndex().row() == 2
    assert "This has been undone." in "\n".join(texts(page.detail))
    assert not page.detail.undoing.isEnabled()
    desk.workspace.undo()
    desk.settle()
    assert shown(page)[0] == "Redo: Rename channel"


def test_a_waiver_is_called_by_its_rule_and_its_channel(desk, page, ids):
    with desk.registry.action(N_("Waive finding")) as session:
        waive(session, "stale", "channel", ids["Zoo"], reason="Wahl", until=date.max, today=desk.registry.today())
    desk.settle()
    page.table.selectRow(0)
    desk.settle()
    assert any(text.startswith("Waiver “Stale: Zoo") for text in texts(page.detail))


def test_an_undo_that_cannot_be_says_why(desk, page, ids):
    rename_channel(desk, ids["Stadt"], "Stadt Musterstadt")
    rename_channel(desk, ids["Stadt"], "Stadt selbst")
    page.table.selectRow(1)
    desk.settle()
    page.detail.undo()
    desk.settle()
    assert len(desk.refused) == 1
    assert "undo the later change first" in desk.refused[0]
    assert page.detail.undoing.isEnabled()


def test_the_beginning_of_the_registry_stays(desk, page):
    page.table.selectRow(page.model.rowCount() - 1)
    desk.settle()
    page.detail.undo()
    desk.settle()
    assert "nothing in this action that could be undone" in desk.refused[0]


def test_the_log_is_narrowed_to_a_record_found_by_its_name(desk, page, ids):
    rename_channel(desk, ids["Zoo"], "Tierpark")
    rename_channel(desk, ids["Stadt"], "Stadt selbst")
    choose(page.filters.record, desk, "Tierp", "Channel: Tierpark (Website)")
    assert shown(page) == ["Rename channel", "Fill"]
    assert page.filters.clearing.isVisible()
    page.filters.clearing.click()
    desk.settle()
    assert len(shown(page)) == 4


def test_a_record_of_an_action_leads_to_its_own_log_and_to_its_page(desk, page, ids):
    rename_channel(desk, ids["Zoo"], "Tierpark")
    rename_channel(desk, ids["Stadt"], "Stadt selbst")
    page.table.selectRow(1)
    desk.settle()
    page.detail.findChild(QPushButton, "show-record").click()
    assert desk.went[-1] == ("channels", ids["Zoo"])
    page.detail.findChild(QPushButton, "only-this").click()
    desk.settle()
    assert shown(page) == ["Rename channel", "Fill"]
    page.show_record(ids["Stadt"])
    desk.settle()
    assert page.filters.filter.record_id == ids["Stadt"]
    assert "Stadt selbst" in page.filters.record.text()


def test_the_log_is_narrowed_to_days_and_a_wrong_day_is_named(desk, page):
    tomorrow = desk.today + timedelta(days=1)
    page.filters.since.setText(show_date(tomorrow))
    desk.settle()
    assert page.stack.currentWidget() is page.nothing
    page.filters.since.setText("31.2.2026")
    page.filters.since.editingFinished.emit()
    desk.settle()
    assert "31.2.2026" in page.filters._problem.text()
    assert len(shown(page)) == 2
    page.filters.clear()
    assert not page.filters._problem.isVisible()


def test_the_log_is_narrowed_to_what_one_person_did(desk, page, ids):
    with desk.registry.action(N_("Bind this account to a person")) as session:
        bind(session, desk.registry.store_id, "Erika Mustermann", desk.today)
    rename_channel(desk, ids["Zoo"], "Tierpark")
    choose(page.filters.person, desk, "Erika", "Erika Mustermann (Leiterin)")
    assert shown(page) == ["Rename channel", "Bind this account to a person"]


def test_a_large_action_shows_its_records_closed_and_some_at_a_time(desk, page, monkeypatch):
    from gui.pages import log_detail

    monkeypatch.setattr(log_detail, "AT_ONCE", 5)
    page.detail._limit = 5
    page.table.selectRow(1)
    page.table.selectRow(0)
    desk.settle()
    fields = page.detail.records.findChildren(QPushButton, "details")
    assert len(fields) == 5
    assert not any(button.isChecked() for button in fields)
    more = page.detail.records.findChild(QPushButton, "show-more")
    assert more.text() == "Show 5 more records"
    more.click()
    desk.settle()
    assert len(page.detail.records.findChildren(QPushButton, "details")) == 10


def test_verifying_is_a_command_of_the_window(desk, page):
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    page.findChild(QPushButton, "verify-log").click()
    assert commands == ["verify_log"]


def test_a_long_log_is_read_in_pages(desk, ids):
    for number in range(150):
        with desk.registry.action(N_("Rename channel")) as session:
            still_there(session, Channel, ids["Zoo"]).title = f"Zoo {number}"
    model = LogModel(desk.workspace)
    model.reload()
    desk.settle()
    assert model.rowCount() == 152
    assert model.index(151, 1).data() is None
    desk.settle()
    assert model.index(151, 1).data() == "Create registry"


def test_the_model_keeps_to_the_rules_of_qt(desk, ids):
    model = LogModel(desk.workspace)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.reload()
    desk.settle()
    assert model.rowCount() == 2
    model.clear()
    assert tester.model() is model


def test_everything_that_is_typed_into_has_a_name(page):
    names = [one.accessibleName() for one in (page.filters.person, page.filters.record, page.filters.since)]
    assert names == ["Who", "Record", "From"]
    assert page.table.accessibleName() == "Log"
