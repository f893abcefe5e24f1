"""One login: what it opens, what this keyring has of it, who keeps it, its facts, what happened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from core import workstation
from core.custody import keeping, rotating
from core.custody.credential_sheet import CredentialSheet, credential_sheet
from core.custody.custodian import Custodian, remembered_as
from core.custody.one_time_codes import one_time_codes
from core.governance.finding_lists import of_subject
from core.i18n import N_, _
from core.inventory.credentials import retire
from core.inventory.lists import CREDENTIALS
from core.registry import Registry
from gui.actions import action
from gui.dialogs.change_secret import ChangeSecretDialog
from gui.dialogs.note_change import NoteChangeDialog
from gui.dialogs.release_secret import ReleaseSecretDialog
from gui.dialogs.store_secret import StoreSecretDialog
from gui.dialogs.tie_channels import TieChannelsDialog
from gui.findings_shown import shown_finding
from gui.history_column import HistoryColumn
from gui.keyring import with_keyring
from gui.pages.credential_custody import CredentialCustody
from gui.pages.record_detail import Reading, RecordDetail
from gui.record_form import RecordForm
from gui.secret_clipboard import SecretClipboard
from gui.widgets import muted, named
from gui.widgets.finding_lines import FindingLines
from gui.widgets.secret_panel import SecretPanel
from gui.workspace import Workspace

SECTIONS = {
    N_("The login"): ("label", "kind", "login_name", "address", "kept_in", "place", "holder"),
    N_("Second factor and recovery"): (
        "second_factor",
        "second_factor_holder",
        "recovery_mail",
        "recovery_phone",
        "recovery_of_office",
    ),
    N_("Further"): ("rotation_days", "notes"),
}


class CredentialDetail(RecordDetail[CredentialSheet]):
    """The chosen login, or a word that none is chosen."""

    key = "credential"

    def __init__(self, workspace: Workspace, clipboard: SecretClipboard, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self._clipboard = clipboard
        self.facts = RecordForm(workspace, CREDENTIALS, N_("Change login"), SECTIONS)
        self.custody = CredentialCustody(workspace)
        self.history = HistoryColumn(workspace, CREDENTIALS)
        self.panel = SecretPanel()
        self.panel.asked.connect(self._do)
        self.panel.copy_wanted.connect(self._clipboard.copy)
        self._make_actions()
        self._place()
        self.clear()

    def actions(self) -> list[QAction]:
        """Return what can be done with the login."""
        return [*self._using, *self._keeping]

    def _make_actions(self) -> None:
        self.showing = action(self, "show-secret", _("&Show secret"), self._show_secret, "Ctrl+Shift+A")
        self.copying = action(self, "copy-secret", _("&Copy secret"), self._copy_secret, "Ctrl+Shift+C")
        self.opening = action(self, "open-sign-in", _("&Open sign-in page"), self._open_page, "Ctrl+Shift+O")
        self.changing = action(self, "change-secret", _("C&hange secret..."), self.change, "Ctrl+Shift+R")
        self.storing = action(self, "store-secret", _("S&tore secret..."), self.store)
        self.copy_here = action(self, "keep-copy", _("&Keep a copy here..."), self._keep_copy)
        self.confirming = action(self, "confirm-works", _("The new one &works"), self._confirm_works)
        self.releasing = action(self, "release-secret", _("&Release from my keyring..."), self.release)
        self.tying = action(self, "tie-channels", _("Ch&annels..."), self.tie)
        self.retiring = action(self, "retire-login", _("R&etire login"), self._retire)
        self._using = [self.showing, self.copying, self.opening, self.changing]
        self._keeping = [self.storing, self.copy_here, self.confirming, self.releasing, self.tying, self.retiring]
        for one in self._using:
            self.addAction(one)

    def _place(self) -> None:
        tabs = ((self.custody, _("Custody")), (self.facts, _("Facts")), (self.history, _("History")))
        self._lay_out(self._head(), tabs, _("Choose a login on the left to use its secret and see who keeps it."))

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
        head.setSpacing(8)
        head.addLayout(first)
        head.addWidget(self._about)
        head.addWidget(self.panel)
        head.addWidget(self._findings)
        return head

    def _read(self, registry: Registry, record_id: UUID) -> Reading[CredentialSheet] | None:
        known = workstation.remembered(remembered_as(registry.id))
        with registry.reading() as session:
            sheet = credential_sheet(session, record_id, registry.today(), UUID(known) if known else None)
            return Reading(sheet, of_subject(session, record_id)) if sheet is not None else None

    def _show_parts(self, read: Reading[CredentialSheet]) -> None:
        sheet = read.sheet
        listed = sheet.opened.listed
        self._name.setText(listed["label"])
        what = [_(listed["kind"].label), listed["login_name"], listed["channels"] or _("opens no channel yet")]
        self._about.setText("\n".join(part for part in what if part))
        self.panel.show_sheet(sheet)
        self._findings.show_findings([shown_finding(self._workspace, one, self.window()) for one in read.findings])
        self._enable(sheet)

    def _enable(self, sheet: CredentialSheet) -> None:
        here, retired = sheet.here, sheet.opened.values["retired_on"] is not None
        self.showing.setEnabled(here.in_force is not None)
        self.copying.setEnabled(here.in_force is not None)
        self.opening.setEnabled(sheet.change_at is not None)
        self.changing.setEnabled(not retired and (sheet.revision > 0 or not sheet.in_keyrings))
        self.storing.setVisible(sheet.in_keyrings and not retired and here.pending is None)
        self.copy_here.setVisible(sheet.in_keyrings and sheet.revision > 0 and here.in_force is None)
        self.confirming.setVisible(here.before is not None and here.pending is None)
        self.releasing.setVisible(here.in_force is not None or here.before is not None)
        kept = any(one.until is None for one in sheet.custody)
        self.retiring.setEnabled(not kept and not retired)
        self.retiring.setToolTip(_("Possible once nobody keeps a copy of the secret.") if kept else "")

    def _do(self, what: str) -> None:
        ways: dict[str, Callable[[], None]] = {
            "show": self._show_secret,
            "copy": self._copy_secret,
            "show-new": lambda: self._with_prepared(self.panel.reveal_new),
            "copy-new": lambda: self._with_prepared(self._copied),
            "code": self._show_codes,
            "store": self._store_or_copy,
            "confirm": self.change,
            "rotate": self.change,
        }
        ways[what]()

    def _show_secret(self) -> None:
        self._with_secret(keeping.read_secret, self.panel.reveal)

    def _copy_secret(self) -> None:
        self._with_secret(keeping.read_secret, self._copied)

    def _show_codes(self) -> None:
        self._with_secret(
            lambda custodian, login: one_time_codes(keeping.use_secret(custodian, login)), self.panel.begin_codes
        )

    def _copied(self, secret: Any) -> None:
        self._clipboard.copy(secret)
        self._workspace.say(_("Copied. It is taken off the clipboard in 30 seconds."))

    def _with_secret(self, read: Callable[[Custodian, UUID], Any], then: Callable[[Any], object]) -> None:
        """Read the secret in force from the keyring and go on, unless another login was chosen meanwhile."""
        if self._sheet is not None and self._sheet.here.in_force is not None:
            self._ask(read, then)

    def _with_prepared(self, then: Callable[[Any], object]) -> None:
        """Read the prepared secret from the keyring and go on."""
        prepared = self._sheet.here.pending if self._sheet is not None else None
        if prepared is not None:
            number = prepared.revision
            self._ask(lambda custodian, login: keeping.read_secret(custodian, login, revision=number), then)

    def _ask(self, read: Callable[[Custodian, UUID], Any], then: Callable[[Any], object]) -> None:
        if self._sheet is None:
            return
        login = self._sheet.opened.id

        def go_on(secret: Any) -> None:
            if self._record_id == login:
                then(secret)

        with_keyring(self._workspace, lambda custodian: read(custodian, login), go_on, owner=self)

    def _open_page(self) -> None:
        if self._sheet is not None and self._sheet.change_at:
            QDesktopServices.openUrl(QUrl(self._sheet.change_at))

    def _store_or_copy(self) -> None:
        if self._sheet is not None and self._sheet.revision > 0:
            self._keep_copy()
        else:
            self.store()

    def store(self) -> None:
        """Ask for the secret in force on the platform."""
        if self._sheet is not None:
            StoreSecretDialog(self._workspace, self._sheet, parent=self.window()).open()

    def _keep_copy(self) -> None:
        if self._sheet is not None:
            StoreSecretDialog(self._workspace, self._sheet, copy=True, parent=self.window()).open()

    def change(self) -> None:
        """Begin to change the secret, or go on with it."""
        sheet = self._sheet
        if sheet is None:
            return
        if sheet.in_keyrings:
            ChangeSecretDialog(self._workspace, sheet, self._clipboard, self.window()).open()
        else:
            NoteChangeDialog(self._workspace, sheet, self.window()).open()

    def release(self) -> None:
        """Ask whether the secret is to be deleted from this keyring."""
        if self._sheet is not None:
            ReleaseSecretDialog(self._workspace, self._sheet, self.window()).open()

    def tie(self) -> None:
        """Ask which channels the login opens."""
        if self._sheet is not None:
            TieChannelsDialog(self._workspace, self._sheet, self.window()).open()

    def _confirm_works(self) -> None:
        if self._sheet is not None:
            login = self._sheet.opened.id
            said = _("The secret before was removed from your keyring.")
            with_keyring(
                self._workspace,
                lambda custodian: rotating.confirm_works(custodian, login),
                lambda _removed: self._workspace.say(said),
                owner=self,
            )

    def _retire(self) -> None:
        if self._sheet is not None:
            login, today = self._sheet.opened.id, self._workspace.today()
            self._workspace.act(N_("Retire login"), lambda session: retire(session, login, today))
