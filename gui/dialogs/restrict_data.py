"""Restricting a person's data: since when, and why; it is told in the log like every reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _, show_date
from core.inventory.editing import still_there
from core.model import Person
from core.protection.rights.restriction import RESTRICT, restrict
from gui.dialogs.decision import Decision
from gui.editors import LineEditor
from gui.widgets import muted, named

if TYPE_CHECKING:
    from gui.workspace import Workspace

_SINCE = Field("since", N_("Since"), Day(), required=True)


class RestrictDataDialog(Decision):
    """Neither the reason nor the day can be left out, so that nobody is restricted by a slip."""

    help_topic = "privacy#restrict"

    def __init__(self, workspace: Workspace, person_id: UUID, name: str, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Restrict the data of {name}?").format(name=name), _("Restrict"), parent)
        self.setObjectName("restrict-data-dialog")
        self._person_id = person_id
        self.reason = named(QLineEdit(), "restrict.reason")
        self.since = named(LineEditor(_SINCE), "restrict.since")
        self.since.show_value(workspace.today())
        told = _(
            "The data is kept but not used (Art. 18 GDPR): the person is not offered to be chosen any more, and new "
            "reports name them by their function. You can lift that at any time."
        )
        self.body.addWidget(muted(told))
        self.ask(_("&Reason"), self.reason, _("For example that they dispute what is entered. It stands in the log."))
        self.ask(_("&Since"), self.since, _("The day on which they asked for it."))
        self.reason.setFocus()

    def decide(self) -> None:
        """Restrict the data."""
        try:
            reason, since = self._asked()
        except BadInputError as error:
            self.refuse(error)
            return
        person_id = self._person_id

        def write(session: Any) -> None:
            restrict(still_there(session, Person, person_id), since)

        self.primary.setEnabled(False)
        said = _("The data is restricted since {day}.").format(day=show_date(since))
        self.workspace.act(
            RESTRICT, write, lambda _none: self.accept(), said=said, reason=reason, failed=self.refuse, owner=self
        )

    def _asked(self) -> tuple[str, Any]:
        """Return reason and day.

        Raises:
            BadInputError: One of them is missing, or the day has not come yet.
        """
        reason, since = self.reason.text().strip(), self.since.value()
        if not reason:
            raise BadInputError(_("Please enter the reason. It stands in the log."))
        if since is None:
            raise BadInputError(_("Please enter the day."))
        if since > self.workspace.today():
            raise BadInputError(_("{day} has not come yet. Please check the date.").format(day=show_date(since)))
        return reason, since
