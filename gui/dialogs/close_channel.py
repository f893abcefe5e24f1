"""Closing a channel: its last day, the reason, and what takes its place."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field, LongText
from core.i18n import N_, _
from core.inventory.channels import close
from core.inventory.editing import still_there
from core.model import Channel
from gui.dialogs.decision import Decision
from gui.editors import LineEditor, LongTextEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace

_DAY = Field("closed_on", N_("Closed on"), Day(), required=True)
_REASON = Field("closing_reason", N_("Reason"), LongText(), required=True)


class CloseChannelDialog(Decision):
    """A closed channel stays in the registry and in the reports of its time."""

    help_topic = "channels#close"

    def __init__(self, workspace: Workspace, channel_id: UUID, title: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Close “{channel}”?").format(channel=title), _("Close channel"), parent)
        self._channel_id = channel_id
        self.day = named(LineEditor(_DAY), "closed_on")
        self.day.show_value(workspace.today())
        self.reason = named(LongTextEditor(_REASON), "closing_reason")
        self.successor = named(ReferenceBox(workspace, "channel"), "successor")
        self.ask(_("&Last day"), self.day)
        self.ask(_("&Reason"), self.reason, _("“Too few visitors”, “platform shut down”, “now on another channel” ..."))
        self.ask(_("&Channel that takes its place, if one does"), self.successor)
        self.reason.setFocus()

    def decide(self) -> None:
        """Close the channel."""
        try:
            day, reason, successor_id = self.day.value(), self.reason.value(), self.successor.value()
        except BadInputError as error:
            self.refuse(error)
            return
        channel_id = self._channel_id
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Close channel"),
            lambda session: close(
                still_there(session, Channel, channel_id), on=day, reason=reason, successor_id=successor_id
            ),
            lambda _none: self.accept(),
            failed=self.refuse,
            owner=self,
        )
