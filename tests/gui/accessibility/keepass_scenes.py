"""The dialogs for KeePass files in every state; no file is opened and no keyring is asked for anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.custody.secret import Secret
from core.exchange.keepass.entries import Entry
from core.exchange.keepass.exporting import Exportable, Exported
from core.exchange.keepass.matching import Channels
from core.exchange.keepass.proposal import Login, Proposal, Row
from core.i18n import _
from core.model import CredentialKind
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

FILE = Path("Meine Fassung.kdbx")
NAME = "Erika Mustermann"


def _import(driver: Driver) -> Any:
    from gui.dialogs.import_keepass import ImportKeePassDialog

    open_page(driver, "credentials")
    return opened(driver, ImportKeePassDialog(driver.sitting.workspace, FILE, driver.window))


def _preview(driver: Driver) -> QWidget:
    dialog = _import(driver)
    dialog._propose = lambda: None
    dialog._opened(_entries())
    dialog._show(_proposal(driver))
    settle(driver)
    return dialog  # type: ignore[no-any-return]


def _export(driver: Driver) -> Any:
    from gui.dialogs.export_keepass import ExportKeePassDialog

    open_page(driver, "credentials")
    dialog = ExportKeePassDialog(driver.sitting.workspace, (), driver.window)
    shown = opened(driver, dialog)
    dialog.messages.clear()
    dialog._show([Exportable(UUID(int=1), CredentialKind.PASSWORD, NAME, "", "Facebook", (), frozenset())])
    dialog.target.setText(str(FILE))
    settle(driver)
    return shown


def _left_out(driver: Driver) -> QWidget:
    dialog = _export(driver)
    dialog._written(Exported(FILE, 1, ((NAME, _("It has control characters, which a KeePass file cannot hold.")),)))
    settle(driver)
    return dialog  # type: ignore[no-any-return]


def _entries() -> tuple[Entry, ...]:
    return tuple(Entry(number, NAME, "", Secret("x"), expires_on=date(2026, 1, 31)) for number in (1, 2, 3))


def _proposal(driver: Driver) -> Proposal:
    with driver.sitting.workspace.registry.reading() as session:
        channels = Channels(session).all
    first, second, third = _entries()
    kinds = CredentialKind.PASSWORD, CredentialKind.TOTP
    doubt = _("No channel of the registry fits. Choose one, or leave the entry out.")
    refused = _("The entry holds neither a password nor one-time codes.")
    secret = Secret("x")
    rows = (
        Row(Login((first,), channels[:1]), kinds[0], NAME, secret, "created"),
        Row(Login((second,), (), doubt), kinds[1], NAME, secret, "doubtful", (doubt,)),
        Row(Login((third,), ()), kinds[0], NAME, secret, "refused", (refused,)),
    )
    return Proposal(rows, channels)


KEEPASS_DIALOGS: dict[str, Callable[[Driver], QWidget]] = {
    "import-keepass": _import,
    "import-keepass 2": _preview,
    "export-keepass": _export,
    "exported-keepass": _left_out,
}
