"""One thing of a handover as a line of the page; its checklist opens by a button, by Return, or by a double click."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from core.custody.handover.item_course import FINISHED
from core.custody.handover.listing import ItemRow
from core.i18n import _
from gui.handover_told import state, still_open, way_line, who_is_next
from gui.handovers import DetailRead
from gui.widgets import named
from gui.widgets.told_line import ToldLine


class ThingLine(QWidget):
    """What the thing is, in which way and how far it goes; why it goes so stands in the tooltip and is read out."""

    def __init__(
        self, item: ItemRow, read: DetailRead, open_it: Callable[[ItemRow], object], parent: QWidget | None = None
    ) -> None:
        """Make the line.

        Args:
            item: The thing.
            read: The handover, with the reason of each way.
            open_it: Opens the checklist.
            parent: Where it stands.
        """
        super().__init__(parent)
        named(self, "thing")
        self._item, self._open_it = item, open_it
        told, why = state(item), read.why(item)
        below = (way_line(item), who_is_next(item, read.me), still_open(item))
        line = ToldLine(told.picture, told.colour, item.label, below, quiet=item.state in FINISHED)
        self.opening = named(QPushButton(_("Checklist")), "open-thing", link=True)
        self.opening.setAutoDefault(True)  # Return opens it as the space bar does.
        self.opening.setAccessibleName(_("Checklist of {thing}").format(thing=item.label))
        self.opening.setAccessibleDescription(why)
        self.opening.clicked.connect(lambda: open_it(item))
        for part in (line, self.opening):
            part.setToolTip(why)
        line.setContentsMargins(0, 4, 0, 0)  # Its words stand in line with those of the button.
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(line, 1)
        row.addWidget(self.opening, 0, Qt.AlignmentFlag.AlignTop)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the checklist."""
        del event
        self._open_it(self._item)
