"""Sealing secrets for the successor: which ones, to which verified cards, and how to bring the file."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import facts_of
from core.custody.handover.formats.statements import Statement
from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Possible
from core.custody.handover.steps.case import best
from core.custody.identity.cards import Card
from core.i18n import _, ngettext, show_date
from core.model import Act
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import bundle_file
from gui.handover_words import thing_text
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel
from gui.widgets.ticked_things import Thing, TickedThings
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Addressee:
    """A card to which it is sealed.

    Attributes:
        card: The card that the request names.
        verified: Whether the person here has verified it.
    """

    card: Card
    verified: bool


class SealHandoverDialog(HandoverDecision):
    """Seals once all cards of the successor are verified; there is no way around that."""

    help_topic = "handovers#seal"

    def __init__(
        self, workspace: Workspace, possible: Possible, detail: HandoverDetail, parent: QWidget | None = None
    ) -> None:
        question = _("Seal for {taker}").format(taker=detail.row.taker)
        super().__init__(workspace, question, _("Seal"), parent)
        self._detail, self._addressees = detail, tuple[Addressee, ...]()
        self.things = TickedThings("thing", [Thing(one.id, thing_text(one)) for one in possible.items])
        self.things.changed.connect(self._tell_left_out)
        self.body.addWidget(self.things)
        self.left_out = muted(
            _("There is one sealed file for each handover. What you leave out, you withdraw; it is asked for again.")
        )
        self.left_out.hide()
        self.body.addWidget(self.left_out)
        self.cards = QWidget()
        self._lines = QVBoxLayout(self.cards)
        self._lines.setContentsMargins(0, 8, 0, 0)
        self._lines.setSpacing(8)
        self.body.addWidget(self.cards)
        self._look()

    def may_decide(self) -> bool:
        """Something is ticked, and all cards are verified."""
        return bool(self.things.chosen() and self._addressees) and all(one.verified for one in self._addressees)

    def show_addressees(self, addressees: tuple[Addressee, ...]) -> None:
        """Show to which cards it would be sealed."""
        self._addressees = addressees
        while (item := self._lines.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.deleteLater()
        heading = ngettext("Only this card can open the file:", "Only these cards can open the file:", len(addressees))
        self._lines.addWidget(muted(heading))
        for one in addressees:
            self._lines.addWidget(_card_line(one.card))
            if not one.verified:
                self._ask_to_verify(one.card)
        self.enable()
        if self.may_decide():
            self.primary.setFocus()

    def take(self) -> None:
        """Seal what is ticked."""
        handover, wanted, items = self._detail.row.id, self.things.chosen(), self._detail.items

        def seal(actor: Actor) -> tuple[Statement, bytes]:
            with actor.custodian.registry.reading() as session:
                facts = facts_of(session, items)
            return protocol.seal(actor, handover, wanted, facts)

        self.ask_keyring(seal, lambda sealed: self.show_sealed(*sealed))

    def show_sealed(self, statement: Statement, content: bytes) -> None:
        """Offer the file, and say until when and how."""
        count, name = len(statement.items), self._name()
        told = ngettext("{count} secret is sealed for {name}.", "{count} secrets are sealed for {name}.", count)
        sentences = [told.format(count=count, name=name)]
        if statement.expires_on is not None:
            day = show_date(statement.expires_on)
            told = _("It can be opened until {day}. You keep your copy until {name} has set a new secret.")
            sentences.append(told.format(day=day, name=name))
        hint = _(
            "Save the file and send it by mail, or put it into a shared folder. It is useless to everybody but {name}."
        )
        self.finish(statement.handover, sentences, [bundle_file(statement, content)], hint.format(name=name))

    def _look(self) -> None:
        handover = self._detail.row.id

        def look(actor: Actor) -> tuple[Addressee, ...]:
            asked = best(actor, actor.statements(handover), Act.REQUEST)
            usable = {card.fingerprint for card in actor.usable(asked.taker)} if asked is not None else set()
            return tuple(Addressee(card, card.fingerprint in usable) for card in (asked.cards if asked else ()))

        self.ask_keyring(look, self.show_addressees)

    def _name(self) -> str:
        return self._addressees[0].card.name if self._addressees else self._detail.row.taker

    def _ask_to_verify(self, card: Card) -> None:
        told = _(
            "You have not verified this card yet. Compare the words with {name} on the telephone first; then it goes "
            "on here."
        )
        self._lines.addWidget(SeverityLabel("warning", told.format(name=card.name), sentences=True))
        button = named(QPushButton(_("Compare words with {name}...").format(name=card.name)), "compare-words")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._verify(card))
        self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        button.setFocus()

    def _verify(self, card: Card) -> None:
        from gui.handover_comparing import compare_words

        dialog = compare_words(self.workspace, card, self)
        dialog.finished.connect(lambda _outcome: self._look())

    def _tell_left_out(self) -> None:
        self.left_out.setVisible(not self.things.all_ticked())
        self.enable()


def _card_line(card: Card) -> QLabel:
    text = _("{name}, “{device}”").format(name=card.name, device=card.device) if card.device else card.name
    label = named(QLabel(text, wordWrap=True), "card-line")
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
