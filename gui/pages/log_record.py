"""One record in an action of the log: what it is called, what was done to it, its fields before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from core.i18n import N_, _
from gui.widgets import muted, named
from gui.widgets.flow import Flow

if TYPE_CHECKING:
    from core.inventory.action_sheet import ChangedRecord
    from core.inventory.recorded import Difference

VERBS = {
    "create": N_("created"),
    "change": N_("changed"),
    "delete": N_("removed"),
    "restore": N_("restored from a backup"),
    "erase": N_("personal data erased"),
}
NAME_WIDTH = 120


class ChangedRecordLine(QWidget):
    """A line that opens to the record's fields.

    Signals:
        shown: The record is wanted on its page: the page's key and the record's id.
        wanted: Only what concerns this record is wanted: its id and its name.
    """

    shown = Signal(str, object)
    wanted = Signal(object, str)

    def __init__(self, record: ChangedRecord, *, opened: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, f"record-{record.seq}")
        self._record = record
        self._fields = _fields(record, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        title = QLabel(_title(record), wordWrap=True)
        title.setTextFormat(Qt.TextFormat.PlainText)
        self._column.addWidget(title)
        self._column.addWidget(self._ways(opened))
        self._column.addWidget(self._fields)

    def _ways(self, opened: bool) -> QWidget:
        """Return what can be done with the record: the buttons below its title."""
        record, buttons = self._record, QWidget()
        ways = Flow(buttons)
        ways.setContentsMargins(0, 0, 0, 4)
        ways.setSpacing(12)
        if record.differences or record.erased:
            details = named(QPushButton(), "details", link=True)
            details.setCheckable(True)
            details.setChecked(opened)
            details.setAccessibleName(_("Details: {record}").format(record=_title(record)))
            details.toggled.connect(self._open)
            self._details = details
            self._open(opened)
            ways.addWidget(details)
        if record.shown_on is not None:
            self._add_ways(ways, *record.shown_on)
        return buttons

    def _open(self, opened: bool) -> None:
        self._details.setText(_("Less") if opened else _("Details"))
        self._fields.setVisible(opened)

    def _add_ways(self, line: Flow, page: str, record_id: UUID) -> None:
        only = named(QPushButton(_("Only this")), "only-this", link=True)
        only.setToolTip(_("Show only what concerns this record"))
        only.setAccessibleName(_("Only this: {record}").format(record=_title(self._record)))
        only.clicked.connect(lambda _checked: self.wanted.emit(self._record.record_id, self._record.name))
        show = named(QPushButton(_("Show")), "show-record", link=True)
        show.setAccessibleName(_("Show: {record}").format(record=_title(self._record)))
        show.clicked.connect(lambda _checked: self.shown.emit(page, record_id))
        for button in (only, show):
            line.addWidget(button)


def _title(record: ChangedRecord) -> str:
    verb, name = _(VERBS.get(record.kind, record.kind)), _name(record)
    if not name:
        return _("{kind} {verb}").format(kind=record.noun, verb=verb)
    return _("{kind} “{name}” {verb}").format(kind=record.noun, name=name, verb=verb)


def _name(record: ChangedRecord) -> str:
    """Return what a record is called; a waiver, by the rule that it is about."""
    if record.rule is None:
        return record.name
    from core.governance.findings import rule_title

    title = rule_title(record.rule)
    return _("{rule}: {record}").format(rule=title, record=record.name) if record.name else title


def _fields(record: ChangedRecord, parent: QWidget) -> QWidget:
    """Return the fields below one another, each with what it was and what it became."""
    fields = named(QWidget(parent), "record-fields")
    grid = QGridLayout(fields)
    grid.setContentsMargins(12, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    _fill(grid, record.differences)
    if record.erased:
        erased = muted(_("Personal data of this entry has been erased."))
        grid.addWidget(erased, grid.rowCount(), 0, 1, 2)
    return fields


def _fill(grid: QGridLayout, differences: Sequence[Difference]) -> None:
    for row, one in enumerate(differences):
        name = muted(one.title)
        name.setFixedWidth(NAME_WIDTH)
        value = QLabel(_told(one), wordWrap=True)
        value.setTextFormat(Qt.TextFormat.PlainText)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAccessibleName(_("{field}: {after}").format(field=one.title, after=_told(one)))
        grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)


def _told(one: Difference) -> str:
    if not one.before:
        return one.after
    if not one.after:
        return _("“{before}” removed").format(before=one.before)
    return _("“{before}” became “{after}”").format(before=one.before, after=one.after)
