"""What the buttons that mend findings do: each rule names its actions, here is what they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.governance.findings import FindingValue
from core.governance.rules import rule_named
from core.i18n import N_, _
from core.inventory.channels import mark_dormant
from core.inventory.editing import still_there
from core.model import Channel
from gui.workspace import Workspace

VERBS = {
    "assign-owner": N_("Assign owner..."),
    "close-channel": N_("Close..."),
    "open-other": N_("Show the other"),
    "change-address": N_("Correct address..."),
    "set-successor": N_("Enter successor..."),
    "make-report": N_("Make report..."),
    "enter-last-post": N_("Enter last post..."),
    "mark-dormant": N_("Mark as dormant"),
    "withdraw-access": N_("Withdraw access..."),
}
"""The verbs by action key; an action that is not here is not offered."""

TOGETHER = frozenset({"assign-owner", "mark-dormant", "withdraw-access"})
"""What can be done for several findings at once."""


def mends_of(rule: str) -> list[str]:
    """Return the keys of the actions that mend a rule's findings, the best one first."""
    return [key for key in rule_named(rule).mends if key in VERBS]


def mend(workspace: Workspace, key: str, findings: Sequence[FindingValue], window: QWidget) -> None:
    """Begin to mend some findings of one rule; most actions ask something first."""
    ids = tuple(dict.fromkeys(one.subject_id for one in findings if one.subject_id is not None))
    first = findings[0]
    match key:
        case "assign-owner":
            _assign(workspace, ids, findings, window)
        case "withdraw-access":
            _withdraw(workspace, findings, window)
        case "mark-dormant":
            _mark_dormant(workspace, ids)
        case "make-report":
            workspace.command("make_report")
        case "open-other":
            workspace.go("channels", UUID(first.evidence["others"][0]["id"]))
        case "set-successor":
            _set_successor(workspace, first, window)
        case "close-channel" | "change-address" | "enter-last-post" if ids:
            _ask_about_channel(workspace, key, ids[0], first.subject_label, window)


def _assign(workspace: Workspace, ids: tuple[UUID, ...], findings: Sequence[FindingValue], window: QWidget) -> None:
    from gui.dialogs.assign_person import AssignPersonDialog, Vacancy

    several = _("{number} channels").format(number=len(ids))
    title = findings[0].subject_label if len(ids) == 1 else several
    holders = {
        UUID(one.evidence["person_id"]): str(one.evidence["person"]) for one in findings if "person_id" in one.evidence
    }
    held_by = "; ".join(sorted(set(holders.values())))
    vacancy = Vacancy(ids, title, held_by=held_by, holder_ids=frozenset(holders), ends=bool(holders))
    AssignPersonDialog(workspace, vacancy, window).open()


def _withdraw(workspace: Workspace, findings: Sequence[FindingValue], window: QWidget) -> None:
    from gui.dialogs.withdraw_access import WithdrawAccessDialog

    accesses = tuple(UUID(access) for one in findings for access in one.evidence["access_ids"])
    names = "; ".join(sorted({str(one.evidence["person"]) for one in findings}))
    WithdrawAccessDialog(workspace, accesses, names, window).open()


def _mark_dormant(workspace: Workspace, ids: Sequence[UUID]) -> None:
    def mark(session: Any) -> None:
        for one in ids:
            mark_dormant(still_there(session, Channel, one))

    workspace.act(N_("Mark as dormant"), mark)


def _set_successor(workspace: Workspace, finding: FindingValue, window: QWidget) -> None:
    from gui.dialogs.set_successor import SetSuccessorDialog

    person_id, name = UUID(finding.evidence["person_id"]), str(finding.evidence["person"])
    SetSuccessorDialog(workspace, person_id, name, window).open()


def _ask_about_channel(workspace: Workspace, key: str, channel_id: UUID, title: str, window: QWidget) -> None:
    from gui.dialogs.change_address import ChangeAddressDialog
    from gui.dialogs.close_channel import CloseChannelDialog
    from gui.dialogs.last_post import LastPostDialog

    dialogs = {
        "close-channel": CloseChannelDialog,
        "change-address": ChangeAddressDialog,
        "enter-last-post": LastPostDialog,
    }
    dialogs[key](workspace, channel_id, title, window).open()
