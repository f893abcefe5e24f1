"""The record of a handover: what its check says, and the way to paper and file."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.custody.handover.acting import Actor
from core.custody.handover.reading import Found
from core.custody.handover.record.making_record import make_record
from core.custody.handover.record.record_file import RecordFile
from core.custody.handover.record.record_words import grade_sentence, open_sentences
from core.custody.handover.record.verifying_record import Verified, verify_record
from core.i18n import _
from gui.dialogs.handover_decision import HandoverDecision
from gui.handover_files import record_file
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel
from gui.workspace import Workspace


class HandoverRecordDialog(HandoverDecision):
    """Checks a record that arrived, or makes the one of a handover that is known here."""

    help_topic = "handovers#record"

    def __init__(self, workspace: Workspace, of: Found | UUID, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Record of a handover"), _("Print..."), parent)
        self._arrived = isinstance(of, Found)
        self._verified: Verified | None = None
        self._file: RecordFile | None = None
        self.sentences = QWidget()
        self._lines = QVBoxLayout(self.sentences)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.body.addWidget(self.sentences)
        self.saving.setText(_("Save as a file..."))
        self.back.setText(_("Close"))
        if isinstance(of, Found):
            record = of.record
            assert record is not None, "a file that was recognised as a record holds one"
            self.ask_registry(lambda _registry: (record, _checked(record)), lambda read: self.show_checked(*read))
        else:
            handover = of
            self.ask_keyring(lambda actor: _made(actor, handover), lambda read: self.show_checked(*read))

    def may_decide(self) -> bool:
        """There is something that can be printed."""
        return self._verified is not None and self._verified.record is not None

    def show_checked(self, file: RecordFile, verified: Verified) -> None:
        """Say what the check found, and what it cannot tell."""
        self._file, self._verified, self.files = file, verified, (record_file(file),)
        self.saving.setVisible(not self._arrived)
        if verified.record is not None:
            record = verified.record
            between = _("{giver} hands over to {taker}").format(giver=record.giver.name, taker=record.taker.name)
            self._lines.addWidget(_plain(between))
            self._lines.addWidget(_plain(grade_sentence(record)))
        if verified.is_fine:
            told = _("All signatures fit, and nothing was changed since.")
            self._lines.addWidget(named(SeverityLabel("good", told, sentences=True), "checked"))
        else:
            told = "\n".join(one.sentence for one in verified.found)
            self._lines.addWidget(named(SeverityLabel("severe", told, sentences=True), "checked"))
        if verified.record is not None:
            self._list(_("Still open"), open_sentences(verified.record))
        unsaid = [_("• {text}").format(text=_(one.sentence)) for one in verified.unsaid]
        self._list(_("What nobody can tell from the file alone"), unsaid)
        self.enable()
        self.primary.setFocus()

    def take(self) -> None:
        """Print it."""
        from gui.printing import print_on_paper
        from gui.record_paper import footer, sheet, title_of

        verified = self._verified
        if verified is not None and verified.record is not None:
            found = [one.sentence for one in verified.found]
            record = verified.record
            print_on_paper(sheet(record, found), title_of(record), self, footer=footer(record))

    def _list(self, heading: str, sentences: Iterable[str]) -> None:
        told = list(sentences)
        if told:
            self._lines.addWidget(QLabel(heading))
            self._lines.addWidget(muted("\n".join(told)))


def _made(actor: Actor, handover: UUID) -> tuple[RecordFile, Verified]:
    record = make_record(actor.custodian, handover, actor.now)
    return record, _checked(record)


def _checked(record: RecordFile) -> Verified:
    return verify_record(record.file_text.encode())


def _plain(text: str) -> QLabel:
    label = QLabel(text, wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
