"""Giving copies back at the end of a cover: they are deleted here, then the other one changes the secret."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from core.custody.handover import protocol
from core.custody.handover.formats.statements import Statement
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Possible
from core.i18n import _
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import statement_file
from gui.handover_words import thing_text
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


class ReturnCopiesDialog(HandoverDecision):
    """Deletes the copies from this keyring, and signs that they are gone."""

    help_topic = "handovers#return"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        giver = detail.row.giver
        super().__init__(workspace, _("Give the copies back to {giver}?").format(giver=giver), _("Give back"), parent)
        self._detail = detail
        about = _("They are deleted from your keyring. Then {giver} changes the secrets.").format(giver=giver)
        self.body.addWidget(QLabel(about, wordWrap=True))
        self.things = TickedThings("thing", [Thing(one.id, thing_text(one)) for one in possible.items])
        self.things.changed.connect(self.enable)
        self.body.addWidget(self.things)
        self.things.setFocus()
        self.enable()

    def may_decide(self) -> bool:
        """Something is ticked."""
        return bool(self.things.chosen())

    def take(self) -> None:
        """Give back what is ticked."""
        handover, wanted = self._detail.row.id, self.things.chosen()
        self.ask_keyring(lambda actor: protocol.return_(actor, handover, wanted), self._returned)

    def _returned(self, statement: Statement) -> None:
        told = _("The copies are deleted from your keyring. {giver} changes the secrets next.")
        sentence = told.format(giver=self._detail.row.giver)
        self.finish(statement.handover, [sentence], [statement_file(statement)])
