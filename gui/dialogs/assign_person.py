"""Who answers for a channel from now on: somebody known, or somebody new."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field, Mail, OneOf
from core.i18n import N_, _, ngettext
from core.inventory.editing import overtaken
from core.inventory.people import add_person, single_name
from core.inventory.person_names import NamedPerson
from core.inventory.responsibilities import Held, assign, held
from core.inventory.stepping_down import step_down
from core.model import ResponsibilityRole
from core.registry import Registry
from gui.dialogs.decision import Decision
from gui.editors import ChoiceEditor, LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import muted, named
from gui.widgets.wrapped_check import WrappedCheck
from gui.workspace import Workspace

_MAIL = Field("email", N_("Office e-mail"), Mail())
_SINCE = Field("since", N_("Since"), Day(), required=True)
_ROLE = Field("role", N_("Role"), OneOf(ResponsibilityRole), required=True)
_LABELS = {
    ResponsibilityRole.OWNER: N_("Assign owner"),
    ResponsibilityRole.DEPUTY: N_("Assign deputy"),
    ResponsibilityRole.EDITOR: N_("Assign editor"),
    ResponsibilityRole.MODERATOR: N_("Assign moderator"),
}


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A role of some channels that somebody is to take.

    Attributes:
        channel_ids: The channels.
        title: What the channel is called; nothing where the channels that are selected are meant.
        role: The role, which can be changed.
        held_by: Names of those who hold it now; they are asked about.
        holder_ids: The people whose responsibility ends if that is wanted; empty for all who hold the role.
        ends: Whether that is wanted as long as nobody says otherwise.
    """

    channel_ids: tuple[UUID, ...]
    title: str
    role: ResponsibilityRole = ResponsibilityRole.OWNER
    held_by: str = ""
    holder_ids: frozenset[UUID] = frozenset()
    ends: bool = False


class AssignPersonDialog(Decision):
    """Choose a person of the registry, or type the name of a new one."""

    help_topic = "channels#owner"

    def __init__(self, workspace: Workspace, vacancy: Vacancy, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _question(vacancy), _("Assign"), parent)
        self._vacancy = vacancy
        self._held: frozenset[Held] = frozenset()
        self._look_who_holds_it()
        self.role = ChoiceEditor(_ROLE, [(one, _(one.label)) for one in ResponsibilityRole])
        self.role.show_value(vacancy.role)
        self.person = named(ReferenceBox(workspace, "person"), "person")
        self.new_person = muted("")
        self.email = named(LineEditor(_MAIL), "email")
        self.since = named(LineEditor(_SINCE), "since")
        self.since.show_value(workspace.today())
        ends = _("This ends the responsibility of {names}").format(names=vacancy.held_by)
        self.replaced = WrappedCheck(ends, "replace")
        self.replaced.box.setChecked(vacancy.ends)
        self._lay_out()
        self.person.edited.connect(self._show_whether_new)
        self.person.offered.connect(self._show_whether_new)
        self.role.edited.connect(self._show_replaced)
        self._show_whether_new()
        self._show_replaced()
        self.person.setFocus()

    def decide(self) -> None:
        """Assign the person, taking them in first if they are new."""
        try:
            person, since = self._person(), self.since.value()
        except BadInputError as error:
            self.refuse(error)
            return
        role, channels = self.role.value(), self._vacancy.channel_ids
        ends_others = not self.replaced.isHidden() and self.replaced.box.isChecked()
        wanted = _Assignment(channels, person, role, since, ends_others, self._vacancy.holder_ids)
        seen, today = {one for one in self._held if one.role is role}, self.workspace.today()

        def write(session: Any) -> None:
            if {one for one in held(session, channels, today) if one.role is role} != seen:
                raise overtaken()
            _assign(session, wanted)

        self.primary.setEnabled(False)
        self.workspace.act(_LABELS[role], write, lambda _none: self.accept(), failed=self.refuse, owner=self)

    def _look_who_holds_it(self) -> None:
        """Remember on whose responsibilities the decision is made, whatever the role."""
        channels, today = self._vacancy.channel_ids, self.workspace.today()

        def read(registry: Registry) -> frozenset[Held]:
            with registry.reading() as session:
                return held(session, channels, today)

        def remember(seen: frozenset[Held]) -> None:
            self._held = seen

        self.workspace.read(read, remember, owner=self)

    def _person(self) -> UUID | NamedPerson:
        chosen = self.person.chosen()
        if chosen is not None:
            return chosen.id
        newcomer = self._newcomer()
        return replace(newcomer, email=newcomer.email or self.email.value())

    def _newcomer(self) -> NamedPerson:
        """Return who is to be taken in; a single word that people of the registry match is nobody yet."""
        newcomer = single_name(self.person.text())
        if self.person.alike() and not newcomer.given_name:
            raise BadInputError(_("Choose somebody of the list, or write first and last name of somebody new."))
        return newcomer

    def _lay_out(self) -> None:
        self.ask(_("&Person"), self.person, _("Type a part of the name. A name that is not known yet is taken in."))
        self.body.addWidget(self.new_person)
        self._mail_part = self.ask(_("Office &e-mail of the new person"), self.email)
        self.ask(_("&Role"), self.role)
        self.ask(_("S&ince"), self.since)
        self.body.addWidget(self.replaced)

    def _show_whether_new(self) -> None:
        """Say beforehand that a name will be taken in."""
        newcomer = None
        if self.person.text().strip() and self.person.chosen() is None:
            with suppress(BadInputError):
                newcomer = self._newcomer()
        if newcomer is not None:
            self.new_person.setText(
                _("“{name}” is not in the list yet and will be taken in.").format(name=newcomer.name)
            )
        self.new_person.setVisible(newcomer is not None)
        self._mail_part.setVisible(newcomer is not None)

    def _show_replaced(self) -> None:
        self.replaced.setVisible(bool(self._vacancy.held_by) and self.role.value() is self._vacancy.role)


@dataclass(frozen=True, slots=True)
class _Assignment:
    channels: tuple[UUID, ...]
    person: UUID | NamedPerson
    role: ResponsibilityRole
    since: date
    ends_others: bool
    holder_ids: frozenset[UUID]


def _assign(session: Any, wanted: _Assignment) -> None:
    person_id = wanted.person
    if isinstance(person_id, NamedPerson):
        person_id = add_person(session, person_id.name, email=person_id.email).id
        session.flush()
    for channel_id in wanted.channels:
        everybody = wanted.ends_others and not wanted.holder_ids
        assign(session, channel_id, person_id, wanted.role, since=wanted.since, replace=everybody)
        if wanted.ends_others and wanted.holder_ids:
            step_down(session, channel_id, wanted.holder_ids - {person_id}, wanted.role, before=wanted.since)


def _question(vacancy: Vacancy) -> str:
    if vacancy.title:
        return _("Who answers for “{channel}”?").format(channel=vacancy.title)
    number = len(vacancy.channel_ids)
    return ngettext("Who answers for the selected channel?", "Who answers for the selected channels?", number)
