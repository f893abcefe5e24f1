"""What the rules of the later stages find is mended from where it is shown, by one action and one undo."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from core.governance.finding_lists import of_rule
from core.governance.rules import RULES
from core.i18n import N_
from core.model import Access, AccessKind, Channel, PlatformRole, ResponsibilityRole
from core.settings import change_setting
from gui import mending
from gui.dialogs.approve import ApproveDialog
from gui.dialogs.assign_person import AssignPersonDialog
from gui.dialogs.enter_reason import EnterReasonDialog
from gui.dialogs.grant_access import GrantAccessDialog
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.pages.channels import ChannelsPage
from gui.workspace import FieldOf

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)


@pytest.fixture
def ids(desk):
    """Four channels, looked at in the last stage; a shared login and a lonely admin among their accesses."""
    made = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        change_setting(session, "rules.stage", 4)
        for title in ("Ämter", "Stadt"):
            session.add(Access(channel_id=made[title], holder="Agentur", kind=AccessKind.SHARED_LOGIN))
        session.add(
            Access(channel_id=made["Bücherei"], person_id=made["Erika Mustermann"], platform_role=PlatformRole.ADMIN)
        )
    desk.settle()
    return made


def found(desk, rule):
    with desk.registry.reading() as session:
        return of_rule(session, rule)


def channel(desk, channel_id):
    with desk.registry.reading() as session:
        return session.get_one(Channel, channel_id)


def mend(desk, key, findings):
    mending.mend(desk.workspace, key, findings, desk.window)
    desk.settle()


def decide(desk, dialog):
    dialog.decide()
    desk.settle()


def undo(desk):
    desk.workspace.undo()
    desk.settle()


def test_every_action_that_has_a_verb_can_be_begun():
    assert {key for rule in RULES for key in rule.mends} <= set(mending.VERBS)
    assert set(mending.VERBS) == set(mending._WAYS)
    assert set(mending.VERBS) >= mending.TOGETHER


def test_a_deputy_is_assigned_to_all_channels_without_one(desk, ids):
    before = found(desk, "no-deputy")
    mend(desk, "assign-deputy", before)
    dialog = desk.dialog(AssignPersonDialog)
    assert dialog.role.value() is ResponsibilityRole.DEPUTY
    desk.type(dialog.person, "Erika Mustermann")
    decide(desk, dialog)
    assert found(desk, "no-deputy") == []
    undo(desk)
    assert found(desk, "no-deputy") == before


def test_channels_are_approved_under_a_decision_at_once(desk, ids):
    before = found(desk, "not-approved")
    assert len(before) == 4
    mend(desk, "approve", before)
    dialog = desk.dialog(ApproveDialog)
    desk.type(dialog.under, "Verfügung 7/2026")
    decide(desk, dialog)
    assert found(desk, "not-approved") == []
    zoo = channel(desk, ids["Zoo"])
    assert (zoo.approved_on, zoo.approved_under) == (desk.today, "Verfügung 7/2026")
    undo(desk)
    assert found(desk, "not-approved") == before


def test_an_approval_of_tomorrow_is_refused_and_what_was_typed_stays(desk, ids):
    mend(desk, "approve", found(desk, "not-approved")[:1])
    dialog = desk.dialog(ApproveDialog)
    dialog.on.setText("31.12.2099")
    decide(desk, dialog)
    assert "31.12.2099" in dialog.messages.text
    assert dialog.on.text() == "31.12.2099"


def test_the_reason_of_shared_logins_is_asked_for_until_it_is_given(desk, ids):
    before = found(desk, "shared-login-without-reason")
    assert len(before) == 2
    mend(desk, "enter-reason", before)
    dialog = desk.dialog(EnterReasonDialog)
    decide(desk, dialog)
    assert dialog.messages.text
    desk.type(dialog.reason, "Die Plattform kennt keine Rollen.")
    decide(desk, dialog)
    assert found(desk, "shared-login-without-reason") == []
    undo(desk)
    assert found(desk, "shared-login-without-reason") == before


def test_a_shared_login_that_nobody_holds_by_name_is_withdrawn(desk, ids):
    mend(desk, "withdraw-access", found(desk, "shared-login-without-reason"))
    decide(desk, desk.dialog(WithdrawAccessDialog))
    assert found(desk, "shared-login-without-reason") == []


def test_a_second_admin_is_entered_from_the_finding(desk, ids):
    before = [one for one in found(desk, "too-few-admins") if one.subject_id == ids["Bücherei"]]
    assert len(before) == 1
    mend(desk, "grant-access", before)
    dialog = desk.dialog(GrantAccessDialog)
    decide(desk, dialog)
    assert dialog.messages.text
    desk.type(dialog.person, "Pressestelle")
    decide(desk, dialog)
    assert ids["Bücherei"] not in {one.subject_id for one in found(desk, "too-few-admins")}
    undo(desk)
    assert before[0] in found(desk, "too-few-admins")


def test_a_shared_login_is_asked_why_and_not_in_which_role(desk, ids):
    mend(desk, "grant-access", found(desk, "too-few-admins")[:1])
    dialog = desk.dialog(GrantAccessDialog)
    dialog.kind.show_value(AccessKind.SHARED_LOGIN)
    dialog.kind.edited.emit()
    assert dialog.reason.isVisible()
    assert not dialog.role.isVisible()
    desk.type(dialog.holder, "Agentur Muster")
    decide(desk, dialog)
    assert "ORP.4" in dialog.messages.text


def test_several_channels_are_confirmed_as_one_action(desk, ids):
    with desk.registry.action(N_("Age")) as session:
        for title in ("Ämter", "Zoo"):
            session.get_one(Channel, ids[title]).registered_on = desk.today.replace(year=desk.today.year - 1)
    desk.settle()
    before = found(desk, "never-confirmed")
    assert len(before) == 2
    mend(desk, "confirm", before)
    assert found(desk, "never-confirmed") == []
    undo(desk)
    assert found(desk, "never-confirmed") == before


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({}, "imprint_url"),
        ({"imprint_url": "https://stadt.example/impressum", "imprint_clicks": 5}, "imprint_clicks"),
    ],
)
def test_editing_goes_to_the_field_that_the_evidence_speaks_of(desk, ids, facts, field):
    with desk.registry.action(N_("Change")) as session:
        for key, value in facts.items():
            setattr(session.get_one(Channel, ids["Zoo"]), key, value)
    desk.settle()
    finding = next(one for one in found(desk, "imprint") if one.subject_id == ids["Zoo"])
    mend(desk, "edit", [finding])
    assert desk.went == [("channels", FieldOf(ids["Zoo"], field))]


def test_the_channels_page_puts_the_cursor_into_the_field(desk, ids, qtbot):
    page = ChannelsPage(desk.workspace)
    qtbot.addWidget(page)
    page.resize(1080, 720)
    page.show()
    page.activateWindow()
    page.open_registry(desk.registry)
    page.detail.tabs.setCurrentIndex(1)
    page.show_field(ids["Zoo"], "article_30_reference")
    desk.settle()
    editor = page.detail.facts.editor("article_30_reference")
    assert isinstance(editor, QWidget)
    assert page.table.chosen_id() == ids["Zoo"]
    assert QApplication.focusWidget() is editor
    assert not editor.visibleRegion().isEmpty()
    page.detail.tabs.setCurrentIndex(1)
    page.show_field(ids["Zoo"], "")
    assert page.detail.tabs.currentWidget() is page.detail.facts
