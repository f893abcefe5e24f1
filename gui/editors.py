"""One editor for each kind of field; an editor holds the value and says when a person has changed it."""

from __future__ import annotations

from datetime import date
from typing import Any, Protocol, cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from core import fields as kinds
from core.fields import Field
from core.i18n import _, show_date
from core.inventory.platforms import platforms
from core.inventory.showing import shown
from core.inventory.typed_values import read_typed
from gui.reference_box import ReferenceBox
from gui.workspace import Workspace

LINES = 4
_A_DAY = date(2026, 12, 31)
"""A day to show how one is written, told from its month at a glance."""


class Editor(Protocol):
    """What the form asks of an editor; every editor is a QWidget besides."""

    edited: Any

    def value(self) -> Any:
        """Return the value, or raise a BadInputError with the sentence to show at the field."""

    def show_value(self, value: Any) -> None:
        """Show a value without saying that a person changed it."""

    def draft(self) -> Any:
        """Return what is typed, be it usable or not."""

    def show_draft(self, draft: Any) -> None:
        """Show again what was typed."""


def editor_for(field: Field, workspace: Workspace) -> Editor:
    """Make the editor for a field; its objectName is the field's key."""
    made: QWidget
    match field.kind:
        case kinds.LongText():
            made = LongTextEditor(field)
        case kinds.YesNo():
            made = ChoiceEditor(field, [(None, _("unknown")), (True, _("yes")), (False, _("no"))])
        case kinds.OneOf(choices):
            made = ChoiceEditor(field, [*_nothing(field), *((one, _(one.label)) for one in choices)])
        case kinds.Platform():
            made = PlatformEditor(field)
        case kinds.Reference(table):
            made = ReferenceBox(workspace, table)
        case _:
            made = LineEditor(field)
    made.setObjectName(field.key)
    made.setAccessibleName(field.title)
    if field.help:
        made.setToolTip(_(field.help))
        made.setAccessibleDescription(_(field.help))
    return cast("Editor", made)


class LineEditor(QLineEdit):
    """A line of text, also for dates, numbers, addresses and short lists; it is read when the value is asked for."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._shown: tuple[str, Any] = ("", None)
        self.setPlaceholderText(_example(field))
        self.textEdited.connect(self.edited)

    def value(self) -> Any:
        """Return what the text means; an untouched text means what was shown."""
        text, value = self._shown
        return value if self.text() == text and value not in (None, ()) else read_typed(self._field, self.text())

    def show_value(self, value: Any) -> None:
        """Show a value."""
        text = _typed(self._field, value)
        self._shown = (text, value)
        self.setText(text)
        self.setCursorPosition(0)

    def draft(self) -> str:
        """Return the text as typed."""
        return self.text()

    def show_draft(self, draft: str) -> None:
        """Show the text as typed."""
        self.setText(draft)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Begin long texts at their beginning again when the cursor has left."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)


class LongTextEditor(QPlainTextEdit):
    """A text of several lines; Tab goes on to the next field."""

    edited = Signal()

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._showing = False
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * LINES + 16)
        self.textChanged.connect(self._tell)

    def value(self) -> str | None:
        """Return the text, None for nothing."""
        return cast("str | None", read_typed(self._field, self.toPlainText()))

    def show_value(self, value: str | None) -> None:
        """Show a text."""
        self._showing = True
        self.setPlainText(value or "")
        self._showing = False

    def draft(self) -> str:
        """Return the text as typed."""
        return self.toPlainText()

    def show_draft(self, draft: str) -> None:
        """Show the text as typed."""
        self.show_value(draft)

    def _tell(self) -> None:
        if not self._showing:
            self.edited.emit()


class ChoiceEditor(QComboBox):
    """One value of a few."""

    edited = Signal()

    def __init__(self, field: Field, choices: list[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._values: list[Any] = []
        self.offer(choices)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(lambda _index: self.edited.emit())

    def offer(self, choices: list[tuple[Any, str]]) -> None:
        """Offer other values."""
        self.clear()
        self._values = [value for value, _label in choices]
        self.addItems([label for _value, label in choices])

    def value(self) -> Any:
        """Return the chosen value."""
        return self._values[self.currentIndex()] if self.currentIndex() >= 0 else None

    def show_value(self, value: Any) -> None:
        """Show a value; one that is no longer offered is added."""
        if value not in self._values:
            self._values.append(value)
            self.addItem(shown(self._field, value))
        self.setCurrentIndex(self._values.index(value))

    def draft(self) -> Any:
        """Return the chosen value."""
        return self.value()

    def show_draft(self, draft: Any) -> None:
        """Choose the value again."""
        self.show_value(draft)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page, so that scrolling changes nothing by accident."""
        event.ignore()


class PlatformEditor(ChoiceEditor):
    """A platform of the catalogue as the registry has it when the choice is opened."""

    def __init__(self, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(field, self._offered(field), parent)

    def renew(self) -> None:
        """Offer the platforms of now; the chosen one stays."""
        value = self.value()
        self.offer(self._offered(self._field))
        self.show_value(value)

    def showPopup(self) -> None:
        """Offer the platforms of now."""
        self.renew()
        super().showPopup()

    @staticmethod
    def _offered(field: Field) -> list[tuple[Any, str]]:
        named = sorted(((key, one.name) for key, one in platforms().items()), key=lambda pair: pair[1].casefold())
        return [*_nothing(field), *named]


def _nothing(field: Field) -> list[tuple[Any, str]]:
    return [] if field.required else [(None, "–")]


def _typed(field: Field, value: Any) -> str:
    """Return a value as a person would type it."""
    if value is None:
        return ""
    return str(value) if isinstance(field.kind, kinds.Number) else shown(field, value)


def _example(field: Field) -> str:
    match field.kind:
        case kinds.Day():
            return show_date(_A_DAY)
        case kinds.PartialDay():
            return _("{day}, 12/2026 or 2026").format(day=show_date(_A_DAY))
        case kinds.Number(unit):
            return _(unit) if unit else ""
        case kinds.TextList():
            return _("several, separated by commas")
        case _:
            return ""
