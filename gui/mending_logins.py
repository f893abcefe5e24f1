"""What the buttons do that mend findings about logins."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core import workstation
from core.custody.credential_sheet import CredentialSheet, credential_sheet
from core.custody.custodian import remembered_as
from core.custody.escrow.resealing import seal_missing
from core.i18n import _, ngettext
from core.inventory.narrowing import Where
from core.registry import Registry
from gui.keyring import with_keyring
from gui.keyring_watch import watch_of
from gui.secret_clipboard import clipboard_of
from gui.workspace import FieldOf, Workspace


def change_secret(workspace: Workspace, login: UUID, window: QWidget) -> None:
    """Begin to change a secret, or note that it was changed where it is kept."""
    from gui.dialogs.change_secret import ChangeSecretDialog
    from gui.dialogs.note_change import NoteChangeDialog

    def ask(sheet: CredentialSheet) -> None:
        if sheet.in_keyrings:
            ChangeSecretDialog(workspace, sheet, clipboard_of(workspace), window).open()
        else:
            NoteChangeDialog(workspace, sheet, window).open()

    _with_sheet(workspace, login, ask, window)


def release_secret(workspace: Workspace, login: UUID, window: QWidget) -> None:
    """Ask whether a secret is to be deleted from this keyring."""
    from gui.dialogs.release_secret import ReleaseSecretDialog

    _with_sheet(workspace, login, lambda sheet: ReleaseSecretDialog(workspace, sheet, window).open(), window)


def share_secret(workspace: Workspace, login: UUID, window: QWidget) -> None:
    """Say how a second person comes to keep a copy."""
    from gui.dialogs.share_secret import ShareSecretDialog

    def ask(sheet: CredentialSheet) -> None:
        dialog = ShareSecretDialog(workspace, str(sheet.opened.listed["label"]), window)
        dialog.accepted.connect(lambda: workspace.go("credentials", login))
        dialog.open()

    _with_sheet(workspace, login, ask, window)


def edit_login(workspace: Workspace, login: UUID, field: str) -> None:
    """Go to the field in which the finding is mended."""
    workspace.go("credentials", FieldOf(login, field))


def compare_keyring(workspace: Workspace) -> None:
    """Compare the registry with the keyring, and show what there is to say."""
    workspace.go("credentials")
    watch_of(workspace).compare()


def seal_escrow(workspace: Workspace) -> None:
    """Seal what this keyring keeps and some envelope lacks, and say how much that was."""

    def say(count: int) -> None:
        if count:
            told = ngettext("{count} secret is sealed anew.", "{count} secrets are sealed anew.", count)
            workspace.say(told.format(count=count))
        else:
            workspace.say(
                _(
                    "This keyring keeps nothing that has to be sealed. Whoever keeps the secret seals it, for cards "
                    "they have verified."
                )
            )

    with_keyring(workspace, seal_missing, say, owner=workspace)


def show_escrow(workspace: Workspace) -> None:
    """Go to the settings of the escrow."""
    workspace.go("settings", Where("", {"section": "escrow"}))


def _with_sheet(workspace: Workspace, login: UUID, then: Callable[[CredentialSheet], object], window: QWidget) -> None:
    def read(registry: Registry) -> CredentialSheet | None:
        known = workstation.remembered(remembered_as(registry.id))
        with registry.reading() as session:
            return credential_sheet(session, login, registry.today(), UUID(known) if known else None)

    def go_on(sheet: CredentialSheet | None) -> None:
        if sheet is not None:
            then(sheet)

    workspace.read(read, go_on, owner=window)
