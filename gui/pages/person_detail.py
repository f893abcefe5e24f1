"""One person: who they are, what hangs on them, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from core.governance.finding_lists import about_person
from core.governance.findings import FindingValue
from core.i18n import N_, _, show_date
from core.inventory.lists import PEOPLE
from core.inventory.person_sheet import GetsInto, PersonSheet, person_sheet
from core.inventory.platforms import platforms
from core.registry import Registry
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.findings_shown import fill_with_findings, shown_finding
from gui.history_column import HistoryColumn
from gui.record_form import RecordForm
from gui.showing import period
from gui.widgets import muted, named
from gui.widgets.finding_line import ShownFinding
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace

SECTIONS = {
    N_("Who it is"): ("name_title", "given_name", "family_name", "kind", "function", "unit", "email", "phone"),
    N_("Presence"): ("absent_until", "leaving_on", "left_on", "successor"),
    N_("Further"): ("public_contact", "notes"),
}


@dataclass(frozen=True, slots=True)
class _Read:
    sheet: PersonSheet
    findings: Sequence[FindingValue]


class PersonDetail(QWidget):
    """The chosen person, or a word that nobody is chosen."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "person-detail")
        self.setMinimumWidth(360)
        self._workspace = workspace
        self._person_id: UUID | None = None
        self._sheet: PersonSheet | None = None
        self.facts = RecordForm(workspace, PEOPLE, N_("Change person"), SECTIONS)
        self.ties = Column()
        self.history = HistoryColumn(workspace, PEOPLE)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_history)
        self.clear()

    def show_person(self, person_id: UUID | None) -> None:
        """Show a person, or that nobody is chosen."""
        self._person_id = person_id
        if person_id is None:
            self._show_nothing()
        else:
            self.refresh()

    def refresh(self) -> None:
        """Read the person again."""
        person_id = self._person_id
        if person_id is not None and self._workspace.is_open:
            self._workspace.read(lambda registry: _read(registry, person_id), self._show, owner=self)

    def clear(self) -> None:
        """Show nothing, because the registry is closed."""
        self._person_id = None
        self.facts.forget()
        self._show_nothing()

    def _lay_out(self) -> None:
        self._name = named(QLabel(wordWrap=True), "section-title")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._about = muted("")
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._findings = QVBoxLayout()
        self._findings.setSpacing(4)
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        head.addWidget(self._name)
        head.addWidget(self._about)
        head.addLayout(self._findings)
        self.tabs = named(QTabWidget(), "person-tabs")
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.ties, _("Channels and accesses"))
        self.tabs.addTab(self.facts, _("Facts"))
        self.tabs.addTab(self.history, _("History"))
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self._nobody = QWidget()
        word = QVBoxLayout(self._nobody)
        word.setContentsMargins(24, 24, 24, 24)
        word.addWidget(muted(_("Choose a person on the left to see what hangs on them.")))
        word.addStretch(1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nobody)
        self._stack.addWidget(whole)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)

    def _show(self, read: _Read | None) -> None:
        if read is None:
            self._show_nothing()
            return
        if read.sheet.opened.id != self._person_id:
            return  # Somebody else was chosen while this person was being read.
        other = self._sheet is None or self._sheet.opened.id != read.sheet.opened.id
        self._sheet = read.sheet
        self._show_head(read.sheet, [shown_finding(self._workspace, one, self.window()) for one in read.findings])
        self._show_ties(read.sheet)
        if other:
            self.facts.load(read.sheet.opened)
        else:
            self.facts.reload(read.sheet.opened)
        self._show_history()
        self._stack.setCurrentIndex(1)

    def _show_head(self, sheet: PersonSheet, findings: Sequence[ShownFinding]) -> None:
        listed = sheet.opened.listed
        self._name.setText(listed["name"])
        about = (listed["function"], listed["unit"], _(listed["state"].label), listed["email"])
        self._about.setText("\n".join(filter(None, about)))
        fill_with_findings(self._findings, list(findings))

    def _show_ties(self, sheet: PersonSheet) -> None:
        self.ties.start()
        self.ties.heading(_("Answers for"))
        for tie in sheet.answers_for:
            below = ", ".join(filter(None, [_(tie.role.label), _platform(tie.platform), period(tie.since, tie.until)]))
            self.ties.add(tie.title, below, [self._showing(tie.channel_id)], quiet=not tie.valid)
        if not sheet.answers_for:
            self.ties.say(_("No channel."))
        self.ties.heading(_("Gets into"))
        for access in sheet.gets_into:
            self._add_access(access)
        if not sheet.gets_into:
            self.ties.say(_("No access is recorded."))

    def _add_access(self, access: GetsInto) -> None:
        below = [_(access.kind.label), _(access.role.label) if access.role else "", _platform(access.platform)]
        buttons = [self._showing(access.channel_id)]
        if access.withdrawn_on is None:
            buttons.append(LineButton("withdraw-access", _("Withdraw..."), lambda: self._withdraw(access.id)))
        else:
            below.append(_("withdrawn on {day}").format(day=show_date(access.withdrawn_on)))
        self.ties.add(access.title, ", ".join(filter(None, below)), buttons, quiet=access.withdrawn_on is not None)

    def _showing(self, channel_id: UUID) -> LineButton:
        return LineButton("show-channel", _("Show"), lambda: self._workspace.go("channels", channel_id))

    def _withdraw(self, access_id: UUID) -> None:
        if self._sheet is not None:
            name = self._sheet.opened.listed["name"]
            WithdrawAccessDialog(self._workspace, (access_id,), name, self.window()).open()

    def _show_history(self) -> None:
        if self._sheet is not None and self.tabs.currentWidget() is self.history:
            self.history.show_record(self._sheet.opened.id)

    def _show_nothing(self) -> None:
        self._sheet = None
        self._stack.setCurrentIndex(0)


def _platform(key: str) -> str:
    known = platforms().get(key)
    return known.name if known else key


def _read(registry: Registry, person_id: UUID) -> _Read | None:
    with registry.reading() as session:
        sheet = person_sheet(session, person_id, registry.today())
        return _Read(sheet, about_person(session, person_id)) if sheet is not None else None
