"""Adding a login: channels found by what is shown, the recovery address, and what is kept when one leaves."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from sqlalchemy import select

from core.inventory.credentials import channels_of
from core.model import Credential, CredentialKind
from gui.dialogs.add_credential import AddCredentialDialog
from gui.widgets.elided import ElidedLabel

pytestmark = [pytest.mark.usefixtures("in_english"), pytest.mark.qt_log_ignore("does not support", extend=True)]


@pytest.fixture
def ids(desk, in_english):
    return desk.fill()


@pytest.fixture
def opened(desk, ids):
    """Open the dialog, as often as is wanted."""

    def make(channels=()):
        AddCredentialDialog(desk.workspace, channels, desk.window).open()
        return desk.dialog(AddCredentialDialog)

    return make


def test_a_channel_is_found_by_the_text_that_is_shown(desk, ids, opened):
    dialog = opened()
    desk.type(dialog.channels.box, "Stadt (X)")
    assert dialog.channels.value() == (ids["Stadt"],)


def test_a_channel_with_a_long_name_leaves_the_window_as_wide_as_it_is(desk, opened):
    name = "Stadt Musterhausen, Presse und Informationsamt (Mastodon, musterhausen@mastodon.social)" * 2
    dialog = opened([(uuid4(), name)])
    [line] = [one for one in dialog.findChildren(ElidedLabel) if one.isVisible()]
    assert dialog.scrolling.horizontalScrollBar().maximum() == 0
    assert dialog.width() < 900
    assert "…" in line.text()
    assert (line.toolTip(), line.accessibleName()) == (name, name)
    assert line.text().endswith("mastodon.social)")


def test_the_recovery_address_is_entered_at_once(desk, ids, opened):
    dialog = opened([(ids["Stadt"], "Stadt (X)")])
    assert dialog.label.text() == "Login of Stadt (X)"
    dialog.recovery_mail.setText("presse@musterstadt.example")
    dialog.of_office.show_value(True)
    dialog.primary.click()
    desk.settle()
    with desk.registry.reading() as session:
        login = session.scalars(select(Credential)).one()
        assert (login.recovery_mail, login.recovery_of_office) == ("presse@musterstadt.example", True)
        assert [one.id for one in channels_of(session, login.id)] == [ids["Stadt"]]


def test_an_address_that_is_none_is_refused_with_a_sentence(desk, opened):
    dialog = opened()
    dialog.label.setText("Facebook")
    dialog.recovery_mail.setText("presse")
    dialog.primary.click()
    assert dialog.messages.text
    assert dialog.isVisible()


def test_a_thing_has_no_recovery_address(desk, opened):
    dialog = opened()
    dialog.kind.show_value(CredentialKind.SIM)
    dialog.kind.edited.emit()
    assert not dialog.recovery_mail.isVisible()


def test_escape_keeps_what_was_entered_for_the_next_time(desk, ids, opened):
    dialog = opened()
    dialog.label.setText("Facebook")
    dialog.login_name.setText("presse")
    dialog.recovery_mail.setText("presse@musterstadt.example")
    dialog.channels.show_channels([(ids["Stadt"], "Stadt (X)")])
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert desk.said[-1] == "What you entered is kept, and is there again when you add a login."
    again = opened()
    assert (again.label.text(), again.login_name.text()) == ("Facebook", "presse")
    assert again.recovery_mail.text() == "presse@musterstadt.example"
    assert again.channels.value() == (ids["Stadt"],)
    assert again.messages.text == "What you entered before is here again."
    again.messages._act.click()
    assert (again.label.text(), again.channels.value()) == ("", ())
    again.reject()
    assert opened().label.text() == ""


def test_what_was_added_is_not_offered_again(desk, opened):
    dialog = opened()
    dialog.label.setText("Facebook")
    dialog.reject()
    opened().primary.click()
    desk.settle()
    assert opened().label.text() == ""


def test_a_form_that_nobody_filled_is_just_closed(desk, ids, opened):
    opened([(ids["Stadt"], "Stadt (X)")]).reject()
    assert desk.said == []
