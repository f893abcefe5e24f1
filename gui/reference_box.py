"""A field that finds another record as its name is typed: a person, a unit, a channel."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from core.errors import BadInputError
from core.i18n import _
from core.inventory.candidates import Candidate, candidates, named
from core.registry import Registry
from gui.tasks import Job
from gui.workspace import Workspace


class ReferenceBox(QLineEdit):
    """Type a part of the name, choose from what is found.

    Signals:
        edited: A person typed or chose.
        offered: What matches the text has been looked up.
    """

    edited = Signal()
    offered = Signal()

    def __init__(self, workspace: Workspace, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._table = workspace, table
        self._found: list[Candidate] = []
        self._chosen: Candidate | None = None
        self._job: Job | None = None
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setMaxVisibleItems(10)
        completer.activated.connect(self._choose)
        popup = completer.popup()
        if popup is not None:
            popup.setObjectName("offers")
        self.setCompleter(completer)
        self.setClearButtonEnabled(True)
        self.setPlaceholderText(_("Type a name ..."))
        self.textEdited.connect(self._type)
        self.textChanged.connect(self._clear)

    def value(self) -> UUID | None:
        """Return the id of the chosen record, None where the box is empty.

        Raises:
            BadInputError: Something is typed that no record was chosen for.
        """
        if self._chosen is not None and self.text() == self._chosen.label:
            return self._chosen.id
        if not self.text().strip():
            return None
        typed = self.text().strip().casefold()
        exact = [one for one in self._found if typed in (one.label.casefold(), one.name.casefold())]
        if len(exact) == 1:
            return exact[0].id
        raise BadInputError(_("“{text}” is not chosen yet. Choose an entry of the list.").format(text=self.text()))

    def show_value(self, value: UUID | None) -> None:
        """Show a record; its name is looked up."""
        self._chosen = None
        self.setText("")
        if value is None:
            return

        def read(registry: Registry) -> Candidate | None:
            with registry.reading() as session:
                return named(session, self._table, value, registry.today())

        self._chosen = Candidate(value, "", "")
        self._workspace.read(read, self._show, owner=self)

    def show_candidate(self, candidate: Candidate | None) -> None:
        """Show a record whose name is known already."""
        self._chosen = candidate
        self.setText(candidate.label if candidate else "")

    def look_up(self, session: Any, text: str, today: date) -> list[Candidate]:
        """Find what matches the text, on the database lane."""
        return candidates(session, self._table, text, today)

    def alike(self) -> bool:
        """Return whether something of the registry matches what is typed, though it was not chosen."""
        return bool(self._found) and bool(self.text().strip())

    def chosen(self) -> Candidate | None:
        """Return the chosen record with its name, None where nothing or nothing known is typed."""
        try:
            wanted = self.value()
        except BadInputError:
            return None
        known = [self._chosen, *self._found]
        return next((one for one in known if one is not None and one.id == wanted), None)

    def draft(self) -> tuple[str, Candidate | None]:
        """Return what is typed, and what was chosen."""
        return self.text(), self._chosen

    def show_draft(self, draft: tuple[str, Candidate | None]) -> None:
        """Show again what was typed and chosen."""
        text, self._chosen = draft
        self.setText(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list with the arrow key, as a choice would."""
        popup = self.completer().popup()
        if event.key() == Qt.Key.Key_Down and popup is not None and not popup.isVisible():
            self._type(self.text())
        super().keyPressEvent(event)

    def _type(self, text: str) -> None:
        self.edited.emit()
        if self._job is not None:
            self._job.cancel()

        def read(registry: Registry) -> list[Candidate]:
            with registry.reading() as session:
                return self.look_up(session, text, registry.today())

        self._job = self._workspace.read(read, self._offer, owner=self)

    def _offer(self, found: list[Candidate]) -> None:
        self._found = found
        self._model.setStringList([one.label for one in found])
        if self.hasFocus() and found:
            self.completer().complete()
        self.offered.emit()

    def _choose(self, label: str) -> None:
        self._chosen = next((one for one in self._found if one.label == label), None)
        self.edited.emit()

    def _clear(self, text: str) -> None:
        if not text and self._chosen is not None and self._chosen.label:
            self._chosen = None
            self.edited.emit()

    def _show(self, candidate: Candidate | None) -> None:
        if candidate is not None and self._chosen is not None and self._chosen.id == candidate.id:
            self.show_candidate(candidate)
