"""What hangs on a person: channels they answer for, accesses they have, entries that wait to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Signal

from core.governance.person_duties import Unconfirmed
from core.i18n import N_, _, show_date
from core.inventory.person_sheet import AnswersFor, GetsInto, PersonSheet
from core.inventory.platforms import platforms
from core.inventory.responsibilities import end
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.pages.confirming import confirm_channels
from gui.showing import period
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace


class PersonTies(Column):
    """The tab "Channels".

    Signals:
        hand_on_wanted: Somebody else is to take over.
    """

    hand_on_wanted = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._shown: tuple[object, ...] = ()

    def show_ties(self, sheet: PersonSheet, waiting: Sequence[Unconfirmed]) -> None:
        """Show what hangs on a person; nothing moves where nothing has changed."""
        shown = (sheet.opened.id, sheet.answers_for, sheet.gets_into, tuple(waiting))
        if shown == self._shown:
            return
        self._shown = shown
        self.start()
        if sheet.hangs_on:
            self.offer([LineButton("hand-on", _("Hand on..."), self.hand_on_wanted.emit)])
        self._show_responsibilities(sheet.answers_for)
        self._show_accesses(sheet)
        self._show_waiting(waiting)

    def _show_responsibilities(self, answers_for: Sequence[AnswersFor]) -> None:
        self.heading(_("Answers for"))
        for tie in answers_for:
            below = ", ".join(filter(None, [_(tie.role.label), _platform(tie.platform), period(tie.since, tie.until)]))
            buttons = [self._showing(tie.channel_id)]
            if tie.valid and tie.until is None:
                buttons.append(LineButton("end-responsibility", _("End"), partial(self._end, tie)))
            self.add(tie.title, below, buttons, quiet=not tie.valid)
        if not answers_for:
            self.say(_("No channel."))

    def _show_accesses(self, sheet: PersonSheet) -> None:
        self.heading(_("Gets into"))
        for access in sheet.gets_into:
            self._add_access(access, str(sheet.opened.listed["name"]))
        if not sheet.gets_into:
            self.say(_("No access is recorded."))

    def _add_access(self, access: GetsInto, name: str) -> None:
        below = [_(access.kind.label), _(access.role.label) if access.role else "", _platform(access.platform)]
        buttons = [self._showing(access.channel_id)]
        if access.withdrawn_on is None:
            below.append(period(access.granted_on, None))
            buttons.append(LineButton("withdraw-access", _("Withdraw..."), lambda: self._withdraw(access.id, name)))
        else:
            below.append(_("withdrawn on {day}").format(day=show_date(access.withdrawn_on)))
        self.add(access.title, ", ".join(filter(None, below)), buttons, quiet=access.withdrawn_on is not None)

    def _show_waiting(self, waiting: Sequence[Unconfirmed]) -> None:
        self.heading(_("To be confirmed"))
        for one in waiting:
            last = (
                _("last confirmed on {day}").format(day=show_date(one.confirmed_on))
                if one.confirmed_on
                else _("never confirmed")
            )
            below = ", ".join([_platform(one.platform), last])
            buttons = [self._showing(one.channel_id), self._confirming("confirm", _("Confirm"), [one.channel_id])]
            self.add(one.title, below, buttons)
        if len(waiting) > 1:
            self.offer([self._confirming("confirm-all", _("Confirm all"), [one.channel_id for one in waiting])])
        if not waiting:
            self.say(_("No entry waits to be confirmed."))

    def _confirming(self, name: str, label: str, ids: list[UUID]) -> LineButton:
        return LineButton(name, label, lambda: confirm_channels(self._workspace, ids))

    def _showing(self, channel_id: UUID) -> LineButton:
        return LineButton("show-channel", _("Show"), lambda: self._workspace.go("channels", channel_id))

    def _end(self, tie: AnswersFor) -> None:
        today = self._workspace.today()
        self._workspace.act(N_("End responsibility"), lambda session: end(session, tie.id, today) and None, owner=self)

    def _withdraw(self, access_id: UUID, name: str) -> None:
        WithdrawAccessDialog(self._workspace, (access_id,), name, self.window()).open()


def _platform(key: str) -> str:
    known = platforms().get(key)
    return known.name if known else key
