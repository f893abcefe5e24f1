"""What all dialogs have in common: a question, what is asked, a button with a verb, and a way back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import RegistryError
from core.i18n import _
from gui.dialogs.fitting import keep_in_screen, room_of
from gui.widgets import muted, named
from gui.widgets.dialog_body import DialogBody
from gui.widgets.message_bar import MessageBar
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.model import Record
    from core.registry import Registry

WIDTH = 520


class Decision(QDialog):
    """One decision; `decide` is carried out by the primary button and by Enter.

    `help_topic` says where the handbook tells of it, for F1.
    """

    help_topic = ""

    def __init__(self, workspace: Workspace, question: str, verb: str, parent: QWidget | None = None) -> None:
        """Make an empty dialog; its maker fills `body`.

        Args:
            workspace: The open registry.
            question: What is to be decided, translated.
            verb: What the primary button does, translated.
            parent: The window.
        """
        super().__init__(parent)
        self._grown_to = -1  # A height that the user gave stays.
        self.workspace = workspace
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(question)
        self.setMinimumWidth(WIDTH)
        title = named(QLabel(question, wordWrap=True), "dialog-title")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.messages = MessageBar()
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.primary = named(QPushButton(verb), "decide", primary=True)
        self.primary.setDefault(True)
        self.primary.clicked.connect(self.decide)
        self._build(title)

    def _build(self, title: QLabel) -> None:
        self.back = named(QPushButton(_("Cancel")), "cancel")
        self.back.setAutoDefault(False)
        self.back.clicked.connect(self.reject)
        self.buttons = QHBoxLayout()
        self.buttons.addStretch(1)
        self.buttons.addWidget(self.back)
        self.buttons.addWidget(self.primary)
        self.scrolling = DialogBody()
        inside = self.scrolling.column
        inside.setContentsMargins(24, 24, 24, 16)
        inside.setSpacing(16)
        inside.addWidget(title)
        inside.addLayout(self.body)
        inside.addStretch(1)
        self.buttons.setContentsMargins(24, 0, 24, 24)
        self.buttons.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self.scrolling, 1)
        column.addLayout(self.buttons)

    def decide(self) -> None:
        """Carry out the decision; a dialog says here what that is."""

    def ask(self, label: str, editor: QWidget, help_text: str = "") -> QWidget:
        """Add a question with its editor below it and a quiet line of help; return the whole, to hide it."""
        name = QLabel(label)
        name.setBuddy(editor)
        editor.setAccessibleName(label.replace("&", ""))
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(name)
        column.addWidget(editor)
        if help_text:
            column.addWidget(muted(help_text))
        self.body.addWidget(part)
        return part

    def event(self, event: QEvent) -> bool:
        """Grow when a question appears, and shrink again when it goes; what the screen has no room for scrolls."""
        handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._grow()
        return handled

    def showEvent(self, event: QShowEvent) -> None:
        """Begin as high as needed, and on the screen."""
        super().showEvent(event)
        if not event.spontaneous():
            if not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
                self._grown_to = self.height()  # Qt guessed it before it knew where the lines break.
            self._grow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by pages wherever the keys are, as nothing else takes these keys."""
        if not self.scrolling.turn(event):
            super().keyPressEvent(event)

    def _grow(self) -> None:
        layout = self.layout()
        if layout is None or not self.isVisible():
            return
        self.setMinimumWidth(max(self.minimumWidth(), self.buttons.minimumSize().width()))
        keep_in_screen(self)
        wanted = min(layout.totalHeightForWidth(self.width()), room_of(self).height())
        if wanted > self.height() or self.height() == self._grown_to:
            self._grown_to = wanted
            self.resize(self.width(), wanted)
            keep_in_screen(self)

    def decides_on(self, model: type[Record], ids: Iterable[UUID]) -> dict[UUID, str]:
        """Remember which versions of some records the decision is made on.

        Returns:
            The versions, read by the time the decision is carried out: both happen on the database lane.
        """
        wanted, seen = tuple(ids), dict[UUID, str]()

        def read(registry: Registry) -> None:
            from core.inventory.editing import versions_of

            with registry.reading() as session:
                seen.update(versions_of(session, model, wanted))

        self.workspace.read(read, lambda _none: None, owner=self)
        return seen

    def refuse(self, error: RegistryError) -> None:
        """Say why it could not be done; what was entered stays."""
        self.primary.setEnabled(True)
        self.messages.show_message(error.sentence)
