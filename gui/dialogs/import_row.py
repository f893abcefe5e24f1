"""One row of an import: its cells beside what was understood, problems at their cell, and a way to correct."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from core.i18n import _
from gui.widgets import muted, named
from gui.widgets.severity import SeverityLabel

if TYPE_CHECKING:
    from core.exchange.importing.proposal import ColumnMap, ProposedRow


class _Line:
    """The widgets of one column: its cell, what was understood, what is wrong."""

    def __init__(self, column: ColumnMap) -> None:
        self.header = named(QLabel(column.header, wordWrap=True), muted=True)
        self.header.setTextFormat(Qt.TextFormat.PlainText)
        self.cell = named(QLineEdit(), f"cell-{column.column}")
        self.cell.setAccessibleName(column.header)
        self.understood = QLabel(wordWrap=True)
        self.understood.setTextFormat(Qt.TextFormat.PlainText)
        self.problem = SeverityLabel("warning", sentences=True)

    def hide_text(self, secret: bool) -> None:
        """Show dots for what may be a password, and let nobody edit it."""
        self.cell.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
        self.cell.setReadOnly(secret)


class ImportRow(QScrollArea):
    """The details of the row that is selected in the table.

    Signals:
        corrected: Row number, column place and the new text of a cell.
        left_out: The number of a row that is not to be imported.
        taken_in: The number of a row that is to be imported after all.
    """

    corrected = Signal(int, int, str)
    left_out = Signal(int)
    taken_in = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "import-row")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row: ProposedRow | None = None
        self._columns: tuple[tuple[int, str], ...] = ()
        self.lines: dict[int, _Line] = {}
        self.title = named(QLabel(wordWrap=True), "section-title")
        self.leave_out = named(QCheckBox(_("&Leave this row out")), "leave-out")
        self.leave_out.clicked.connect(self._leave_out)
        self.whole = SeverityLabel("severe", sentences=True)
        self._grid = QGridLayout()
        self._lay_out()
        self.setEnabled(False)

    def show_row(
        self, row: ProposedRow | None, columns: tuple[ColumnMap, ...], secret: frozenset[int] = frozenset()
    ) -> None:
        """Show a row, or nothing; the editors stay where the list has the same columns as before.

        Args:
            row: What is selected.
            columns: The columns of the list.
            secret: Places of columns that seem to hold passwords; their cells are not shown.
        """
        self._row = row
        self.setEnabled(row is not None)
        self._inside.setVisible(row is not None)
        headers = tuple((column.column, column.header) for column in columns)
        if headers != self._columns:
            self._columns = headers
            self._build(columns)
        if row is not None:
            self._fill(row, columns)
        for place, line in self.lines.items():
            line.hide_text(place in secret)

    def _fill(self, row: ProposedRow, columns: tuple[ColumnMap, ...]) -> None:
        named_row = _("Row {row}: {channel}") if row.channel else _("Row {row}")
        self.title.setText(named_row.format(row=row.row, channel=row.channel))
        self.leave_out.setChecked(row.left_out)
        at_cells: dict[int, list[str]] = {}
        for problem in row.problems:
            at_cells.setdefault(problem.at, []).append(problem.message)
        self._show_problem(self.whole, at_cells.pop(-1, []), row)
        for column in columns:
            line = self.lines[column.column]
            text = row.cells[column.column] if column.column < len(row.cells) else ""
            if not line.cell.hasFocus() or not line.cell.isModified():
                line.cell.setText(text)
                line.cell.setCursorPosition(0)
            line.understood.setText(_understood(row, column))
            self._show_problem(line.problem, at_cells.get(column.column, []), row)

    def _show_problem(self, label: SeverityLabel, messages: list[str], row: ProposedRow) -> None:
        label.setVisible(bool(messages))
        if messages:
            label.show_severity("severe" if row.outcome == "refused" else "warning", "\n".join(messages))

    def _build(self, columns: tuple[ColumnMap, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.lines = {column.column: _Line(column) for column in columns}
        for place, (number, line) in enumerate(self.lines.items()):
            line.cell.editingFinished.connect(lambda number=number: self._correct(number))
            self._grid.addWidget(line.header, 2 * place + 1, 0)
            self._grid.addWidget(line.cell, 2 * place + 1, 1)
            self._grid.addWidget(line.understood, 2 * place + 1, 2)
            self._grid.addWidget(line.problem, 2 * place + 2, 1, 1, 2)
        for column, title in enumerate((_("Column"), _("In the list"), _("Understood as"))):
            self._grid.addWidget(muted(title, wrap=False), 0, column)

    def _correct(self, column: int) -> None:
        cell = self.lines[column].cell
        if self._row is not None and cell.isModified():
            cell.setModified(False)
            self.corrected.emit(self._row.row, column, cell.text())

    def _leave_out(self, checked: bool) -> None:
        if self._row is not None:
            (self.left_out if checked else self.taken_in).emit(self._row.row)

    def _lay_out(self) -> None:
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(2, 4)
        self._inside = named(QWidget(), "import-row-inside")
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(24, 8, 24, 16)
        column.setSpacing(16)
        column.addWidget(self.title)
        column.addWidget(self.whole)
        column.addWidget(self.leave_out)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidget(self._inside)


def _understood(row: ProposedRow, column: ColumnMap) -> str:
    """Return what a cell was understood as, with what the registry holds now if that changes."""
    if column.field is None:
        return _("Not imported")
    from core.exchange.importing.importable import PLATFORM_PREFIX

    if column.field.startswith(PLATFORM_PREFIX):
        return _account(row, column, column.field.removeprefix(PLATFORM_PREFIX))
    key = column.field
    now = _text(key, row.values.get(key)) if key in row.values else _taken_as_it_stands(row, column)
    before = _text(key, row.before.get(key))
    return _("{value} (until now: {before})").format(value=now, before=before) if now and before else now


def _account(row: ProposedRow, column: ColumnMap, platform: str) -> str:
    """Return the account of a column per platform; a row with several of them stands once for each."""
    if row.values.get("platform") == platform:
        return _text("url", row.values.get("url"))
    given = column.column < len(row.cells) and row.cells[column.column]
    return _("a channel of its own") if given else ""


def _taken_as_it_stands(row: ProposedRow, column: ColumnMap) -> str:
    """Return the cell's own text where it belongs to another record, the owner's e-mail for example."""
    doubted = row.effect == "refused" or any(problem.at == column.column for problem in row.problems)
    return "" if doubted or column.column >= len(row.cells) else row.cells[column.column]


def _text(key: str, value: Any) -> str:
    from core.exchange.importing.importable import BY_KEY
    from core.inventory.showing import shown

    return "" if value is None else shown(BY_KEY[key], value)
