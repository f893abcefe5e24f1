"""The page of the findings: the rules that raise something on the left, their findings on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from core import workstation
from core.governance.finding_lists import RuleCount, of_rule, rule_counts
from core.governance.findings import FindingValue
from core.governance.waivers import Waived, waived
from core.i18n import _, ngettext
from core.inventory.narrowing import Where
from core.model import Severity
from core.registry import Registry
from gui.icons import icon
from gui.pages import Page
from gui.pages.rule_findings import RuleFindings
from gui.pages.waivers import Waivers
from gui.theme import ROW_HEIGHT, tokens
from gui.widgets import named
from gui.widgets.count_delegate import CountDelegate
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.severity import severity_icon, severity_word
from gui.workspace import Workspace

RULE = Qt.ItemDataRole.UserRole
COUNT = Qt.ItemDataRole.UserRole + 1
SPLIT = "split.findings"
WAIVERS = "waivers"
"""What stands for a rule's key at the entry of the waivers."""


@dataclass(frozen=True, slots=True)
class _Read:
    counts: Sequence[RuleCount] = ()
    waivers: Sequence[Waived] = ()


class FindingsPage(Page):
    """What is not as the rules want it, and how to mend it."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("What needs putting in order?")
        self.header = PageHeader(self.question)
        self.rules = named(QListWidget(), "rules")
        self.rules.setAccessibleName(_("Rules"))
        self.findings = RuleFindings(workspace)
        self.waivers = Waivers(workspace)
        self._read = _Read()
        self._wanted: Where | None = None
        self._lay_out()
        self.rules.currentItemChanged.connect(self._read_findings)
        self.splitter.splitterMoved.connect(lambda: workstation.remember(SPLIT, self.splitter.sizes()))

    def open_registry(self, registry: Registry) -> None:
        """Show the registry's findings."""
        del registry
        self.refresh(frozenset())

    def close_registry(self) -> None:
        """Show nothing."""
        self._read = _Read()
        self.rules.clear()
        self.waivers.show_waivers([])
        self.findings.show_rule(None, [])

    def refresh(self, tables: frozenset[str]) -> None:
        """Read the rules and the findings again."""
        del tables
        if self.workspace.is_open:
            self.workspace.read(_read, self._show_rules, owner=self)

    def focus_search(self) -> None:
        """Put the cursor on the rules; there is nothing to search here."""
        self.rules.setFocus()

    def show_record(self, record: UUID) -> None:
        """Go on to the channel that is meant; findings have no page of their own."""
        self.workspace.go("channels", record)

    def show_where(self, meant: Where) -> None:
        """Put the cursor on a rule, or on the first rule with findings of a severity."""
        self._wanted = meant
        self._go_to_wanted()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the pictures anew in another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_rules(self._read)

    def _lay_out(self) -> None:
        self.rules.setIconSize(QSize(20, 20))
        self.rules.setMinimumWidth(240)
        self.rules.setItemDelegate(CountDelegate(COUNT, self.rules))
        self.splitter = named(QSplitter(), "findings-split")
        self.splitter.addWidget(self.rules)
        self.right = QStackedWidget()
        self.right.addWidget(self.findings)
        self.right.addWidget(self.waivers)
        self.splitter.addWidget(self.right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes(workstation.remembered(SPLIT, [328, 736]))
        self.empty = EmptyState(
            "check-circle",
            _("All in order"),
            _("No rule of the present stage finds anything. Findings appear here as soon as something needs you."),
        )
        self.empty.offer(_("Show the channels"), lambda: self.workspace.go("channels"))
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.splitter)
        self.whole.addWidget(self.empty)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.header)
        page.addWidget(self.whole, 1)

    def _show_rules(self, read: _Read) -> None:
        """Show the rules; the cursor stays on its rule, or goes to the next when that one has nothing left."""
        chosen, row = self._rule(), max(self.rules.currentRow(), 0)
        self._read = read
        self.header.set_question(_summary(read.counts) or self.question)
        self.rules.blockSignals(True)
        self.rules.clear()
        for one in read.counts:
            self.rules.addItem(_item(one))
        if read.waivers:
            self.rules.addItem(_waivers_item(len(read.waivers)))
        keys = [self.rules.item(place).data(RULE) for place in range(self.rules.count())]
        self.rules.setCurrentRow(keys.index(chosen) if chosen in keys else min(row, len(keys) - 1))
        self.rules.blockSignals(False)
        self._go_to_wanted()
        self.whole.setCurrentWidget(self.splitter if keys else self.empty)
        self._read_findings()

    def _go_to_wanted(self) -> None:
        """Put the cursor where it was asked to be; it waits until the rules have been read."""
        if self._wanted is None or not self._read.counts:
            return
        values, self._wanted = self._wanted.values, None
        for row, one in enumerate(self._read.counts):
            if one.rule.key == values.get("rule") or one.severity == values.get("severity"):
                self.rules.setCurrentRow(row)
                self.rules.setFocus()
                return

    def _rule(self) -> str | None:
        item = self.rules.currentItem()
        return str(item.data(RULE)) if item is not None else None

    def _read_findings(self) -> None:
        rule = self._rule()
        self.right.setCurrentWidget(self.waivers if rule == WAIVERS else self.findings)
        self.waivers.show_waivers(self._read.waivers)
        if rule in {None, WAIVERS} or not self.workspace.is_open:
            self.findings.show_rule(None, [])
            return

        def read(registry: Registry) -> list[FindingValue]:
            with registry.reading() as session:
                return of_rule(session, str(rule))

        self.workspace.read(read, lambda found: self._show_findings(str(rule), found), owner=self)

    def _show_findings(self, rule: str, found: list[FindingValue]) -> None:
        if rule == self._rule():
            self.findings.show_rule(rule, found)


def _item(one: RuleCount) -> QListWidgetItem:
    title = _(one.rule.title)
    item = QListWidgetItem(severity_icon(one.severity.value), title)
    item.setData(COUNT, str(one.count))
    item.setData(RULE, one.rule.key)
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    item.setToolTip(title)
    spoken = _("{severity}: {rule}, {count}").format(
        severity=severity_word(one.severity.value), rule=title, count=one.count
    )
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item


def _waivers_item(number: int) -> QListWidgetItem:
    item = QListWidgetItem(icon("hand", "muted"), _("Waivers"))
    item.setData(COUNT, str(number))
    item.setData(RULE, WAIVERS)
    item.setSizeHint(QSize(0, ROW_HEIGHT))
    item.setForeground(QColor(tokens().muted))
    item.setToolTip(_("Findings that are borne with, for a reason and until a day"))
    spoken = ngettext("{number} waiver", "{number} waivers", number).format(number=number)
    item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
    return item


def _summary(counts: Sequence[RuleCount]) -> str:
    """Return the page's first line: how much there is to do."""
    number = sum(one.count for one in counts)
    severe = sum(one.count for one in counts if one.severity is Severity.SEVERE)
    if not number:
        return ""
    if not severe:
        return ngettext("{number} finding, none severe", "{number} findings, none severe", number).format(number=number)
    return ngettext("{number} finding, it is severe", "{number} findings, {severe} of them severe", number).format(
        number=number, severe=severe
    )


def _read(registry: Registry) -> _Read:
    with registry.reading() as session:
        return _Read(rule_counts(session), waived(session, registry.today()))
