"""Two people changed the same record: both versions side by side, and a choice for each field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.i18n import _, show_instant
from core.inventory.editing import Edit
from core.inventory.overtaken import FieldVersions, Overtaken, Side, compare
from core.registry import Registry
from gui.dialogs.decision import Decision
from gui.widgets import muted, named
from gui.workspace import Workspace

WIDE = 800
TALLEST = 480


def ask_whose_version(workspace: Workspace, edit: Edit, then: Callable[[Edit], object], owner: QWidget) -> None:
    """Lay an edit that was refused beside what is stored now, and hand on the edit that is left after the choice.

    Args:
        workspace: The open registry.
        edit: What could not be saved.
        then: Gets the edit to save instead; it changes nothing where all of the stored version counts.
        owner: The widget that asks.
    """

    def read(registry: Registry) -> Overtaken | None:
        with registry.reading() as session:
            return compare(session, edit)

    def ask(overtaken: Overtaken | None) -> None:
        if overtaken is None:
            return
        if overtaken.differences:
            dialog = ConflictDialog(workspace, overtaken, owner.window())
            dialog.settled.connect(then)
            dialog.open()
        else:
            then(overtaken.settled({}))
            workspace.say(_("Somebody else has saved the same already."))

    workspace.read(read, ask, owner=owner)


class ConflictDialog(Decision):
    """Whose version counts, field by field; nothing is saved before each field has an answer.

    Signals:
        settled: Carries the edit that is left to be saved; it may change nothing.
    """

    settled = Signal(object)

    def __init__(self, workspace: Workspace, overtaken: Overtaken, parent: QWidget | None = None) -> None:
        super().__init__(workspace, _("Which version counts?"), _("Save choice"), parent)
        self.setMinimumWidth(WIDE)
        self._overtaken = overtaken
        self._groups: dict[str, QButtonGroup] = {}
        self.body.addWidget(
            muted(
                _(
                    "Somebody else changed this record while you were editing it. Nothing has been saved yet. "
                    "What only one of you changed is chosen already; please choose where both of you did."
                )
            )
        )
        self.body.addWidget(self._versions())
        self._see()
        self._first_question().setFocus()

    def decide(self) -> None:
        """Hand on what was chosen."""
        edit = self._overtaken.settled({key: _chosen(group) for key, group in self._groups.items()})
        self.accept()
        self.settled.emit(edit)

    def choose(self, key: str, side: Side) -> None:
        """Choose a version of a field."""
        self._groups[key].button(_NUMBERS[side]).click()

    def _versions(self) -> QScrollArea:
        inside = named(QWidget(), "versions")
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for column, share in enumerate((3, 4, 5, 5)):
            grid.setColumnStretch(column, share)
        self._head(grid)
        for one in self._overtaken.differences:
            self._add(grid, one)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(widgetResizable=True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        area.setFixedHeight(min(grid.totalHeightForWidth(WIDE - 64), TALLEST))
        return area

    def _head(self, grid: QGridLayout) -> None:
        theirs = QVBoxLayout()
        theirs.setSpacing(0)
        theirs.addWidget(_heading(_("Now in the registry")))
        theirs.addWidget(muted(_hand(self._overtaken)))
        grid.addWidget(_heading(_("Field")), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_heading(_("When you began")), 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_heading(_("Your version")), 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(theirs, 0, 3)

    def _add(self, grid: QGridLayout, one: FieldVersions) -> None:
        row, title = grid.rowCount(), one.field.title
        name, before = QLabel(title, wordWrap=True), muted(one.before_text or _("(empty)"))
        for label in (name, before):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(0, 4, 0, 0)  # In line with the versions beside it.
        yours = _Version(one.yours_text, _("{field}, your version: {value}"), title)
        theirs = _Version(one.theirs_text, _("{field}, now in the registry: {value}"), title)
        group = QButtonGroup(self)
        for side, version in ((Side.YOURS, yours), (Side.THEIRS, theirs)):
            named(version.button, f"{one.field.key}-{side.value}")
            group.addButton(version.button, _NUMBERS[side])
            version.button.setChecked(one.natural is side)
            if one.natural not in (None, side):
                version.button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes to what is chosen, arrows to it.
        group.idToggled.connect(self._see)
        self._groups[one.field.key] = group
        top = Qt.AlignmentFlag.AlignTop
        for column, (part, alignment) in enumerate(((name, top), (before, top), (yours, top), (theirs, top))):
            grid.addWidget(part, row, column, alignment)

    def _see(self) -> None:
        """Let the choice be saved once every field has one."""
        self.primary.setEnabled(all(group.checkedButton() is not None for group in self._groups.values()))

    def _first_question(self) -> QWidget:
        open_ones = [group for group in self._groups.values() if group.checkedButton() is None]
        return open_ones[0].buttons()[0] if open_ones else self.primary


_NUMBERS = {Side.YOURS: 1, Side.THEIRS: 2}


class _Version(QFrame):
    """One version of a field: a button to choose it, and its text in as many lines as it needs."""

    def __init__(self, text: str, spoken: str, title: str) -> None:
        super().__init__()
        self.button = QRadioButton()
        shown = text or _("(empty)")
        self.button.setAccessibleName(spoken.format(field=title, value=shown))
        label = QLabel(shown, wordWrap=True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("muted", not text)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        label.setContentsMargins(0, 4, 0, 0)  # In line with the button's ring.
        line.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label, 1, Qt.AlignmentFlag.AlignTop)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this version by a click on its text, too."""
        super().mousePressEvent(event)
        self.button.click()
        self.button.setFocus()


def _chosen(group: QButtonGroup) -> Side:
    return next(side for side, number in _NUMBERS.items() if number == group.checkedId())


def _heading(text: str) -> QLabel:
    return named(QLabel(text), "version-heading")


def _hand(overtaken: Overtaken) -> str:
    """Say who changed the record last, and when."""
    match overtaken.by, overtaken.at:
        case "", None:
            return ""
        case "", at:
            return show_instant(at)
        case by, at:
            return _("by {name}, {instant}").format(name=by, instant=show_instant(at))
