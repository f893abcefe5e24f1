"""The eye in a field of dots: it shows below the field what is typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLineEdit

from core.i18n import _
from gui.icons import icon
from gui.widgets import named
from gui.widgets.secret_text import SecretText

_NATIVE = QKeySequence.SequenceFormat.NativeText


class Eye(QAction):
    """Belongs to one field, which shows dots from now on; `plain` is the text, to be laid out below the field.

    The field itself never shows it: what is selected there goes to the primary selection of X11, for every program.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field, checkable=True)
        self._field = field
        self.plain = named(SecretText(), "secret-plain")
        self.plain.setContentsMargins(9, 4, 9, 4)  # Below the dots of the field.
        self.setShortcut("Ctrl+Shift+S")  # No Tab stops at what lies within a field.
        self.toggled.connect(self._show)
        field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        field.textChanged.connect(self._follow)
        field.addAction(self, QLineEdit.ActionPosition.TrailingPosition)
        self._show(shown=False)

    def _show(self, shown: bool) -> None:
        self.plain.setVisible(shown)
        self._follow()
        self.setIcon(icon("ph.eye-slash" if shown else "ph.eye"))
        self.setText(_("Show dots") if shown else _("Show what is typed"))
        self.setToolTip(f"{self.text()} ({self.shortcut().toString(_NATIVE)})")

    def _follow(self) -> None:
        self.plain.setText(self._field.text() if self.isChecked() else "")
