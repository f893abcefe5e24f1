"""A finding is borne with from where it is shown, for a reason and until a day; the waiver can be seen and ended."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QPushButton

from core.governance.finding_lists import of_rule
from core.governance.rules.rule import moved_months
from core.governance.waivers import waived
from gui.dialogs.waive import WaiveDialog
from gui.pages.channels import ChannelsPage
from gui.pages.findings import FindingsPage
from gui.pages.rule_list import ALL, RULE, WAIVERS
from gui.waivers_model import REASON, UNTIL

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def page(desk, ids, qtbot):
    return shown(desk, qtbot, FindingsPage)


def shown(desk, qtbot, kind):
    made = kind(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.workspace.changed.connect(made.refresh)
    desk.settle()
    return made


def press(desk, widget, name):
    button = widget.findChild(QPushButton, name)
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    desk.settle()


def rules(page):
    return [page.rules.item(row).data(RULE) for row in range(page.rules.count())]


def choose(desk, page, rule):
    page.rules.setCurrentRow(rules(page).index(rule))
    desk.settle()


def in_force(desk):
    with desk.registry.reading() as session:
        return waived(session, desk.today)


def found(desk, rule):
    with desk.registry.reading() as session:
        return of_rule(session, rule)


def waive_all(desk, page, rule, reason):
    choose(desk, page, rule)
    page.findings.table.selectAll()
    press(desk, page.findings, "waive")
    dialog = desk.dialog(WaiveDialog)
    desk.type(dialog.reason, reason)
    dialog.decide()
    desk.settle()


def test_several_findings_are_waived_for_a_year_shown_with_their_reason_and_ended(desk, page):
    waive_all(desk, page, "no-owner", "Wird gerade neu vergeben.")
    assert found(desk, "no-owner") == []
    assert "no-owner" not in rules(page)
    assert {(one.reason, one.until) for one in in_force(desk)} == {
        ("Wird gerade neu vergeben.", moved_months(desk.today, 12))
    }
    choose(desk, page, WAIVERS)
    assert page.right.currentWidget() is page.waivers
    model = page.waivers.model
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, page)
    assert model.rowCount() == 2
    assert model.data(model.index(0, REASON)) == "Wird gerade neu vergeben."
    assert model.data(model.index(0, UNTIL)).endswith(str(desk.today.year + 1))
    page.waivers.table.selectAll()
    press(desk, page.waivers, "end-waiver")
    assert in_force(desk) == []
    assert WAIVERS not in rules(page)
    assert len(found(desk, "no-owner")) == 2
    desk.workspace.undo()
    desk.settle()
    assert WAIVERS in rules(page)


def test_a_waiver_is_one_action_and_one_undo(desk, page):
    before = found(desk, "no-owner")
    waive_all(desk, page, "no-owner", "Wird gerade neu vergeben.")
    desk.workspace.undo()
    desk.settle()
    assert found(desk, "no-owner") == before
    assert in_force(desk) == []


@pytest.mark.parametrize(("reason", "until"), [("", "31.12.2099"), ("Weil", ""), ("Weil", "01.01.2001")])
def test_a_waiver_without_a_reason_or_with_no_day_to_come_is_refused(desk, page, reason, until):
    choose(desk, page, "no-owner")
    press(desk, page.findings, "waive")
    dialog = desk.dialog(WaiveDialog)
    desk.type(dialog.reason, reason)
    dialog.until.setText(until)
    dialog.decide()
    desk.settle()
    assert dialog.messages.text
    assert dialog.isVisible()
    assert in_force(desk) == []


def test_a_finding_is_waived_at_its_channel(desk, ids, qtbot):
    page = shown(desk, qtbot, ChannelsPage)
    page.table.choose(ids["Ämter"])
    desk.settle()
    line = page.detail.head.findChild(QPushButton, "mend-assign-owner").parent()
    press(desk, line, "mend-waive")
    dialog = desk.dialog(WaiveDialog)
    desk.type(dialog.reason, "Wird gerade neu vergeben.")
    dialog.decide()
    desk.settle()
    assert page.detail.head.findChild(QPushButton, "mend-assign-owner") is None
    assert [(one.rule, one.subject_id) for one in in_force(desk)] == [("no-owner", ids["Ämter"])]


def test_the_page_shows_the_waivers_when_nothing_else_is_left(desk, page):
    for rule in rules(page):
        if rule != ALL:
            waive_all(desk, page, rule, "Probe")
    assert rules(page) == [WAIVERS]
    assert page.whole.currentWidget() is page.content
    assert page.right.currentWidget() is page.waivers
