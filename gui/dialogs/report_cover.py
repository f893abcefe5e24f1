"""What the cover of a quarterly report says besides the figures: a text, and who makes the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from core.exchange.report.readers import Reader
from core.fields import Field, LongText
from core.i18n import N_, _
from gui.editors import LongTextEditor
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.protection.recognising.cover_names import CoverNames
    from core.registry import Registry

_COVER = Field("cover", N_("Text on the cover"), LongText())


class CoverText(QWidget):
    """The text, with a warning where it names people to a reader outside the house, and a way to say who one is.

    Attributes:
        kept: What cannot be changed while the report is being made, nor afterwards.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._reader, self._nobody = workspace, Reader.COMMITTEE, False
        self._names: CoverNames | None = None  # Not known yet.
        self.editor = named(LongTextEditor(_COVER), "cover-text")
        self.warning = named(SeverityLabel("warning", sentences=True), "cover-names")
        self.maker = named(QPushButton(_("The cover names nobody as its maker. Say who you are")), "say-who", link=True)
        self.kept = (self.editor, self.maker)  # The warning stays readable while the report is being made.
        self.setFocusProxy(self.editor)
        self.editor.setAccessibleName(_("Text on the cover"))
        self._lay_out()
        self.editor.textChanged.connect(self._look)
        self.maker.clicked.connect(self._say_who)
        workspace.read(_names, self._learn, owner=self)
        self._look_for_maker()

    @property
    def sentence(self) -> str:
        """What is wrong with the text for its reader; nothing where all is right."""
        if self._names is None or self._reader is Reader.INTERNAL:
            return ""
        from core.protection.recognising.cover_names import names_sentence

        return names_sentence(self._names.found_in(self.editor.toPlainText()))

    def follow(self, reader: Reader) -> None:
        """Look with the eyes of another reader."""
        self._reader = reader
        self._look()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.editor, muted(_("It is kept for the next report, whoever reads that.")), self.warning):
            column.addWidget(part)
        column.addWidget(self.maker, 0, Qt.AlignmentFlag.AlignLeft)
        self.maker.setAutoDefault(False)
        self.warning.hide()
        self.maker.hide()

    def _learn(self, names: CoverNames) -> None:
        self._names = names
        self._look()

    def _look(self) -> None:
        sentence = self.sentence
        self.warning.show_severity("warning", sentence)
        self.warning.setVisible(bool(sentence))
        self.maker.setVisible(self._nobody and self._reader is not Reader.PUBLIC and self.editor.isEnabled())

    def _look_for_maker(self) -> None:
        def show(nobody: bool) -> None:
            self._nobody = nobody
            self._look()

        self._workspace.read(lambda registry: registry.me() is None, show, owner=self)

    def _say_who(self) -> None:
        from gui.dialogs.who import WhoDialog

        dialog = WhoDialog(self._workspace, self)
        dialog.accepted.connect(self._look_for_maker)
        dialog.open()


def _names(registry: Registry) -> CoverNames:
    from core.protection.recognising.cover_names import read_cover_names

    with registry.reading() as session:
        return read_cover_names(session)
