"""All commands of the window with their keys, to read and to learn."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from gui.dialogs.fitting import FittingDialog
from gui.widgets import named
from gui.widgets.dialog_body import DialogBody

SIDE_BY_SIDE = 2
"""All keys below one another are higher than the screen of a notebook."""


class KeysDialog(FittingDialog):
    """A list of names and keys."""

    help_topic = "keyboard#all"

    def __init__(self, lines: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("keys-dialog")
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.finished.connect(self.deleteLater)
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(4)
        half = -(-len(lines) // SIDE_BY_SIDE)
        for place, (name, keys) in enumerate(lines):
            side, row = divmod(place, half)
            grid.addWidget(QLabel(name), row, 2 * side)
            grid.addWidget(named(QLabel(keys), muted=True), row, 2 * side + 1)
        close = named(QPushButton(_("Close")), "close", primary=True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(named(QLabel(_("Keyboard shortcuts")), "dialog-title"))
        table = DialogBody()
        table.column.setContentsMargins(0, 0, 0, 0)
        table.column.addLayout(grid)
        column.addWidget(table, 1)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
