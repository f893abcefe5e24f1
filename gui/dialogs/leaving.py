"""Somebody leaves: the last day of work, and who takes over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory.editing import still_there
from core.inventory.people import mark_left, plan_leaving, set_successor
from core.model import Person
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace

_DAY = Field("last_day", N_("Last day of work"), Day(), required=True)


@dataclass(frozen=True, slots=True)
class Leaver:
    """Who leaves, and what is known of that already."""

    id: UUID
    name: str
    last_day: date | None = None
    successor_id: UUID | None = None


class LeavingDialog(Decision):
    """A day to come is a plan; a day that has passed says that the person is gone."""

    help_topic = "people#leaving"

    def __init__(self, workspace: Workspace, leaver: Leaver, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("When does {name} leave?").format(name=leaver.name), _("Save"), parent)
        self.setObjectName("leaving-dialog")
        self._person_id = leaver.id
        self.day = named(LineEditor(_DAY), "last_day")
        self.day.show_value(leaver.last_day)
        self.successor = named(ReferenceBox(workspace, "person"), "successor")
        self.successor.show_value(leaver.successor_id)
        self.ask(_("&Last day of work"), self.day, _("A day that has passed means that the person has left."))
        self.ask(_("&Successor, if known"), self.successor)
        self.day.setFocus()

    def decide(self) -> None:
        """Note the day and the successor."""
        try:
            day, successor_id = self.day.value(), self.successor.value()
        except BadInputError as error:
            self.refuse(error)
            return
        person_id, today = self._person_id, self.workspace.today()

        def write(session: Any) -> None:
            person = still_there(session, Person, person_id)
            if day < today:
                mark_left(person, day, today=today)
            else:
                plan_leaving(person, day)
            set_successor(person, successor_id)

        self.primary.setEnabled(False)
        self.workspace.act(N_("Enter leaving"), write, lambda _none: self.accept(), failed=self.refuse, owner=self)
