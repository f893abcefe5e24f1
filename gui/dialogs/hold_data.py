"""Keeping somebody's data for a running case: why, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _, show_date
from core.protection.rights.holds import HOLD, hold
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named

if TYPE_CHECKING:
    from gui.workspace import Workspace

_UNTIL = Field("until", N_("Until"), Day(), required=True)


class HoldDataDialog(Decision):
    """Neither the reason nor the day can be left out; what keeps the data already is shown to be changed."""

    help_topic = "privacy#hold"

    def __init__(self, workspace: Workspace, person_id: UUID, name: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Keep the data of {name}?").format(name=name), _("Keep"), parent)
        self.setObjectName("hold-data-dialog")
        self._person_id = person_id
        self.reason = named(QLineEdit(), "hold.reason")
        self.until = named(LineEditor(_UNTIL), "hold.until")
        told = _("While a case runs, this data is not erased although its time has come. Please name no details of it.")
        self.body.addWidget(muted(told))
        self.ask(_("&Reason"), self.reason, _("The case it is for, for example its reference."))
        self.ask(_("&Until"), self.until, _("The last day; after it the data is due again."))
        self.reason.setFocus()

    def show_hold(self, reason: str, until: date) -> None:
        """Show what keeps the data already."""
        self.reason.setText(reason)
        self.until.show_value(until)

    def decide(self) -> None:
        """Keep the data."""
        person_id, reason, today = self._person_id, self.reason.text().strip(), self.workspace.today()
        try:
            until = self._until(reason)
        except BadInputError as error:
            self.refuse(error)
            return

        def write(session: Any) -> None:
            hold(session, person_id, until=until, reason=reason, today=today)

        self.primary.setEnabled(False)
        said = _("The data is kept until {day}.").format(day=show_date(until))
        self.workspace.act(HOLD, write, lambda _none: self.accept(), said=said, failed=self.refuse, owner=self)

    def _until(self, reason: str) -> Any:
        """Return the last day.

        Raises:
            BadInputError: The reason above it is missing, or the day itself.
        """
        if not reason:
            raise BadInputError(_("A hold needs a reason, for example the case it is for."))
        return self.until.value()
