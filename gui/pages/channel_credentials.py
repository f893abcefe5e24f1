"""The logins that open a channel: what they are, who keeps them, and the way to them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from core.custody.holding import holders
from core.i18n import _, show_date
from core.inventory.channel_sheet import ChannelSheet
from core.inventory.channels import label_of
from core.inventory.credentials import credentials_of
from core.model import Credential, KeptIn
from core.registry import Registry
from gui.dialogs.add_credential import AddCredentialDialog
from gui.widgets.lines import Column, LineButton
from gui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Login:
    """A login with the names of those who keep its secret."""

    credential: Credential
    held_by: str


class ChannelCredentials(Column):
    """Short lines; read when the tab comes into sight."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self._title = ""
        self._channel: UUID | None = None

    def show_sheet(self, sheet: ChannelSheet) -> None:
        """Remember what the channel is called."""
        self._title = label_of(str(sheet.opened.listed["title"]), sheet.opened.listed["platform"])

    def show_record(self, record_id: UUID) -> None:
        """Read and show the logins of a channel."""
        self._channel = record_id
        self._workspace.read(lambda registry: _read(registry, record_id), self._show, owner=self)

    def _show(self, logins: list[_Login]) -> None:
        self.start()
        self.offer([LineButton("add-login", _("Add login..."), self._add)])
        for one in logins:
            login = one.credential
            self.add(login.label, _about(one), [self._showing(login.id)])
        if not logins:
            self.say(_("No login is recorded for this channel."))

    def _showing(self, login: UUID) -> LineButton:
        return LineButton("show-login", _("Show"), lambda: self._workspace.go("credentials", login))

    def _add(self) -> None:
        if self._channel is not None:
            AddCredentialDialog(self._workspace, [(self._channel, self._title)], self.window()).open()


def _read(registry: Registry, channel_id: UUID) -> list[_Login]:
    today = registry.today()
    with registry.reading() as session:
        found = credentials_of(session, channel_id, today)
        told = [_Login(one, "; ".join(holder.name for holder in holders(session, one.id, today))) for one in found]
        session.expunge_all()
    return told


def _about(one: _Login) -> str:
    login = one.credential
    parts = [_(login.kind.label), login.login_name or ""]
    if login.kept_in is not KeptIn.KEYRING:
        parts.append(", ".join(part for part in (_(login.kept_in.label), login.place) if part))
    elif login.revision == 0:
        parts.append(_("not stored yet"))
    else:
        parts.append(_("held by {people}").format(people=one.held_by) if one.held_by else _("held by nobody"))
    if login.rotated_on is not None:
        parts.append(_("changed on {day}").format(day=show_date(login.rotated_on)))
    return " · ".join(part for part in parts if part)
