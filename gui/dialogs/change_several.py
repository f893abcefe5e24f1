"""What several channels are given at once: a state, a unit, tags."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Field, OneOf, TextList
from core.i18n import N_, _, ngettext
from core.inventory import bulk
from core.inventory.editing import refuse_if_changed
from core.model import Channel, ChannelState
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace

_STATE = Field("state", N_("State"), OneOf(ChannelState), required=True)
_TAGS = Field("tags", N_("Tags"), TextList())


class ChangeSeveral(Decision):
    """One change to several channels, undone in one step."""

    help_topic = "channels#several"

    def __init__(self, workspace: Workspace, question: str, ids: Sequence[UUID], parent: QWidget | None = None) -> None:
        super().__init__(workspace, question, _("Apply"), parent)
        self.ids = tuple(ids)
        self._seen = self.decides_on(Channel, self.ids)

    def carry_out(self, label: str, work: Callable[[Any], None]) -> None:
        """Do it as one action and close; what is refused is said here."""
        seen = self._seen

        def write(session: Any) -> None:
            refuse_if_changed(session, Channel, seen)
            work(session)

        self.primary.setEnabled(False)
        self.workspace.act(label, write, lambda _none: self.accept(), failed=self.refuse, owner=self)


class ChangeState(ChangeSeveral):
    """Which state the channels are given."""

    def __init__(self, workspace: Workspace, ids: Sequence[UUID], parent: QWidget | None = None) -> None:
        question = ngettext(
            "Which state does the channel have?", "Which state do the selected channels have?", len(ids)
        )
        super().__init__(workspace, question, ids, parent)
        self.state = named(ChoiceEditor(_STATE, [(one, _(one.label)) for one in ChannelState]), "state")
        self.state.show_value(ChannelState.ACTIVE)
        self.ask(_("&State"), self.state, _("Channels that close get today as their last day."))
        self.state.setFocus()

    def decide(self) -> None:
        """Give the state."""
        ids, state, today = self.ids, self.state.value(), self.workspace.today()
        self.carry_out(N_("Change state"), lambda session: bulk.set_state(session, ids, state, today))


class ChangeUnit(ChangeSeveral):
    """To which unit the channels belong."""

    def __init__(self, workspace: Workspace, ids: Sequence[UUID], parent: QWidget | None = None) -> None:
        question = ngettext(
            "To which unit does the channel belong?", "To which unit do the selected channels belong?", len(ids)
        )
        super().__init__(workspace, question, ids, parent)
        self.unit = named(ReferenceBox(workspace, "org_unit"), "unit")
        self.ask(_("&Unit"), self.unit, _("Leave it empty to let them belong to no unit."))
        self.unit.setFocus()

    def decide(self) -> None:
        """Give the unit, if one is chosen or none is meant."""
        try:
            ids, unit_id = self.ids, self.unit.value()
        except BadInputError as error:
            self.refuse(error)
            return
        self.carry_out(N_("Change unit"), lambda session: bulk.set_unit(session, ids, unit_id))


class ChangeTags(ChangeSeveral):
    """Which tags the channels get and which they lose."""

    def __init__(self, workspace: Workspace, ids: Sequence[UUID], parent: QWidget | None = None) -> None:
        question = ngettext("Which tags does the channel get?", "Which tags do the selected channels get?", len(ids))
        super().__init__(workspace, question, ids, parent)
        self.added = named(LineEditor(_TAGS), "add-tags")
        self.removed = named(LineEditor(_TAGS), "remove-tags")
        self.ask(_("&Add tags"), self.added)
        self.ask(_("&Remove tags"), self.removed, _("All other tags stay."))
        self.added.setFocus()

    def decide(self) -> None:
        """Add and remove the tags."""
        ids, added, removed = self.ids, self.added.value(), self.removed.value()
        self.carry_out(N_("Change tags"), lambda session: bulk.change_tags(session, ids, added, removed))
