"""Who answers for a channel, who gets into it, who looked at its record."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from core.i18n import N_, _, show_date
from core.inventory.channel_sheet import ChannelSheet, Entrance, Tie
from core.inventory.channels import label_of
from core.inventory.responsibilities import end
from core.model import PersonState, ResponsibilityRole
from gui.dialogs.grant_access import GrantAccessDialog
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.showing import period
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace


class ChannelPeople(Column):
    """The tab "People and accesses".

    Signals:
        assign_wanted: A role is to be given to somebody (carries the role).
    """

    assign_wanted = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace

    def show_sheet(self, sheet: ChannelSheet) -> None:
        """Show a channel's people."""
        self.start()
        self.heading(_("Responsible"))
        for tie in sheet.ties:
            self._add_tie(tie)
        if not any(tie.valid for tie in sheet.ties):
            self.say(_("Nobody answers for this channel today."))
        self.offer(
            [
                LineButton(
                    "assign-owner", _("Assign owner"), partial(self.assign_wanted.emit, ResponsibilityRole.OWNER)
                ),
                LineButton(
                    "assign-deputy", _("Assign deputy"), partial(self.assign_wanted.emit, ResponsibilityRole.DEPUTY)
                ),
            ]
        )
        self.heading(_("Accesses"))
        for entrance in sheet.entrances:
            self._add_entrance(entrance)
        if not sheet.entrances:
            self.say(_("Nobody has recorded yet who can get into this account."))
        self.offer([LineButton("grant-access", _("Enter access..."), partial(self._grant, sheet))])
        self.heading(_("Confirmed by"))
        for one in sheet.confirmations:
            self.add(_("{day}: {result}").format(day=show_date(one.on), result=_(one.result.label)), one.name)
        if not sheet.confirmations:
            self.say(_("Nobody has confirmed this record yet."))

    def _add_tie(self, tie: Tie) -> None:
        below = [_(tie.role.label), tie.function, period(tie.since, tie.until), _presence(tie)]
        buttons = [LineButton("show-person", _("Show"), lambda: self._workspace.go("people", tie.person_id))]
        if tie.valid and tie.until is None:
            buttons.append(LineButton("end-responsibility", _("End"), lambda: self._end(tie)))
        self.add(tie.name, ", ".join(filter(None, below)), buttons, quiet=not tie.valid)

    def _add_entrance(self, entrance: Entrance) -> None:
        gone = entrance.withdrawn_on
        below = [_(entrance.kind.label), _(entrance.role.label) if entrance.role else "", entrance.via_profile]
        below.append(period(entrance.granted_on, None))
        if gone is not None:
            below.append(_("withdrawn on {day}").format(day=show_date(gone)))
        below.append(entrance.reason)
        buttons = [] if gone else [LineButton("withdraw-access", _("Withdraw..."), lambda: self._withdraw(entrance))]
        self.add(entrance.name, ", ".join(filter(None, below)), buttons, quiet=gone is not None)

    def _end(self, tie: Tie) -> None:
        today = self._workspace.today()
        self._workspace.act(
            N_("End responsibility"),
            lambda session: end(session, tie.id, today) and None,
            said=_("{name} answers for this channel until the end of today.").format(name=tie.name),
            owner=self,
        )

    def _grant(self, sheet: ChannelSheet) -> None:
        opened = sheet.opened
        GrantAccessDialog(
            self._workspace, (opened.id,), label_of(opened.listed["title"], opened.listed["platform"]), self.window()
        ).open()

    def _withdraw(self, entrance: Entrance) -> None:
        WithdrawAccessDialog(self._workspace, (entrance.id,), entrance.name, self.window()).open()


def _presence(tie: Tie) -> str:
    return _(tie.state.label) if tie.state is not PersonState.ACTIVE else ""
