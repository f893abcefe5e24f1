"""Typing a secret unseen, or having one made: length, characters or German words, and how strong it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from core.custody.generating import (
    Alphabet,
    passphrase,
    passphrase_bits,
    password,
    password_bits,
    strength,
    strength_bits,
    strength_label,
)
from core.custody.secret import Secret
from core.errors import BadInputError
from core.i18n import N_, _
from gui.widgets import muted, named
from gui.widgets.eye import Eye

_ALPHABETS = {
    Alphabet.LOWER: N_("Small letters"),
    Alphabet.UPPER: N_("Capital letters"),
    Alphabet.DIGITS: N_("Digits"),
    Alphabet.SYMBOLS: N_("Signs"),
}


class NewSecret(QWidget):
    """A field that shows dots, an eye, and a generator that opens below.

    Signals:
        edited: What is in the field is another secret now.
    """

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, generated: bool = False) -> None:
        """Make the field.

        Args:
            parent: The dialog.
            generated: Whether a secret is made at once.
        """
        super().__init__(parent)
        self._made = (Secret(""), 0.0)
        self.field = named(QLineEdit(), "secret")
        self.field.setAccessibleName(_("Secret"))
        self.field.textChanged.connect(self._changed)
        self._eye = Eye(self.field)
        self._strength = muted("", wrap=False)
        self._making = named(QPushButton(_("Generate")), "generate")
        self._making.clicked.connect(self.make)
        self._open = named(QPushButton(_("Options")), "generator-options", link=True, checkable=True)
        self._make_generator()
        self._lay_out()
        if generated:
            self.make()
        self._changed()

    def value(self) -> Secret:
        """Return what was typed or made."""
        return Secret(self.field.text())

    def clear(self) -> None:
        """Forget what is in the field."""
        self._made = (Secret(""), 0.0)
        self.field.clear()

    def make(self) -> None:
        """Make a secret as the options say."""
        try:
            if self._by_words():
                made, bits = passphrase(self.words.value()), passphrase_bits(self.words.value())
            else:
                made = password(self.length.value(), self._chosen())
                bits = password_bits(self.length.value(), self._chosen())
        except BadInputError as error:
            self._strength.setText(error.sentence)
            return
        self._made = (made, bits)
        self.field.setText(made.reveal())

    def _by_words(self) -> bool:
        return self.kind.currentIndex() == 1

    def _chosen(self) -> list[Alphabet]:
        return [one for one, box in self.alphabets.items() if box.isChecked()]

    def _make_generator(self) -> None:
        self.kind = named(QComboBox(), "generator-kind")
        self.kind.addItems([_("Characters"), _("German words")])
        self.kind.setAccessibleName(_("What it is made of"))
        self.length = named(QSpinBox(minimum=8, maximum=64, value=20), "generator-length")
        self.length.setAccessibleName(_("Number of characters"))
        self.words = named(QSpinBox(minimum=4, maximum=12, value=6), "generator-words")
        self.words.setAccessibleName(_("Number of words"))
        self.alphabets = {one: QCheckBox(_(text)) for one, text in _ALPHABETS.items()}
        self.options = named(QWidget(), "generator")
        grid = QGridLayout(self.options)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for number in (self.length, self.words):
            number.lineEdit().setTextMargins(8, 0, 8, 0)
        grid.addWidget(self.kind, 0, 0)
        grid.addWidget(self.length, 0, 1)
        grid.addWidget(self.words, 0, 1)
        for place, box in enumerate(self.alphabets.values()):
            box.setChecked(True)
            grid.addWidget(box, 1 + place // 2, place % 2)
            box.toggled.connect(self.make)
        self.kind.currentIndexChanged.connect(self._choose_kind)
        self.length.valueChanged.connect(self.make)
        self.words.valueChanged.connect(self.make)
        self.words.hide()
        self.options.hide()
        self._open.toggled.connect(self.options.setVisible)

    def _choose_kind(self) -> None:
        self.length.setVisible(not self._by_words())
        self.words.setVisible(self._by_words())
        for box in self.alphabets.values():
            box.setEnabled(not self._by_words())
        self.make()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, 1)
        line.addWidget(self._making)
        below = QHBoxLayout()
        below.addWidget(self._strength)
        below.addStretch(1)
        below.addWidget(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._eye.plain)
        column.addLayout(below)
        column.addWidget(self.options)
        self.setFocusProxy(self.field)

    def _changed(self) -> None:
        secret = self.value()
        made, exact = self._made
        bits = exact if secret == made else strength_bits(secret)
        told = _("Strength: {word} (about {bits} bits)").format(word=strength_label(strength(bits)), bits=round(bits))
        self._strength.setText(told if secret else "")
        self.edited.emit()
