"""One of several secrets: what it is for, buttons that show and copy it, and the place where it is shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from core.model import CredentialKind
from gui.widgets import named
from gui.widgets.flow import Flow
from gui.widgets.shown_secret import ShownSecret

WE_CHOOSE = frozenset({CredentialKind.PASSWORD, CredentialKind.MAILBOX})
"""The kinds whose new secret is made here, and that people call a password; the others are made by the platform."""


class SecretRow(QWidget):
    """A label with its two buttons beside it.

    Signals:
        show_wanted: The secret is to be shown.
        copy_wanted: It is to be copied.
    """

    show_wanted = Signal()
    copy_wanted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make the row.

        Args:
            name: The buttons are called by it: "show-old", "copy-old".
            parent: Where it stands.
        """
        super().__init__(parent)
        self.label = named(QLabel(), f"label-{name}")
        self.showing = named(QPushButton(_("Show")), f"show-{name}")
        self.copying = named(QPushButton(_("Copy")), f"copy-{name}")
        self.shown = ShownSecret()
        self.showing.clicked.connect(self.show_wanted)
        self.copying.clicked.connect(self.copy_wanted)
        line = Flow()
        line.setSpacing(8)
        line.addWidget(self.label)
        line.addStretch()
        for button in (self.showing, self.copying):
            button.setAutoDefault(False)
            line.addWidget(button)
        self.label.setMinimumHeight(self.showing.sizeHint().height())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.shown)

    def tell(self, what: str) -> None:
        """Say what the secret is for, to the eye and at each button."""
        self.label.setText(what)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        for button in (self.showing, self.copying):
            button.setAccessibleName(_("{button}: {what}").format(button=button.text(), what=what))


def old_text(kind: CredentialKind) -> str:
    """Say what the secret in force is for while it is being changed."""
    return _("Old password (to sign in)") if kind in WE_CHOOSE else _("Old secret (still in force)")


def new_text(kind: CredentialKind) -> str:
    """Say what the prepared secret is for."""
    return _("New password (to enter)") if kind in WE_CHOOSE else _("New secret (to enter)")
