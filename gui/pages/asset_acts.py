"""What can be done with the chosen asset: with its files, its places, its consents, and with itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from core.exchange.pictures.kinds import RASTERS, SVG
from core.i18n import N_, _
from core.inventory.assets import assets, places_to_clean, uses, versions
from core.inventory.assets.asset_sheet import AssetSheet, ConsentRow, UseRow, VersionRow
from core.model import AssetKind
from core.storage.journal import acting
from gui.actions import action
from gui.asset_files import copy_name
from gui.asset_forms import add_form
from gui.asset_saving import save_asset_kit, save_file
from gui.dialogs.give_consent import GiveConsentDialog
from gui.dialogs.issue_version import IssueVersionDialog
from gui.dialogs.show_asset_on import ShowAssetOnDialog
from gui.dialogs.withdraw_consent import WithdrawConsentDialog
from gui.workspace import Workspace


class AssetActs(QObject):
    """The actions of the page; what they act on is the sheet that is shown.

    Attributes:
        sheet: The chosen asset, None where none is.
        troubles: Which files are missing or damaged, by SHA-256.
    """

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace, self._page = workspace, page
        self.sheet: AssetSheet | None = None
        self.troubles: Mapping[str, str] = {}
        self.showing = self._action("show-asset-on", _("&Show on channels..."), self._show_on, "Ctrl+Shift+O")
        self.issuing = self._action("issue-version", _("New &version or variant..."), self._issue, "Ctrl+Shift+R")
        self.consenting = self._action("give-consent", _("Enter a &consent..."), self._consent)
        self.packing = self._action("save-kit", _("Save all files as a &kit..."), self._save_kit)
        self.retiring = self._action("retire-asset", _("R&etire asset"), self._retire)
        self.returning = self._action("bring-back-asset", _("&Bring asset back"), self._bring_back)
        self.enable()

    @property
    def actions(self) -> list[QAction]:
        """What can be done with an asset, in the order in which it is offered."""
        return [self.showing, self.issuing, self.consenting, self.packing, self.retiring, self.returning]

    def today(self) -> date:
        """Return the day that counts as today."""
        return self._workspace.today()

    def go(self, page: str, record: UUID) -> None:
        """Show a record on its page."""
        self._workspace.go(page, record)

    def show_sheet(self, sheet: AssetSheet | None) -> None:
        """Act on this asset from now on."""
        self.sheet = sheet
        self.enable()

    def enable(self) -> None:
        """Offer what can be done with the asset as it is."""
        sheet = self.sheet
        retired = sheet is not None and sheet.opened.values["retired_on"] is not None
        usable = sheet is not None and not retired
        self.showing.setEnabled(usable and bool(sheet and sheet.current))
        self.issuing.setEnabled(usable)
        erased = sheet is not None and sheet.erased
        self.consenting.setVisible(sheet is not None and sheet.kind is AssetKind.PORTRAIT and not erased)
        self.packing.setEnabled(sheet is not None and bool(sheet.current) and not erased)
        self.retiring.setVisible(not retired)
        self.retiring.setEnabled(usable)
        self.returning.setVisible(retired and not erased)

    def can_be_cut(self, version: VersionRow) -> bool:
        """Say whether a file is a picture that can be cut to size."""
        return version.media_type in {*RASTERS, SVG}

    def approve(self, sheet: AssetSheet, version: VersionRow) -> None:
        """Note that I approve a version today."""
        today = self.today()
        self._workspace.act(
            N_("Approve version of an asset"),
            lambda session: versions.approve(session, version.id, today, acting(session)),
            said=_("“{title}” is approved.").format(title=sheet.title),
        )

    def derive(self, version: VersionRow) -> None:
        """Ask for the part of a picture and the platform's size."""
        from gui.dialogs.derive_asset import DeriveAssetDialog

        DeriveAssetDialog(self._workspace, version.id, self._page.window()).open()

    def take_down(self, use: UseRow) -> None:
        """Note that it is not shown in a place any more."""
        today = self.today()
        self._workspace.act(
            N_("Take down asset"),
            lambda session: uses.take_down(session, use.id, today, acting(session)),
            said=_("Taken down from “{channel}”.").format(channel=use.channel),
        )

    def tick_off(self, use: UseRow) -> None:
        """Note that a place is clean; after a replacement the new version is shown there."""
        today = self.today()
        self._workspace.act(
            N_("Clean place of an asset"),
            lambda session: places_to_clean.tick_off(session, use.id, today, acting(session)),
            said=_("“{channel}” is done.").format(channel=use.channel),
        )

    def withdraw(self, consent: ConsentRow) -> None:
        """Ask since when a consent does not hold any more."""
        if self.sheet is not None:
            WithdrawConsentDialog(self._workspace, self.sheet, consent, self._page.window()).open()

    def save_copy(self, sheet: AssetSheet, version: VersionRow) -> None:
        """Ask where a copy of a file is to lie, and write it."""
        gap = sheet.gap(None, self.today())
        save_file(self._workspace, version.sha256, copy_name(sheet.title, version), self._page.window(), gap=gap)

    def add_form(self, consent: ConsentRow) -> None:
        """Ask for the scanned form of a consent that has none yet."""
        add_form(self._workspace, consent.id, self._page.window())

    def save_form(self, consent: ConsentRow) -> None:
        """Ask where a copy of the scanned form is to lie, and write it."""
        if consent.form_sha256 is not None:
            save_file(self._workspace, consent.form_sha256, consent.form_name or _("Consent"), self._page.window())

    def _save_kit(self) -> None:
        """Save every file that is in force, with what has to be known of each."""
        if self.sheet is not None:
            save_asset_kit(self._workspace, self.sheet.opened.id, self.sheet.title, self._page.window())

    def _show_on(self) -> None:
        if self.sheet is not None:
            ShowAssetOnDialog(self._workspace, self.sheet, self._page.window()).open()

    def _issue(self) -> None:
        if self.sheet is not None:
            IssueVersionDialog(self._workspace, self.sheet, None, self._page.window()).open()

    def _consent(self) -> None:
        if self.sheet is not None:
            GiveConsentDialog(self._workspace, self.sheet, self._page.window()).open()

    def _retire(self) -> None:
        self._act(N_("Retire asset"), lambda session, asset: assets.retire(session, asset, self.today()))

    def _bring_back(self) -> None:
        self._act(N_("Bring back asset"), assets.bring_back)

    def _act(self, label: str, work: Callable[[Any, UUID], object]) -> None:
        if self.sheet is not None:
            asset_id = self.sheet.opened.id
            self._workspace.act(label, lambda session: work(session, asset_id))

    def _action(self, name: str, text: str, act: Callable[[], object], keys: str = "") -> QAction:
        return action(self._page, name, text, act, keys)
