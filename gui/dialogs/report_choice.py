"""Which quarterly report is meant: the quarter and the reader, and what follows from both."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.exchange.report.content import Order
from core.exchange.report.readers import Reader, parse_reader
from core.exchange.report.runs import issued_on
from core.governance.quarters import Quarter, last_closed, parse_quarter, quarter_of
from core.i18n import _, ngettext
from core.inventory.lists import PEOPLE
from core.inventory.narrowing import Where, how_many
from core.model import PersonKind
from gui.dialogs.report_words import correction_sentence, day_sentence, reader_word, seen_by
from gui.widgets import muted, named
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.registry import Registry

OFFERED_QUARTERS = 8


class ReportChoice(QWidget):
    """The last closed quarter and the committee are preselected.

    Signals:
        chosen: Another quarter or another reader was chosen.
        nameless_wanted: The people without a function are to be shown.
    """

    chosen = Signal()
    nameless_wanted = Signal()

    def __init__(self, workspace: Workspace, quarter: str, reader: str, parent: QWidget | None = None) -> None:
        """Make the questions.

        Args:
            workspace: The open registry.
            quarter: The quarter of a report that is made again, as in "2026Q3"; empty for the last closed one.
            reader: Its reader; empty for the committee.
            parent: The dialog.
        """
        super().__init__(parent)
        self._workspace, self._over = workspace, False
        self.quarter, self.reader = named(QComboBox(), "quarter"), named(QComboBox(), "reader")
        self.stand, self.seen, self.corrects = muted(""), muted(""), named(muted(""), "corrects")
        self.running = named(QPushButton(_("Report on today instead")), "running-quarter", link=True)
        self.nameless = named(QPushButton(), "people-without-function", link=True)
        self._fill(quarter, reader or Reader.COMMITTEE.value)
        self._lay_out()
        self._connect()

    def end(self) -> None:
        """The report is made: nothing can be chosen any more."""
        self._over = True
        for part in (self.quarter, self.reader):
            part.setEnabled(False)
        for way in (self.running, self.nameless):
            way.hide()

    def _fill(self, quarter: str, reader: str) -> None:
        one = quarter_of(self._workspace.today())
        for _number in range(OFFERED_QUARTERS):
            self.quarter.addItem(one.title, str(one))
            one = last_closed(one.first_day)
        if quarter and self.quarter.findData(quarter) < 0:
            self.quarter.addItem(parse_quarter(quarter).title, quarter)
        self.quarter.setCurrentIndex(self.quarter.findData(quarter) if quarter else 1)
        for known in Reader:
            self.reader.addItem(reader_word(known), known.value)
        self.reader.setCurrentIndex(self.reader.findData(reader))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(24)
        line.addLayout(_column(_("&Quarter"), self.quarter, self.stand, self.running), 1)
        line.addLayout(_column(_("&For whom"), self.reader, self.seen, self.nameless), 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(line)
        whole.addWidget(self.corrects)
        for way in (self.running, self.nameless):
            way.setAutoDefault(False)

    def _connect(self) -> None:
        self.quarter.currentIndexChanged.connect(self._follow_quarter)
        self.reader.currentIndexChanged.connect(self._follow_reader)
        self.running.clicked.connect(lambda: self.quarter.setCurrentIndex(0))
        self.nameless.clicked.connect(self.nameless_wanted)
        self._follow_quarter()
        self._follow_reader()

    def _follow_quarter(self) -> None:
        quarter, today = parse_quarter(str(self.quarter.currentData())), self._workspace.today()
        self.running.setVisible(quarter.last_day < today)
        self.stand.setText(day_sentence(quarter, today))
        self._look_for_issued()
        self.chosen.emit()

    def _follow_reader(self) -> None:
        """Say what the reader sees, and look up how many people the committee would see without a function."""
        reader = parse_reader(str(self.reader.currentData()))
        self.seen.setText(seen_by(reader))
        self.nameless.hide()
        if reader is Reader.COMMITTEE:
            self._workspace.read(_without_function, self._show_missing, owner=self)
        self._look_for_issued()
        self.chosen.emit()

    def _look_for_issued(self) -> None:
        """Look up whether such a report was issued before; it is said once it is known."""
        asked = self._asked()
        self.corrects.hide()

        def show(on: date | None) -> None:
            if on is not None and not self._over and asked == self._asked():
                self.corrects.setText(correction_sentence(on))
                self.corrects.show()

        today = self._workspace.today()
        self._workspace.read(lambda registry: _issued_on(registry, *asked, today), show, owner=self)

    def _asked(self) -> tuple[Quarter, Reader]:
        return parse_quarter(str(self.quarter.currentData())), parse_reader(str(self.reader.currentData()))

    def _show_missing(self, number: int) -> None:
        text = ngettext(
            "{number} person has no function. Show who that is",
            "{number} people have no function. Show who they are",
            number,
        )
        self.nameless.setText(text.format(number=number))
        self.nameless.setVisible(bool(number) and not self._over and self._asked()[1] is Reader.COMMITTEE)


def without_function() -> Where:
    """Return which people the committee would see as nobody in particular."""
    return Where(_("without function"), {"kind": PersonKind.PERSON, "function": None})


def _column(label: str, editor: QComboBox, told: QLabel, way: QPushButton) -> QVBoxLayout:
    """Return a question, its answer, what is said of it, and a way on, below one another."""
    name = QLabel(label)
    name.setBuddy(editor)
    editor.setAccessibleName(label.replace("&", ""))
    column = QVBoxLayout()
    column.setSpacing(4)
    for part in (name, editor, told):
        column.addWidget(part)
    column.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
    column.addStretch(1)
    return column


def _without_function(registry: Registry) -> int:
    with registry.reading() as session:
        return how_many(session, PEOPLE, without_function().values, registry.today())


def _issued_on(registry: Registry, quarter: Quarter, reader: Reader, today: date) -> date | None:
    with registry.reading() as session:
        return issued_on(session, Order(quarter, today, reader, registry.me()))
