"""The bar at the bottom: what was done, with "Undo" for ten seconds, and which registry is open."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from core.i18n import _
from gui.widgets import named

UNDO_OFFERED = 10_000  # Milliseconds.
PATIENCE = 300


class StatusBar(QFrame):
    """One line; only a running offer to undo keeps a timer, and that fires once.

    Signals:
        undo_wanted: The user pressed "Undo".
        keyring_wanted: The user asks about the keyring.
    """

    undo_wanted = Signal()
    keyring_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "status-bar")
        self.setFixedHeight(40)
        self.sentence = named(QLabel(), "status-sentence")
        self.sentence.setMinimumWidth(1)  # A long sentence is cut; it must not widen the window.
        self.undo = named(QPushButton(_("Undo")), "status-undo", link=True)
        self.undo.hide()
        self.undo.setToolTip(_("Undo what was done last (Ctrl+Z)"))
        self.undo.clicked.connect(self._undo)
        self.busy = QProgressBar(textVisible=False)
        self.busy.hide()
        self.busy.setAccessibleName(_("Work in progress"))
        self.busy.setRange(0, 0)
        self.busy.setFixedSize(96, 4)
        self.keyring = named(QPushButton(), "status-keyring", link=True)
        self.keyring.setAccessibleName(_("Keyring"))
        self.keyring.hide()
        self.keyring.clicked.connect(self.keyring_wanted)
        self.place = named(QLabel(), "status-place", muted=True)
        self._overheard = ""
        self._offer = QTimer(self, singleShot=True, interval=UNDO_OFFERED)
        self._offer.timeout.connect(self.withdraw_undo)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self.busy.show)
        self._lay_out()

    def say(self, sentence: str, *, undoable: bool) -> None:
        """Show a sentence, with or without an offer to undo."""
        self._overheard = ""
        self.sentence.setText(sentence)
        self.undo.setVisible(undoable)
        self.sentence.setToolTip(sentence)
        if undoable:
            self._offer.start()
        else:
            self._offer.stop()

    def overhear(self, sentence: str) -> None:
        """Show what somebody else did; an offer to undo one's own work is not pushed aside for it."""
        if self._offer.isActive():
            self._overheard = sentence
        else:
            self.say(sentence, undoable=False)

    def show_keyring(self, word: str, notes: str = "") -> None:
        """Say how the keyring stands; nothing while it does not matter."""
        self.keyring.setText(word)
        self.keyring.setAccessibleName(word or _("Keyring"))
        self.keyring.setToolTip(notes or _("Go to the logins"))
        self.keyring.setVisible(bool(word))

    def show_busy(self, busy: int) -> None:
        """Show that work goes on, if it takes so long that one would wonder."""
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self.busy.hide()

    def withdraw_undo(self) -> None:
        """End the offer to undo; Ctrl+Z still works."""
        self._offer.stop()
        self.undo.hide()
        if self._overheard:
            self.say(self._overheard, undoable=False)

    def _undo(self) -> None:
        self.withdraw_undo()
        self.undo_wanted.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 0, 16, 0)
        line.setSpacing(8)
        line.addWidget(self.sentence)
        line.addWidget(self.undo)
        line.addStretch(1)
        line.addWidget(self.busy)
        line.addWidget(self.keyring)
        line.addWidget(self.place)
