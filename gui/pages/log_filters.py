"""The line of filters above the log: who did it, which record it concerns, from which day to which."""

from __future__ import annotations

from contextlib import suppress
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

TABLES = ("channel", "person", "org_unit", "credential", "asset")
OFFERED = 6  # Of each kind of record.
OFFER_WIDTH = 400
SINCE = Field("since", N_("From"), Day())
UNTIL = Field("until", N_("To"), Day())


class RecordBox(ReferenceBox):
    """Finds a channel, a person, a unit, a login or an asset by its name, whichever it is."""

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
    """Four fields, and the kind of action whose value was chosen in the list; what is complete counts at once.

    Signals:
        changed: Another filter is in force.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.filter = LogFilter()
        self._kind = ""
        self.person = named(ReferenceBox(workspace, "person"), "actor")
        self.record = named(RecordBox(workspace), "record")
        self.since, self.until = named(LineEditor(SINCE), "since"), named(LineEditor(UNTIL), "until")
        self.kind = named(QPushButton(), "kind", chip=True)
        self.kind.setCheckable(True)
        self.kind.clicked.connect(lambda _on: self.show_kind(""))
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

    def show_kind(self, label: str) -> None:
        """Show only actions of one kind, besides what is filtered already.

        Args:
            label: Source text of the actions' label, empty for every kind.
        """
        self._say_kind(label)
        self._apply()

    def show_person(self, person: UUID, name: str) -> None:
        """Show only what one person did, besides what is filtered already."""
        self.person.show_candidate(Candidate(person, name, name))
        self._apply()

    def show_day(self, day: date) -> None:
        """Show only what was done on one day, besides what is filtered already."""
        for editor in (self.since, self.until):
            editor.show_value(day)
        self._apply()

    def kept(self) -> dict[str, Any]:
        """Return the filter as plain JSON, for a view that keeps it."""
        boxes = {"actor": self.person.chosen(), "record": self.record.chosen()}
        days = {"since": self.filter.since, "until": self.filter.until}
        return {
            **{key: [str(one.id), one.label] for key, one in boxes.items() if one is not None},
            **{key: day.isoformat() for key, day in days.items() if day is not None},
            **({"kind": self.filter.kind} if self.filter.kind else {}),
        }

    def recall(self, plain: dict[str, Any]) -> None:
        """Put in force what `kept` gave; what cannot be read any more is left out."""
        for key, box in (("actor", self.person), ("record", self.record)):
            box.show_candidate(_candidate(plain.get(key)))
        for key, editor in (("since", self.since), ("until", self.until)):
            editor.show_value(_day(plain.get(key)))
        self._say_kind(str(plain.get("kind", "")))
        self._apply()

    def clear(self) -> None:
        """Show everything."""
        self._say_kind("")
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

    def _say_kind(self, label: str) -> None:
        self._kind = label
        self.kind.setText(_("{filter}  ✕").format(filter=_(label)) if label else "")
        self.kind.setAccessibleName(_("Filter {filter}: lift").format(filter=_(label)) if label else "")
        self.kind.setChecked(bool(label))
        self.kind.setVisible(bool(label))

    def _apply(self) -> None:
        """Put in force what is complete; a name half typed filters nothing yet."""
        wanted = LogFilter(
            actor_id=_complete(self.person),
            record_id=_complete(self.record),
            since=_complete(self.since),
            until=_complete(self.until),
            kind=self._kind,
        )
        editors = (self.person, self.record, self.since, self.until)
        self.clearing.setVisible(bool(self._kind) or any(editor.text() for editor in editors))
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
        line.addWidget(self.kind)
        line.addWidget(self.clearing)
        self.kind.hide()
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


def _candidate(plain: Any) -> Candidate | None:
    match plain:
        case [str(one), str(label)]:
            with suppress(ValueError):
                return Candidate(UUID(one), label, label)
    return None


def _day(plain: Any) -> date | None:
    with suppress(ValueError, TypeError):
        return date.fromisoformat(plain)
    return None
