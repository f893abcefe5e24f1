"""One person: who they are, what hangs on them, what is not in order with their channels, what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core.custody.handover.listing import HandoverRow, handover_rows
from core.governance.finding_lists import about_person
from core.governance.findings import FindingValue
from core.governance.person_duties import Unconfirmed, of_channels, to_confirm
from core.i18n import N_, _, show_date
from core.inventory.editing import still_there
from core.inventory.lists import PEOPLE
from core.inventory.people import stay
from core.inventory.person_sheet import PersonSheet, person_sheet
from core.model import Person, PersonState
from core.registry import Registry
from gui.actions import action
from gui.dialogs.hand_on import HandOnDialog
from gui.dialogs.leaving import Leaver, LeavingDialog
from gui.findings_column import FindingsColumn
from gui.findings_shown import shown_finding
from gui.handover_told import link_text
from gui.history_column import HistoryColumn
from gui.pages.person_credentials import PersonCredentials
from gui.pages.person_rights import Held, PersonRights, held_of
from gui.pages.person_ties import PersonTies
from gui.pages.record_detail import Reading, RecordDetail
from gui.record_form import RecordForm
from gui.widgets import muted, named
from gui.widgets.finding_lines import FindingLines
from gui.workspace import Workspace

SECTIONS = {
    N_("Who it is"): ("name_title", "given_name", "family_name", "kind", "function", "unit", "email", "phone"),
    N_("Presence"): ("absent_until", "leaving_on", "left_on", "successor"),
    N_("Further"): ("public_contact", "notes"),
}
ON_THE_WAY = (PersonState.LEAVING, PersonState.LEFT)


@dataclass(frozen=True, slots=True)
class PersonReading(Reading[PersonSheet]):
    """What one reading of a person brought, besides what is wrong with the person.

    Attributes:
        of_channels: What their channels ask of them.
        waiting: What they are to confirm.
        handovers: Open ones in which they hand over or take over.
        held: What keeps their data for a running case.
    """

    of_channels: Sequence[FindingValue] = ()
    waiting: Sequence[Unconfirmed] = ()
    handovers: Sequence[HandoverRow] = ()
    held: Held | None = None


class PersonDetail(RecordDetail[PersonSheet]):
    """The chosen person, or a word that nobody is chosen."""

    key = "person"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.facts = RecordForm(workspace, PEOPLE, N_("Change person"), SECTIONS)
        self.ties = PersonTies(workspace)
        self.findings = FindingsColumn(workspace)
        self.history = HistoryColumn(workspace, PEOPLE)
        self.rights = PersonRights(workspace, self)
        self._make_actions()
        self._place()
        self.ties.hand_on_wanted.connect(self.hand_on)
        self.clear()

    def actions(self) -> list[QAction]:
        """Return what can be done with the person."""
        return [self.leaving, self.staying, self.handing_on, self.handing_over, *self.rights.actions]

    def plan_leaving(self) -> None:
        """Ask for the last day of work, and who takes over."""
        if self._sheet is not None:
            listed = self._sheet.opened.listed
            last_day = listed["left_on"] or listed["leaving_on"]
            leaver = Leaver(self._sheet.opened.id, listed["name"], last_day, listed["successor_id"])
            LeavingDialog(self._workspace, leaver, self.window()).open()

    def hand_on(self) -> None:
        """Ask who takes over what."""
        if self._sheet is not None and self._sheet.hangs_on:
            HandOnDialog(self._workspace, self._sheet, self.window()).open()

    def hand_over(self) -> None:
        """Begin a handover of what hangs on the person."""
        if self._sheet is not None:
            from gui.dialogs.new_handover import begin_handover

            begin_handover(self._workspace, self.window(), self._sheet.opened.id)

    def _make_actions(self) -> None:
        self.leaving = action(self, "plan-leaving", _("Enter &leaving..."), self.plan_leaving)
        self.staying = action(self, "stay", _("Note that they &stay"), self._stay)
        self.handing_on = action(self, "hand-on-all", _("&Hand on..."), self.hand_on, "Ctrl+Shift+H")
        self.handing_over = action(self, "hand-over", _("Hand&over..."), self.hand_over, "Ctrl+Shift+G")
        self.addActions([self.handing_on, self.handing_over])

    def _stay(self) -> None:
        if self._sheet is None:
            return
        person_id = self._sheet.opened.id

        def write(session: Any) -> None:
            stay(still_there(session, Person, person_id))

        self._workspace.act(N_("Note that they stay"), write)

    def _place(self) -> None:
        tabs = (
            (self.ties, _("Channels")),
            (PersonCredentials(self._workspace), _("Logins")),
            (self.findings, _("Findings")),
            (self.facts, _("Facts")),
            (self.history, _("History")),
        )
        self._lay_out(self._head(), tabs, _("Choose a person on the left to see what hangs on them."))

    def _head(self) -> QVBoxLayout:
        self._name = named(QLabel(wordWrap=True), "section-title")
        self._about = muted("")
        for label in (self._name, self._about):
            label.setTextFormat(Qt.TextFormat.PlainText)
        more = named(QPushButton(_("More")), "more")
        menu = QMenu(more)
        menu.addActions(self.actions())
        more.setMenu(menu)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._name, 1)
        first.addWidget(more, 0, Qt.AlignmentFlag.AlignTop)
        self._findings = FindingLines()
        head = QVBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(4)
        head.addLayout(first)
        head.addWidget(self._about)
        for line in self.rights.lines:
            head.addWidget(line)
        self._handovers = named(QWidget(), "open-handovers")
        self._links = QVBoxLayout(self._handovers)
        self._links.setContentsMargins(0, 0, 0, 0)
        self._links.setSpacing(4)
        head.addWidget(self._handovers)
        head.addWidget(self._findings)
        return head

    def _read(self, registry: Registry, record_id: UUID) -> Reading[PersonSheet] | None:
        today = registry.today()
        with registry.reading() as session:
            sheet = person_sheet(session, record_id, today)
            if sheet is None:
                return None
            channels, waiting = of_channels(session, record_id, today), to_confirm(session, record_id, today)
            about = about_person(session, record_id)
            handovers = handover_rows(session, today, person_id=record_id, with_finished=False)
            held = held_of(session, record_id, today)
        return PersonReading(sheet, about, of_channels=channels, waiting=waiting, handovers=handovers, held=held)

    def _show_parts(self, read: Reading[PersonSheet]) -> None:
        listed = read.sheet.opened.listed
        self._name.setText(listed["name"])
        self._about.setText("\n".join(_about(listed)))
        self._findings.show_findings(
            [shown_finding(self._workspace, one, self.window(), named=True) for one in read.findings]
        )
        is_there = read.sheet.erased_on is None
        self.rights.show_person(read.sheet, read.held if isinstance(read, PersonReading) else None)
        self.leaving.setVisible(is_there)
        self.staying.setVisible(listed["state"] in ON_THE_WAY and is_there)
        self.handing_over.setVisible(is_there)
        self.facts.setEnabled(is_there)
        self.handing_on.setEnabled(read.sheet.hangs_on)
        if isinstance(read, PersonReading):
            self.findings.show_findings(read.of_channels)
            self.ties.show_ties(read.sheet, read.waiting)
            self._show_handovers(read)

    def _show_handovers(self, read: PersonReading) -> None:
        """Show the open handovers, a link each."""
        while (item := self._links.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._handovers.setVisible(bool(read.handovers))
        for row in read.handovers:
            self._links.addWidget(self._link(row, read.sheet.opened.id), 0, Qt.AlignmentFlag.AlignLeft)

    def _link(self, row: HandoverRow, person: UUID) -> QPushButton:
        link = named(QPushButton(link_text(row, person)), "show-handover", link=True)
        link.clicked.connect(lambda _checked: self._workspace.go("handovers", row.id))
        return link


def _about(listed: Any) -> list[str]:
    """Return what the person does and where, whether they are here, and who takes over."""
    state, last_day = _(listed["state"].label), listed["left_on"] or listed["leaving_on"]
    if listed["state"] in ON_THE_WAY and last_day is not None:
        state = _("{state}, last day {day}").format(state=state, day=show_date(last_day))
    successor = _("Successor: {name}").format(name=listed["successor"]) if listed["successor"] else ""
    return [one for one in (listed["function"], listed["unit"], state, successor, listed["email"]) if one]
