"""One action of the log: what was done, when and by whom, why, and every record before and after; undo from here."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.errors import RegistryError
from core.i18n import _, ngettext, show_instant
from core.inventory.action_sheet import AT_ONCE, ActionSheet, ChangedRecord, action_sheet
from core.inventory.log_list import who
from core.registry import Registry
from core.storage.log_view import LoggedAction
from gui.actions import action
from gui.pages.log_record import ChangedRecordLine
from gui.pages.record_detail import stacked
from gui.widgets import muted, named
from gui.widgets.lines import Column
from gui.workspace import Workspace

OPEN_AT_ONCE = 3  # Up to so many records are shown with all their fields from the start.


class LogDetail(QWidget):
    """The chosen action, or a word that none is chosen.

    Signals:
        record_wanted: Only what concerns one record is to be shown: its id and its name.
    """

    record_wanted = Signal(object, str)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "log-detail")
        self.setMinimumWidth(360)
        self._workspace = workspace
        self._number: int | None = None
        self._first: UUID | None = None
        self._limit = AT_ONCE
        self._sheet: ActionSheet | None = None
        self.undoing = action(self, "undo-action", _("&Undo this action"), self.undo, "Ctrl+U")
        self.addAction(self.undoing)
        self._lay_out()
        self.clear()

    def show_action(self, number: int | None, first: UUID | None = None) -> None:
        """Show the action to which a number of the log belongs, or that none is chosen.

        Args:
            number: The number of the action's last entry.
            first: The record that is looked for.
        """
        if number != self._number:
            self._limit = AT_ONCE
        self._number, self._first = number, first
        if number is None:
            self.clear()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the action again; it may have been undone, and its records may be called otherwise."""
        number, first, limit = self._number, self._first, self._limit
        if number is None or not self._workspace.is_open:
            return

        def read(registry: Registry) -> ActionSheet | None:
            with registry.reading() as session:
                return action_sheet(session, number, first=first, limit=limit)

        self._workspace.read(read, self._show, owner=self)

    def clear(self) -> None:
        """Show that nothing is chosen."""
        self._number, self._sheet = None, None
        self.undoing.setEnabled(False)
        self._stack.setCurrentIndex(0)

    def undo(self) -> None:
        """Undo the action; where that cannot be, the window says why."""
        if self._sheet is None:
            return
        done = self._sheet.action
        said = _("Undone: {action}").format(action=done.label)
        self.undoing.setEnabled(False)
        self._workspace.read(
            lambda registry: registry.undo_action(done.id),
            lambda _none: self._workspace.done.emit(said),
            failed=self._refused,
            owner=self,
        )

    def _refused(self, error: RegistryError) -> None:
        self.undoing.setEnabled(True)
        self._workspace.fail(error)

    def _lay_out(self) -> None:
        self._title = named(QLabel(wordWrap=True), "section-title")
        self._about, self._reason = muted(""), QLabel(wordWrap=True)
        for label in (self._title, self._about, self._reason):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._undo = named(QPushButton(_("Undo")), "undo-this")
        self._undo.setToolTip(self.undoing.toolTip())
        self._undo.clicked.connect(self.undoing.trigger)
        self.undoing.changed.connect(lambda: self._undo.setEnabled(self.undoing.isEnabled()))
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._title, 1)
        first.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        head.addLayout(first)
        head.addWidget(self._about)
        head.addWidget(self._reason)
        self.records = Column()
        self._stack = stacked(_("Choose an entry on the left to see what it changed."), head, self.records)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _show(self, sheet: ActionSheet | None) -> None:
        if sheet is None or sheet.action.seq != self._number:
            return
        if self._sheet is not None and self._sheet == sheet:
            return
        same = self._sheet is not None and self._sheet.records == sheet.records
        self._sheet = sheet
        self._show_head(sheet)
        if not same:
            self._show_records(sheet.records, sheet.action.records - len(sheet.records))
        self._stack.setCurrentIndex(1)

    def _show_head(self, sheet: ActionSheet) -> None:
        one = sheet.action
        self._title.setText(one.label)
        self._about.setText("\n".join(_about(one, who(one, self._workspace.registry.store_id))))
        self._reason.setVisible(sheet.reason is not None)
        self._reason.setText(
            _("Reason: {reason}").format(reason=sheet.reason) if sheet.reason else _("The reason has been erased.")
        )
        self._undo.setVisible(not one.undone and not sheet.final)
        self.undoing.setEnabled(not one.undone and not sheet.final)

    def _show_records(self, records: Sequence[ChangedRecord], more: int) -> None:
        self.records.start()
        for record in records:
            line = ChangedRecordLine(record, opened=len(records) <= OPEN_AT_ONCE)
            line.shown.connect(self._workspace.go)
            line.wanted.connect(self.record_wanted)
            self.records.put(line)
        if more > 0:
            text = ngettext("Show {number} more record", "Show {number} more records", min(more, AT_ONCE))
            button = named(QPushButton(text.format(number=min(more, AT_ONCE))), "show-more", link=True)
            button.clicked.connect(lambda _checked: self._show_more())
            self.records.put(button)

    def _show_more(self) -> None:
        self._limit += AT_ONCE
        self.refresh()


def _about(one: LoggedAction, name: str) -> list[str]:
    lines = [_("{moment}, {name}").format(moment=show_instant(one.at), name=name)]
    lines.append(ngettext("{number} record", "{number} records", one.records).format(number=one.records))
    if one.undone:
        lines.append(_("This has been undone."))
    return lines
