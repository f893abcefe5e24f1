"""Accepting a proposal: somebody new to key cards is told what to do before the request."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from core.custody.handover.possible import Doing
from core.model import Way
from gui.dialogs.handover_accept import AcceptHandoverDialog
from gui.dialogs.verify_card import VerifyCardDialog
from tests.gui.handover_office import Office
from tests.gui.key_card_people import verify

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def office(desk, in_english, keyring_daemon, monkeypatch):
    return Office(desk, monkeypatch)


def press_to_compare(desk, dialog):
    dialog.messages.findChild(QPushButton, "message-act").click()
    desk.settle()
    return desk.dialog(VerifyCardDialog)


def test_who_accepts_a_sealed_login_is_told_to_compare_words_first(office, desk):
    talk = office.takes(Way.SEALED)
    talk.propose()
    dialog = office.take(talk.id, Doing.ACCEPT, AcceptHandoverDialog)
    assert dialog.messages.text.startswith("Before you go on, call Max Mustermann and compare six words")
    press_to_compare(desk, dialog).reject()
    desk.settle()
    assert dialog.messages.text, "the words are not compared yet"
    comparing = press_to_compare(desk, dialog)
    verify(office.custodian, office.max.card)
    comparing.accept()
    desk.settle()
    assert dialog.messages.text == ""
    dialog.reject()
    assert office.take(talk.id, Doing.ACCEPT, AcceptHandoverDialog).messages.text == ""
