"""The first line of a page keeps its question whole, and the dialogs their buttons."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton

from gui.dialogs.decision import WIDTH, Decision
from gui.widgets.page_header import NARROWEST, WIDEST, PageHeader


@pytest.fixture
def header(qtbot):
    made = PageHeader("Was ist heute alles zu bereinigen?", search="Stellen suchen")
    made.add_primary(QAction("Abhaken", made))
    qtbot.addWidget(made)
    made.show()
    return made


def needed(header: PageHeader, search: int) -> int:
    layout = header.layout()
    assert layout is not None
    return layout.sizeHint().width() - header.search.width() + header.question.sizeHint().width() + search


@pytest.mark.parametrize(("spare", "search"), [(200, WIDEST), (0, WIDEST), (-60, WIDEST - 60), (-300, NARROWEST)])
def test_the_search_field_gives_way_before_the_question_is_cut(header, spare, search):
    header.resize(needed(header, WIDEST) + spare, header.height())
    assert header.search.width() == search
    assert header.question.width() >= header.question.sizeHint().width() or search == NARROWEST


def test_a_dialog_is_as_wide_as_its_buttons(desk, qtbot):
    dialog = Decision(desk.workspace, "Was nun?", "Alles in die Bibliothek aufnehmen")
    further = QPushButton("Diese eine Datei noch auslassen")
    dialog.buttons.insertWidget(1, further)
    qtbot.addWidget(dialog)
    dialog.open()
    desk.settle()
    assert WIDTH < dialog.width() < dialog.screen().availableGeometry().width()
    for button in (further, dialog.back, dialog.primary):
        assert button.width() >= button.sizeHint().width()
