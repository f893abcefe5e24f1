"""The tick that somebody has signed in, with the day on which they did."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _, show_date
from gui.editors import LineEditor
from gui.widgets import named
from gui.widgets.wrapped_check import WrappedCheck

_DAY = Field("login-day", N_("Day of the sign-in"), Day(), required=True)


class SignedInOn(QWidget):
    """A tick with a day, which is today unless it is changed.

    Signals:
        changed: It was ticked, or not any more.
    """

    changed = Signal()

    def __init__(self, text: str, today: date, parent: QWidget | None = None) -> None:
        """Make the line.

        Args:
            text: What is ticked.
            today: The day.
            parent: Where it stands.
        """
        super().__init__(parent)
        self._today = today
        self.check = WrappedCheck(text, "signed-in")
        self.day = named(LineEditor(_DAY), "login-day")
        self.day.setAccessibleName(_("Day of the sign-in"))
        self.day.setFixedWidth(120)
        self.day.show_value(today)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.check, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.day)
        self.setFocusProxy(self.check)
        self.check.box.toggled.connect(lambda _on: self.changed.emit())
        self.day.textChanged.connect(lambda _text: self.changed.emit())

    def is_ticked(self) -> bool:
        """Say whether somebody has signed in."""
        return self.check.box.isChecked()

    def value(self) -> date:
        """Return the day.

        Raises:
            BadInputError: It is none, or still to come.
        """
        day: date | None = self.day.value()
        if day is None:
            raise BadInputError(_("Please enter the day on which you signed in."))
        if day > self._today:
            raise BadInputError(_("The sign-in cannot be on {day}, which is still to come.").format(day=show_date(day)))
        return day

    def show_ticked(self, day: date) -> None:
        """Tick it again, as it was on some day."""
        self.check.box.setChecked(True)
        self.day.show_value(day)

    def clear(self) -> None:
        """Begin anew."""
        self.check.box.setChecked(False)
        self.day.show_value(self._today)
