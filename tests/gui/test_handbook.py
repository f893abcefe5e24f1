"""F1 opens the handbook at what is in front; its window is read, searched and walked by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.governance.rules import RULES
from gui import theme
from gui.dialogs.add_channel import AddChannelDialog
from gui.handbook import HandbookWindow
from gui.handbook_text import PICTURE_WIDTH, typeset
from gui.main_window import MainWindow
from gui.tasks import Tasks
from gui.workspace import Workspace

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]

IMAGE = QTextDocument.ResourceType.ImageResource.value


@pytest.fixture
def handbook(desk, qtbot, in_english):
    made = HandbookWindow(desk.workspace, lambda: [("Undo", "Ctrl+Z")])
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.open_at("start")
    desk.settle()
    return made


@pytest.fixture
def window(qtbot, tmp_path, in_english):
    tasks = Tasks()
    made = MainWindow(Workspace(tasks))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.workspace.create(tmp_path / "r.kanal", city="Musterstadt")
    qtbot.waitUntil(lambda: made.pages.page is not None and tasks.idle(), timeout=60_000)
    yield made
    for one in handbooks():
        one.close()
        one.deleteLater()
    made.workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


def handbooks():
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, HandbookWindow)]


def open_help(qtbot, window, front):
    front.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is front, timeout=5_000)
    QTest.keyClick(front, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: bool(handbooks()) and handbooks()[0].text.toPlainText() != "", timeout=60_000)
    qtbot.waitUntil(window.workspace.tasks.idle, timeout=60_000)
    return handbooks()[0]


def test_f1_opens_the_handbook_at_the_page_in_sight(window, qtbot):
    window.show_page("log")
    qtbot.waitUntil(lambda: window.pages.page is not None and window.workspace.tasks.idle(), timeout=60_000)
    assert open_help(qtbot, window, window).place == ("log", "")


def test_there_is_one_handbook_and_it_follows_the_page(window, qtbot):
    for key in ("log", "units"):
        window.show_page(key)
        qtbot.waitUntil(lambda: window.pages.page is not None and window.workspace.tasks.idle(), timeout=60_000)
        window.commands.show_handbook()
        qtbot.waitUntil(window.workspace.tasks.idle, timeout=60_000)
        assert [one.place for one in handbooks()] == [(key, "")]


def test_f1_in_a_dialog_opens_the_handbook_at_what_is_asked(window, qtbot):
    window.commands.add_channel()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, AddChannelDialog))
    qtbot.waitUntil(dialog.address.hasFocus, timeout=5_000)
    assert open_help(qtbot, window, dialog).place == ("channels", "add")
    dialog.reject()


def test_a_link_is_followed_and_one_goes_back_and_forward(handbook):
    assert handbook.contents.currentItem().text() == "First steps"
    handbook.text.anchorClicked.emit(QUrl("log.md#undo"))
    assert handbook.place == ("log", "undo")
    QTest.keyClick(handbook.text, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert handbook.place == ("start", "")
    assert not handbook.back.isEnabled()
    QTest.keyClick(handbook.text, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert handbook.place == ("log", "undo")


def test_a_place_far_down_comes_into_sight(handbook):
    handbook.open_at(f"findings#rule-{RULES[-1].key}")
    assert handbook.text.verticalScrollBar().value() > 0
    handbook.open_at("findings")
    assert handbook.text.verticalScrollBar().value() == 0


def test_searching_leaves_the_pages_that_hold_the_text_and_marks_it(handbook, qtbot):
    QTest.keyClick(handbook, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert handbook.search.hasFocus()
    qtbot.keyClicks(handbook.search, "Internetredaktion")
    shown = [
        handbook.contents.item(row).text()
        for row in range(handbook.contents.count())
        if not handbook.contents.item(row).isHidden()
    ]
    assert shown == ["Units"]
    assert handbook.place[0] == "units"
    assert len(handbook.text.extraSelections()) == 1
    assert handbook.found.text() == "on 1 page"
    assert handbook.search.hasFocus()
    QTest.keyClick(handbook.search, Qt.Key.Key_Escape)
    assert handbook.isVisible()
    assert handbook.text.extraSelections() == []
    QTest.keyClick(handbook, Qt.Key.Key_Escape)
    assert not handbook.isVisible()


def test_return_goes_from_find_to_find_over_all_pages(handbook, qtbot):
    qtbot.keyClicks(handbook.search, "passwords")
    seen = []
    for _step in range(8):  # More often than the word occurs before these pages.
        QTest.keyClick(handbook.search, Qt.Key.Key_Return)
        seen.append((handbook.place[0], handbook.text.textCursor().selectedText()))
    assert {page for page, _text in seen} >= {"import", "channels"}
    assert all(text.lower() == "passwords" for _page, text in seen)


def test_the_keys_of_the_window_stand_in_the_handbook(handbook):
    handbook.open_at("keyboard#all")
    assert "Ctrl+Z" in handbook.text.toPlainText()
    assert "<!--" not in handbook.text.toPlainText()


def test_a_picture_has_room_on_the_page(handbook):
    handbook.open_at("channels")
    picture = handbook.text.document().resource(IMAGE, QUrl("../pictures/en/channels.png"))
    assert 0 < picture.deviceIndependentSize().width() <= PICTURE_WIDTH
    assert handbook.text.horizontalScrollBar().maximum() == 0


def test_titles_are_larger_and_colours_follow_the_theme(handbook, monkeypatch):
    document = handbook.text.document()
    begin = document.begin()
    assert begin.begin().fragment().charFormat().fontPointSize() == 16
    monkeypatch.setattr(theme._State, "tokens", theme.DARK)
    typeset(document, "# Title", ("",))
    assert document.begin().begin().fragment().charFormat().foreground().color().name() == theme.DARK.text


def test_what_is_read_aloud_has_a_name(handbook):
    assert handbook.contents.accessibleName() == "Contents"
    assert handbook.text.accessibleName() == "Page of the handbook"
    assert handbook.search.accessibleName() == "Search the handbook"
