"""One key card beside the list: whose it is, how it was verified, its whole fingerprint, the person's other cards."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QFontDatabase
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.custody.identity.circle import Standing
from core.custody.identity.listing import CardRow
from core.i18n import _, show_instant
from gui.key_card_words import Told, card_title, state, state_sentence, verified, whole_fingerprint
from gui.key_cards import CardsRead, in_use, is_open, ways
from gui.pages.record_detail import NARROWEST, stacked
from gui.widgets import muted, named
from gui.widgets.flow import Flow
from gui.widgets.lines import Column, LineButton
from gui.widgets.severity import SEVERITIES, SeverityLabel


class KeyCardDetail(QWidget):
    """The chosen card, or a word that none is chosen.

    Signals:
        wanted: The fingerprint of another card that is to be shown.
    """

    wanted = Signal(str)

    def __init__(self, actions: Sequence[QAction], parent: QWidget | None = None) -> None:
        """Make the part.

        Args:
            actions: What can be done with a card, in the order in which it is offered.
            parent: The page.
        """
        super().__init__(parent)
        named(self, "key-card-detail")
        self._name = named(QLabel(wordWrap=True), "section-title")
        self._about = muted("")
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._standing = SeverityLabel("notice")
        self._buttons = QWidget()
        line = Flow(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        self._offered = {one.objectName(): _button(one) for one in actions}
        for button in self._offered.values():
            line.addWidget(button)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        for part in (self._name, self._about, self._standing, self._buttons):
            head.addWidget(part)
        self.column = Column()
        word = _("Choose a card on the left to verify it or to see who says so.")
        self._stack = stacked(word, head, self.column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def minimumSizeHint(self) -> QSize:
        """Return room for a line of the fingerprint."""
        return super().minimumSizeHint().expandedTo(QSize(NARROWEST, 0))

    def show_card(self, read: CardsRead, row: CardRow | None) -> None:
        """Show a card with what can be done with it; the first of the buttons is the next step."""
        self._stack.setCurrentIndex(0 if row is None else 1)
        self._offer(ways(read, row) if row is not None else frozenset())
        if row is None:
            return
        self._name.setText(row.person)
        made = _("Made on {instant}").format(instant=show_instant(row.created)) if row.created else ""
        head = _("Head of press") if row.head else ""
        self._about.setText("\n".join(part for part in (row.device, made, head) if part))
        told = verified(row) if in_use(row) else state(row)
        self._standing.show_severity(_severity(told), told.word)
        self.column.start()
        for heading, sentences in _said(read, row):
            self.column.heading(heading)
            for sentence in sentences:
                self.column.put(_text(sentence))
        self._show_fingerprint(row)
        self._show_others(read, row)

    def _offer(self, able: frozenset[str]) -> None:
        first = next((name for name in self._offered if name in able), "")
        for name, button in self._offered.items():
            button.setVisible(name in able)
            button.setProperty("primary", name == first)
            button.style().unpolish(button)
            button.style().polish(button)

    def _show_fingerprint(self, row: CardRow) -> None:
        self.column.heading(_("Fingerprint"))
        label = named(QLabel(whole_fingerprint(row.fingerprint)), "fingerprint")
        label.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setAccessibleName(_("Fingerprint"))
        self.column.put(label)

    def _show_others(self, read: CardsRead, row: CardRow) -> None:
        others = read.others_of(row)
        if others:
            self.column.heading(_("Other cards of {name}").format(name=row.person))
        for one in others:
            told = verified(one) if in_use(one) else state(one)
            button = LineButton("show-card", _("Show"), lambda one=one: self.wanted.emit(one.fingerprint))  # type: ignore[misc]  # mypy knows no defaults of lambdas
            self.column.add(one.device or _("unnamed"), told.word, [button], quiet=not in_use(one))


def _button(action: QAction) -> QPushButton:
    button = named(QPushButton(action.text().replace("&", "")), f"do-{action.objectName()}")
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    return button


def _said(read: CardsRead, row: CardRow) -> list[tuple[str, list[str]]]:
    """Return what there is to say of a card, under headings."""
    told = [", ".join(row.told)] if row.told else [_("Nobody else says that they verified this card.")]
    if row.told:
        told.append(_("That is a hint only. What counts is what you have verified yourself."))
    parts = [(_("Verified by you"), _how(read, row)), (_("Others who say that they verified it"), told)]
    state_said = state_sentence(row)
    return [(_("State"), [state_said]), *parts] if state_said else parts


def _how(read: CardsRead, row: CardRow) -> list[str]:
    name = row.person
    match row.verified:
        case Standing.OWN:
            return [_("This is the card of this computer. Your colleagues verify it; you need not.")]
        case Standing.WORDS if is_open(read, row):
            return [
                _("You compared the words with {name} before {name} was head of press.").format(name=name),
                _("Compare them once more, so that certificates by {name} count.").format(name=name),
            ]
        case Standing.WORDS:
            return [_("You compared the words with {name}.").format(name=name)]
        case Standing.CERTIFICATE:
            return [_("The head of press, whose card you verified, certified this card.")]
        case _ if in_use(row):
            return [_("Not yet. Until then you can seal nothing to {card}.").format(card=card_title(row))]
        case _:
            return [_("No.")]


def _text(sentence: str) -> QLabel:
    label = QLabel(sentence, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _severity(told: Told) -> str:
    return told.colour if told.colour in SEVERITIES else "notice"
