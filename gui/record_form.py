"""One form for every record, made from its fields: an editor a field, what is wrong at the field, one action to save.

What was typed stays until it is saved or given up; a record that somebody else changed meanwhile is not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.errors import BadInputError, RegistryError
from core.fields import Field
from core.i18n import _
from core.inventory.editing import Edit, Opened, OvertakenError, open_record, save_record
from core.registry import Registry
from core.storage.record_list import RecordList
from gui.dialogs.conflict import ask_whose_version
from gui.editors import Editor, editor_for
from gui.form_row import FormRow
from gui.widgets import named
from gui.widgets.message_bar import MessageBar
from gui.workspace import Workspace

Write = Callable[[Any, Edit], object]


class RecordForm(QWidget):
    """The editable fields of one record.

    Signals:
        edited: `changed` may have changed: whether there is something to save.
        saved: The record was saved.
    """

    edited = Signal()
    saved = Signal()

    def __init__(
        self,
        workspace: Workspace,
        records: RecordList,
        label: str,
        sections: Mapping[str, Sequence[str]],
        *,
        write: Write = save_record,
    ) -> None:
        """Make the form.

        Args:
            workspace: The open registry.
            records: The list whose fields are edited.
            label: Source text of the action under which changes are saved.
            sections: The fields' keys by the source text of their heading; what is not editable is left out.
            write: Writes the edit inside the action; records with values that follow from others have their own.
        """
        super().__init__()
        self._write = write
        self._workspace, self._records, self._label = workspace, records, label
        self._rows: dict[str, FormRow] = {}
        self._opened: Opened | None = None
        self._drafts: dict[UUID, tuple[Opened, dict[str, Any]]] = {}
        self.messages = MessageBar()
        self._lay_out(sections)
        self._show_state()

    @property
    def changed(self) -> bool:
        """Whether a person changed something that is not saved yet."""
        return any(row.touched for row in self._rows.values())

    @property
    def holds_drafts(self) -> bool:
        """Whether anything typed is not saved yet, here or for a record that was shown before."""
        return self.changed or bool(self._drafts)

    def load(self, opened: Opened) -> None:
        """Show a record; what was typed for another one waits until that is shown again."""
        self._keep_draft()
        self._opened = opened
        self.messages.clear()
        for key, row in self._rows.items():
            row.show_value(opened.values.get(key))
        self._take_up_draft()
        self._show_state()

    def _keep_draft(self) -> None:
        if self._opened is not None and self.changed:
            self._drafts[self._opened.id] = (self._opened, self._typed())

    def _take_up_draft(self) -> None:
        """Show what was typed before; the record counts as opened then, so that a later edit of others is noticed."""
        assert self._opened is not None
        self._opened, texts = self._drafts.pop(self._opened.id, (self._opened, {}))
        self._type_again(texts)

    def _type_again(self, texts: Mapping[str, Any]) -> None:
        for key, text in texts.items():
            self._rows[key].editor.show_draft(text)
            self._rows[key].touched = True

    def forget(self) -> None:
        """Forget all that was typed and not saved, because the registry is closed."""
        self._opened, self._drafts = None, {}
        for row in self._rows.values():
            row.show_value(None)
        self._show_state()

    def reload(self, opened: Opened) -> None:
        """Show the record's new state, unless something is typed that would be lost."""
        if not self.changed:
            self.load(opened)

    def give_up(self) -> None:
        """Show the record as it is stored, without what was typed."""
        if self._opened is not None:
            self._untouch()
            self._read(self._opened.id)

    def save(self) -> None:
        """Save what was changed as one action; say at each field what is wrong with it."""
        opened, changes = self._opened, self._changes()
        if opened is None or changes is None or not changes:
            return
        self._store(Edit(self._records, opened, changes, self._workspace.today()), self._typed())

    def editor(self, key: str) -> Editor:
        """Return the editor of a field."""
        return self._rows[key].editor

    def go_to(self, key: str) -> None:
        """Put the cursor into a field and bring it into sight; into the first where there is no such field."""
        editor = self._rows.get(key, next(iter(self._rows.values()))).editor
        assert isinstance(editor, QWidget)
        editor.setFocus()
        # The form may only now be coming into sight: its lines have their places once that is done.
        QTimer.singleShot(0, editor, lambda: self._area.ensureWidgetVisible(editor))

    def _changes(self) -> dict[str, Any] | None:
        """Return the values that differ, None where one of them cannot be used."""
        changes: dict[str, Any] = {}
        problems = 0
        for key, row in self._rows.items():
            try:
                value = row.read()
            except BadInputError as error:
                row.complain(error.sentence, take_focus=not problems)
                problems += 1
                continue
            if self._opened is None or value != self._opened.values.get(key):
                changes[key] = value
        return None if problems else changes

    def _store(self, edit: Edit, typed: Mapping[str, Any]) -> None:
        """Write an edit that carries out what was typed."""
        self._workspace.act(
            self._label,
            lambda session: self._write(session, edit),
            lambda _none: self._after(edit.opened.id, typed),
            failed=lambda error: self._refused(error, edit, typed),
            owner=self,
        )

    def _after(self, record_id: UUID, typed: Mapping[str, Any]) -> None:
        """Let go of what was typed and is settled now; what has been typed since then stays."""
        self.saved.emit()
        if self._opened is not None and self._opened.id == record_id:
            later = _without(self._typed(), typed)
            for key, row in self._rows.items():
                row.touched = key in later
            self._read(record_id)
        elif record_id in self._drafts:
            opened, texts = self._drafts.pop(record_id)
            if later := _without(texts, typed):
                self._drafts[record_id] = (opened, later)

    def _untouch(self) -> None:
        for row in self._rows.values():
            row.touched = False

    def _typed(self) -> dict[str, Any]:
        return {key: row.editor.draft() for key, row in self._rows.items() if row.touched}

    def _read(self, record_id: UUID) -> None:
        def read(registry: Registry) -> Opened | None:
            with registry.reading() as session:
                return open_record(session, self._records, record_id, registry.today())

        self._workspace.read(read, self._show_again, owner=self)

    def _show_again(self, opened: Opened | None) -> None:
        """Show the stored state, and over it what has been typed since the save."""
        if opened is None or self._opened is None or opened.id != self._opened.id:
            return
        later = self._typed()
        self._untouch()
        self.load(opened)
        self._type_again(later)
        self._show_state()

    def _refused(self, error: RegistryError, edit: Edit, typed: Mapping[str, Any]) -> None:
        """Say why; where somebody else was quicker, ask whose version counts."""
        if self._opened is not None and self._opened.id == edit.opened.id:
            self.messages.show_message(error.sentence)
        else:
            self._workspace.fail(error)
        if isinstance(error, OvertakenError):
            ask_whose_version(self._workspace, edit, lambda chosen: self._settle(chosen, typed), self)

    def _settle(self, edit: Edit, typed: Mapping[str, Any]) -> None:
        """Store what was chosen; one more change in between brings the question anew."""
        if edit.changes:
            self._store(edit, typed)
        else:
            self._after(edit.opened.id, typed)

    def _show_state(self) -> None:
        self._bar.setVisible(self.changed)
        self.edited.emit()

    def _lay_out(self, sections: Mapping[str, Sequence[str]]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self._scrolled(sections), 1)
        column.addWidget(self._buttons())

    def _scrolled(self, sections: Mapping[str, Sequence[str]]) -> QScrollArea:
        inner = named(QWidget(), "form-inner")
        grid = QGridLayout(inner)
        grid.setContentsMargins(16, 8, 16, 16)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        known = {field.key: field for field in self._records.fields if field.editable}
        for heading, keys in sections.items():
            if heading:
                title = named(QLabel(_(heading), indent=0), "form-heading")
                grid.addWidget(title, grid.rowCount(), 0, 1, 2)
            for key in keys:
                if key in known:
                    self._add(grid, known[key])
        grid.setRowStretch(grid.rowCount(), 1)
        area = self._area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _add(self, grid: QGridLayout, field: Field) -> None:
        row = FormRow(field, editor_for(field, self._workspace))
        row.place(grid, grid.rowCount())
        row.editor.edited.connect(lambda: self._edited(row))
        self._rows[field.key] = row

    def _buttons(self) -> QWidget:
        self._bar = named(QWidget(), "form-bar")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        buttons = QHBoxLayout(self._bar)
        buttons.setContentsMargins(16, 8, 16, 8)
        saving = named(QPushButton(_("Save")), "save", primary=True)
        saving.setShortcut("Ctrl+S")
        saving.setToolTip(_("Save (Ctrl+S)"))
        saving.clicked.connect(self.save)
        giving_up = named(QPushButton(_("Discard")), "discard")
        giving_up.clicked.connect(self.give_up)
        buttons.addWidget(saving)
        buttons.addWidget(giving_up)
        buttons.addStretch(1)
        return self._bar

    def _edited(self, row: FormRow) -> None:
        row.touched = True
        row.complain("")
        self._show_state()


def _without(texts: Mapping[str, Any], settled: Mapping[str, Any]) -> dict[str, Any]:
    """Return the texts that are not settled as they stand."""
    return {key: text for key, text in texts.items() if key not in settled or settled[key] != text}
