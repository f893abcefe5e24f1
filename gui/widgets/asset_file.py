"""A file that is to be taken in: chosen, looked at off the GUI thread, and shown with what it is, or why it is not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import RegistryError
from core.i18n import _
from core.model import AssetKind, AssetVariant
from gui.asset_files import Looked, Source, look_at
from gui.asset_pictures import pictures_of
from gui.asset_words import file_facts
from gui.dialogs.file_decision import documents_folder
from gui.tasks import Lane
from gui.widgets import muted, named
from gui.widgets.asset_picture import AssetPicture, Shown
from gui.workspace import Workspace

PICTURE = QSize(152, 116)


class AssetFile(QWidget):
    """Picture on the left; name, facts and a way to choose another file on the right.

    Signals:
        looked: The file passed and can be taken in (carries it as a Looked).
        refused: The file cannot be taken in (carries the error).
    """

    looked = Signal(object)
    refused = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._source: Source | None = None
        self.file: Looked | None = None
        self._kind, self._variant = AssetKind.LOGO, AssetVariant.COLOUR
        self.picture = AssetPicture(pictures_of(workspace), PICTURE)
        self.name = named(QLabel(wordWrap=True), "file-name")
        self.facts = muted("")
        for label in (self.name, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.choosing = named(QPushButton(_("Choose file...")), "choose-file")
        self.choosing.setAutoDefault(False)
        self.choosing.clicked.connect(self.choose)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        for part in (self.name, self.facts):
            texts.addWidget(part)
        texts.addWidget(self.choosing, 0, Qt.AlignmentFlag.AlignLeft)
        texts.addStretch(1)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(16)
        line.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        self.setFocusProxy(self.choosing)
        self._show_nothing(_("No file is chosen yet."))

    def choose(self) -> None:
        """Let the user choose a file, and look at it."""
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose file"), str(documents_folder()))
        if chosen:
            self.look(Path(chosen))

    def look(self, source: Source) -> None:
        """Look at a file: what it is, and whether it is whole and harmless."""
        self._source, self.file = source, None
        self.name.setText(source.name)
        self.facts.setText(_("The file is being looked at..."))
        self.picture.show_file(None)
        self.picture.show()
        self.name.show()

        def show(looked: Looked) -> None:
            if self._source is source:
                self._show(looked)

        def refuse(error: RegistryError) -> None:
            if self._source is source:
                self._show_nothing(_("This file is not taken in."))
                self.refused.emit(error)

        self._workspace.tasks.run(Lane.LONG, lambda _job: look_at(source), show, failed=refuse, owner=self)

    def show_as(self, kind: AssetKind, variant: AssetVariant) -> None:
        """Show the file on the ground that belongs to its variant, or by the symbol of its kind."""
        self._kind, self._variant = kind, variant
        if self.file is not None:
            self._show_picture(self.file)

    def _show(self, looked: Looked) -> None:
        self.file = looked
        one = looked.examined
        self.facts.setText(file_facts(one.media_type, len(one.data), one.width, one.height))
        self.choosing.setText(_("Choose another file..."))
        self._show_picture(looked)
        self.looked.emit(looked)

    def _show_picture(self, looked: Looked) -> None:
        self.picture.show_png(looked.picture, Shown("", looked.examined.media_type, self._kind, self._variant))

    def _show_nothing(self, sentence: str) -> None:
        self.picture.setVisible(self._source is not None)
        self.name.setVisible(self._source is not None)
        self.facts.setText(sentence)
        self.picture.show_file(Shown("", "", self._kind, None))
