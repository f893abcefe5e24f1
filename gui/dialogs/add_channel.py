"""Adding a channel: paste its address, see at once what is recognised, add it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Field, OneOf, Platform
from core.i18n import N_, _
from core.inventory.channels import add_channel
from core.inventory.platforms import platforms
from core.inventory.recognising import recognise
from core.model import ChannelState
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.widgets.recognised_card import RecognisedCard
from gui.workspace import Workspace

_PLATFORM = Field("platform", N_("Platform"), Platform())
_STATE = Field("state", N_("State"), OneOf(ChannelState), required=True)
_NEW_STATES = (ChannelState.ACTIVE, ChannelState.PROPOSED, ChannelState.APPROVED, ChannelState.RESERVED)


class AddChannelDialog(Decision):
    """What is pasted is recognised while it is typed; a bare name needs its platform."""

    help_topic = "channels#add"

    def __init__(self, workspace: Workspace, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Which channel do you want to add?"), _("Add channel"), parent)
        self.address = named(QLineEdit(text, placeholderText="facebook.com/stadtmoers"), "url_as_entered")
        self.recognised = RecognisedCard()
        self.platform = ChoiceEditor(_PLATFORM, [(None, _("as recognised")), *_named_platforms()])
        self.platform.setObjectName("platform")
        self.name = named(QLineEdit(), "title")
        self.unit = named(ReferenceBox(workspace, "org_unit"), "unit")
        self.state = ChoiceEditor(_STATE, [(one, _(one.label)) for one in _NEW_STATES])
        self.state.setObjectName("state")
        self._lay_out()
        self.address.textChanged.connect(self._recognise)
        self.platform.edited.connect(self._recognise)
        self._recognise()
        self.address.setFocus()

    def decide(self) -> None:
        """Add the channel and show it."""
        try:
            unit_id = self.unit.value()
        except BadInputError as error:
            self.refuse(error)
            return
        text, platform, title, state = (
            self.address.text(),
            self.platform.value(),
            self.name.text().strip() or None,
            self.state.value(),
        )
        today = self.workspace.today()
        self.primary.setEnabled(False)
        self.workspace.act(
            N_("Add channel"),
            lambda session: _add(session, text, platform, title, unit_id, state, today),
            self._added,
            failed=self.refuse,
            owner=self,
        )

    def _added(self, channel_id: UUID) -> None:
        self.accept()
        self.workspace.go("channels", channel_id)

    def _recognise(self) -> None:
        """Show what the text means; what means nothing cannot be added."""
        found = recognise(self.address.text(), self.platform.value())
        self.recognised.show_recognised(found)
        self.primary.setEnabled(found.platform is not None)
        self.name.setPlaceholderText(found.handle or "")

    def _lay_out(self) -> None:
        self.ask(
            _("&Address or name of the account"), self.address, _("Paste it from the address bar of your browser.")
        )
        self.body.addWidget(self.recognised)
        self.ask(_("&Platform"), self.platform)
        self.ask(_("&Title in lists and reports"), self.name)
        self.ask(_("&Unit whose channel it is"), self.unit)
        self.ask(_("&State"), self.state)


def _named_platforms() -> list[tuple[str, str]]:
    return sorted(((key, one.name) for key, one in platforms().items()), key=lambda pair: pair[1].casefold())


def _add(  # noqa: PLR0913, PLR0917 - what the dialog asks for
    session: Any,
    text: str,
    platform: str | None,
    title: str | None,
    unit_id: UUID | None,
    state: ChannelState,
    today: date,
) -> UUID:
    channel = add_channel(session, text, platform=platform, title=title, unit_id=unit_id, today=today, state=state)
    return channel.id
