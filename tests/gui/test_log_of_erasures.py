"""The log of an erasure offers nothing that it could not do: it cannot be undone, and each record is found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtWidgets import QPushButton

from core.i18n import N_
from core.model import Channel, Confirmation, Person
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from gui.pages.log import LogPage

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def page(desk, qtbot, in_english):
    ids = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        session.get_one(Person, ids["Max Mustermann"]).left_on = desk.today - timedelta(days=2_000)
        session.get_one(Channel, ids["Zoo"]).notes = "Fragen an Max Mustermann"
        long_ago = desk.today - timedelta(days=1_000)
        session.add(Confirmation(channel_id=ids["Zoo"], person_id=ids["Max Mustermann"], on=long_ago))
    order = plan_erasure(desk.registry, desk.today).order()
    begin(desk.registry, order)
    carry_out(desk.registry, order)
    made = LogPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.settle()
    return made


def _choose(desk, page, label):
    rows = range(page.model.rowCount())
    row = next(row for row in rows if page.model.index(row, 1).data() == label)
    page.table.setCurrentIndex(page.model.index(row, 0))
    desk.settle()


@pytest.mark.parametrize("label", ["Erase personal data", "Prepare"])
def test_neither_the_erasure_nor_what_it_took_values_from_can_be_undone(desk, page, label):
    _choose(desk, page, label)
    assert not page.detail.undoing.isEnabled()
    assert not page.detail.findChild(QPushButton, "undo-this").isVisibleTo(page)


def test_what_is_offered_at_the_entries_of_an_erasure_works(desk, page):
    _choose(desk, page, "Erase personal data")
    offered = [one for one in page.detail.findChildren(QPushButton, "only-this") if one.isVisibleTo(page)]
    names = [one.accessibleName() for one in offered]
    for name in names:
        _choose(desk, page, "Erase personal data")
        button = next(one for one in page.detail.findChildren(QPushButton, "only-this") if one.accessibleName() == name)
        button.click()
        desk.settle()
        assert not desk.refused, name
        assert page.model.rowCount() > 0, name
        assert page.filters.filter.record_id is not None, name
        page.filters.clear()
        desk.settle()
    assert len(names) > 2
