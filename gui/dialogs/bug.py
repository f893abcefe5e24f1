"""The dialog for a bug: an id, what it means, details to copy; one dialog, however many bugs."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.i18n import _, ngettext
from gui.bugs import Bug
from gui.dialogs.fitting import FittingDialog
from gui.widgets import named


class BugDialog(FittingDialog):
    """Shows one bug or several; the program goes on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bug-dialog")
        self.setWindowTitle(_("Program error"))
        self.resize(640, 440)
        self._bugs: list[Bug] = []
        self.explanation = QLabel(wordWrap=True)
        self.details = named(QPlainTextEdit(readOnly=True), "bug-details")
        self.details.setAccessibleName(_("Details for the developers"))
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        copy = named(QPushButton(_("Copy the details")), "bug-copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.details.toPlainText()))
        close = named(QPushButton(_("Go on working")), "bug-close", primary=True)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(copy)
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        column.addWidget(named(QLabel(_("Something went wrong in the program")), "section-title"))
        column.addWidget(self.explanation)
        column.addWidget(self.details, 1)
        column.addLayout(buttons)

    def add(self, bug: Bug) -> None:
        """Show a bug, in addition to those shown already."""
        self._bugs.append(bug)
        ids = ", ".join(one.id for one in self._bugs)
        self.explanation.setText(
            ngettext(
                "This is an error of the program, not yours. What was saved is safe. You can go on working. "
                "Please send the details to those who look after the program; the error's number is {ids}.",
                "These are errors of the program, not yours. What was saved is safe. You can go on working. "
                "Please send the details to those who look after the program; the errors' numbers are {ids}.",
                len(self._bugs),
            ).format(ids=ids)
        )
        self.details.setPlainText("\n\n".join(one.details for one in self._bugs))


def show_bug(bug: Bug, parent: QWidget) -> BugDialog:
    """Show a bug in the dialog that is open already, or in a new one."""
    dialog = parent.findChild(BugDialog)
    if dialog is None or dialog.isHidden():
        dialog = BugDialog(parent)
        dialog.finished.connect(dialog.deleteLater)
    dialog.add(bug)
    dialog.show()
    return dialog
