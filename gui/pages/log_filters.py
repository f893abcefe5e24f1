"""The line of filters above the log: who did it, which record it concerns, from which day to which."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from core.errors import BadInputError
from core.fields import Day, Field
from core.i18n import N_, _
from core.inventory.candidates import Candidate, candidates
from core.inventory.recorded import names_of, noun_of
from core.registry import Registry
from core.storage.log_view import LogFilter
from gui.editors import LineEditor
from gui.reference_box import ReferenceBox
from gui.widgets import named
from gui.workspace import Workspace

TABLES = ("channel", "person", "org_unit")
OFFERED = 6  # Of each kind of record.
OFFER_WIDTH = 400
SINCE = Field("since", N_("From"), Day())
UNTIL = Field("until", N_("To"), Day())


class RecordBox(ReferenceBox):
    """Finds a channel, a person or a unit by its name, whichever it is."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, TABLES[0], parent)
        popup = self.completer().popup()
        if popup is not None:
            popup.setMinimumWidth(OFFER_WIDTH)

    def look_up(self, session: Any, text: str, today: date) -> list[Candidate]:
        """Find what matches the text among all records that have a name."""
        return [
            Candidate(one.id, one.name, _("{kind}: {name}").format(kind=noun_of(table), name=one.label))
            for table in TABLES
            for one in candidates(session, table, text, today)[:OFFERED]
        ]


class LogFilters(QWidget):
    """Four fields; what is complete counts at once.

    Signals:
        changed: Another filter is in force.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.filter = LogFilter()
        self.person = named(ReferenceBox(workspace, "person"), "actor")
        self.record = named(RecordBox(workspace), "record")
        self.since, self.until = named(LineEditor(SINCE), "since"), named(LineEditor(UNTIL), "until")
        self.clearing = named(QPushButton(_("Show everything")), "show-everything", link=True)
        self.clearing.clicked.connect(lambda _checked: self.clear())
        self._problem = named(QLabel(wordWrap=True), "filter-problem", problem=True)
        self._lay_out()
        for box in (self.person, self.record):
            box.edited.connect(self._apply)
            box.textChanged.connect(self._apply)
        for day in (self.since, self.until):
            day.textChanged.connect(self._apply)
            day.editingFinished.connect(self._complain)

    def clear(self) -> None:
        """Show everything."""
        self.person.show_candidate(None)
        self.record.show_candidate(None)
        for day in (self.since, self.until):
            day.show_value(None)
        self._apply()
        self._complain()

    def show_record(self, record: UUID, name: str) -> None:
        """Show only what concerns a record, besides what is filtered already."""
        self.record.show_candidate(Candidate(record, name, name))
        self._apply()

    def find_record(self, record: UUID) -> None:
        """Show only what concerns a record of which only the id is known."""

        def read(registry: Registry) -> str:
            with registry.reading() as session:
                return names_of(session, [record]).get(record, "")

        self._workspace.read(read, lambda name: self.show_record(record, name), owner=self)

    def _apply(self) -> None:
        """Put in force what is complete; a name half typed filters nothing yet."""
        wanted = LogFilter(
            actor_id=_complete(self.person),
            record_id=_complete(self.record),
            since=_complete(self.since),
            until=_complete(self.until),
        )
        editors = (self.person, self.record, self.since, self.until)
        self.clearing.setVisible(any(editor.text() for editor in editors))
        if not any(_problem(day) for day in (self.since, self.until)):
            self._problem.hide()
        if wanted != self.filter:
            self.filter = wanted
            self.changed.emit()

    def _complain(self) -> None:
        """Say which day is none, once it has been typed."""
        problem = next((said for day in (self.since, self.until) if (said := _problem(day))), "")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(24, 0, 16, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        line = QHBoxLayout()
        line.setSpacing(8)
        titles = {self.person: _("&Who"), self.record: _("Re&cord"), self.since: _("Fro&m"), self.until: _("&To")}
        for editor, title in titles.items():
            label = named(QLabel(title), muted=True)
            label.setBuddy(editor)
            label.ensurePolished()
            label.setMinimumWidth(label.sizeHint().width() + 4)
            editor.setAccessibleName(title.replace("&", ""))
            editor.setClearButtonEnabled(True)
            line.addWidget(label)
            line.addWidget(editor, 0 if editor in {self.since, self.until} else 1)
        self.since.setFixedWidth(128)
        self.until.setFixedWidth(128)
        line.addWidget(self.clearing)
        self.clearing.hide()
        self._problem.hide()
        grid.addLayout(line, 0, 0)
        grid.addWidget(self._problem, 1, 0)


def _complete(editor: ReferenceBox | LineEditor) -> Any:
    """Return the value of an editor, None while it is empty or not complete."""
    try:
        return editor.value()
    except BadInputError:
        return None


def _problem(editor: LineEditor) -> str:
    try:
        editor.value()
    except BadInputError as error:
        return error.sentence
    return ""
