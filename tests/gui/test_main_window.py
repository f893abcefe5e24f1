"""The shell: menus, navigation, messages, undo, what is pasted and dropped, what it remembers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QTabBar, QWidget

from core import workstation
from core.i18n import N_
from gui import theme
from gui.main_window import MainWindow
from gui.pages import PAGES
from gui.tasks import Tasks
from gui.workspace import Workspace
from tests.gui.asset_people import picture_file


@pytest.fixture
def window(qtbot, in_english):
    tasks = Tasks()
    made = MainWindow(Workspace(tasks))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.workspace.close()
    qtbot.waitUntil(tasks.idle, timeout=60_000)
    tasks.close()


@pytest.fixture
def opened(window, qtbot, tmp_path):
    window.workspace.create(tmp_path / "r.kanal", city="Musterstadt")
    qtbot.waitUntil(lambda: window.pages.page is not None and window.workspace.tasks.idle(), timeout=60_000)
    return window


def _add_unit(session, name="Pressestelle"):
    from core.inventory.units import add_unit

    add_unit(session, name)


def _act(window, qtbot):
    with qtbot.waitSignal(window.workspace.done, timeout=60_000):
        window.workspace.act(N_("Add unit"), _add_unit)


def _mime(text="", urls=()):
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) if "://" in url else QUrl.fromLocalFile(url) for url in urls])
    else:
        data.setText(text)
    return data


def test_the_pages_stand_in_the_navigation_in_words(window):
    shown = [window.navigation.list.item(row).text() for row in range(window.navigation.list.count())]
    assert shown[:6] == ["Overview", "Channels", "People", "Units", "Logins", "Appearance"]
    assert shown[6:] == ["Findings", "Reports", "Log", "Settings"]


def test_every_command_of_the_menus_is_there_and_no_key_means_two_things(window):
    keys = Counter(
        keys.toString() for action in window.menus.actions.values() for keys in action.shortcuts() if not keys.isEmpty()
    )
    assert [key for key, number in keys.items() if number > 1] == []
    for key in window.menus.actions:
        assert key.startswith("page-") or callable(getattr(window.commands, key))


def test_without_a_registry_only_what_makes_sense_can_be_chosen(window):
    allowed = {key for key, action in window.menus.actions.items() if action.isEnabled()}
    assert {"create_registry", "choose_registry", "open_demo", "quit", "show_about"} <= allowed
    assert not allowed & {"import_list", "make_report", "add_channel", "undo"}


def test_an_opened_registry_is_named_and_everything_can_be_chosen(opened):
    assert opened.windowTitle() == "Musterstadt - Kanalregister"
    assert opened.navigation.place.text() == "Musterstadt"
    assert opened.menus.actions["import_list"].isEnabled()


def test_someone_the_log_does_not_know_is_asked_for_a_name(opened):
    assert opened.messages.text == "The log does not know your name yet."


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_each_page_can_be_reached_by_its_key_and_its_name(opened, qtbot, entry):
    numbers = [one.key for one in PAGES if not one.behind and not one.keys]
    keys = entry.keys or f"Ctrl+{numbers.index(entry.key) + 1}"
    assert opened.menus.actions[f"page-{entry.key}"].shortcut() == QKeySequence(keys)
    opened.menus.actions[f"page-{entry.key}"].trigger()
    qtbot.waitUntil(lambda: type(opened.pages.page).__name__ == entry.class_name, timeout=60_000)
    assert opened.pages.currentWidget() is opened.pages.page
    marked = next(one for one in PAGES if one.key == (entry.behind or entry.key))
    assert opened.navigation.list.currentItem().text() == marked.label


def test_a_page_behind_another_is_left_by_its_tab_by_the_navigation_and_by_its_keys(opened, qtbot):
    def at(key):
        return lambda: opened.pages.key == key and opened.pages.page is not None and opened.workspace.tasks.idle()

    opened.show_page("credentials")
    qtbot.waitUntil(at("credentials"), timeout=60_000)
    opened.pages.page.findChild(QTabBar, "page-faces").setCurrentIndex(1)
    qtbot.waitUntil(at("key-cards"), timeout=60_000)
    faces = opened.pages.page.findChild(QTabBar, "page-faces")
    assert faces.tabText(faces.currentIndex()) == "Key cards"
    place = opened.navigation.list.visualItemRect(opened.navigation.list.currentItem()).center()
    qtbot.mouseClick(opened.navigation.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.pages.key == "credentials"
    shown = opened.pages.page.findChild(QTabBar, "page-faces")
    assert shown.tabText(shown.currentIndex()) == "Logins"


class _Flashes(QObject):
    """Notes every window of its own that is shown beside the main window."""

    def __init__(self, window):
        super().__init__()
        self.window, self.seen = window, []

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(f"{type(watched).__name__} {watched.objectName()}")
        return False


def test_no_page_flashes_a_window_of_its_own_while_it_is_made(window, qtbot, qapp, tmp_path):
    flashes = _Flashes(window)
    qapp.installEventFilter(flashes)
    window.workspace.create(tmp_path / "r.kanal")
    for entry in PAGES:
        window.show_page(entry.key)
        qtbot.waitUntil(lambda: window.pages.page is not None and window.workspace.tasks.idle(), timeout=60_000)
    qapp.removeEventFilter(flashes)
    assert flashes.seen == []


def test_what_was_done_is_said_with_undo_beside_it(opened, qtbot):
    _act(opened, qtbot)
    assert opened.status.sentence.text() == "Unit “Pressestelle”: added."
    assert opened.status.undo.isVisible()
    assert opened.menus.actions["undo"].text() == "&Undo: Add unit"


def test_undo_beside_the_sentence_takes_back_and_redo_brings_it_again(opened, qtbot):
    _act(opened, qtbot)
    opened.status.undo.click()
    qtbot.waitUntil(lambda: opened.status.sentence.text() == "Undone: Add unit", timeout=60_000)
    assert not opened.status.undo.isVisible()
    opened.menus.actions["redo"].trigger()
    qtbot.waitUntil(lambda: opened.status.sentence.text() == "Done again: Add unit", timeout=60_000)


def test_the_offer_to_undo_ends_but_the_key_still_works(opened, qtbot):
    _act(opened, qtbot)
    opened.status.withdraw_undo()
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.status.sentence.text() == "Undone: Add unit", timeout=60_000)


def test_ctrl_z_in_an_untouched_search_field_undoes_the_action(opened, qtbot):
    _act(opened, qtbot)
    opened.pages.page.focus_search()
    field = opened.pages.page.findChild(QLineEdit, "page-search")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.status.sentence.text() == "Undone: Add unit", timeout=60_000)


def test_ctrl_z_after_typing_undoes_the_typing(opened, qtbot):
    _act(opened, qtbot)
    opened.pages.page.focus_search()
    field = opened.pages.page.findChild(QLineEdit, "page-search")
    qtbot.keyClicks(field, "xyz")
    qtbot.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
    assert opened.status.sentence.text() == "Unit “Pressestelle”: added."


def test_with_nothing_to_undo_the_window_says_so(opened, qtbot):
    opened.menus.actions["undo"].trigger()
    qtbot.waitUntil(lambda: opened.status.sentence.text() == "There is nothing to undo.", timeout=60_000)


def test_a_refused_action_is_explained_above_the_page(opened, qtbot):
    opened.workspace.act(N_("Add unit"), lambda session: _add_unit(session, " "))
    qtbot.waitUntil(lambda: opened.messages.text not in {"", "The log does not know your name yet."}, timeout=60_000)
    assert opened.messages.property("severity") == "severe"


def test_a_pasted_address_opens_adding_a_channel(opened, qapp):
    qapp.clipboard().setText("https://www.facebook.com/stadtmoers")
    opened.menus.actions["paste"].trigger()
    dialog = opened.findChild(QDialog)
    assert dialog.findChild(QLineEdit, "url_as_entered").text() == "https://www.facebook.com/stadtmoers"
    dialog.reject()
    qapp.clipboard().clear()


@pytest.mark.parametrize("text", ["", "drei Wörter ohne Adresse", "x" * 3000 + ".example"])
def test_what_is_no_address_is_left_alone(opened, text):
    assert not opened.take(_mime(text))
    assert opened.findChild(QDialog) is None


def test_a_dropped_list_opens_the_import(opened, qtbot, data):
    file = str(data / "kanalliste-moers.xlsx")
    event = QDropEvent(
        QPointF(400, 300),
        Qt.DropAction.CopyAction,
        mime := _mime(urls=[file]),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    opened.dropEvent(event)
    assert mime.hasUrls()
    dialog = opened.findChild(QDialog, "import-dialog")
    qtbot.waitUntil(lambda: dialog.proposal is not None, timeout=60_000)
    dialog.reject()


def test_dropped_pictures_lead_to_the_library_from_any_page(opened, qtbot, tmp_path):
    from gui.dialogs.add_asset import AddAssetDialog

    pictures = [picture_file(tmp_path, f"logo {number}.png") for number in (1, 2)]
    opened.take(_mime(urls=[str(one) for one in pictures]))
    dialog = opened.findChild(AddAssetDialog)
    qtbot.waitUntil(lambda: dialog.file.file is not None, timeout=60_000)
    assert dialog.title.text() == "Logo 1"
    assert dialog.findChild(QLabel, "files-to-follow").text() == "Files that follow this one: 1"
    dialog.reject()


def test_a_dropped_link_opens_adding_a_channel(opened):
    assert opened.take(_mime(urls=["https://x.com/moers_de"]))
    dialog = opened.findChild(QDialog)
    assert dialog.findChild(QLineEdit, "url_as_entered").text() == "https://x.com/moers_de"
    dialog.reject()


def test_the_window_comes_back_where_it_was(window, qtbot):
    window.resize(window.minimumWidth(), 650)
    window.show_page("people")
    window.close()
    again = MainWindow(Workspace(Tasks()))
    qtbot.addWidget(again)
    assert again.height() == 650
    assert again.pages.key == "people"
    again.workspace.tasks.close()


def test_a_choice_of_the_theme_is_kept(window):
    window.findChild(object, "scheme-dark").trigger()
    assert workstation.remembered("scheme") == "dark"
    assert theme.tokens() is theme.DARK
    window.findChild(object, "scheme-light").trigger()


def test_an_unusable_registry_is_explained_and_nothing_is_lost(window, qtbot, tmp_path):
    foreign = tmp_path / "brief.kanal"
    foreign.write_text("Sehr geehrte Damen und Herren")
    window.workspace.open(Path(foreign))
    qtbot.waitUntil(lambda: window.messages.text != "", timeout=60_000)
    assert "brief.kanal" in window.messages.text
    assert foreign.read_text() == "Sehr geehrte Damen und Herren"


def test_verifying_the_log_says_that_it_is_whole(opened, qtbot):
    opened.menus.actions["verify_log"].trigger()
    qtbot.waitUntil(lambda: "The log is whole" in opened.status.sentence.text(), timeout=60_000)


def test_every_widget_that_takes_the_focus_has_a_name_for_assistive_technology(opened):
    from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox

    unnamed = [
        f"{type(one).__name__} {one.objectName()}"
        for one in opened.navigation.findChildren(QWidget) + opened.status.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QAbstractItemView | QComboBox | QLineEdit)
        and not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    ]
    assert unnamed == []


def test_nothing_ticks_while_nobody_does_anything(opened, qtbot):
    qtbot.waitUntil(opened.workspace.tasks.idle)
    qtbot.wait(600)
    assert [
        timer.interval() for timer in opened.findChildren(QTimer) if timer.isActive() and timer.interval() < 1000
    ] == []
