"""Data of people in the window: periods, documents, extract, restriction, the full log of uses, clouds."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QSpinBox

from core.handbook import read_handbook
from core.inventory.action_sheet import action_sheet
from core.inventory.narrowing import Where
from core.model import Person
from core.protection.rights.holds import hold
from core.protection.rights.restriction import restrict
from core.protection.rights.uses_log import SWITCH_ON, switch_on
from core.storage.log_view import LogFilter, action_numbers
from gui.commands import _back_up
from gui.dialogs.extract_person import ExtractPersonDialog
from gui.dialogs.restrict_data import RestrictDataDialog
from gui.dialogs.switch_uses_log import SwitchUsesLogDialog
from gui.dialogs.uses_shown import UsesDialog
from gui.dialogs.write_documents import WriteDocumentsDialog
from gui.pages.people import PeoplePage
from gui.pages.settings import SettingsPage
from gui.standing_notices import StandingNotices

AGREEMENT = "DV 7/2026"


@pytest.fixture
def settings(desk, qtbot, in_english):
    made = SettingsPage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1080, 720)
    made.show()
    desk.workspace.changed.connect(made.refresh)
    made.open_registry(desk.registry)
    made.show_where(Where("", {"section": "people"}))
    desk.settle()
    return made


@pytest.fixture
def people(desk, qtbot, in_english):
    desk.fill()
    made = PeoplePage(desk.workspace)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    desk.workspace.changed.connect(made.refresh)
    made.open_registry(desk.registry)
    with desk.registry.reading() as session:
        erika = next(one.id for one in session.query(Person) if one.given_name == "Erika")
    made.show_record(erika)
    desk.settle()
    return made


def _on(desk):
    with desk.registry.action(SWITCH_ON) as session:
        switch_on(session, AGREEMENT, desk.today + timedelta(days=3), desk.today)
    desk.settle()


def test_the_handbook_opens_where_it_tells_of_the_section_that_is_shown(settings):
    assert settings.help_topic == "privacy"
    written = {one.key: one.anchors for one in read_handbook()}
    for key in settings._sections:
        settings.show_where(Where("", {"section": key}))
        page, _hash, place = settings.help_topic.partition("#")
        assert page in written, key
        assert not place or place in written[page], key


def test_a_period_is_changed_and_reset(settings, desk):
    field = settings.people.findChild(QSpinBox, "retention-leavers.months")
    field.setValue(24)
    field.editingFinished.emit()
    desk.settle()
    assert desk.registry.settings()["retention-leavers.months"] == 24
    settings.people.findChild(QPushButton, "reset-retention-leavers.months").click()
    desk.settle()
    assert desk.registry.settings()["retention-leavers.months"] == 36


def test_the_full_log_is_switched_on_with_its_agreement_and_off_again(settings, desk):
    assert settings.people.uses.text().startswith("It is off.")
    settings.people.switching_on.click()
    dialog = desk.dialog(SwitchUsesLogDialog)
    dialog.decide()
    desk.settle()
    assert "works agreement" in dialog.messages.text
    dialog.reference.setText(AGREEMENT)
    dialog.decide()
    desk.settle()
    assert AGREEMENT in settings.people.uses.text()
    settings.people.showing.click()
    shown = desk.dialog(UsesDialog)
    desk.settle()
    QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert shown.model.rowCount() == 0
    shown.decide()
    settings.people.switching_off.click()
    desk.settle()
    assert settings.people.uses.text().startswith("It is off.")


def test_everybody_is_told_while_the_full_log_is_on(desk, qtbot, in_english):
    notices = StandingNotices(desk.workspace)
    qtbot.addWidget(notices)
    notices.show()
    _on(desk)
    assert AGREEMENT in notices.uses.text
    desk.workspace.undo()
    desk.settle()
    assert notices.uses.text == ""


def test_the_documents_are_written_into_a_folder(settings, desk, tmp_path: Path):
    settings.people.writing.click()
    dialog = desk.dialog(WriteDocumentsDialog)
    dialog.target.setText(str(tmp_path / "papers"))
    dialog.decide()
    desk.settle()
    assert dialog.primary.text() == "Open folder"
    assert len(list((tmp_path / "papers").rglob("*.pdf"))) == 10


def test_an_extract_is_written_for_the_chosen_person(people, desk, tmp_path: Path):
    people.detail.rights.extracting.trigger()
    dialog = desk.dialog(ExtractPersonDialog)
    dialog.format.setCurrentIndex(dialog.format.findData(".json"))
    assert dialog.target.text().endswith(".json")
    dialog.target.setText(str(tmp_path / "extract.json"))
    dialog.decide()
    desk.settle()
    assert dialog.primary.text() == "Open"
    assert json.loads((tmp_path / "extract.json").read_text(encoding="utf-8"))["person"]["name"] == "Erika Mustermann"


def test_who_is_responsible_is_entered_and_the_extract_says_what_is_missing(settings, desk, people):
    people.detail.rights.extracting.trigger()
    dialog = desk.dialog(ExtractPersonDialog)
    desk.settle()
    told = dialog.missing._word.text()
    assert not dialog.missing.isHidden()
    assert (
        "“Controller: name and address”, “Data protection officer: how to reach them”, “Supervisory authority”" in told
    )
    assert "Personal data" in told
    dialog.reject()
    for key, field in settings.people.contacts.fields.items():
        field.setText(f" {key} in  Musterstadt ")
        field.editingFinished.emit()
        desk.settle()
        assert desk.registry.settings()[key] == f"{key} in Musterstadt"
    people.detail.rights.extracting.trigger()
    dialog = desk.dialog(ExtractPersonDialog)
    desk.settle()
    assert dialog.missing.isHidden()


def test_the_reason_of_an_extract_is_logged_and_stands_on_no_command_line(people, desk, tmp_path: Path, monkeypatch):
    started: list[list[str]] = []

    class Seen(subprocess.Popen[str]):
        def __init__(self, words: list[str], **options: Any) -> None:
            started.append(words)
            super().__init__(words, **options)

    monkeypatch.setattr("gui.running_apart.subprocess.Popen", Seen)
    people.detail.rights.extracting.trigger()
    dialog = desk.dialog(ExtractPersonDialog)
    dialog.reason.setText("--asked on 3 November")
    dialog.target.setText(str(tmp_path / "extract.pdf"))
    dialog.decide()
    desk.settle()
    assert (tmp_path / "extract.pdf").exists()
    with desk.registry.reading() as session:
        sheet = action_sheet(session, action_numbers(session, LogFilter())[0])
        assert sheet is not None
        assert (sheet.action.label, sheet.reason) == ("Write extract about a person", "--asked on 3 November")
    (words,) = started
    assert words[-1] == "--reason=-"
    assert "asked" not in " ".join(words)


def test_a_folder_that_a_cloud_reads_along_is_warned_of_before_anything_is_written(people, desk, qtbot, tmp_path: Path):
    people.detail.rights.extracting.trigger()
    dialog = desk.dialog(ExtractPersonDialog)
    dialog.target.setText(str(tmp_path / "Nextcloud" / "extract.pdf"))
    qtbot.waitUntil(lambda: not dialog.cloud.isHidden())
    assert "Nextcloud" in dialog.cloud._word.text()
    dialog.target.setText(str(tmp_path / "extract.pdf"))
    qtbot.waitUntil(dialog.cloud.isHidden)


def test_what_cannot_be_written_is_told_in_the_dialog(people, desk, tmp_path: Path):
    people.detail.rights.extracting.trigger()
    dialog = desk.dialog(ExtractPersonDialog)
    dialog.target.setText(str(tmp_path / "extract.docx"))
    dialog.decide()
    desk.settle()
    assert "extract.docx" in dialog.messages.text
    assert dialog.primary.isEnabled()


def _states(people):
    """Return what the list says of everybody's data, by first name."""
    model = people.table.records
    keys = [one.key for one in model.fields]
    cells = {key: keys.index(key) for key in ("given_name", "state")}
    return {
        model.index(row, cells["given_name"]).data(): model.index(row, cells["state"]).data()
        for row in range(model.rowCount())
    }


