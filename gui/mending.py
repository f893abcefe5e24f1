"""What the buttons that mend findings do: each rule names its actions, here is what they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.governance.findings import FindingValue
from core.governance.rules import rule_named
from core.i18n import N_
from core.inventory.channels import mark_dormant
from core.inventory.editing import still_there
from core.model import Channel, ResponsibilityRole
from gui import mending_assets, mending_logins
from gui.workspace import FieldOf, Workspace

VERBS = {
    "assign-owner": N_("Assign owner..."),
    "assign-deputy": N_("Assign deputy..."),
    "close-channel": N_("Close..."),
    "open-other": N_("Show the other"),
    "change-address": N_("Correct address..."),
    "set-successor": N_("Enter successor..."),
    "make-report": N_("Make report..."),
    "enter-last-post": N_("Enter last post..."),
    "mark-dormant": N_("Mark as dormant"),
    "withdraw-access": N_("Withdraw access..."),
    "grant-access": N_("Enter access..."),
    "enter-reason": N_("Enter reason..."),
    "approve": N_("Approve..."),
    "confirm": N_("Confirm"),
    "edit": N_("Enter facts..."),
    "rotate-secret": N_("Change secret..."),
    "release-secret": N_("Release..."),
    "share-secret": N_("Have a copy kept..."),
    "change-credential": N_("Enter facts..."),
    "reconcile": N_("Compare with the keyring"),
    "seal-escrow": N_("Seal anew"),
    "show-escrow": N_("Show escrow"),
    "show-handover": N_("Show handover"),
    "show-keys": N_("Show key cards"),
    "clean-asset": N_("Clean up..."),
    "choose-avatar": N_("Choose avatar..."),
    "add-consent": N_("Enter consent..."),
    "approve-asset": N_("Approve picture"),
    "erase-due": N_("Look and erase..."),
}
"""The verbs by action key; an action that is not here is not offered."""

TOGETHER = frozenset(
    {
        "assign-owner",
        "assign-deputy",
        "mark-dormant",
        "withdraw-access",
        "grant-access",
        "enter-reason",
        "approve",
        "confirm",
        "clean-asset",
        "approve-asset",
    }
)
"""What can be done for several findings at once."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be mended, and where it is asked."""

    workspace: Workspace
    key: str
    findings: Sequence[FindingValue]
    window: QWidget

    @property
    def ids(self) -> tuple[UUID, ...]:
        """The channels, each once."""
        return tuple(dict.fromkeys(one.subject_id for one in self.findings if one.subject_id is not None))

    @property
    def title(self) -> str:
        """What the channel is called; nothing for several, whose number might be that of one person's channels."""
        return self.findings[0].subject_label if len(self.ids) == 1 else ""


def mends_of(rule: str) -> list[str]:
    """Return the keys of the actions that mend a rule's findings, the best one first."""
    return [key for key in rule_named(rule).mends if key in VERBS]


def mend(workspace: Workspace, key: str, findings: Sequence[FindingValue], window: QWidget) -> None:
    """Begin to mend some findings of one rule; most actions ask something first."""
    _WAYS[key](_Wish(workspace, key, findings, window))


def ask_to_waive(workspace: Workspace, findings: Sequence[FindingValue], window: QWidget) -> None:
    """Ask why some findings are to be borne with, and until when."""
    from gui.dialogs.waive import WaiveDialog

    WaiveDialog(workspace, findings, window).open()


def field_to_edit(finding: FindingValue) -> str:
    """Return the key of the field in which a finding is mended: the one that the evidence speaks of, else the first.

    Evidence is keyed by the ends of the fields' keys: "clicks" speaks of "imprint_clicks".
    """
    fields = rule_named(finding.rule).fields
    spoken_of = [one for one in fields if any(one.endswith(f"_{key}") for key in finding.evidence)]
    return next(iter([*reversed(spoken_of), *fields]), "")


def _assign(wish: _Wish) -> None:
    from gui.dialogs.assign_person import AssignPersonDialog, Vacancy

    role = ResponsibilityRole.DEPUTY if wish.key == "assign-deputy" else ResponsibilityRole.OWNER
    holders = {
        UUID(one.evidence["person_id"]): str(one.evidence["person"])
        for one in wish.findings
        if "person_id" in one.evidence
    }
    held_by = "; ".join(sorted(set(holders.values())))
    vacancy = Vacancy(wish.ids, wish.title, role, held_by, frozenset(holders), ends=bool(holders))
    AssignPersonDialog(wish.workspace, vacancy, wish.window).open()


def _withdraw(wish: _Wish) -> None:
    from gui.dialogs.withdraw_access import WithdrawAccessDialog

    names = sorted({str(one.evidence["person"]) for one in wish.findings if "person" in one.evidence})
    WithdrawAccessDialog(wish.workspace, _accesses(wish), "; ".join(names), wish.window).open()


def _enter_reason(wish: _Wish) -> None:
    from gui.dialogs.enter_reason import EnterReasonDialog

    EnterReasonDialog(wish.workspace, _accesses(wish), wish.title, wish.window).open()


def _accesses(wish: _Wish) -> tuple[UUID, ...]:
    return tuple(UUID(access) for one in wish.findings for access in one.evidence["access_ids"])


