"""What the program is, its version and licence, and which registry is open."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import _
from gui.widgets import muted, named
from gui.workspace import Workspace


class AboutDialog(QDialog):
    """A few lines to read."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about-dialog")
        self.setWindowTitle(_("About Kanalregister"))
        self.setMinimumWidth(480)
        self.finished.connect(self.deleteLater)
        close = named(QPushButton(_("Close")), "close", primary=True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(8)
        column.addWidget(named(QLabel(_("Kanalregister")), "dialog-title"))
        column.addWidget(QLabel(_("Version {number}").format(number=program_version())))
        column.addWidget(
            muted(_("Every official account of your city in order: who answers, what is stale, what to do."))
        )
        column.addWidget(muted(_("Free software under the European Union Public Licence 1.2 (EUPL).")))
        if workspace.is_open:
            place = QLabel(_("Open registry: {file}").format(file=workspace.registry.path), wordWrap=True)
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(place)
        column.addSpacing(16)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)


def program_version() -> str:
    """Return the version of the program as installed, or a word where it runs from its source folder."""
    try:
        return version("kanalregister")
    except PackageNotFoundError:
        return _("in development")
