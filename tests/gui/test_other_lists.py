"""Findings and the log are filtered, kept in views, copied and exported as the lists of records are."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from core.exchange.exporting import export
from core.inventory.narrowing import Where
from core.inventory.responsibilities import assign
from core.model import ResponsibilityRole
from gui.dialogs.save_view import SaveViewDialog
from gui.pages.channels import ChannelsPage
from gui.pages.findings import FindingsPage
from gui.pages.log import LogPage
from gui.pages.people import PeoplePage
from gui.pages.rule_list import ALL, COUNT, RULE
from gui.pages.units import UnitsPage

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)
LISTS = [ChannelsPage, PeoplePage, UnitsPage, FindingsPage, LogPage]


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def show(desk, ids, qtbot):
    """Show a page as the window does."""

    def make(kind):
        page = kind(desk.workspace)
        qtbot.addWidget(page)
        page.resize(1080, 720)
        page.show()
        page.open_registry(desk.registry)
        desk.workspace.changed.connect(page.refresh)
        desk.settle()
        return page

    return make


def press(desk, widget, name):
    QTest.mouseClick(widget.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
    desk.settle()


def do(desk, page, name):
    page.findChild(QAction, name).trigger()
    desk.settle()


def save_view(desk, page, name):
    press(desk, page, "save-view")
    dialog = desk.dialog(SaveViewDialog)
    desk.type(dialog.name, name)
    press(desk, dialog, "decide")


def table(page):
    return page.findings.table if isinstance(page, FindingsPage) else page.table


def texts(view, column):
    return [str(view.model().index(row, column).data() or "") for row in range(view.model().rowCount())]


def choose_rule(desk, page, rule):
    keys = [page.rules.item(row).data(RULE) for row in range(page.rules.count())]
    page.rules.setCurrentRow(keys.index(rule))
    desk.settle()


def filter_at(desk, page, row, key):
    view = table(page)
    view.setCurrentIndex(view.model().index(row, view.model().column(key)))
    do(desk, page, "filter-by-value")


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_has_views_columns_and_a_filter_by_value(show, kind):
    page = show(kind)
    assert page.findChild(QPushButton, "save-view") is not None
    assert page.findChild(QPushButton, "columns") is not None
    assert page.findChild(QAction, "filter-by-value") in page.menu_actions


@pytest.mark.parametrize("kind", LISTS)
def test_every_list_is_copied_with_the_names_of_its_columns(desk, show, kind):
    page = show(kind)
    view = table(page)
    view.selectRow(0)
    (page.findings if isinstance(page, FindingsPage) else view).copy()
    desk.settle()
    head, *lines = QApplication.clipboard().text().split("\n")
    assert head.split("\t") == [view.model().headerData(one, Qt.Orientation.Horizontal) for one in view.columns.shown()]
    assert len(lines) == 1


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".json"])
def test_every_list_is_exported_as_it_is_shown(desk, show, tmp_path: Path, kind, suffix):
    page = show(kind)
    wanted = page.exportable()
    made = export(desk.registry, wanted, tmp_path / f"list{suffix}", today=desk.today)
    assert made.count == table(page).model().rowCount()
    if suffix == ".json":
        told = json.loads(made.path.read_text(encoding="utf-8"))
        shown = table(page).columns.shown()
        assert list(told["columns"].values()) == [
            table(page).model().headerData(one, Qt.Orientation.Horizontal) for one in shown
        ]
        assert len(told["records"]) == made.count


@pytest.mark.parametrize("kind", LISTS)
def test_columns_are_chosen_and_remembered(desk, show, kind):
    page = show(kind)
    view = table(page)
    hidden = next(one for one in range(view.model().columnCount()) if view.isColumnHidden(one))
    view.columns.show(hidden, on=True)
    view.columns.keep()
    assert hidden in table(show(kind)).columns.shown()


def test_findings_are_filtered_by_the_channels_unit_and_owner_in_all_rules(desk, show):
    page = show(FindingsPage)
    choose_rule(desk, page, ALL)
    view = table(page)
    everything = texts(view, view.model().column("concerns"))
    owners = texts(view, view.model().column("owner"))
    filter_at(desk, page, owners.index("Max Mustermann"), "owner")
    assert set(texts(view, view.model().column("concerns"))) == {"Zoo (Website)"}
    assert {page.rules.item(row).data(RULE) for row in range(page.rules.count())} == {"owner-left"}
    save_view(desk, page, "Max")
    press(desk, page.chips, "filter-passing")
    choose_rule(desk, page, ALL)
    assert texts(view, view.model().column("concerns")) == everything
    press(desk, page.views, "view-Max")
    assert set(texts(view, view.model().column("concerns"))) == {"Zoo (Website)"}


def numbers(page):
    """Return what tells a number in the first line, beside the rules, aloud there, and in the filter in force."""
    listed = [page.rules.item(row) for row in range(page.rules.count())]
    spoken = [item.data(Qt.ItemDataRole.AccessibleTextRole).removesuffix(item.text()) for item in listed]
    chip = next(one for one in page.chips.findChildren(QPushButton) if one.isChecked())
    told = [page.header.question.text(), chip.text(), *(item.data(COUNT) for item in listed), *spoken]
    return [one for one in told if any(map(str.isdigit, one))]


@pytest.mark.parametrize(("key", "whose"), [("owner", "Max Mustermann"), ("deputy", "Erika Mustermann")])
def test_the_findings_of_one_persons_channels_are_listed_and_never_counted(desk, ids, show, key, whose):
    with desk.registry.action("Assign") as session:
        assign(session, ids["Zoo"], ids["Erika Mustermann"], ResponsibilityRole.DEPUTY, since=None)
    page = show(FindingsPage)
    assert numbers(page)
    page.show_where(Where(whose, {key: whose}))
    desk.settle()
    assert page.findings.model.rowCount()
    assert numbers(page) == []
    assert page.header.question.text() == page.question
    press(desk, page.chips, "filter-passing")
    assert numbers(page)


@pytest.mark.parametrize("values", [{"platform": "website"}, {"owner": None}])
def test_findings_that_tell_of_no_person_are_counted(desk, show, values):
    page = show(FindingsPage)
    page.show_where(Where("", values))
    desk.settle()
    assert numbers(page)


def test_findings_are_ordered_by_a_column_and_exported_in_that_order(desk, show, tmp_path):
    page = show(FindingsPage)
    choose_rule(desk, page, ALL)
    view = table(page)
    view.sortByColumn(view.model().column("concerns"), Qt.SortOrder.DescendingOrder)
    shown = texts(view, view.model().column("concerns"))
    made = export(desk.registry, page.exportable(), tmp_path / "f.json", today=desk.today)
    told = json.loads(made.path.read_text(encoding="utf-8"))
    assert [one["concerns"] for one in told["records"]] == shown
    assert len(set(shown)) > 1


def test_all_findings_are_mended_by_the_rule_of_the_chosen_one(desk, show):
    page = show(FindingsPage)
    choose_rule(desk, page, ALL)
    rules = [one.rule for one in page.findings.model.findings]
    table(page).selectRow(rules.index("no-owner"))
    assert page.findings.findChild(QPushButton, "mend-assign-owner").isEnabled()
    table(page).selectAll()
    desk.settle()
    assert page.findings.findChild(QPushButton, "mend-assign-owner") is None
    assert page.findings.findChild(QPushButton, "waive").isEnabled()


def test_the_log_is_filtered_by_kind_and_day_and_the_filter_is_kept(desk, show, ids):
    page = show(LogPage)
    desk.workspace.act("Confirm channel", lambda session: None)
    everything = texts(page.table, 1)
    row = everything.index(next(one for one in everything if one))
    filter_at(desk, page, row, "what")
    kept = texts(page.table, 1)
    assert set(kept) == {everything[row]}
    filter_at(desk, page, 0, "when")
    assert page.filters.filter.since == page.filters.filter.until == desk.today
    save_view(desk, page, "Heute")
    press(desk, page, "kind")
    page.filters.clear()
    desk.settle()
    assert texts(page.table, 1) == everything
    press(desk, page.views, "view-Heute")
    assert texts(page.table, 1) == kept
    assert page.filters.filter.since == desk.today
