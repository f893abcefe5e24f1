"""The shared folder is looked into now and then, while the page of the handovers is in sight and a folder is set."""

from __future__ import annotations

import pytest

from core.custody.handover.mailbox import FolderMailbox, statement_name
from core.model import Way
from gui.handover_folder import choose_folder
from gui.pages.handover_arrivals import NOW_AND_THEN
from gui.pages.handovers import HandoversPage
from tests.gui.handover_office import Office

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def page(desk, qtbot, in_english):
    made = HandoversPage(desk.workspace)
    qtbot.addWidget(made)
    made.show()
    made.open_registry(desk.registry)
    desk.settle()
    return made


def a_minute_goes_by(desk, page):
    page.arrivals.patrol.timeout.emit()
    desk.settle()


def test_a_file_that_comes_later_is_shown_by_itself(desk, page, keyring_daemon, monkeypatch, tmp_path):
    office = Office(desk, monkeypatch)
    choose_folder(tmp_path)
    page.looking.trigger()
    desk.settle()
    assert page.arrivals.patrol.isActive()
    request = office.elsewhere(office.gives(Way.SEALED))
    FolderMailbox(tmp_path).put(statement_name(request), request.file_text.encode())
    assert page.arrivals.letters == ()
    a_minute_goes_by(desk, page)
    assert len(page.arrivals.letters) == 1


def test_nothing_is_read_while_the_folder_stays_as_it_is(desk, page, tmp_path, monkeypatch):
    choose_folder(tmp_path)
    page.looking.trigger()
    desk.settle()
    looks = []
    monkeypatch.setattr(page.arrivals, "look", lambda **_how: looks.append(1))
    a_minute_goes_by(desk, page)
    assert looks == []
    (tmp_path / "new").touch()
    a_minute_goes_by(desk, page)
    assert looks == [1]


def test_without_a_folder_or_out_of_sight_no_timer_runs(desk, page, tmp_path):
    assert NOW_AND_THEN >= 60_000
    assert not page.arrivals.patrol.isActive()
    choose_folder(tmp_path)
    page.looking.trigger()
    desk.settle()
    page.hide()
    a_minute_goes_by(desk, page)
    assert not page.arrivals.patrol.isActive()
    page.show()
    desk.settle()
    assert page.arrivals.patrol.isActive()
    choose_folder(None)
    a_minute_goes_by(desk, page)
    assert not page.arrivals.patrol.isActive()


def test_a_drive_that_comes_back_is_noticed(desk, page, tmp_path):
    folder = tmp_path / "drive"
    folder.mkdir()
    choose_folder(folder)
    folder.rmdir()
    page.looking.trigger()
    desk.settle()
    assert page.arrivals.isVisible()
    folder.mkdir()
    a_minute_goes_by(desk, page)
    assert not page.arrivals.isVisible()
