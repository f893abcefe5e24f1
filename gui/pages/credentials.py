"""The page of the logins: the list on the left, the chosen login with its secret on the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from core.fields import Field
from core.i18n import _
from core.inventory.lists import CREDENTIALS
from core.inventory.quick_filters import CREDENTIAL_FILTERS
from gui import theme
from gui.actions import action
from gui.dialogs.add_credential import AddCredentialDialog
from gui.pages.credential_detail import CredentialDetail
from gui.pages.record_page import RecordPage
from gui.record_model import Listed, RecordModel
from gui.record_table import RecordTable
from gui.secret_clipboard import SecretClipboard
from gui.widgets.empty_state import EmptyState
from gui.widgets.page_header import PageHeader
from gui.workspace import Workspace

COLUMNS = {"label": 208, "kind": 120, "channels": 200, "held_by": 160, "rotated_on": 104, "findings": 96}


class CredentialModel(RecordModel):
    """The logins' rows; what is retired is quiet, and says so."""

    def cell(self, one: Field, listed: Listed, role: int) -> Any:
        """Return what a cell shows."""
        match role:
            case Qt.ItemDataRole.ForegroundRole if listed["retired_on"]:
                return QColor(theme.tokens().muted)
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
        self.clipboard = SecretClipboard(self)
        self.detail = CredentialDetail(workspace, self.clipboard)
        self._make_filters()
        self._make_actions()
        self._make_empty()
        self._lay_out()
        self._connect()

    def close_registry(self) -> None:
        """Show nothing, and leave no secret on the clipboard."""
        self.clipboard.clear()
        super().close_registry()

    def _make_actions(self) -> None:
        adding = action(self, "add-login", _("Add login"), self._add)
        adding.setToolTip(_("Take in a password, a key for codes, a mailbox or a device"))
        self.header.add_primary(adding)
        self.menu_actions = [adding, *self.detail.actions(), *self._list_actions()]

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
