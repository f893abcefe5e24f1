"""The shared folder for handovers, to be chosen, looked at and given up: in the settings and in the assistant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import RegistryError, UnusableFileError
from core.i18n import _
from gui.handover_folder import about_folder, choose_folder, chosen_folder
from gui.tasks import Lane
from gui.widgets import named
from gui.widgets.flow import Flow
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace


class FolderChoice(QWidget):
    """Which folder, a button for another one, one for none, and a sentence on how it is with it.

    Signals:
        changed: Another folder, or none, was chosen.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.path = named(QLabel(wordWrap=True), "handover-folder")
        self.path.setTextFormat(Qt.TextFormat.PlainText)
        self.choosing = named(QPushButton(_("Choose folder...")), "choose-handover-folder")
        self.choosing.setAccessibleName(_("Choose the shared folder for handovers"))
        self.choosing.clicked.connect(self._choose)
        self.giving_up = named(QPushButton(_("Use no folder")), "no-handover-folder", link=True)
        self.giving_up.clicked.connect(self._give_up)
        self.standing = SeverityLabel("good", sentences=True)
        buttons = QWidget()
        line = Flow(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        for button in (self.choosing, self.giving_up):
            button.setAutoDefault(False)
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.path, buttons, self.standing):
            column.addWidget(part)
        self.setFocusProxy(self.choosing)
        self.standing.hide()
        self.show_folder()

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is chosen; it can be chosen elsewhere, too, and a drive may be gone."""
        super().showEvent(event)
        self.show_folder()

    def show_folder(self) -> None:
        """Show which folder is chosen, and how it is with it."""
        folder = chosen_folder()
        self.path.setText(str(folder) if folder is not None else _("None: files are saved and sent by hand."))
        self.giving_up.setVisible(folder is not None)
        if folder is None:
            self.standing.hide()
            return
        # A drive that does not answer must not hold up the window.
        self._workspace.tasks.run(Lane.LONG, lambda _job: about_folder(folder), self._show_standing, owner=self)

    def _show_standing(self, told: tuple[str, str]) -> None:
        self.standing.show_severity(*told)
        self.standing.setVisible(chosen_folder() is not None)

    def _choose(self) -> None:
        if ask_for_folder(self, self._refused):
            self._chosen()

    def _give_up(self) -> None:
        choose_folder(None)
        self._chosen()

    def _chosen(self) -> None:
        self.show_folder()
        self.choosing.setFocus()
        self.changed.emit()

    def _refused(self, error: RegistryError) -> None:
        self.standing.show()
        self.standing.show_severity("warning", error.sentence)


def ask_for_folder(parent: QWidget, failed: Callable[[RegistryError], None]) -> bool:
    """Ask which folder is the shared one, and say whether one was chosen.

    Args:
        parent: Who asks.
        failed: Gets why nothing can be laid into the chosen one.
    """
    before = chosen_folder()
    start = str(before) if before is not None and before.is_dir() else str(Path.home())
    chosen = QFileDialog.getExistingDirectory(parent, _("Shared folder for handovers"), start)
    if not chosen:
        return False
    try:
        choose_folder(Path(chosen))
    except UnusableFileError as error:
        failed(error)
        return False
    return True
