"""The page of the logins: the list on the left, the chosen login with its secret on the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.custody.adopting import adopt_newer, discard_newer
from core.custody.custodian import Custodian
from core.custody.reconciling import VanishedAnswer, answer_vanished
from core.fields import Field
from core.i18n import _
from core.inventory.lists import CREDENTIALS
from core.inventory.quick_filters import CREDENTIAL_FILTERS
from gui import theme
from gui.actions import action
from gui.dialogs.add_credential import AddCredentialDialog
from gui.dialogs.export_keepass import ExportKeePassDialog
from gui.dialogs.open_envelope import OpenEnvelopeDialog
from gui.dialogs.recovery_key import RecoveryKeyDialog
from gui.dialogs.restore_secrets import RestoreSecretsDialog
from gui.keyring import with_keyring
from gui.keyring_watch import watch_of
from gui.pages.credential_detail import CredentialDetail
from gui.pages.record_page import RecordPage
from gui.record_model import Listed, RecordModel
from gui.record_table import RecordTable
from gui.secret_clipboard import clipboard_of
from gui.widgets.empty_state import EmptyState
from gui.widgets.keyring_card import KeyringCard
from gui.widgets.page_faces import PageFaces
from gui.widgets.page_header import PageHeader
from gui.widgets.severity import severity_icon
from gui.workspace import Workspace

COLUMNS = {"label": 160, "login_name": 128, "kind": 80, "channels": 120, "held_by": 96, "findings": 80}


class CredentialModel(RecordModel):
    """The logins' rows; what is retired is quiet, and says so."""

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows."""
        match role:
            case Qt.ItemDataRole.ForegroundRole if listed["retired_on"]:
                return QColor(theme.tokens().muted)
            case Qt.ItemDataRole.DecorationRole if one.key == "findings" and listed["findings"] is not None:
                return severity_icon(listed["findings"].value)
            case Qt.ItemDataRole.DisplayRole if one.key == "label" and listed["retired_on"]:
                return _("{label} (retired)").format(label=listed["label"])
            case _:
                return super().cell(one, listed, role)


class CredentialsPage(RecordPage):
    """What opens the accounts, and who keeps it."""

    key = "credentials"
    filters = CREDENTIAL_FILTERS
    help_topic = "credentials"
    detail: CredentialDetail

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(workspace, parent)
        self.question = _("Who can get into our accounts?")
        self.header = PageHeader(self.question, search=_("Search logins"))
        self.table = RecordTable(workspace, CredentialModel(workspace, CREDENTIALS, self), COLUMNS)
        self.table.setAccessibleName(_("Logins"))
        self.clipboard = clipboard_of(workspace)
        self.detail = CredentialDetail(workspace, self.clipboard)
        self.watch = watch_of(workspace)
        self.card = KeyringCard(self._go_on)
        self._make_filters()
        self._make_actions()
        self._make_empty()
        self._lay_out(above=[PageFaces(workspace, self.key), self.card])
        self._connect()
        self.watch.changed.connect(self.card.show_news)
        self.card.show_news(self.watch.news)

    def close_registry(self) -> None:
        """Show nothing, and leave no secret on the clipboard."""
        self.clipboard.clear()
        super().close_registry()

    def _make_actions(self) -> None:
        adding = action(self, "add-login", _("Add login"), self._add)
        adding.setToolTip(_("Take in a password, a key for codes, a mailbox or a device"))
        self.header.add_primary(adding)
        comparing = action(self, "compare-keyring", _("Compare with the &keyring"), self.watch.compare)
        making = action(self, "recovery-key", _("&Print a recovery key..."), self._make_key)
        restoring = action(self, "restore-secrets", _("&Bring secrets back..."), self._restore)
        opening = action(self, "open-envelope", _("Open an envelope..."), self._open_envelope)
        taking = action(self, "import-keepass", _("Import from &KeePass..."), self._import_keepass)
        giving = action(self, "export-keepass", _("Export to Kee&Pass..."), self._export_keepass)
        keyring = [comparing, making, restoring, opening, taking, giving]
        self.menu_actions = [adding, *self.detail.actions(), *keyring, *self._list_actions()]

    def _make_empty(self) -> None:
        self.empty = EmptyState(
            "key",
            _("No logins yet"),
            _("Here the team keeps every password in the keyrings of its computers, and knows who holds which."),
        )
        self.empty.offer(_("Add a login"), self._add)
        self.empty.offer(_("More in the handbook"), lambda: self.workspace.command("show_handbook"), primary=False)
        self.nothing = EmptyState("magnifying-glass", _("No login matches"), _("Search for something else."))
        self.nothing.offer(_("Show all logins"), self._show_all)

    def _add(self) -> None:
        AddCredentialDialog(self.workspace, parent=self.window()).open()

    def _go_on(self, way: str) -> None:
        """Do what a button of the card says."""
        match way:
            case "restore":
                self._restore()
            case "key":
                self._make_key()
            case "look":
                self.watch.look()
            case "compare":
                self.watch.compare()
            case "adopt" | "discard":
                newer, deal = self.watch.news.newer, adopt_newer if way == "adopt" else discard_newer
                self._with_keyring(lambda custodian: [deal(custodian, login) for login in newer])
            case _:
                answer = VanishedAnswer(way)
                self._with_keyring(lambda custodian: answer_vanished(custodian, answer))

    def _with_keyring(self, work: Callable[[Custodian], object]) -> None:
        with_keyring(self.workspace, work, lambda _done: self.watch.compare(), owner=self)

    def _make_key(self) -> None:
        self.workspace.read(
            lambda registry: str(registry.settings()["city.name"]),
            lambda city: RecoveryKeyDialog(self.workspace, city, self.window()).open(),
            owner=self,
        )

    def _open_envelope(self) -> None:
        """Offer the login that is selected, where it is one."""

        def offer(chosen: list[UUID]) -> None:
            OpenEnvelopeDialog(self.workspace, self.window(), chosen[0] if len(chosen) == 1 else None).open()

        self.table.with_selected_ids(offer)

    def _import_keepass(self) -> None:
        self.workspace.command("import_keepass")

    def _export_keepass(self) -> None:
        """Offer the selected logins, all of them where only one is."""

        def offer(chosen: list[UUID]) -> None:
            wanted = chosen if len(chosen) > 1 else ()
            ExportKeePassDialog(self.workspace, wanted, self.window()).open()

        self.table.with_selected_ids(offer)

    def _restore(self) -> None:
        dialog = RestoreSecretsDialog(self.workspace, self.window())
        dialog.finished.connect(lambda _outcome: self.watch.look())
        dialog.open()
