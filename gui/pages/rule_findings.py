"""The findings of one rule, or of all: why the rule is there, what it found, and the buttons that mend it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.governance.finding_table import FIELDS, OF_THE_CHANNEL, ListedFinding
from core.governance.findings import FindingValue
from core.governance.rules import rule_named
from core.i18n import _
from core.inventory.narrowing import Where
from gui.copying import copy_as_table
from gui.field_cells import cell_text
from gui.findings_model import COLUMNS, FindingsModel
from gui.mending import TOGETHER, VERBS, ask_to_waive, mend, mends_of
from gui.pages.rule_list import ALL
from gui.rows_view import RowsView
from gui.subjects_shown import page_of, showing_verb
from gui.table_columns import TableColumns
from gui.widgets import muted, named
from gui.workspace import Workspace

TWO_LINES = 48


class RuleFindings(QWidget):
    """One rule with its findings; Enter begins to mend the chosen ones."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._rule: str | None = None
        self._offered: str | None = None
        self._buttons: list[QPushButton] = []
        self.model = FindingsModel(self)
        self.table = _Table(self.model)
        self._lay_out()
        self.table.selectionModel().selectionChanged.connect(self._allow)
        self.table.activated.connect(self._mend_first)
        copying = QAction(_("Copy as table"), self.table, shortcut=QKeySequence(QKeySequence.StandardKey.Copy))
        copying.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copying.triggered.connect(self.copy)
        self.table.addAction(copying)

    def show_rule(self, rule: str | None, findings: Sequence[ListedFinding]) -> None:
        """Show the findings of a rule or of all; the cursor stays at its place in the list."""
        row = self.table.currentIndex().row() if rule == self._rule else 0
        chosen = {_what(one) for one in self.chosen()} if rule == self._rule else set()
        if rule != self._rule:
            self._rule = rule
            self._show_explanation()
        self.model.show_findings(findings)
        self._choose([place for place, one in enumerate(self.model.findings) if _what(one) in chosen], row)
        self._allow()

    def chosen(self) -> list[FindingValue]:
        """Return the selected findings."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.rows[row].finding for row in rows if row < len(self.model.rows)]

    def value_at_cursor(self) -> Where | None:
        """Return which channels have the value of the cell that the cursor is on, None where it is not theirs."""
        index = self.table.currentIndex()
        key = FIELDS[index.column()].key if index.isValid() else ""
        if key not in OF_THE_CHANNEL:
            return None
        value = self.model.rows[index.row()].value(key)
        title = cell_text(FIELDS[index.column()], value) or _("{field}: empty").format(
            field=FIELDS[index.column()].title
        )
        return Where(title, {key: value})

    def copy(self) -> None:
        """Copy the selected findings as a table that Excel and Word understand."""
        shown = self.table.columns.shown()
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        cells = [[str(self.model.index(row, column).data() or "") for column in shown] for row in rows]
        if cells:
            copy_as_table([[FIELDS[column].title for column in shown], *cells])

    def _lay_out(self) -> None:
        self._title = named(QLabel(wordWrap=True), "section-title")
        self._why = muted("")
        self._source = muted("")
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        for part in (self._title, self._why, self._source):
            head.addWidget(part)
        self._bar = QHBoxLayout()
        self._bar.setContentsMargins(16, 0, 16, 8)
        self._bar.setSpacing(8)
        self._showing = named(QPushButton(_("Show channel")), "show-channel", link=True)
        self._showing.clicked.connect(self._show_subject)
        self._waiving = named(QPushButton(_("Waive...")), "waive", link=True)
        self._waiving.setToolTip(_("Bear with the selected findings, for a reason and until a day"))
        self._waiving.clicked.connect(self._waive)
        self._bar.addWidget(self._waiving)
        self._bar.addWidget(self._showing)
        self._bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._bar)
        rows = QVBoxLayout()
        rows.setContentsMargins(12, 0, 0, 0)
        rows.addWidget(self.table)
        column.addLayout(rows, 1)

    def _show_explanation(self) -> None:
        if self._rule in {None, ALL}:
            self._title.setText(_("All findings") if self._rule else "")
            self._why.setText(
                _("The gravest come first. Choose a rule on the left to work one off.") if self._rule else ""
            )
            self._source.setText("")
            self._show_buttons(None)
            return
        rule = rule_named(str(self._rule))
        self._title.setText(_(rule.title))
        self._why.setText(_(rule.why))
        self._source.setText(_("Source: {source}").format(source=_(rule.source)))
        self._show_buttons(rule.key)

    def _show_buttons(self, rule: str | None) -> None:
        """Offer what mends the findings of a rule."""
        if rule == self._offered:
            return
        self._offered = rule
        for button in self._buttons:
            self._bar.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, key in enumerate(mends_of(rule) if rule else ()):
            button = named(QPushButton(_(VERBS[key])), f"mend-{key}", primary=place == 0)
            button.clicked.connect(lambda _checked, key=key: self._mend(key))
            self._bar.insertWidget(place, button)
            self._buttons.append(button)

    def _choose(self, rows: Sequence[int], fallback: int) -> None:
        model, last = self.table.selectionModel(), self.model.rowCount() - 1
        if last < 0:
            return
        flags = QItemSelectionModel.SelectionFlag
        wanted = list(rows) or [min(max(fallback, 0), last)]
        model.setCurrentIndex(self.model.index(wanted[0], 0), flags.ClearAndSelect | flags.Rows)
        for row in wanted[1:]:
            model.select(self.model.index(row, 0), flags.Select | flags.Rows)

    def _allow(self) -> None:
        """Enable what can be done with what is selected."""
        chosen = self.chosen()
        if self._rule == ALL:
            rules = {one.rule for one in chosen}
            self._show_buttons(next(iter(rules)) if len(rules) == 1 else None)
        for button in self._buttons:
            key = button.objectName().removeprefix("mend-")
            button.setEnabled(len(chosen) == 1 or (bool(chosen) and key in TOGETHER))
        self._waiving.setEnabled(bool(chosen))
        self._showing.setVisible(len(chosen) == 1 and page_of(chosen[0].subject_type) is not None)
        if chosen:
            self._showing.setText(showing_verb(chosen[0].subject_type))

    def _mend(self, key: str) -> None:
        if chosen := self.chosen():
            mend(self._workspace, key, chosen, self.window())

    def _waive(self) -> None:
        if chosen := self.chosen():
            ask_to_waive(self._workspace, chosen, self.window())

    def _mend_first(self) -> None:
        if self._buttons and self._buttons[0].isEnabled():
            self._buttons[0].click()

    def _show_subject(self) -> None:
        if not (chosen := self.chosen()) or chosen[0].subject_id is None:
            return
        if (page := page_of(chosen[0].subject_type)) is not None:
            self._workspace.go(page, chosen[0].subject_id)


class _Table(RowsView):
    """The rows of the findings."""

    def __init__(self, model: FindingsModel) -> None:
        super().__init__()
        named(self, "findings-table")
        self.setAccessibleName(_("Findings"))
        self.setModel(model)
        self.verticalHeader().setDefaultSectionSize(TWO_LINES)
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(48)
        self.columns = TableColumns(self, model, COLUMNS)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def resizeEvent(self, event: Any) -> None:
        """Give the sentence the room that the other columns leave."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Give the sentence what is left of the width, if it is shown."""
        model = self.model()
        if isinstance(model, FindingsModel) and not self.isColumnHidden(model.column("sentence")):
            others = [one for one in self.columns.shown() if one != model.column("sentence")]
            room = self.viewport().width() - sum(self.columnWidth(one) for one in others)
            self.setColumnWidth(model.column("sentence"), max(room, COLUMNS["since"] * 2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as the wish to mend, on every system."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)


def _what(finding: FindingValue) -> tuple[str, Any]:
    return finding.rule, finding.subject_id
