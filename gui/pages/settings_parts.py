"""What the sections of the settings are laid out from: a scrolling column, headings, lines, number fields."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSpinBox, QVBoxLayout, QWidget

from gui.widgets import muted, named

WIDEST = 760
LABEL_WIDTH = 340


class Section(QScrollArea):
    """One group of settings, no wider than one likes to read."""

    def __init__(self, name: str, title: str, intro: str = "", parent: QWidget | None = None) -> None:
        """Make an empty section.

        Args:
            name: Its key.
            title: Translated heading.
            intro: Translated sentence that says what it is about.
            parent: The page.
        """
        super().__init__(parent)
        named(self, f"section-{name}")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(16, 8, 16, 24)
        self.column.setSpacing(8)
        self.column.addWidget(named(QLabel(title), "section-title"))
        if intro:
            self.column.addWidget(muted(intro))
        outside = QWidget()
        line = QHBoxLayout(outside)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(inside, 1)
        line.addStretch(0)
        self.setWidget(outside)

    def end(self) -> None:
        """Keep everything at the top."""
        self.column.addStretch(1)

    def heading(self, text: str) -> None:
        """Add a heading within the section."""
        self.column.addSpacing(8)
        self.column.addWidget(named(QLabel(text, indent=0), "form-heading"))

    def ask(self, label: str, editor: QWidget, *beside: QWidget, help_text: str = "") -> QLabel:
        """Add a question, its editor, what stands beside it, and a quiet line of help below; return the question."""
        question = QLabel(label, wordWrap=True)
        question.setBuddy(editor)
        question.setMinimumWidth(1)
        question.setFixedWidth(LABEL_WIDTH)
        editor.setAccessibleName(label.replace("&", ""))
        editor.setAccessibleDescription(help_text)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(question)
        line.addWidget(editor, 0 if beside else 1)
        for part in beside:
            line.addWidget(part)
        if beside:
            line.addStretch(1)
        self.column.addLayout(line)
        if help_text:
            note = muted(help_text)
            note.setContentsMargins(LABEL_WIDTH + 12, 0, 0, 0)
            self.column.addWidget(note)
        return question


class NumberField(QSpinBox):
    """A number that the mouse wheel changes only where somebody is typing, so that scrolling alters nothing.

    Attributes:
        stored: The number that the registry holds, as far as is known here.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stored = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(8, 0, 8, 0)
        self.setFixedWidth(112)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page unless the cursor is here."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
