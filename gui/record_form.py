"""One form for every record, made from its fields: an editor a field, what is wrong at the field, one action to save.

What was typed stays until it is saved or given up; a record that somebody else changed meanwhile is not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, Signal
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
from core.fields import Field, LongText
from core.i18n import _
from core.inventory.editing import Edit, Opened, open_record, save_record
from core.registry import Registry
from core.storage.record_list import RecordList
from gui.editors import Editor, editor_for
from gui.widgets import named
from gui.widgets.message_bar import MessageBar
from gui.workspace import Workspace

NAME_WIDTH = 136
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
        self._rows: dict[str, _Row] = {}
        self._opened: Opened | None = None
        self._drafts: dict[UUID, tuple[Opened, dict[str, Any]]] = {}
        self.messages = MessageBar()
        self._lay_out(sections)
        self._show_state()

    @property
    def changed(self) -> bool:
        """Whether a person changed something that is not saved yet."""
        return any(row.touched for row in self._rows.values())

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
            texts = {key: row.editor.draft() for key, row in self._rows.items() if row.touched}
            self._drafts[self._opened.id] = (self._opened, texts)

    def _take_up_draft(self) -> None:
        """Show what was typed before; the record counts as opened then, so that a later edit of others is noticed."""
        assert self._opened is not None
        self._opened, texts = self._drafts.pop(self._opened.id, (self._opened, {}))
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
        edit = Edit(self._records, opened, changes, self._workspace.today())
        self._workspace.act(
            self._label,
            lambda session: self._write(session, edit),
            lambda _none: self._after(opened.id),
            failed=self._refused,
            owner=self,
        )

    def editor(self, key: str) -> Editor:
        """Return the editor of a field."""
        return self._rows[key].editor

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

    def _after(self, record_id: UUID) -> None:
        self._untouch()
        self.saved.emit()
        self._read(record_id)

    def _untouch(self) -> None:
        for row in self._rows.values():
            row.touched = False

    def _read(self, record_id: UUID) -> None:
        def read(registry: Registry) -> Opened | None:
            with registry.reading() as session:
                return open_record(session, self._records, record_id, registry.today())

        self._workspace.read(read, lambda opened: self.load(opened) if opened else None, owner=self)

    def _refused(self, error: RegistryError) -> None:
        self.messages.show_message(error.sentence)

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
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _add(self, grid: QGridLayout, field: Field) -> None:
        row = _Row(field, editor_for(field, self._workspace))
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

    def _edited(self, row: _Row) -> None:
        row.touched = True
        row.complain("")
        self._show_state()


class _Row:
    """One field of the form: its name, its editor, and what is wrong with it."""

    def __init__(self, field: Field, editor: Editor) -> None:
        self.field, self.editor = field, editor
        self.touched = False
        assert isinstance(editor, QWidget)
        self._widget: QWidget = editor
        self._name = QLabel(_("{field} *").format(field=field.title) if field.required else field.title, wordWrap=True)
        self._name.setFixedWidth(NAME_WIDTH)
        self._name.setBuddy(editor)
        self._name.setProperty("muted", True)
        self._name.setToolTip(editor.toolTip())
        self._problem = named(QLabel(wordWrap=True), f"{field.key}-problem", problem=True)
        self._problem.hide()

    def place(self, grid: QGridLayout, number: int) -> None:
        """Put the row into the form's grid."""
        top = isinstance(self.field.kind, LongText)
        grid.addWidget(self._name, number, 0, Qt.AlignmentFlag.AlignTop if top else Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._widget, number, 1)
        grid.addWidget(self._problem, number + 1, 1)

    def show_value(self, value: Any) -> None:
        """Show a stored value."""
        self.editor.show_value(value)
        self.touched = False
        self.complain("")

    def read(self) -> Any:
        """Return what is in the editor."""
        return self.editor.value()

    def complain(self, sentence: str, *, take_focus: bool = False) -> None:
        """Say below the editor what is wrong, or that nothing is any more."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._widget.setAccessibleDescription(sentence or self._widget.toolTip())
        if take_focus:
            self._widget.setFocus()
