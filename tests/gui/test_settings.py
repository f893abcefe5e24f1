"""The settings as a user meets them: stages with what they bring, thresholds, city, language, backups."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from core import i18n, workstation
from core.i18n import N_
from core.inventory import units
from core.inventory.narrowing import Where
from core.settings import SETTINGS
from gui import theme
from gui.dialogs.restore import RestoreDialog
from gui.menus import next_language
from gui.pages.settings import SettingsPage
from gui.pages.settings_parts import NumberField
from gui.pages.settings_thresholds import thresholds


@pytest.fixture
def page(desk, qtbot, in_english):
    made = SettingsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    desk.workspace.changed.connect(made.refresh)
    desk.workspace.opened.connect(made.open_registry)
    desk.workspace.closed.connect(made.close_registry)
    made.open_registry(desk.registry)
    desk.settle()
    return made


def _at(page, section, desk):
    page.show_where(Where("", {"section": section}))
    desk.settle()


def _setting(desk, key):
    return desk.registry.settings()[key]


def _button(page, name):
    return next(one for one in page.findChildren(QPushButton, name) if one.isVisible())


def test_each_stage_says_what_it_would_bring_before_it_is_switched_on(page, desk):
    desk.fill()
    _at(page, "stages", desk)
    first, second, *_rest = page.stages.lines
    assert first.brings.text() == "In force, raises 3 findings"
    assert second.brings.text().startswith("Would bring ")
    promised = int(second.brings.text().split()[2])
    second.button.click()
    desk.settle()
    assert _setting(desk, "rules.stage") == 2
    assert second.brings.text() == f"In force, raises {promised} findings"
    with desk.registry.reading() as session:
        from core.governance.finding_lists import severity_counts

        assert sum(severity_counts(session).values()) == 3 + promised


def test_a_stage_is_switched_off_again_and_only_the_last_one_can_be(page, desk):
    _at(page, "stages", desk)
    page.stages.lines[2].button.click()
    desk.settle()
    offered = {line.number: line.button.text() for line in page.stages.lines if line.button.isVisible()}
    assert offered == {3: "Switch off", 4: "Switch on"}
    page.stages.lines[2].button.click()
    desk.settle()
    assert _setting(desk, "rules.stage") == 2


def test_switching_a_stage_on_can_be_undone(page, desk):
    _at(page, "stages", desk)
    page.stages.lines[1].button.click()
    desk.settle()
    desk.workspace.undo()
    desk.settle()
    assert _setting(desk, "rules.stage") == 1
    assert not page.stages.lines[1].on


def test_every_threshold_is_there_with_its_default_and_its_unit(page, desk):
    _at(page, "thresholds", desk)
    fields = {one.objectName(): one for one in page.thresholds.findChildren(NumberField)}
    assert set(fields) == {one.key for one in thresholds()}
    assert {"registry.id", "city.name", "rules.stage"} <= {one.key for one in SETTINGS} - set(fields)
    stale = fields["stale.days"]
    assert (stale.value(), stale.text(), stale.accessibleName()) == (90, "90 days", "Stale after")
    assert stale.accessibleDescription() == "Default: 90 days"


def test_the_mail_domains_of_the_office_are_typed_beside_the_name_of_the_city(page, desk):
    _at(page, "city", desk)
    domains = page.findChild(QLineEdit, "office.mail-domains")
    domains.setFocus()
    desk.type(domains, "stadt.example")
    QTest.keyClick(domains, Qt.Key.Key_Return)
    desk.settle()
    assert _setting(desk, "office.mail-domains") == "stadt.example"
    desk.workspace.undo()
    desk.settle()
    assert _setting(desk, "office.mail-domains") == ""


def test_a_threshold_is_changed_by_typing_and_goes_back_to_its_default(page, desk):
    _at(page, "thresholds", desk)
    stale = page.findChild(NumberField, "stale.days")
    reset = page.findChild(QPushButton, "reset-stale.days")
    assert not reset.isVisible()
    stale.setFocus()
    stale.selectAll()
    desk.type(stale, "120")
    QTest.keyClick(stale, Qt.Key.Key_Return)
    desk.settle()
    assert _setting(desk, "stale.days") == 120
    stale.clearFocus()
    desk.settle()
    assert [entry.label for entry in desk.registry.log()].count("Change threshold") == 1
    reset.click()
    desk.settle()
    assert (_setting(desk, "stale.days"), stale.value()) == (90, 90)
    assert not reset.isVisible()


def test_scrolling_past_a_threshold_changes_nothing(page, desk):
    _at(page, "thresholds", desk)
    stale = page.findChild(NumberField, "stale.days")
    page.sections.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        stale.mapToGlobal(QPointF(5, 5)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(stale, wheel)
    assert stale.value() == 90


def test_the_city_gets_another_name(page, desk):
    _at(page, "city", desk)
    page.city.city.setFocus()
    page.city.city.selectAll()
    desk.type(page.city.city, "Neustadt")
    QTest.keyClick(page.city.city, Qt.Key.Key_Return)
    desk.settle()
    assert _setting(desk, "city.name") == "Neustadt"
    desk.workspace.undo()
    desk.settle()
    assert page.city.city.text() == "Musterstadt"


def test_who_is_not_known_can_say_so(page, desk):
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    _at(page, "city", desk)
    _button(page, "say-who").click()
    assert commands == ["say_who"]


def test_a_language_is_kept_and_a_restart_is_offered(page, desk):
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    _at(page, "workstation", desk)
    box = page.workstation.language
    box.setCurrentIndex(box.findData("de"))
    box.activated.emit(box.currentIndex())
    assert next_language() == "de"
    assert commands == ["offer_restart"]


def test_dark_holds_at_once(page, desk):
    _at(page, "workstation", desk)
    before = theme.chosen_scheme()
    box = page.workstation.theme
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    assert workstation.remembered("scheme") == "dark"
    assert theme.tokens() is theme.DARK
    theme.choose_scheme(before)


def test_compact_rows_hold_at_once_in_every_table(page, desk, qtbot):
    from gui.pages.channels import ChannelsPage

    desk.fill()
    channels = ChannelsPage(desk.workspace)
    qtbot.addWidget(channels)
    channels.open_registry(desk.registry)
    desk.settle()
    _at(page, "workstation", desk)
    box = page.workstation.density
    box.setCurrentIndex(box.findData("compact"))
    box.activated.emit(box.currentIndex())
    assert workstation.remembered("density") == "compact"
    assert {channels.table.rowHeight(0), page.platforms.table.rowHeight(0)} == {28}
    later = ChannelsPage(desk.workspace)
    qtbot.addWidget(later)
    assert later.table.verticalHeader().defaultSectionSize() == 28
    theme.choose_density("comfortable")
    assert {channels.table.rowHeight(0), page.platforms.table.rowHeight(0)} == {32}


def test_a_backup_is_restored_and_the_present_state_is_kept(page, desk):
    _at(page, "registry", desk)
    assert page.registry.place.text() == str(desk.registry.path)
    desk.registry.back_up_automatically("upgrade")
    with desk.registry.action(N_("Add unit")) as session:
        units.add_unit(session, "Pressestelle")
    desk.settle()
    _button(page, "restore-0").click()
    desk.dialog(RestoreDialog).primary.click()
    desk.settle()
    with desk.registry.reading() as session:
        assert units.find_unit(session, "Pressestelle") is None
    assert [entry.label for entry in desk.registry.log()][-1] == "Restore backup"
    assert desk.said[-1].startswith("The backup was restored. The state before it is kept:")
    assert {"before a backup was restored", "before an upgrade of the file"} == {
        label.text().split(",")[0]
        for label in page.registry.findChildren(QLabel)
        if "before a" in label.text() and label.isVisible()
    }


def test_what_is_no_backup_changes_nothing_and_the_registry_stays_open(page, desk, tmp_path):
    other = tmp_path / "note.kanal"
    other.write_text("no registry")
    before = desk.registry.log()
    dialog = RestoreDialog(desk.workspace, other, "", page)
    dialog.open()
    dialog.primary.click()
    desk.settle()
    assert len(desk.refused) == 1
    assert desk.registry.log() == before
    assert page.isEnabled()


def test_the_coat_of_arms_is_chosen_shown_removed_and_taken_back(page, desk, tmp_path):
    from PIL import Image

    _at(page, "city", desk)
    assert page.city.arms.text() == "none yet"
    Image.new("RGB", (300, 400), "#1f5fbf").save(tmp_path / "wappen.jpg")
    page.city.take_arms(tmp_path / "wappen.jpg")
    desk.settle()
    assert page.city.arms.pixmap().height() == 64
    page.city.removing.click()
    desk.settle()
    assert page.city.arms.text() == "none yet"
    desk.workspace.undo()
    desk.settle()
    assert page.city.arms.pixmap().height() == 64


def test_a_file_that_is_no_picture_gets_a_sentence_and_another_can_be_chosen(page, desk, tmp_path):
    _at(page, "city", desk)
    (tmp_path / "wappen.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    page.city.take_arms(tmp_path / "wappen.svg")
    desk.settle()
    assert desk.refused == ["wappen.svg is a drawing (SVG). Please save it as PNG and choose that."]
    assert page.city.choosing.isEnabled()


def test_the_citys_own_word_is_kept_and_a_restart_is_offered(page, desk):
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    _at(page, "terms", desk)
    editor = page.terms.editors["term.unit"]
    assert editor.placeholderText() == "Unit"
    editor.setFocus()
    desk.type(editor, "Fachdienst")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    desk.settle()
    assert (_setting(desk, "term.unit"), i18n.N_("Unit"), i18n._("Unit")) == ("Fachdienst", "Unit", "Fachdienst")
    assert commands == ["offer_new_words"]
    desk.workspace.undo()
    desk.settle()
    editor.clearFocus()
    assert (i18n._("Unit"), editor.text()) == ("Unit", "")
