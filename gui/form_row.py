"""One row of a form: the field's name, its editor, and what is wrong with it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from core.fields import Field, LongText
from core.i18n import _
from gui.editors import Editor
from gui.widgets import named

NAME_WIDTH = 136
"""Enough for most names in two lines; a longer word makes the column wider."""


class FormRow:
    """One field of the form: its name, its editor, and what is wrong with it."""

    def __init__(self, field: Field, editor: Editor) -> None:
        self.field, self.editor = field, editor
        self.touched = False
        assert isinstance(editor, QWidget)
        self._widget: QWidget = editor
        self._name = QLabel(_("{field} *").format(field=field.title) if field.required else field.title, wordWrap=True)
        words = (self._name.fontMetrics().horizontalAdvance(word) for word in self._name.text().split())
        self._name.setFixedWidth(max(NAME_WIDTH, *words))
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
