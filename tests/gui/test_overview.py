"""The overview as a user meets it: the sentence, what to do next, figures that lead to the list behind them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from core.i18n import N_
from core.inventory.confirmations import confirm
from gui.pages.channels import ChannelsPage
from gui.pages.findings import FindingsPage
from gui.pages.overview import OverviewPage


@pytest.fixture
def page(desk, qtbot, in_english):
    made = OverviewPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitExposed(made):
        made.show()
    desk.workspace.changed.connect(made.refresh)
    made.open_registry(desk.registry)
    desk.settle()
    return made


def _said(page):
    return page.header.question.text()


def _titles(page):
    return [line.title.text() for line in page.steps.lines]


def _bar(page, group, key):
    return next(row for row in getattr(page.figures, group).bars.rows if row.bar.key == key)


def test_an_empty_registry_offers_three_ways_to_begin(page, desk):
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    offers = [one for one in page.empty.findChildren(QPushButton) if one.isVisible()]
    for offer in offers:
        offer.click()
    assert commands == ["import_list", "add_channel", "open_demo"]


def test_the_sentence_says_how_many_findings_there_are(page, desk):
    desk.fill()
    assert _said(page).startswith("3 findings, 3 of them severe.")


def test_what_is_to_be_done_goes_to_the_findings_of_its_rule(page, desk):
    desk.fill()
    assert _titles(page)[:2] == ["No owner: 2", "Owner has left: 1"]
    assert page.steps.lines[1].button.accessibleName() == "Assign owner: Owner has left: 1"
    page.steps.lines[1].button.click()
    (key, where) = desk.went[-1]
    assert (key, where.values) == ("findings", {"rule": "owner-left"})


def test_only_the_first_thing_to_do_has_the_primary_button(page, desk):
    desk.fill()
    assert [bool(line.button.property("primary")) for line in page.steps.lines] == [
        True,
        *[False] * (len(_titles(page)) - 1),
    ]


def test_the_findings_page_goes_to_the_rule_that_is_wanted(page, desk, qtbot):
    desk.fill()
    findings = FindingsPage(desk.workspace)
    qtbot.addWidget(findings)
    findings.open_registry(desk.registry)
    page.steps.lines[1].button.click()
    findings.show_where(desk.went[-1][1])
    desk.settle()
    assert findings.rules.currentItem().text().startswith("Owner has left")


@pytest.mark.parametrize(
    ("group", "key", "titles"),
    [
        ("platforms", "facebook", ["Ämter"]),
        ("states", "active", ["Ämter", "Bücherei", "Stadt", "Zoo"]),
        ("confirmed", "lately", ["Stadt"]),
        ("confirmed", "earlier", ["Zoo"]),
        ("confirmed", "never", ["Ämter", "Bücherei"]),
        ("complete", "0", ["Ämter", "Bücherei", "Stadt", "Zoo"]),
    ],
)
def test_each_figure_counts_what_the_list_behind_it_shows(page, desk, qtbot, group, key, titles):
    ids = desk.fill()
    with desk.registry.action(N_("Confirm")) as session:
        confirm(session, ids["Stadt"], person_id=None, on=desk.today)
        confirm(session, ids["Zoo"], person_id=None, on=desk.today - timedelta(days=300))
    desk.settle()
    channels = ChannelsPage(desk.workspace)
    qtbot.addWidget(channels)
    channels.show()
    channels.open_registry(desk.registry)
    bar = _bar(page, group, key)
    assert bar.bar.value == len(titles)
    bar.click()
    went, where = desk.went[-1]
    assert went == "channels"
    channels.show_where(where)
    desk.settle()
    column = channels.table.records.column("title")
    rows = range(channels.table.records.rowCount())
    assert [channels.table.records.index(row, column).data() for row in rows] == titles
    passing = channels.findChild(QPushButton, "filter-passing")
    assert passing is not None
    assert passing.isVisible()
    passing.click()
    desk.settle()
    assert channels.table.records.rowCount() == 4
    assert not passing.isVisible()


def test_what_is_not_known_most_often_is_said(page, desk):
    desk.fill()
    told = page.figures.complete.note.text()
    assert "% of what can be asked is known." in told
    assert "Purpose (4)" in told


def test_figures_say_their_numbers_to_assistive_technology(page, desk):
    desk.fill()
    assert _bar(page, "platforms", "facebook").accessibleName() == "Platform: Facebook: 1 channel"
    assert _bar(page, "findings", "severe").accessibleName() == "Severe: 3 findings"
    assert _bar(page, "units", str(next(iter(_units(desk))))).accessibleName().endswith("4 channels")


def _units(desk):
    from core.inventory.figures import unit_names

    with desk.registry.reading() as session:
        return unit_names(session)


def test_the_keys_go_through_a_group_and_follow_a_figure(page, desk):
    desk.fill()
    rows = page.figures.platforms.bars.rows
    assert [row.focusPolicy() is Qt.FocusPolicy.StrongFocus for row in rows] == [True, *[False] * (len(rows) - 1)]
    rows[0].setFocus()
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert rows[1].focusPolicy() is Qt.FocusPolicy.StrongFocus
    assert rows[0].focusPolicy() is Qt.FocusPolicy.ClickFocus
    QTest.keyClick(rows[1], Qt.Key.Key_Return)
    assert desk.went[-1][1].values == {"platform": rows[1].bar.key}


def test_what_counts_nothing_leads_nowhere(page, desk):
    desk.fill()
    assert not _bar(page, "findings", "notice").isEnabled()


def test_nothing_is_counted_or_ranked_by_person(page, desk):
    desk.fill()
    shown = {one.text() for one in page.findChildren(QPushButton)} | {row.bar.label for row in _all_rows(page)}
    assert not any("Mustermann" in text for text in shown)


def _all_rows(page):
    figures = page.figures
    groups = (figures.findings, figures.confirmed, figures.complete, figures.platforms, figures.units, figures.states)
    return [row for group in groups for row in group.bars.rows]
