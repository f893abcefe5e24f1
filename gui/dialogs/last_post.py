"""When a channel posted last, as somebody has just looked up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QPushButton, QWidget

from core.errors import BadInputError
from core.fields import Field, PartialDay
from core.i18n import N_, _
from core.inventory.channels import enter_last_post
from core.inventory.editing import still_there
from core.model import Channel
from core.registry import Registry
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import named
from gui.workspace import Workspace

_DAY = Field("last_post_on", N_("Last post"), PartialDay(), required=True)


class LastPostDialog(Decision):
    """Opens the channel in the browser if asked to, and notes the day of its newest post."""

    help_topic = "channels#last-post"

    def __init__(self, workspace: Workspace, channel_id: UUID, title: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("When did “{channel}” post last?").format(channel=title), _("Save"), parent)
        self._channel_id = channel_id
        self._seen = self.decides_on(Channel, (channel_id,))
        self._looking = named(QPushButton(_("Open the channel in the browser")), "open-channel", link=True)
        self._looking.setAutoDefault(False)
        self._looking.setEnabled(False)
        self.body.addWidget(self._looking, 0, Qt.AlignmentFlag.AlignLeft)
        self.day = named(LineEditor(_DAY), "last_post_on")
        self.ask(_("Day of the &newest post"), self.day, _("The month or the year will do if the day is not shown."))
        self.day.setFocus()
        workspace.read(lambda registry: _address(registry, channel_id), self._offer_to_look, owner=self)

    def _offer_to_look(self, url: str | None) -> None:
        if url:
            self._looking.setEnabled(True)
            self._looking.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(url)))

    def decide(self) -> None:
        """Note the day."""
        try:
            day = self.day.value()
        except BadInputError as error:
            self.refuse(error)
            return
        channel_id, seen, today = self._channel_id, self._seen, self.workspace.today()

        def write(session: Any) -> None:
            channel = still_there(session, Channel, channel_id, seen.get(channel_id))
            enter_last_post(channel, day, today=today)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Enter last post"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)


def _address(registry: Registry, channel_id: UUID) -> str | None:
    with registry.reading() as session:
        return still_there(session, Channel, channel_id).url