def _grant(wish: _Wish) -> None:
    from gui.dialogs.grant_access import GrantAccessDialog

    GrantAccessDialog(wish.workspace, wish.ids, wish.title, wish.window).open()


def _approve(wish: _Wish) -> None:
    from gui.dialogs.approve import ApproveDialog

    ApproveDialog(wish.workspace, wish.ids, wish.title, wish.window).open()


def _confirm(wish: _Wish) -> None:
    from gui.pages.confirming import confirm_channels

    confirm_channels(wish.workspace, wish.ids)


def _edit(wish: _Wish) -> None:
    wish.workspace.go("channels", FieldOf(wish.ids[0], field_to_edit(wish.findings[0])))


def _mark_dormant(wish: _Wish) -> None:
    ids = wish.ids

    def mark(session: Any) -> None:
        for one in ids:
            mark_dormant(still_there(session, Channel, one))

    wish.workspace.act(N_("Mark as dormant"), mark)


def _make_report(wish: _Wish) -> None:
    wish.workspace.command("make_report")


def _open_other(wish: _Wish) -> None:
    wish.workspace.go("channels", UUID(wish.findings[0].evidence["others"][0]["id"]))


def _set_successor(wish: _Wish) -> None:
    from gui.dialogs.set_successor import SetSuccessorDialog

    evidence = wish.findings[0].evidence
    person_id, name = UUID(evidence["person_id"]), str(evidence["person"])
    SetSuccessorDialog(wish.workspace, person_id, name, wish.window).open()


def _ask_about_channel(wish: _Wish) -> None:
    from gui.dialogs.change_address import ChangeAddressDialog
    from gui.dialogs.close_channel import CloseChannelDialog
    from gui.dialogs.last_post import LastPostDialog

    dialogs = {
        "close-channel": CloseChannelDialog,
        "change-address": ChangeAddressDialog,
        "enter-last-post": LastPostDialog,
    }
    dialogs[wish.key](wish.workspace, wish.ids[0], wish.title, wish.window).open()


def _change_secret(wish: _Wish) -> None:
    mending_logins.change_secret(wish.workspace, wish.ids[0], wish.window)


def _release_secret(wish: _Wish) -> None:
    mending_logins.release_secret(wish.workspace, wish.ids[0], wish.window)


def _share_secret(wish: _Wish) -> None:
    mending_logins.share_secret(wish.workspace, wish.ids[0], wish.window)


def _edit_login(wish: _Wish) -> None:
    mending_logins.edit_login(wish.workspace, wish.ids[0], field_to_edit(wish.findings[0]))


def _reconcile(wish: _Wish) -> None:
    mending_logins.compare_keyring(wish.workspace)


def _show_handover(wish: _Wish) -> None:
    """Show the handover in which nothing happens; whose turn it is, and the next step, stand there."""
    wish.workspace.go("handovers", wish.ids[0])


def _escrow(wish: _Wish) -> None:
    acts = {"seal-escrow": mending_logins.seal_escrow, "show-escrow": mending_logins.show_escrow}
    acts[wish.key](wish.workspace)


def _show_keys(wish: _Wish) -> None:
    """Show the key cards, the newest one of the person of whom the finding speaks first."""
    wish.workspace.go("key-cards", UUID(wish.findings[0].evidence["person_id"]))


def _clean_asset(wish: _Wish) -> None:
    mending_assets.clean_places(wish.workspace, wish.findings, wish.window)


def _choose_avatar(wish: _Wish) -> None:
    mending_assets.choose_avatar(wish.workspace, wish.findings[0], wish.window)


def _add_consent(wish: _Wish) -> None:
    mending_assets.add_consent(wish.workspace, wish.findings[0], wish.window)


def _approve_asset(wish: _Wish) -> None:
    mending_assets.approve_shown(wish.workspace, wish.findings)


def _erase_due(wish: _Wish) -> None:
    from gui.dialogs.erase_due import EraseDueDialog

    EraseDueDialog(wish.workspace, wish.window).open()


_WAYS: dict[str, Callable[[_Wish], None]] = {
    "assign-owner": _assign,
    "assign-deputy": _assign,
    "close-channel": _ask_about_channel,
    "open-other": _open_other,
    "change-address": _ask_about_channel,
    "set-successor": _set_successor,
    "make-report": _make_report,
    "enter-last-post": _ask_about_channel,
    "mark-dormant": _mark_dormant,
    "withdraw-access": _withdraw,
    "grant-access": _grant,
    "enter-reason": _enter_reason,
    "approve": _approve,
    "confirm": _confirm,
    "edit": _edit,
    "rotate-secret": _change_secret,
    "release-secret": _release_secret,
    "share-secret": _share_secret,
    "change-credential": _edit_login,
    "reconcile": _reconcile,
    "seal-escrow": _escrow,
    "show-escrow": _escrow,
    "show-handover": _show_handover,
    "show-keys": _show_keys,
    "clean-asset": _clean_asset,
    "choose-avatar": _choose_avatar,
    "add-consent": _add_consent,
    "approve-asset": _approve_asset,
    "erase-due": _erase_due,
}
