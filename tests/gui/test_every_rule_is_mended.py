"""Each rule's finding is mended from where it is shown, and afterwards it is gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton

from core.governance.finding_lists import of_rule
from core.governance.rules import RULES, accounts, assets
from core.i18n import N_
from core.inventory.confirmations import confirm
from core.inventory.platforms import platforms
from core.inventory.responsibilities import assign
from core.model import Access, AccessKind, Channel, EscrowKey, Person, PlatformRole, ResponsibilityRole
from core.settings import change_setting
from gui import mending
from gui.dialogs.approve import ApproveDialog
from gui.dialogs.assign_person import AssignPersonDialog
from gui.dialogs.change_address import ChangeAddressDialog
from gui.dialogs.close_channel import CloseChannelDialog
from gui.dialogs.enter_reason import EnterReasonDialog
from gui.dialogs.erase_due import EraseDueDialog
from gui.dialogs.grant_access import GrantAccessDialog
from gui.dialogs.last_post import LastPostDialog
from gui.dialogs.set_successor import SetSuccessorDialog
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.findings_shown import shown_finding
from gui.workspace import FieldOf

pytestmark = pytest.mark.qt_log_ignore("does not support", extend=True)

SUBJECT = "Ämter"
ENDING = "facebook"
ANY_FIELD = "notes"  # Where no field is the one that is wrong.
FACTS: dict[str, Any] = {
    "imprint_url": "https://stadt.example/impressum",
    "imprint_clicks": 1,
    "imprint_checked_on": None,  # Today, which is known only when the test runs.
    "usage_concept_version": "1.0",
    "usage_concept_due_on": None,
    "privacy_notice_url": "https://stadt.example/datenschutz",
    "netiquette_url": "https://stadt.example/netiquette",
    "equivalent_offer": "Bürgertelefon",
    "linked_from_site": True,
    "outside_hours_rule": "Montag",
    "response_target_hours": 24,
    "posting_rhythm_days": 400,
    "notes": "Durchgesehen",
}
"""What a person enters into the fields to which the ways lead."""


def _days_ago(days: int) -> date:
    return date.today() - timedelta(days=days)  # noqa: DTZ011 - the reader's own calendar day is meant


def _silent(days: int) -> Callable[[Any, dict[str, Any]], None]:
    def prepare(session: Any, ids: dict[str, Any]) -> None:
        session.get_one(Channel, ids[SUBJECT]).last_post_on = _days_ago(days).isoformat()

    return prepare


def _facts(**facts: Any) -> Callable[[Any, dict[str, Any]], None]:
    def prepare(session: Any, ids: dict[str, Any]) -> None:
        for key, value in facts.items():
            setattr(session.get_one(Channel, ids[SUBJECT]), key, value)

    return prepare


def _confirmed(days: int) -> Callable[[Any, dict[str, Any]], None]:
    def prepare(session: Any, ids: dict[str, Any]) -> None:
        confirm(session, ids[SUBJECT], person_id=None, on=_days_ago(days))

    return prepare


def _owner(session: Any, ids: dict[str, Any], **dates: date) -> None:
    person = session.get_one(Person, ids["Max Mustermann"])
    person.left_on = None
    for key, day in dates.items():
        setattr(person, key, day)
    assign(session, ids[SUBJECT], person.id, ResponsibilityRole.OWNER, since=None)


def _access(kind: AccessKind, person: str = "") -> Callable[[Any, dict[str, Any]], None]:
    def prepare(session: Any, ids: dict[str, Any]) -> None:
        role = PlatformRole.ADMIN if kind is AccessKind.PLATFORM_ROLE else None
        holder = {"person_id": ids[person]} if person else {"holder": "Agentur"}
        session.add(Access(channel_id=ids[SUBJECT], kind=kind, platform_role=role, **holder))

    return prepare


def _same_as_stadt(session: Any, ids: dict[str, Any]) -> None:
    other, mine = session.get_one(Channel, ids["Stadt"]), session.get_one(Channel, ids[SUBJECT])
    for key in ("platform", "url", "url_as_entered", "handle", "account_key"):
        setattr(mine, key, getattr(other, key))


def _like_stadt(session: Any, ids: dict[str, Any]) -> None:
    # The later one of the two is raised; the ids decide between channels of one day.
    session.get_one(Channel, ids["Stadt"]).registered_on = _days_ago(400)
    mine = session.get_one(Channel, ids[SUBJECT])
    mine.platform, mine.url, mine.handle, mine.account_key = "x", "https://x.com/stadtt", "stadtt", "x:stadtt"
    session.get_one(Channel, ids["Stadt"]).handle = "stadttt"


def _old_escrow(session: Any) -> None:
    session.add(EscrowKey(recipient="age1", since=_days_ago(200)))
    change_setting(session, "drill.on", True)


def _nothing(_session: Any, _ids: dict[str, Any]) -> None:
    """The four channels are enough."""


SITUATIONS: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "no-owner": _nothing,
    "no-deputy": _nothing,
    "owner-left": lambda session, ids: _owner(session, ids, left_on=_days_ago(20)),
    "owner-leaving": lambda session, ids: _owner(session, ids, leaving_on=_days_ago(-5)),
    "open-access-of-leaver": _access(AccessKind.PLATFORM_ROLE, "Max Mustermann"),
    "shared-login-without-reason": _access(AccessKind.SHARED_LOGIN),
    "too-few-admins": _access(AccessKind.PLATFORM_ROLE, "Erika Mustermann"),
    "duplicate": _same_as_stadt,
    "look-alike": _like_stadt,
    "foreign-host": _facts(host_belongs=False),
    "platform-gone": _facts(platform="google-plus"),
    "platform-ending": _nothing,
    "quiet": _silent(40),
    "stale": _silent(100),
    "dormant": _silent(200),
    "last-post-unknown": _facts(registered_on=_days_ago(60)),
    "never-confirmed": _facts(registered_on=_days_ago(60)),
    "confirmation-due": _confirmed(200),
    "confirmation-overdue": _confirmed(400),
    "not-approved": _nothing,
    "imprint": _facts(imprint_url="https://stadt.example/impressum", imprint_clicks=5),
    "usage-concept": _nothing,
    "privacy-notice": _nothing,
    "netiquette": _nothing,
    "equivalent-offer": _nothing,
    "not-linked": _facts(linked_from_site=False),
    "outside-hours": _nothing,
    "response-target": _nothing,
    "propose-closing": _facts(registered_on=_days_ago(600)),
    "record-untouched": _nothing,
    "report-overdue": _facts(registered_on=_days_ago(600)),
    "drill-due": lambda session, _ids: _old_escrow(session),
    "retention-due": lambda session, ids: _owner(session, ids, left_on=_days_ago(2_000)),
}
"""How each rule comes to raise the subject, or the registry as a whole."""

NOT_MENDED_BY = {
    "open-other": "It only shows the other entry, so that one can tell which of the two is to go.",
    "make-report": "Making a report is a journey of its own; the dialog that opens is tested beside it.",
    "show-escrow": "It leads to the settings, where a drill is run with a keyring; that is tested there.",
}
"""Actions that do not take their finding away at once, and why."""

INVENTORY = [one for one in RULES if one.subject_type in {"channel", "registry"} and one not in assets.RULES]
"""The rules about channels and reports; those about logins and pictures need a keyring or a library."""

PAIRS = [(rule.key, key) for rule in INVENTORY for key in rule.mends if key not in NOT_MENDED_BY]


@pytest.fixture
def ending(monkeypatch, request):
    """Let a platform end soon while the rule about that is looked at; none of the catalogue does."""
    if request.node.callspec.params["rule"] == "platform-ending":
        changed = {**platforms(), ENDING: replace(platforms()[ENDING], life="ending", ends_on=_days_ago(-10))}
        monkeypatch.setattr(accounts, "platforms", lambda: changed)


@pytest.fixture
def raised(desk, rule, ending):
    """What a rule finds in its situation."""
    ids = desk.fill()
    with desk.registry.action(N_("Prepare")) as session:
        SITUATIONS[rule](session, ids)
    if rule == "record-untouched":
        _age(desk)
    with desk.registry.action(N_("Stage")) as session:
        change_setting(session, "rules.stage", 4)
    desk.settle()
    return [one for one in found(desk, rule) if one.subject_id in {ids[SUBJECT], None}]


def _age(desk) -> None:
    """Let the entries be old, which no action can do."""
    with sqlite3.connect(desk.registry.path) as connection:
        connection.execute("UPDATE channel SET updated_at = '2020-01-01 00:00:00.000000'")
    connection.close()


def found(desk, rule):
    with desk.registry.reading() as session:
        return of_rule(session, rule)


def fill_in(desk, key):
    """Do what the person does whom the action asks something."""
    match key:
        case "assign-owner" | "assign-deputy":
            dialog = desk.dialog(AssignPersonDialog)
            desk.type(dialog.person, "Erika Mustermann")
        case "set-successor":
            dialog = desk.dialog(SetSuccessorDialog)
            desk.type(dialog.successor, "Erika Mustermann")
        case "withdraw-access":
            dialog = desk.dialog(WithdrawAccessDialog)
        case "grant-access":
            dialog = desk.dialog(GrantAccessDialog)
            desk.type(dialog.person, "Pressestelle")
        case "enter-reason":
            dialog = desk.dialog(EnterReasonDialog)
            desk.type(dialog.reason, "Die Plattform kennt keine Rollen.")
        case "change-address":
            dialog = desk.dialog(ChangeAddressDialog)
            desk.type(dialog.address, "instagram.com/rathaus.musterstadt")
        case "close-channel":
            dialog = desk.dialog(CloseChannelDialog)
            desk.type(dialog.reason, "Zu wenige Besuche")
        case "enter-last-post":
            dialog = desk.dialog(LastPostDialog)
            dialog.day.show_value(desk.today.isoformat())
        case "approve" | "erase-due":
            dialog = desk.dialog(ApproveDialog if key == "approve" else EraseDueDialog)
        case _:
            return
    dialog.decide()
    desk.settle()


def enter_facts(desk, rule):
    """Write into the fields to which the way leads, one after the other, until nothing is found."""
    for _round in range(4):
        field_of = desk.went[-1][1]
        assert isinstance(field_of, FieldOf)
        field = field_of.field or ANY_FIELD
        with desk.registry.action(N_("Change channel")) as session:
            value = FACTS[field]
            setattr(session.get_one(Channel, field_of.record), field, desk.today if value is None else value)
        desk.settle()
        left = [one for one in found(desk, rule) if one.subject_id == field_of.record]
        if not left:
            return
        mending.mend(desk.workspace, "edit", left, desk.window)
        desk.settle()


def test_every_rule_has_its_situation_and_a_way_to_mend_it():
    assert set(SITUATIONS) == {rule.key for rule in INVENTORY}
    assert all(rule.mends for rule in RULES)
    assert {key for rule in INVENTORY for key in rule.mends} <= set(mending.VERBS)
    assert {rule.key for rule in INVENTORY if set(rule.mends) <= set(NOT_MENDED_BY)} == {"report-overdue", "drill-due"}


@pytest.mark.parametrize(("rule", "key"), PAIRS)
def test_each_way_to_mend_a_finding_takes_it_away(desk, raised, rule, key):
    assert len(raised) == 1, "the situation raises the finding"
    mending.mend(desk.workspace, key, raised, desk.window)
    desk.settle()
    fill_in(desk, key)
    if key == "edit":
        enter_facts(desk, rule)
    assert raised[0].subject_id not in {one.subject_id for one in found(desk, rule)}
    assert not desk.refused


@pytest.mark.parametrize("rule", [rule.key for rule in INVENTORY])
def test_where_a_finding_is_shown_it_can_be_mended_in_every_way_or_waived(desk, raised, rule):
    shown = shown_finding(desk.workspace, raised[0], desk.window)
    assert [one.name for one in shown.mends] == [*mending.mends_of(rule), "waive"]


@pytest.mark.parametrize("rule", ["duplicate", "look-alike"])
def test_the_other_entry_is_shown(desk, raised, rule):
    mending.mend(desk.workspace, "open-other", raised, desk.window)
    desk.settle()
    page, other = desk.went[-1]
    assert page == "channels"
    assert str(other) == raised[0].evidence["others"][0]["id"]


@pytest.mark.parametrize("rule", ["report-overdue"])
def test_a_missing_report_leads_to_its_dialog(desk, raised, rule):
    commands: list[str] = []
    desk.workspace.commanded.connect(commands.append)
    mending.mend(desk.workspace, "make-report", raised, desk.window)
    assert commands == ["make_report"]
    assert desk.window.findChild(QPushButton) is None
