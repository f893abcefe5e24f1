"""Whoever gives a reason that may name people is told at once that reports outside the team will not show it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from core.governance.finding_lists import of_rule
from gui.dialogs.close_channel import CloseChannelDialog
from gui.dialogs.waive import WaiveDialog

pytestmark = pytest.mark.usefixtures("in_english")


def waiving(desk, _ids):
    with desk.registry.reading() as session:
        found = of_rule(session, "no-owner")
    return WaiveDialog(desk.workspace, found[:1], desk.window)


def closing(desk, ids):
    return CloseChannelDialog(desk.workspace, ids["Zoo"], "Zoo", desk.window)


@pytest.mark.parametrize("make", [waiving, closing])
def test_a_reason_that_names_somebody_is_warned_of_while_it_is_written(desk, make):
    dialog = make(desk, desk.fill())
    dialog.open()
    desk.settle()
    assert not dialog.names.isVisible()
    dialog.reason.setPlainText("Erika ist bis Oktober krank")
    assert dialog.names.isVisible()
    assert "The reason may name people: “Erika”." in spoken(dialog)
    dialog.reason.setPlainText("Wird gerade neu vergeben.")
    assert not dialog.names.isVisible()
    dialog.reject()


def spoken(dialog):
    return " ".join(label.text() for label in dialog.names.findChildren(QLabel))


def test_what_was_written_before_the_names_were_known_is_looked_at_too(desk):
    dialog = closing(desk, desk.fill())
    dialog.reason.setPlainText("Frau Beispiel betreut das nicht mehr")
    dialog.open()
    desk.settle()
    assert dialog.names.isVisible()
    dialog.reject()
