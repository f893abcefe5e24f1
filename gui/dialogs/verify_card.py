"""Verifying a key card on the telephone: one reads six words out, the other types two of them, then the other way.

The words are in sight only while they are read out, never while some are asked for; the core checks and counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from core.custody.custodian import Custodian
from core.custody.identity import verifying
from core.custody.identity.cards import Card, in_groups
from core.custody.identity.enrolling import enrol
from core.custody.identity.pins import Pin
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.words import reads_first
from core.errors import RegistryError
from core.i18n import _, show_instant
from gui.dialogs.decision import Decision
from gui.dialogs.show_card import ShowCardDialog
from gui.key_card_words import SHORT
from gui.key_cards import this_instant
from gui.keyring import with_keyring
from gui.tasks import Job
from gui.widgets import muted, named
from gui.widgets.more_text import MoreText
from gui.widgets.severity import SeverityLabel
from gui.widgets.six_words import SixWords
from gui.workspace import Workspace

ASKED = 2


class Step(Enum):
    """Where the two are."""

    BEGIN = "begin"
    READ = "read"
    TYPE = "type"
    VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Ready:
    """What is needed to begin: the six words of both cards, and the own one to give out."""

    words: tuple[str, ...]
    own: Card


class VerifyCardDialog(Decision):
    """Leads one of two people through it; the other has the same dialog open."""

    help_topic = "key-cards#verify"

    def __init__(self, workspace: Workspace, card: Card, parent: QWidget | None = None) -> None:
        question = _("Verify the key card of {name}").format(name=card.name)
        super().__init__(workspace, question, _("I read first"), parent)
        self._card, self._name = card, card.name
        self._ready: Ready | None = None
        self._numbers: tuple[int, ...] = ()
        self._job: Job | None = None
        self._step, self._was_read, self._is_over = Step.BEGIN, False, False
        about = _("“{device}”, made on {instant}")
        self.body.addWidget(muted(about.format(device=card.device, instant=show_instant(card.created))))
        self._make_parts()
        self._go(Step.BEGIN)
        self._prepare()

    def decide(self) -> None:
        """Take the next step."""
        match self._step:
            case Step.BEGIN:
                self._go(Step.READ)
            case Step.READ if self._is_over:
                self.accept()
            case Step.READ:
                self._was_read = True
                self._ask_for_words()
            case Step.TYPE:
                self._check()
            case Step.VERIFIED if self._was_read:
                self.accept()
            case Step.VERIFIED:
                self._go(Step.READ)

    def done(self, outcome: int) -> None:
        """Show no words any more, and wait for the keyring no longer."""
        if self._job is not None:
            self._job.cancel()
        self.words.forget()
        self._ready = None
        super().done(outcome)

    def show_ready(self, ready: Ready) -> None:
        """Let the two begin."""
        self._ready = ready
        is_mine = ready.own.person == self._card.person
        if is_mine:
            self._call.setText(
                _(
                    "This is the card of another computer of yours. So that no foreign one passes for it, open the "
                    "card of this computer there in the same way; both show the same six words. Read them on one "
                    "screen, and type two of them on the other."
                )
            )
        is_reader = reads_first(ready.own.fingerprint, self._card.fingerprint)
        if not is_mine:
            turn = _("You read first, {name} types first.") if is_reader else _("{name} reads first, you type first.")
            self._turn.setText(turn.format(name=self._name))
        self._turn.setVisible(not is_mine)
        self._go(Step.BEGIN)
        self._lead(self.primary if is_reader else self.other)

    def show_numbers(self, numbers: tuple[int, ...]) -> None:
        """Ask for some of the words."""
        self._numbers = numbers
        for number, field, label in zip(numbers, self.fields, self._asked, strict=True):
            text = _("Word {number}").format(number=number)
            label.setText(text)
            field.setAccessibleName(text)
            field.clear()
        self._go(Step.TYPE)
        self.fields[0].setFocus()

    def show_verified(self, pin: Pin) -> None:
        """Say that the card is verified, and go on with the other direction if that is still to be done."""
        self._is_over = True
        parts = [_("The card of {name}, “{device}”, is verified.").format(name=self._name, device=self._card.device)]
        if pin.head:
            parts.append(
                _("{name} is head of press. What {name} certifies counts for you from now on.").format(name=self._name)
            )
        if not self._was_read:
            parts.append(_("Now read your six words out, so that {name} can verify yours.").format(name=self._name))
        self.outcome.show_severity("good", "\n".join(parts))
        self._go(Step.VERIFIED)
        self.primary.setFocus()
        self.workspace.changed.emit(frozenset({"key_verification"}))

    def _make_parts(self) -> None:
        name = self._name
        call = _(
            "So that nobody pretends to be {name}, call {name} under a number that you know from elsewhere, not from "
            "the mail with the card. {name} opens your card in the same way, and both of you see the same six words. "
            "Each reads them out, and the other types two of them."
        )
        self._call, self._turn = QLabel(call.format(name=name), wordWrap=True), QLabel(wordWrap=True)
        self._begin = self._part(self._call, self._turn)
        self._turn.hide()
        self._giving = named(QPushButton(_("Give out my own card...")), "give-card", link=True)
        self._giving.clicked.connect(self._give)
        self._add(self._begin, self._giving)
        self._add(self._begin, MoreText(_("Fingerprint: {fingerprint}").format(fingerprint=self._fingerprint())))
        self.words = SixWords()
        read = _("Read these six words out, slowly, with their numbers.")
        self._read = self._part(QLabel(read, wordWrap=True), self.words)
        hear = _("Let {name} read all six words out. Type these two as you hear them.").format(name=name)
        self._type = self._part(QLabel(hear, wordWrap=True))
        self.fields = [named(QLineEdit(), f"word-typed-{place + 1}") for place in range(ASKED)]
        self._asked = [QLabel() for _field in self.fields]
        for field, label in zip(self.fields, self._asked, strict=True):
            label.setBuddy(field)
            field.textChanged.connect(lambda _text: self._enable())
            self._add(self._type, label)
            self._add(self._type, field)
        self.outcome = named(SeverityLabel("good", sentences=True), "outcome")
        self.body.addWidget(self.outcome)
        self.progress = QProgressBar(textVisible=False)
        self.progress.setRange(0, 0)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName(_("Working out the words"))
        self.body.addWidget(self.progress)
        self.other = named(QPushButton(_("I type first")), "other-first")
        self.other.setAutoDefault(False)
        self.other.clicked.connect(self._ask_for_words)
        self.buttons.insertWidget(self.buttons.indexOf(self.primary), self.other)

    def _fingerprint(self) -> str:
        return in_groups(self._card.fingerprint[:SHORT])

    def _part(self, *widgets: QWidget) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in widgets:
            column.addWidget(widget)
        self.body.addWidget(part)
        return part

    def _add(self, part: QWidget, widget: QWidget) -> None:
        column = part.layout()
        if column is not None:
            column.addWidget(widget)
        if isinstance(widget, QPushButton) and column is not None:
            column.setAlignment(widget, Qt.AlignmentFlag.AlignLeft)

    def _go(self, step: Step) -> None:
        """Show one step; the words go out of sight with theirs."""
        self._step = step
        self._lead(self.primary)
        if step is Step.READ and self._ready is not None:
            self.words.show_words(self._ready.words)
        else:
            self.words.forget()
        shown = {Step.BEGIN: self._begin, Step.READ: self._read, Step.TYPE: self._type, Step.VERIFIED: self.outcome}
        for one, part in shown.items():
            part.setVisible(one is step)
        self.other.setVisible(step is Step.BEGIN)
        self.primary.setText(self._verb())
        self.back.setText(_("Close") if self._is_over else _("Cancel"))
        self.back.setVisible(not (self._is_over and (step is Step.READ or self._was_read)))
        self._enable()

    def _lead(self, button: QPushButton) -> None:
        """Let one of the two buttons be the one for Enter; it stands at the end, in the colour of what comes next."""
        self.buttons.removeWidget(button)
        self.buttons.addWidget(button)
        for one in (self.primary, self.other):
            one.setDefault(one is button)
            named(one, primary=one is button)
            one.style().unpolish(one)
            one.style().polish(one)
        if self._ready is not None and self._step is Step.BEGIN:
            button.setFocus()

    def _verb(self) -> str:
        match self._step:
            case Step.BEGIN:
                return _("I read first")
            case Step.READ:
                return _("Done") if self._is_over else _("Now the other one reads out")
            case Step.TYPE:
                return _("Verify")
            case Step.VERIFIED:
                return _("Close") if self._was_read else _("Show my words")

    def _enable(self) -> None:
        is_free = self._job is None and self._ready is not None
        typed = all(field.text().strip() for field in self.fields)
        self.primary.setEnabled(is_free and (self._step is not Step.TYPE or typed))
        self.other.setEnabled(is_free)
        self._giving.setEnabled(self._ready is not None)
        self.progress.setVisible(self._job is not None)

    def _prepare(self) -> None:
        """Have a card of one's own, and work out the words."""
        card, now = self._card, this_instant()

        def work(custodian: Custodian) -> Ready:
            own = enrol(custodian, now)
            return Ready(verifying.words_with(custodian, card, now), own)

        self._ask(work, self.show_ready)

    def _ask_for_words(self) -> None:
        card, now = self._card, this_instant()
        self.words.forget()
        self._ask(lambda custodian: verifying.begin_verification(custodian, card, now), self.show_numbers)

    def _check(self) -> None:
        card, now = self._card, this_instant()
        typed = {number: field.text() for number, field in zip(self._numbers, self.fields, strict=True)}
        self._ask(lambda custodian: verifying.verify_by_words(custodian, card, typed, now), self.show_verified)

    def _ask(self, work: Callable[[Custodian], Any], then: Callable[[Any], None]) -> None:
        def go_on(result: Any) -> None:
            self._job = None
            then(result)
            self._enable()

        self.messages.clear()
        self._job = with_keyring(self.workspace, work, go_on, failed=self._refused, owner=self)
        self._enable()

    def _refused(self, error: RegistryError) -> None:
        """Say why not; after wrong words others are asked for, until the day's tries are over."""
        self._job = None
        if isinstance(error, RefusedError) and error.code is Refusal.WRONG_WORDS:
            self._ask_for_words()
            self.messages.show_message(error.sentence)
            return
        if isinstance(error, RefusedError):
            self._ready = None  # Neither other words nor another try make this card a good one.
            self._go(Step.BEGIN)
        again = (_("Try again"), self._prepare) if self._ready is None and not isinstance(error, RefusedError) else None
        self.messages.show_message(error.sentence, way_out=again)
        self._enable()

    def _give(self) -> None:
        if self._ready is not None:
            ShowCardDialog(self.workspace, self._ready.own, self, own=True).open()
