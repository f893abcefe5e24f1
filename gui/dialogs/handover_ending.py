"""Refusing what is handed over, or withdrawing it: both before it is opened, and both with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.statements import Statement
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Doing, Possible
from core.custody.identity.canonical import clean_line
from core.errors import BadInputError
from core.fields import Field, Text
from core.i18n import N_, _
from core.model import ItemState
from gui.dialogs.handover_decision import HandoverDecision
from gui.editors import LineEditor
from gui.handover_files import statement_file
from gui.handover_words import thing_text
from gui.widgets import muted, named
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace

REASON = Field("reason", N_("Reason"), Text(), required=True)


class EndHandoverDialog(HandoverDecision):
    """Says what follows: what was sealed already has to be changed."""

    help_topic = "handovers#end"
    closes_by_itself = False

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        self._refuses = possible.doing is Doing.REFUSE
        question = _("What do you refuse, and why?") if self._refuses else _("What do you withdraw, and why?")
        super().__init__(workspace, question, _("Refuse") if self._refuses else _("Withdraw"), parent)
        self._detail, self._items = detail, {one.id: one for one in possible.items}
        self.things = TickedThings("thing", [Thing(one.id, thing_text(one)) for one in possible.items])
        self.body.addWidget(self.things)
        self.reason = named(LineEditor(REASON), "reason")
        self.ask(_("&Reason"), self.reason, _("The other one reads it, and it stands in the record."))
        self.follows = QLabel(wordWrap=True)
        self.body.addWidget(self.follows)
        self.body.addWidget(
            muted(_("What has been opened already cannot be ended any more; it is changed and confirmed."))
        )
        self.things.changed.connect(self._tell_what_follows)
        self.reason.textChanged.connect(lambda _text: self.enable())
        self._tell_what_follows()
        self.reason.setFocus()

    def may_decide(self) -> bool:
        """Something is ticked, and there is a reason."""
        return bool(self.things.chosen() and self.reason.text().strip())

    def take(self) -> None:
        """Refuse or withdraw what is ticked."""
        handover, wanted, reason = self._detail.row.id, self.things.chosen(), reason_in(self.reason)
        end = protocol.refuse if self._refuses else protocol.withdraw

        def work(actor: Actor) -> Statement:
            return end(actor, handover, wanted, reason)

        self.ask_keyring(work, self._ended)

    def _ended(self, statement: Statement) -> None:
        giver = self._detail.row.giver
        sealed = any(one.id in self._items and _left(self._items[one.id].state) for one in statement.items)
        told = [_("Refused.") if self._refuses else _("Withdrawn.")]
        if sealed:
            told.append(_("The sealed secrets left the house: {giver} changes them.").format(giver=giver))
        else:
            told.append(_("Everything stays with {giver}.").format(giver=giver))
        self.finish(statement.handover, told, [statement_file(statement)])

    def _tell_what_follows(self) -> None:
        giver, wanted = self._detail.row.giver, self.things.chosen()
        if any(_left(self._items[one].state) for one in wanted):
            told = _("A sealed file has left the house already. {giver} has to change its secrets.")
        else:
            told = _("It stays with {giver}; nothing has to be changed.")
        self.follows.setText(told.format(giver=giver))
        self.enable()


def reason_in(editor: LineEditor) -> str:
    """Return the reason as one line that can be signed."""
    try:
        return clean_line(str(editor.value() or "")).strip()
    except BadInputError:
        return ""


def _left(state: ItemState) -> bool:
    return state is ItemState.SEALED
