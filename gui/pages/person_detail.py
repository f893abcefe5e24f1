"""One person: who they are, what hangs on them, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.governance.finding_lists import about_person
from core.i18n import N_, _, show_date
from core.inventory.lists import PEOPLE
from core.inventory.person_sheet import GetsInto, PersonSheet, person_sheet
from core.inventory.platforms import platforms
from core.registry import Registry
from gui.dialogs.withdraw_access import WithdrawAccessDialog
from gui.findings_shown import fill_with_findings, shown_finding
from gui.history_column import HistoryColumn
from gui.pages.record_detail import Reading, RecordDetail
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


class PersonDetail(RecordDetail[PersonSheet]):
    """The chosen person, or a word that nobody is chosen."""

    key = "person"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.facts = RecordForm(workspace, PEOPLE, N_("Change person"), SECTIONS)
        self.ties = Column()
        self.history = HistoryColumn(workspace, PEOPLE)
        self._place()
        self.clear()

    def _place(self) -> None:
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
        tabs = ((self.ties, _("Channels and accesses")), (self.facts, _("Facts")), (self.history, _("History")))
        self._lay_out(head, tabs, _("Choose a person on the left to see what hangs on them."))

    def _read(self, registry: Registry, record_id: UUID) -> Reading[PersonSheet] | None:
        with registry.reading() as session:
            sheet = person_sheet(session, record_id, registry.today())
            return Reading(sheet, about_person(session, record_id)) if sheet is not None else None

    def _show_parts(self, read: Reading[PersonSheet]) -> None:
        self._show_head(read.sheet, [shown_finding(self._workspace, one, self.window()) for one in read.findings])
        self._show_ties(read.sheet)

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


def _platform(key: str) -> str:
    known = platforms().get(key)
    return known.name if known else key
