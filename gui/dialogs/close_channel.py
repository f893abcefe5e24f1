"""Closing a channel: its last day, the reason, and what takes its place."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field, LongText
from core.i18n import N_, _
from core.inventory.channels import close
from core.inventory.closing import Closing, proposed_closing
from core.inventory.editing import still_there
from core.model import Channel
from core.registry import Registry
from gui.dialogs.decision import Decision
from gui.dialogs.reason_names import ReasonNames
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
        self._seen = self.decides_on(Channel, (channel_id,))
        self.day = named(LineEditor(_DAY), "closed_on")
        self.day.show_value(workspace.today())
        self.reason = named(LongTextEditor(_REASON), "closing_reason")
        self.successor = named(ReferenceBox(workspace, "channel"), "successor")
        self.ask(_("&Last day"), self.day)
        self.ask(_("&Reason"), self.reason, _("“Too few visitors”, “platform shut down”, “now on another channel” ..."))
        self.names = ReasonNames(workspace, self.reason)
        self.body.addWidget(self.names)
        self.ask(_("&Channel that takes its place, if one does"), self.successor)
        self.reason.setFocus()
        self._propose()

    def decide(self) -> None:
        """Close the channel."""
        try:
            day, reason, successor_id = self.day.value(), self.reason.value(), self.successor.value()
        except BadInputError as error:
            self.refuse(error)
            return
        channel_id, seen = self._channel_id, self._seen

        def write(session: Any) -> None:
            channel = still_there(session, Channel, channel_id, seen.get(channel_id))
            close(channel, on=day, reason=reason, successor_id=successor_id)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Close channel"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)

    def _propose(self) -> None:
        """Propose the end of the platform, if that is why the channel is closed."""
        channel_id, today = self._channel_id, self.workspace.today()

        def read(registry: Registry) -> Closing | None:
            with registry.reading() as session:
                return proposed_closing(session, channel_id, today)

        self.workspace.read(read, self._show_proposal, owner=self)

    def _show_proposal(self, proposed: Closing | None) -> None:
        if proposed is not None and not self.reason.toPlainText():
            self.day.show_value(proposed.on)
            self.reason.setPlainText(proposed.reason)
