"""The page of the logins in every state, and the dialogs about secrets; no keyring is asked for anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from core.custody.one_time_codes import OneTimeCodes
from core.custody.recovery import Recovered
from core.custody.secret import Secret
from gui.keyring_watch import KeyringNews, Standing, watch_of
from tests.gui.accessibility.escrow_scenes import ESCROW_DIALOGS
from tests.gui.accessibility.going import open_page, opened, settle
from tests.gui.accessibility.keepass_scenes import KEEPASS_DIALOGS
from tests.gui.accessibility.kept_secrets import (
    CODES,
    ELSEWHERE,
    ENVELOPE,
    IN_FORCE,
    NEVER_STORED,
    PREPARED,
    be_here,
    login_called,
)
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
SECRET = "Kranich-Zaunpfahl-Lampion-Regenbogen-Fahrrad-Mittwoch-7391"
NEWS = {
    "vanished": KeyringNews(Standing.OPEN, vanished=UUID(int=7)),
    "newer": KeyringNews(Standing.OPEN, newer=(UUID(int=1),)),
    "missing": KeyringNews(Standing.OPEN, missing=3),
    "none": KeyringNews(Standing.NONE),
    "locked": KeyringNews(Standing.LOCKED),
    "without recovery key": KeyringNews(Standing.OPEN, kept=3, recovery_key=False),
}


def choose_login(driver: Driver, label: str) -> Any:
    """Bring a login into sight and return its page."""
    registry = driver.sitting.workspace.registry
    be_here(registry)
    page = open_page(driver, "credentials")
    login = login_called(registry, label)
    page.show_record(login)
    page.detail.refresh()
    driver.wait(lambda: page.detail._sheet is not None and page.detail._sheet.opened.id == login, f"“{label}” is shown")
    settle(driver)
    return page


def _login(label: str, then: Callable[[Any], object] = lambda _panel: None) -> Enter:
    def enter(driver: Driver) -> QWidget:
        then(choose_login(driver, label).detail.panel)
        settle(driver)
        return driver.window

    return enter


def _card(news: KeyringNews) -> Enter:
    def enter(driver: Driver) -> QWidget:
        open_page(driver, "credentials")
        watch_of(driver.sitting.workspace).changed.emit(news)
        settle(driver)
        return driver.window

    return enter


def _no_card(driver: Driver) -> QWidget:
    return _card(KeyringNews())(driver)


LOGINS: dict[str, Enter] = {
    "login shown": _login(IN_FORCE, lambda panel: panel.reveal(Secret(SECRET))),
    "login with codes": _login(CODES, lambda panel: panel.begin_codes(OneTimeCodes(Secret("GEZDGNBVGY3TQOJQ")))),
    "login prepared": _login(PREPARED),
    "login of others": _login(ELSEWHERE),
    "login in an envelope": _login(ENVELOPE),
    **{f"keyring {name}": _card(news) for name, news in NEWS.items()},
    "no news of the keyring": _no_card,
}


def _of_login(label: str, make: Callable[[Any, Any, QWidget], QDialog]) -> Enter:
    """Open a dialog made with the workspace, a login's sheet and the window."""

    def enter(driver: Driver) -> QWidget:
        sheet = choose_login(driver, label).detail._sheet
        return opened(driver, make(driver.sitting.workspace, sheet, driver.window))

    return enter


def _add(driver: Driver) -> QWidget:
    from gui.dialogs.add_credential import AddCredentialDialog

    registry = driver.sitting.workspace.registry
    dialog = AddCredentialDialog(driver.sitting.workspace, [(login_called(registry, IN_FORCE), "Stadt")], driver.window)
    dialog.kept_in.setCurrentIndex(1)
    dialog._show_what_is_asked()
    return opened(driver, dialog)


def _store(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.store_secret import StoreSecretDialog

    dialog = StoreSecretDialog(workspace, sheet, copy=True, parent=window)
    _show_all_of(dialog.secret)
    return dialog


def _first_step(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.change_secret import ChangeSecretDialog
    from gui.secret_clipboard import clipboard_of

    dialog = ChangeSecretDialog(workspace, sheet, clipboard_of(workspace), window)
    _show_all_of(dialog.secret)
    return dialog


def _second_step(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.change_secret import ChangeSecretDialog
    from gui.secret_clipboard import clipboard_of

    dialog = ChangeSecretDialog(workspace, sheet, clipboard_of(workspace), window)
    dialog.new.shown.reveal(Secret(SECRET))
    dialog.checks[0].setChecked(True)
    return dialog


def _giving_up(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    dialog: Any = _second_step(workspace, sheet, window)
    dialog._ask_to_give_up()
    return dialog  # type: ignore[no-any-return]


def _release(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.release_secret import ReleaseSecretDialog

    return ReleaseSecretDialog(workspace, replace(sheet, sealed=None), window)


def _note(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.note_change import NoteChangeDialog

    return NoteChangeDialog(workspace, sheet, window)


def _tie(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.tie_channels import TieChannelsDialog

    return TieChannelsDialog(workspace, sheet, window)


def _share(workspace: Any, sheet: Any, window: QWidget) -> QDialog:
    from gui.dialogs.share_secret import ShareSecretDialog

    return ShareSecretDialog(workspace, sheet.opened.listed["label"], window)


def _recovery_key(driver: Driver) -> QWidget:
    from gui.dialogs.recovery_key import RecoveryKeyDialog

    open_page(driver, "credentials")
    return opened(driver, RecoveryKeyDialog(driver.sitting.workspace, "Musterstadt", driver.window))


def _restore(driver: Driver) -> QWidget:
    from gui.dialogs.restore_secrets import RestoreSecretsDialog

    open_page(driver, "credentials")
    return opened(driver, RestoreSecretsDialog(driver.sitting.workspace, driver.window))


def _restored(driver: Driver) -> QWidget:
    dialog: Any = _restore(driver)
    dialog._restored(Recovered([IN_FORCE, CODES], [PREPARED], [ELSEWHERE], [ENVELOPE], [NEVER_STORED], 2))
    settle(driver)
    return dialog  # type: ignore[no-any-return]


def _show_all_of(secret: Any) -> None:
    """Open the generator and show in letters what is in the field."""
    secret.field.setText(SECRET)
    secret._open.setChecked(True)
    secret._eye.setChecked(True)


LOGIN_DIALOGS: dict[str, Enter] = {
    "add-login": _add,
    "store-secret": _of_login(ELSEWHERE, _store),
    "change-secret": _of_login(IN_FORCE, _first_step),
    "change-secret 2": _of_login(PREPARED, _second_step),
    "change-secret given up": _of_login(PREPARED, _giving_up),
    "release-secret": _of_login(CODES, _release),
    "note-change": _of_login(ENVELOPE, _note),
    "tie-channels": _of_login(ELSEWHERE, _tie),
    "share-secret": _of_login(IN_FORCE, _share),
    "recovery-key": _recovery_key,
    "restore-secrets": _restore,
    "restored-secrets": _restored,
    **ESCROW_DIALOGS,
    **KEEPASS_DIALOGS,
}
