"""Whoever writes a file is told of what a form of the window holds and nobody saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.exchange.full.wanted import whole
from core.exchange.report.readers import Reader
from core.i18n import N_
from core.inventory.editing import open_record
from core.inventory.lists import CHANNELS
from gui.dialogs.council_answers import CouncilAnswersDialog
from gui.dialogs.export_list import ExportDialog
from gui.dialogs.report import ReportDialog
from gui.pages import channel_detail
from gui.record_form import RecordForm

pytestmark = pytest.mark.usefixtures("in_english")
DIALOGS: dict[str, Callable[..., Any]] = {
    "report": ReportDialog,
    "answers": CouncilAnswersDialog,
    "list": lambda workspace, window: ExportDialog(workspace, whole("channels", Reader.INTERNAL), window),
}


@pytest.fixture
def ids(desk):
    return desk.fill()


@pytest.fixture
def form(desk, ids, qtbot):
    window = QWidget()
    made = RecordForm(desk.workspace, CHANNELS, N_("Change channel"), channel_detail.SECTIONS)
    QVBoxLayout(window).addWidget(made)
    qtbot.addWidget(window)
    show(desk, made, ids["Stadt"])
    yield made
    window.close()


def show(desk, form, record_id):
    with desk.registry.reading() as session:
        form.load(open_record(session, CHANNELS, record_id, desk.today))
    desk.settle()


def said(desk, form, kind):
    """Open a dialog over the form's window, and return what it says."""
    dialog = DIALOGS[kind](desk.workspace, form.window())
    dialog.open()
    desk.settle()
    text = dialog.messages.text
    dialog.reject()
    return text


@pytest.mark.parametrize("kind", DIALOGS)
def test_what_is_typed_and_not_saved_is_told_of_before_a_file_is_written(desk, ids, form, kind):
    assert said(desk, form, kind) == ""
    form.editor("title").setText("Neu")
    form.editor("title").edited.emit()
    assert "not saved it" in said(desk, form, kind)
    show(desk, form, ids["Zoo"])
    assert "not saved it" in said(desk, form, kind)  # It waits for its own record.
    show(desk, form, ids["Stadt"])
    form.save()
    desk.settle()
    assert said(desk, form, kind) == ""
