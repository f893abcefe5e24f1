"""Choosing several channels: type a name, each chosen one becomes a line that can be taken away."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.errors import BadInputError
from core.i18n import _
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.widgets.elided import ElidedLabel
from gui.workspace import Workspace


class ChannelPicker(QWidget):
    """A box to type in, and below it what was chosen.

    Signals:
        edited: Others are chosen now.
    """

    edited = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: dict[UUID, str] = {}
        self.box = named(ReferenceBox(workspace, "channel"), "channel")
        self.box.setAccessibleName(_("Channel"))
        self.box.edited.connect(self._take)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addLayout(self._lines)
        self.setFocusProxy(self.box)

    def show_channels(self, chosen: Iterable[tuple[UUID, str]]) -> None:
        """Begin with these channels."""
        self._chosen = dict(chosen)
        self._draw()

    def value(self) -> tuple[UUID, ...]:
        """Return the channels that were chosen.

        Raises:
            BadInputError: Something is typed that no channel was chosen for.
        """
        typed = self.box.value()
        return tuple(self._chosen) + ((typed,) if typed is not None and typed not in self._chosen else ())

    def chosen(self) -> tuple[tuple[UUID, str], ...]:
        """Return what became a line, with what it is called."""
        return tuple(self._chosen.items())

    def _take(self) -> None:
        """Make a line of a channel as soon as it has been chosen."""
        try:
            channel = self.box.value()
        except BadInputError:
            return
        if channel is not None:
            self._chosen[channel] = self.box.text()
            QTimer.singleShot(0, self.box.clear)  # The list of offers writes its choice into the box after this.
            self._draw()

    def _drop(self, channel: UUID) -> None:
        self._chosen.pop(channel, None)
        self._draw()
        self.box.setFocus()

    def _draw(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for channel, label in self._chosen.items():
            self._lines.addWidget(self._line(channel, label))
        self.edited.emit()

    def _line(self, channel: UUID, label: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(ElidedLabel(label), 1)
        away = named(QPushButton(_("Take away")), "take-away", link=True)
        away.setAccessibleName(_("Take away {channel}").format(channel=label))
        away.clicked.connect(lambda: self._drop(channel))
        row.addWidget(away)
        return line
