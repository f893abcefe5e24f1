"""What the head of press does: close for somebody who is gone, and end what a lost computer began."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.formats.statements import Statement
from core.custody.handover.kept import statements_of
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Possible
from core.custody.identity.cards import Card
from core.i18n import _
from core.registry import Registry
from gui.dialogs.handover_decision import HandoverDecision
from gui.dialogs.handover_ending import REASON, reason_in
from gui.editors import LineEditor
from gui.handover_files import statement_file
from gui.handover_words import thing_text
from gui.widgets import muted, named
from gui.widgets.paper_scan import PaperScan
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


class _HeadDecision(HandoverDecision):
    """Asks which things, and why."""

    closes_by_itself = False

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, *self.asked(detail), parent)
        self._detail = detail
        self.about = QLabel(wordWrap=True)
        self.body.addWidget(self.about)
        self.things = TickedThings("thing", [Thing(one.id, thing_text(one)) for one in possible.items])
        self.body.addWidget(self.things)
        self.reason = named(LineEditor(REASON), "reason")
        self.ask(_("&Reason"), self.reason, _("It stands in the record."))
        self.things.changed.connect(self.enable)
        self.reason.textChanged.connect(lambda _text: self.enable())
        self.reason.setFocus()

    def asked(self, detail: HandoverDetail) -> tuple[str, str]:
        """Return the question and the verb."""
        raise NotImplementedError

    def may_decide(self) -> bool:
        """Something is ticked, and there is a reason."""
        return bool(self.things.chosen() and self.reason.text().strip())


class CloseHandoverDialog(_HeadDecision):
    """Closes what the successor confirmed and nobody is there to release."""

    help_topic = "handovers#close"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, possible, detail, parent)
        row = detail.row
        self.about.setText(
            _(
                "{taker} has confirmed it. {giver} does not release it any more; that the secrets were changed is the "
                "safeguard. It cannot be undone."
            ).format(taker=row.taker, giver=row.giver)
        )
        self.paper = PaperScan(workspace)
        self.body.addWidget(self.paper)
        self.enable()

    def asked(self, detail: HandoverDetail) -> tuple[str, str]:
        """Return the question and the verb."""
        return _("Close in place of {giver}?").format(giver=detail.row.giver), _("Close for good")

    def take(self) -> None:
        """Close what is ticked."""
        handover, wanted, paper = self._detail.row.id, self.things.chosen(), self.paper.digest
        reason = reason_in(self.reason)

        def close(actor: Actor) -> Statement:
            return protocol.close_as_head(actor, handover, wanted, reason=reason, paper=paper)

        self.ask_keyring(close, self._closed)

    def _closed(self, statement: Statement) -> None:
        self.finish(statement.handover, [_("Closed. The record says so.")], [statement_file(statement)])


class SupersedeHandoverDialog(_HeadDecision):
    """Ends what a lost computer or key began."""

    help_topic = "handovers#supersede"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, possible, detail, parent)
        self.about.setText(
            _(
                "What that computer began ends here. Sealed secrets have left the house and must be changed. Then a "
                "new handover can begin. Please revoke its key card, too."
            )
        )
        self.card = named(QComboBox(), "card")
        self.body.insertWidget(0, self.ask(_("&Computer"), self.card))
        self.body.addWidget(muted(_("What is closed already stays closed.")))
        self.card.currentIndexChanged.connect(lambda _row: self.enable())
        handover = detail.row.id

        def read(registry: Registry) -> list[Card]:
            with registry.reading() as session:
                return cards_in(statements_of(session, handover))

        self.ask_registry(read, self.show_cards)

    def may_decide(self) -> bool:
        """A computer is chosen, too."""
        return super().may_decide() and self.card.currentData() is not None

    def show_cards(self, cards: list[Card]) -> None:
        """Offer the computers that signed something in the handover."""
        for card in cards:
            self.card.addItem(_("{name}, “{device}”").format(name=card.name, device=card.device), card.fingerprint)

    def asked(self, detail: HandoverDetail) -> tuple[str, str]:
        """Return the question and the verb."""
        row = detail.row
        question = _("Which computer of {giver} or {taker} is lost?")
        return question.format(giver=row.giver, taker=row.taker), _("End for good")

    def take(self) -> None:
        """End what is ticked."""
        handover, wanted, card = self._detail.row.id, self.things.chosen(), str(self.card.currentData())
        reason = reason_in(self.reason)

        def end(actor: Actor) -> Statement:
            return protocol.supersede(actor, handover, card, wanted, reason=reason)

        self.ask_keyring(end, self._ended)

    def _ended(self, statement: Statement) -> None:
        told = [_("Ended."), _("What has to be changed now stands among the findings.")]
        self.finish(statement.handover, told, [statement_file(statement)])


def cards_in(statements: tuple[Statement, ...]) -> list[Card]:
    """Return the cards of the two people that statements name, each once."""
    cards = {card.fingerprint: card for one in statements for card in (one.by, *one.cards)}
    return [card for card in cards.values() if any(card.person in {one.giver, one.taker} for one in statements)]
