"""Whether a part that is cut out may be larger than the picture, and what is seen around the picture then."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import BadInputError
from core.fields import Field, Text
from core.i18n import N_, _
from gui.editors import ChoiceEditor
from gui.widgets import named
from gui.widgets.crop_area import CLEAR
from gui.widgets.wrapped_check import WrappedCheck

WHITE, BLACK = 0xFFFFFF, 0x000000
_OWN = "own"
_GROUND = Field("ground", N_("Background"), Text())
_COLOUR = re.compile(r"#?([0-9a-fA-F]{6})")


class CropMargin(QWidget):
    """A box to tick; once it is, the colours to choose from.

    Signals:
        toggled: The box was ticked or not (carries which).
        edited: Another background was chosen.
    """

    toggled = Signal(bool)
    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.check = WrappedCheck(_("Leave a margin around the picture"), "margin")
        self.ground = ChoiceEditor(_GROUND, [])
        self.ground.setObjectName("ground")
        self.ground.setAccessibleName(_("Background"))
        self.colour = named(QLineEdit("#"), "ground-colour")
        self.colour.setAccessibleName(_("Colour of the background"))
        self.colour.setPlaceholderText("#1F4F9F")
        self._choices = QWidget()
        line = QHBoxLayout(self._choices)
        line.setContentsMargins(22, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.ground, 1)
        line.addWidget(self.colour, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.check)
        column.addWidget(self._choices)
        self.offer_clear(possible=True)
        self.check.box.toggled.connect(self._toggle)
        self.ground.edited.connect(self._show)
        self.colour.textEdited.connect(lambda _text: self.edited.emit())
        self._show()

    @property
    def on(self) -> bool:
        """Whether there may be a margin."""
        return self.check.box.isChecked()

    def offer_clear(self, *, possible: bool) -> None:
        """Offer the backgrounds; a JPEG cannot be clear."""
        clear = [(CLEAR, _("Transparent background"))] if possible else []
        plain = [(WHITE, _("White background")), (BLACK, _("Black background")), (_OWN, _("Other colour"))]
        self.ground.offer([*clear, *plain])

    def value(self) -> int:
        """Return the background as one number, CLEAR for none.

        Raises:
            BadInputError: What was typed is no colour.
        """
        chosen = self.ground.value()
        if chosen != _OWN:
            return int(chosen)
        match = _COLOUR.fullmatch(self.colour.text().strip())
        if match is None:
            raise BadInputError(_("Please enter the colour with six digits, for example #1F4F9F."))
        return int(match.group(1), 16)

    def shown(self) -> int:
        """Return the background to be seen, CLEAR as long as what is typed is no colour."""
        try:
            return self.value()
        except BadInputError:
            return CLEAR

    def _toggle(self, on: bool) -> None:
        self._show()
        self.toggled.emit(on)

    def _show(self) -> None:
        self._choices.setVisible(self.on)
        self.colour.setVisible(self.ground.value() == _OWN)
        self.edited.emit()