def test_a_person_is_restricted_with_a_reason_and_released(people, desk):
    rights = people.detail.rights
    assert rights.banner.isHidden()
    rights.restricting.trigger()
    dialog = desk.dialog(RestrictDataDialog)
    assert dialog.since.value() == desk.today
    dialog.decide()
    desk.settle()
    assert "enter the reason" in dialog.messages.text
    assert rights.banner.isHidden(), "nothing happens without a reason"
    dialog.reason.setText("disputes the function")
    dialog.since.show_value(desk.today + timedelta(days=1))
    dialog.decide()
    assert "has not come yet" in dialog.messages.text
    dialog.since.show_value(desk.today - timedelta(days=2))
    dialog.decide()
    desk.settle()
    assert not rights.banner.isHidden()
    assert not rights.restricting.isVisible()
    with desk.registry.reading() as session:
        numbers = action_numbers(session, LogFilter())
        sheet = action_sheet(session, numbers[0])
        assert sheet is not None
        assert sheet.reason == "disputes the function"
        assert session.query(Person).filter_by(given_name="Erika").one().restricted_on == desk.today - timedelta(days=2)
    rights.lifting.trigger()
    desk.settle()
    assert rights.banner.isHidden()


def test_the_list_of_people_says_who_is_restricted_or_kept(people, desk):
    with desk.registry.reading() as session:
        erika, max_ = (session.query(Person).filter_by(given_name=name).one() for name in ("Erika", "Max"))
    assert set(_states(people).values()) == {"active", "left"}
    with desk.registry.action("Prepare") as session:
        restrict(session.get_one(Person, erika.id), desk.today)
        for one in (erika, max_):
            hold(session, one.id, until=desk.today + timedelta(days=9), reason="AZ 1", today=desk.today)
    desk.settle()
    told = _states(people)
    assert (told["Erika"], told["Max"]) == ("active, restricted and kept", "left, kept for a case")


def test_a_backup_in_such_a_folder_is_warned_of(desk, tmp_path: Path, in_english):
    (tmp_path / "Dropbox").mkdir()
    written, warning = _back_up(desk.registry, tmp_path / "Dropbox" / "backup.kanal")
    assert "backup.kanal" in written
    assert "Dropbox synchronises" in warning


def test_a_registry_in_such_a_folder_is_warned_of_when_it_is_opened(desk, qtbot, tmp_path: Path, in_english):
    notices = StandingNotices(desk.workspace)
    qtbot.addWidget(notices)
    notices.show()
    (tmp_path / "Nextcloud").mkdir()
    desk.workspace.create(tmp_path / "Nextcloud" / "registry.kanal")
    desk.settle()
    assert "Nextcloud synchronises" in notices.cloud.text
