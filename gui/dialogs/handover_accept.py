"""Accepting what was proposed: who takes over looks at it, and asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Possible
from core.i18n import _, show_date
from core.model import Act
from core.registry import Registry
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import statement_file
from gui.handover_words import thing_text, way_note
from gui.widgets import muted
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed: by whom, and what exactly."""

    by: str
    items: tuple[Told, ...]


class AcceptHandoverDialog(HandoverDecision):
    """Shows the proposal with a tick each, and makes the request."""

    help_topic = "handovers#request"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        question = _("Take over from {giver}").format(giver=detail.row.giver)
        super().__init__(workspace, question, _("Ask for it"), parent)
        self._detail, self._proposed = detail, Proposed("", ())
        self._asked = {one.id for one in possible.items}
        self.about = muted("")
        self.things = TickedThings("thing")
        self.body.addWidget(self.about)
        self.body.addWidget(self.things)
        self.body.addWidget(muted(_("Nothing is changed in any account by that. What you do not tick stays proposed.")))
        self.things.changed.connect(self.enable)
        handover = detail.row.id

        def read(registry: Registry) -> tuple[Statement, ...]:
            with registry.reading() as session:
                return statements_of(session, handover)

        self.ask_registry(read, lambda known: self.show_proposed(_proposed(known)))

    def may_decide(self) -> bool:
        """Something is ticked."""
        return bool(self.things.chosen())

    def show_proposed(self, proposed: Proposed) -> None:
        """Show what was proposed."""
        items = tuple(one for one in proposed.items if one.id in self._asked)
        self._proposed = replace(proposed, items=items)
        self.about.setText(_about(proposed.by, self._detail))
        row = self._detail.row
        self.things.show_things(Thing(one.id, thing_text(one), way_note(one.way, row)) for one in items)
        self.primary.setFocus()

    def take(self) -> None:
        """Ask for what is ticked."""
        row, wanted = self._detail.row, set(self.things.chosen())
        items = [one for one in self._proposed.items if one.id in wanted]

        def ask(actor: Actor) -> Statement:
            return protocol.request(actor, row.id, row.giver_id, items, row.occasion, until=row.until)

        self.ask_keyring(ask, self._asked_for)

    def _asked_for(self, statement: Statement) -> None:
        sentence = _("You have asked {giver} for it.").format(giver=self._detail.row.giver)
        self.finish(statement.handover, [sentence], [statement_file(statement)], awaited=True)


def _proposed(known: tuple[Statement, ...]) -> Proposed:
    """Return the newest proposal, with all things that were ever proposed."""
    said = [one for one in known if one.act is Act.PROPOSAL]
    items = {told.id: told for one in said for told in one.items}
    return Proposed(said[-1].by.name if said else "", tuple(items.values()))


def _about(by: str, detail: HandoverDetail) -> str:
    row = detail.row
    told = _("{name} proposes this. Occasion: {occasion}.").format(name=by, occasion=_(row.occasion.label))
    if row.until is None:
        return told
    return "\n".join([told, _("It ends on {day}; then the copies are given back.").format(day=show_date(row.until))])
