"""One channel: what it is, what is wrong with it and how to mend that, its facts, its people, its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import QUrl
from PySide6.QtGui import QAction, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from core.governance.completeness import missing_facts
from core.governance.finding_lists import of_subject
from core.i18n import N_, _
from core.inventory.channel_sheet import ChannelSheet, channel_sheet
from core.inventory.channels import label_of
from core.inventory.lists import CHANNELS
from core.model import ResponsibilityRole
from core.registry import Registry
from gui.actions import action
from gui.asset_saving import save_channel_kit
from gui.dialogs.assign_person import AssignPersonDialog, Vacancy
from gui.dialogs.change_address import ChangeAddressDialog
from gui.dialogs.close_channel import CloseChannelDialog
from gui.dialogs.last_post import LastPostDialog
from gui.findings_shown import shown_finding
from gui.history_column import HistoryColumn
from gui.pages.channel_credentials import ChannelCredentials
from gui.pages.channel_head import ChannelHead
from gui.pages.channel_look import LOOK, ChannelLook
from gui.pages.channel_people import ChannelPeople
from gui.pages.confirming import confirm_channels
from gui.pages.record_detail import Reading, RecordDetail
from gui.record_form import RecordForm
from gui.workspace import Workspace

SECTIONS = {
    N_("Account"): ("title", "state", "kind", "unit", "last_post_on", "opened_on", "tags", "notes"),
    N_("Purpose"): ("purpose", "goals", "audience", "languages", "posting_rhythm_days", "official_badge"),
    N_("Care"): ("response_target_hours", "care_hours", "outside_hours_rule", "reply_coordinator"),
    N_("Law"): (
        "equivalent_offer",
        "imprint_url",
        "imprint_clicks",
        "imprint_checked_on",
        "privacy_notice_url",
        "netiquette_url",
        "usage_concept_version",
        "usage_concept_due_on",
        "article_26_reference",
        "article_30_reference",
        "linked_from_site",
    ),
    N_("Approval and end"): (
        "approved_on",
        "approved_by",
        "approved_under",
        "closed_on",
        "closing_reason",
        "successor",
    ),
}


class ChannelDetail(RecordDetail[ChannelSheet]):
    """The chosen channel, or a word that none is chosen."""

    key = "channel"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._wanted: tuple[UUID, str] | None = None
        self.head = ChannelHead()
        self.facts = RecordForm(workspace, CHANNELS, N_("Change channel"), SECTIONS)
        self.people = ChannelPeople(workspace)
        self.look = ChannelLook(workspace)
        self.history = HistoryColumn(workspace, CHANNELS)
        self._make_actions()
        self._place()
        self._connect()
        self.clear()

    def edit_field(self, channel_id: UUID, field: str) -> None:
        """Put the cursor into a field of a channel, now or when the channel has come."""
        self._wanted = (channel_id, field)
        self._go_to_field()

    def actions(self) -> list[QAction]:
        """Return what can be done with the channel besides confirming it."""
        return [self.assigning, self.posting, self.opening, self.copying, self.correcting, self.packing, self.closing]

    def assign(self, role: ResponsibilityRole = ResponsibilityRole.OWNER) -> None:
        """Ask who is to answer for the channel."""
        if self._sheet is not None:
            listed = self._sheet.opened.listed
            held = {ResponsibilityRole.OWNER: listed["owner"], ResponsibilityRole.DEPUTY: listed["deputy"]}
            vacancy = Vacancy((self._sheet.opened.id,), _title(listed), role, held.get(role) or "")
            AssignPersonDialog(self._workspace, vacancy, self.window()).open()

    def open_channel(self) -> None:
        """Open the channel in the browser."""
        if self._sheet is not None and (url := self._sheet.opened.listed["url"]):
            QDesktopServices.openUrl(QUrl(url))

    def copy_address(self) -> None:
        """Copy the channel's address."""
        if self._sheet is not None:
            listed = self._sheet.opened.listed
            QGuiApplication.clipboard().setText(listed["url"] or listed["url_as_entered"])
            self._workspace.say(_("The address was copied."))

    def enter_last_post(self) -> None:
        """Ask when the channel posted last."""
        if self._sheet is not None:
            opened = self._sheet.opened
            LastPostDialog(self._workspace, opened.id, _title(opened.listed), self.window()).open()

    def change_address(self) -> None:
        """Ask for the channel's address."""
        if self._sheet is not None:
            opened = self._sheet.opened
            ChangeAddressDialog(self._workspace, opened.id, _title(opened.listed), self.window()).open()

    def close_channel(self) -> None:
        """Ask for the channel's last day and the reason."""
        if self._sheet is not None:
            opened = self._sheet.opened
            CloseChannelDialog(self._workspace, opened.id, _title(opened.listed), self.window()).open()

    def save_kit(self) -> None:
        """Save the files that the channel shows, in one archive."""
        if self._sheet is not None:
            opened = self._sheet.opened
            save_channel_kit(self._workspace, opened.id, _title(opened.listed), self.window())

    def _make_actions(self) -> None:
        self.assigning = action(self, "assign-owner", _("Assign &owner..."), self.assign, "Ctrl+Shift+O")
        self.posting = action(self, "enter-last-post", _("Enter &last post..."), self.enter_last_post, "Ctrl+L")
        self.opening = action(self, "open-channel", _("Open in &browser"), self.open_channel, "Ctrl+B")
        self.copying = action(self, "copy-address", _("Copy &address"), self.copy_address, "Ctrl+Shift+C")
        self.correcting = action(self, "change-address", _("Correct a&ddress..."), self.change_address)
        self.packing = action(self, "save-channel-kit", _("Save all files it shows as a &kit..."), self.save_kit)
        self.closing = action(self, "close-channel", _("&Close channel..."), self.close_channel)

    def _place(self) -> None:
        tabs = (
            (self.facts, _("Facts")),
            (self.people, _("People and accesses")),
            (ChannelCredentials(self._workspace), _("Logins")),
            (self.look, _("Look")),
            (self.history, _("History")),
        )
        self._lay_out(self.head, tabs, _("Choose a channel on the left to see all that is known about it."))

    def _connect(self) -> None:
        self.head.open_wanted.connect(self.open_channel)
        self.head.confirm_wanted.connect(self._confirm)
        self.head.fact_wanted.connect(self._enter_fact)
        self.people.assign_wanted.connect(self.assign)
        self.head.add_more([self.assigning, self.posting, self.copying, self.correcting, self.packing, self.closing])

    def _enter_fact(self, field: str) -> None:
        if self._sheet is not None:
            self.edit_field(self._sheet.opened.id, field)

    def _confirm(self) -> None:
        if self._sheet is not None:
            confirm_channels(self._workspace, [self._sheet.opened.id])

    def _read(self, registry: Registry, record_id: UUID) -> Reading[ChannelSheet] | None:
        with registry.reading() as session:
            sheet = channel_sheet(session, record_id, registry.today())
            if sheet is None:
                return None
            return Reading(sheet, of_subject(session, record_id), missing_facts(session, record_id))

    def _show_parts(self, read: Reading[ChannelSheet]) -> None:
        findings = [shown_finding(self._workspace, finding, self.window()) for finding in read.findings]
        self.head.show_channel(read.sheet, findings, read.missing, self._workspace.today())

    def _show(self, read: Reading[ChannelSheet] | None) -> None:
        super()._show(read)
        self._go_to_field()

    def _go_to_field(self) -> None:
        if self._wanted is not None and self._sheet is not None and self._wanted[0] == self._sheet.opened.id:
            if self._wanted[1] == LOOK:
                self.tabs.setCurrentWidget(self.look)
            else:
                self.tabs.setCurrentWidget(self.facts)
                self.facts.go_to(self._wanted[1])
            self._wanted = None


def _title(listed: Mapping[str, Any]) -> str:
    """Return what a dialog calls the channel: a city has the same title on several platforms."""
    return label_of(listed["title"], listed["platform"])
