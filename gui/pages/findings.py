"""The page of the findings: the rules that raise something on the left, their findings on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QListWidget, QStackedWidget, QVBoxLayout, QWidget

from core.governance.finding_lists import RuleCount, by_person, rule_counts
from core.governance.finding_table import FIELDS, ListedFinding, WantedFindings, listed_findings
from core.governance.waivers import Waived, waived
from core.i18n import N_, _
from core.inventory.lists import CHANNELS
from core.inventory.narrowing import Where, kept, recalled, where
from core.registry import Registry
from gui.actions import action
from gui.pages import Page
from gui.pages.rule_findings import RuleFindings
from gui.pages.rule_list import ALL, COUNT, RULE, WAIVERS, all_item, rule_item, summary, waivers_item
from gui.pages.waivers import Waivers
from gui.saved_views import SavedView
from gui.view_bar import ViewBar
from gui.widgets import named
from gui.widgets.chips import ChipBar
from gui.widgets.count_delegate import CountDelegate
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.widgets.split import Split
from gui.workspace import Workspace

if TYPE_CHECKING:
    from core.governance.finding_table import FindingsExport

FILTERS = {"all": N_("All")}


@dataclass(frozen=True, slots=True)
class _Read:
    """What the page shows; the findings of one person's channels are listed and not counted."""

    counts: Sequence[RuleCount] = ()
    waivers: Sequence[Waived] = ()
    counted: bool = True


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
        self.chips = ChipBar(FILTERS)
        self.views = ViewBar(workspace, self, self)
        self._read = _Read()
        self._wanted: Where | None = None
        self._lay_out()
        self._make_actions()
        self.rules.currentItemChanged.connect(self._read_findings)
        self.rules.currentItemChanged.connect(lambda _now, _before: self.views.leave())
        self.chips.chosen.connect(lambda _key: self._lift())

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
            channels = self._wanted_findings().channels
            self.workspace.read(lambda registry: _read(registry, channels), self._show_rules, owner=self)

    def focus_search(self) -> None:
        """Put the cursor on the rules; there is nothing to search here."""
        self.rules.setFocus()

    def show_record(self, record: UUID) -> None:
        """Go on to the channel that is meant; findings have no page of their own."""
        self.workspace.go("channels", record)

    def show_where(self, meant: Where) -> None:
        """Put the cursor on a rule or on the first rule with findings of a severity; else narrow by the channels."""
        if meant.values.keys() & {"rule", "severity"}:
            self._wanted = meant
            self._go_to_wanted()
        else:
            self.views.leave()
            self._narrow(meant)

    @property
    def list_name(self) -> str:
        """The name under which views of the findings are kept."""
        return "finding"

    def view_now(self, name: str) -> SavedView:
        """Return how the findings are looked at now, under a name."""
        meant, columns = self.chips.passing, self.findings.table.columns.arrangement()
        narrowed = kept(meant, self.workspace.today()) if meant is not None else {}
        return SavedView(name, "", self._rule() or "", columns, narrowed)

    def look(self, view: SavedView) -> None:
        """Show the findings as they were when a view was saved."""
        self.findings.table.columns.arrange(view.columns)
        self.findings.table.fit()
        if view.filter:
            self._wanted = Where("", {"rule": view.filter})
        meant = recalled(CHANNELS, view.where, self.workspace.today())
        if meant is not None:
            self._narrow(meant)
        else:
            self._lift()

    def choose_columns(self) -> object:
        """Offer the columns to choose from."""
        return self.findings.table.columns.choose()

    def exportable(self) -> FindingsExport:
        """Return the findings as they are shown."""
        from core.governance.finding_table import FindingsExport

        keys = tuple(FIELDS[column].key for column in self.findings.table.columns.shown())
        return FindingsExport(self._wanted_findings(), keys, _("Findings"), self.findings.model.ordered)

    def _wanted_findings(self) -> WantedFindings:
        rule, meant = self._rule(), self.chips.passing
        return WantedFindings(None if rule in {ALL, WAIVERS} else rule, meant.values if meant is not None else None)

    def _narrow(self, meant: Where) -> None:
        self.chips.choose_passing(meant.title, meant)
        self.refresh(frozenset())

    def _lift(self) -> None:
        self.chips.choose("all")
        self.refresh(frozenset())

    def _filter_by_value(self) -> None:
        meant = self.findings.value_at_cursor()
        if meant is not None:
            self.views.leave()
            self._narrow(meant)
        else:
            self.workspace.say(_("Findings can be filtered by platform, unit and owner. Show these columns first."))

    def _make_actions(self) -> None:
        only = action(self, "filter-by-value", _("Show only what has this &value"), self._filter_by_value)
        self.findings.table.addAction(only)
        self.menu_actions = [only, action(self, "choose-columns", _("Choose c&olumns..."), self.choose_columns)]

    def changeEvent(self, event: QEvent) -> None:
        """Draw the pictures anew in another theme."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._show_rules(self._read)

    def _lay_out(self) -> None:
        self.rules.setIconSize(QSize(20, 20))
        self.rules.setMinimumWidth(240)
        self.rules.setItemDelegate(CountDelegate(COUNT, self.rules))
        self.right = QStackedWidget()
        self.right.addWidget(self.findings)
        self.right.addWidget(self.waivers)
        self.splitter = Split("findings", (self.rules, self.right), (328, 736), (0, 1))
        self.empty = EmptyState(
            "check-circle",
            _("All in order"),
            _("No rule of the present stage finds anything. Findings appear here as soon as something needs you."),
        )
        self.empty.offer(_("Show the channels"), lambda: self.workspace.go("channels"))
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        for link in self.views.links():
            self.chips.line.addWidget(link)
        filled = QWidget()
        column = QVBoxLayout(filled)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.chips, self.views):
            column.addWidget(part)
        column.addWidget(self.splitter, 1)
        self.content = filled
        self.whole = QStackedWidget()
        self.whole.addWidget(filled)
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
        self.header.set_question((summary(read.counts) if read.counted else "") or self.question)
        self.rules.blockSignals(True)
        self.rules.clear()
        for one in read.counts:
            self.rules.addItem(rule_item(one, counted=read.counted))
        if len(read.counts) > 1:
            self.rules.addItem(all_item(sum(one.count for one in read.counts), counted=read.counted))
        if read.waivers:
            self.rules.addItem(waivers_item(len(read.waivers)))
        keys = [self.rules.item(place).data(RULE) for place in range(self.rules.count())]
        self.rules.setCurrentRow(keys.index(chosen) if chosen in keys else min(row, len(keys) - 1))
        self.rules.blockSignals(False)
        self._go_to_wanted()
        narrowed = self.chips.passing is not None
        self.chips.show_counts({"all": sum(one.count for one in read.counts)} if not narrowed else {})
        self.whole.setCurrentWidget(self.content if keys or narrowed else self.empty)
        self._read_findings()

    def _go_to_wanted(self) -> None:
        """Put the cursor where it was asked to be; it waits until the rules have been read."""
        if self._wanted is None or not self._read.counts:
            return
        values, self._wanted = self._wanted.values, None
        row = next((row for row, one in enumerate(self._read.counts) if one.severity == values.get("severity")), None)
        if "rule" in values:
            keys = [self.rules.item(place).data(RULE) for place in range(self.rules.count())]
            row = keys.index(values["rule"]) if values["rule"] in keys else None
        if row is not None:
            self.rules.setCurrentRow(row)
            self.rules.setFocus()

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

        wanted = self._wanted_findings()

        def read(registry: Registry) -> list[ListedFinding]:
            with registry.reading() as session:
                return listed_findings(session, wanted, registry.today())

        self.workspace.read(read, lambda found: self._show_findings(str(rule), found), owner=self)

    def _show_findings(self, rule: str, found: list[ListedFinding]) -> None:
        if rule == self._rule():
            self.findings.show_rule(rule, found)


def _read(registry: Registry, channels: Mapping[str, Any] | None) -> _Read:
    with registry.reading() as session:
        only = where(CHANNELS, channels, registry.today()) if channels is not None else None
        told = waived(session, registry.today()) if only is None else ()
        return _Read(rule_counts(session, only), told, counted=not by_person(channels))
