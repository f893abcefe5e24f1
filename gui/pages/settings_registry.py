"""Where the registry lies, and its backups: save one, see those kept unasked, go back to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import _, show_instant
from core.restoring import REASONS, KeptBackup
from gui.dialogs.restore import RestoreDialog
from gui.pages.settings_parts import Section
from gui.widgets import muted, named
from gui.workspace import Workspace


class RegistrySection(Section):
    """The registry's file and its backups."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__("registry", _("File and backups"), parent=parent)
        self._workspace = workspace
        self._path = Path()
        self.place = named(QLabel(wordWrap=True), "registry-path")
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.place.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.column.addWidget(self.place)
        self._add_buttons(("show-folder", _("Show folder"), self._show_folder))
        self.heading(_("Backups"))
        self.column.addWidget(
            muted(_("A backup is a whole copy of the registry. Keep one where another disk or server holds it."))
        )
        self._add_buttons(
            ("back-up-now", _("Back up now..."), lambda: workspace.command("save_backup")),
            ("restore-file", _("Restore from a file..."), self._choose),
        )
        self.heading(_("Automatic backups"))
        self._none = muted(_("None yet. One is kept before each upgrade of the file and before a backup is restored."))
        self.column.addWidget(self._none)
        self._kept = QVBoxLayout()
        self._kept.setSpacing(4)
        self.column.addLayout(self._kept)
        self.end()

    def show_registry(self, path: Path, backups: Sequence[KeptBackup]) -> None:
        """Show where the registry lies and what was kept of it."""
        self._path = path
        self.place.setText(str(path))
        while (item := self._kept.takeAt(0)) is not None:
            if (line := item.widget()) is not None:
                line.hide()
                line.deleteLater()
        for place, one in enumerate(backups):
            self._kept.addWidget(self._line(one, place))
        self._none.setVisible(not backups)

    def _line(self, backup: KeptBackup, place: int) -> QWidget:
        at = show_instant(backup.at)
        size = QLocale().formattedDataSize(backup.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        why = _(REASONS.get(backup.why, backup.why))
        restore = named(QPushButton(_("Restore...")), f"restore-{place}", link=True)
        restore.setAccessibleName(_("Restore the backup of {instant}").format(instant=at))
        restore.clicked.connect(lambda _checked: self._restore(backup.path, at))
        widget = QWidget()
        line = QHBoxLayout(widget)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(QLabel(at))
        line.addWidget(muted(_("{occasion}, {size}").format(occasion=why, size=size), wrap=False), 1)
        line.addWidget(restore)
        return widget

    def _add_buttons(self, *buttons: tuple[str, str, Callable[[], object]]) -> None:
        line = QHBoxLayout()
        line.setSpacing(8)
        for name, text, act in buttons:
            button = named(QPushButton(text), name)
            button.clicked.connect(lambda _checked, act=act: act())
            line.addWidget(button)
        line.addStretch(1)
        self.column.addLayout(line)

    def _choose(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Restore from a file"),
            str(self._path.parent),
            _("Registries ({pattern})").format(pattern="*.kanal"),
        )
        if chosen:
            self._restore(Path(chosen), "")

    def _restore(self, backup: Path, at: str) -> None:
        RestoreDialog(self._workspace, backup, at, self.window()).open()

    def _show_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path.parent))):
            self._workspace.say(_("This computer has no program to open “{path}”.").format(path=self._path.parent))
