"""Lists that are narrowed to one person: neither the bar below them nor a dialog counts what that person has."""

import pytest
from PySide6.QtGui import QAction

from core.inventory.narrowing import Where
from core.inventory.responsibilities import assign
from core.model import ResponsibilityRole
from gui.dialogs.assign_person import AssignPersonDialog
from gui.dialogs.change_several import ChangeState
from gui.pages.channels import ChannelsPage

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def page(desk, qtbot, in_english):
    """The channels, two of which Erika Mustermann answers for."""
    ids = desk.fill()
    with desk.registry.action("Assign owner") as session:
        assign(session, ids["Stadt"], ids["Erika Mustermann"], ResponsibilityRole.OWNER, since=None)
    made = ChannelsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    made.open_registry(desk.registry)
    desk.settle()
    return made


def narrow(desk, page, **values):
    page.show_where(Where("Narrowed", values))
    desk.settle()
    page.table.selectAll()
    return page.table.records.rowCount()


def test_the_bar_counts_the_channels_of_a_platform_and_not_those_of_a_person(desk, page):
    assert narrow(desk, page, owner="Erika Mustermann") == 2
    assert page.selection_bar.selected.text() == "Several are selected"
    assert narrow(desk, page, owner=None) == 1
    page.show_where(Where("All", {}))
    desk.settle()
    page.table.selectAll()
    assert page.selection_bar.selected.text() == "4 of 4 selected"


@pytest.mark.parametrize(("name", "kind"), [("assign-selected", AssignPersonDialog), ("change-state", ChangeState)])
def test_no_dialog_says_how_many_channels_somebody_has(desk, page, name, kind):
    narrow(desk, page, owner="Erika Mustermann")
    page.findChild(QAction, name).trigger()
    desk.settle()
    title = desk.dialog(kind).windowTitle()
    assert "the selected channels" in title
    assert not any(map(str.isdigit, title))
