"""Accepting what was proposed: who takes over looks at it, and asks for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.compared import have_compared
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.statements import Statement
from core.custody.handover.item_course import BY_BUNDLE
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Possible
from core.custody.identity.cards import Card
from core.i18n import _, show_date
from core.model import Act
from core.registry import Registry
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_comparing import compare_first, compare_words
from gui.handover_files import statement_file
from gui.handover_words import thing_text, way_note
from gui.widgets import muted
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was proposed.

    Attributes:
        by: Who proposed it.
        items: What exactly.
        card: The card of whoever hands over, where they proposed it and its words are to be compared first.
    """

    by: str
    items: tuple[Told, ...]
    card: Card | None = None


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
        row = detail.row

        def read(registry: Registry) -> Proposed:
            with registry.reading() as session:
                compared = have_compared(session, row.giver_id, row.taker_id, row.taker_id)
                return _proposed(statements_of(session, row.id), None if compared else row.giver_id)

        self.ask_registry(read, self.show_proposed)

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
        if proposed.card is not None and any(one.way in BY_BUNDLE for one in items):
            self._ask_to_compare(proposed.card)
        self.primary.setFocus()

    def take(self) -> None:
        """Ask for what is ticked."""
        row, wanted = self._detail.row, set(self.things.chosen())
        items = [one for one in self._proposed.items if one.id in wanted]

        def ask(actor: Actor) -> Statement:
            return protocol.request(actor, row.id, row.giver_id, items, row.occasion, until=row.until)

        self.ask_keyring(ask, self._asked_for)

    def _ask_to_compare(self, card: Card) -> None:
        """Say what to do with a card that somebody new to it has not heard of; the request does not wait for it."""

        def compare() -> None:
            compare_words(self.workspace, card, self).rejected.connect(lambda: self._ask_to_compare(card))

        way_out = (_("Compare words..."), compare)
        self.messages.show_message(compare_first(card.name), "notice", way_out, closable=False)

    def _asked_for(self, statement: Statement) -> None:
        sentence = _("You have asked {giver} for it.").format(giver=self._detail.row.giver)
        self.finish(statement.handover, [sentence], [statement_file(statement)], awaited=True)


def _proposed(known: tuple[Statement, ...], unverified: UUID | None) -> Proposed:
    """Return the newest proposal, with all things that were ever proposed, and the card of who is not verified."""
    said = [one for one in known if one.act is Act.PROPOSAL]
    items = {told.id: told for one in said for told in one.items}
    card = said[-1].by if said and said[-1].by.person == unverified else None
    return Proposed(said[-1].by.name if said else "", tuple(items.values()), card)


def _about(by: str, detail: HandoverDetail) -> str:
    row = detail.row
    told = _("{name} proposes this. Occasion: {occasion}.").format(name=by, occasion=_(row.occasion.label))
    if row.until is None:
        return told
    return "\n".join([told, _("It ends on {day}; then the copies are given back.").format(day=show_date(row.until))])
