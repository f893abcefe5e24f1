"""Data of people in the window: the dialogs, a person who is restricted, and the bars that stand above every page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from core.custody.uses import READ, USED, UsesLog
from core.i18n import _
from core.inventory.narrowing import Where
from core.protection.rights.uses_log import Use
from gui.dialogs.extract_person import ExtractPersonDialog
from gui.dialogs.switch_uses_log import SwitchUsesLogDialog
from gui.dialogs.uses_shown import UsesDialog
from gui.dialogs.write_documents import WriteDocumentsDialog
from gui.standing_notices import StandingNotices
from tests.gui.accessibility.erasure_scenes import ERASURE, ERASURE_DIALOGS
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
LOG = UsesLog("Dienstvereinbarung 7/2026", date(2026, 12, 31))


def _documents(driver: Driver) -> QWidget:
    return opened(driver, WriteDocumentsDialog(driver.sitting.workspace, driver.window))


def _uses(driver: Driver) -> QWidget:
    return opened(driver, SwitchUsesLogDialog(driver.sitting.workspace, driver.window))


def _entries(driver: Driver) -> QWidget:
    dialog = UsesDialog(driver.sitting.workspace, driver.window)
    settle(driver)
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    dialog.model.show_uses([Use(at, "Facebook-Konto der Redaktion", "Erika Mustermann", kind) for kind in (READ, USED)])
    return opened(driver, dialog)


def _extract(driver: Driver) -> QWidget:
    page = open_page(driver, "people")
    sheet = page.detail._sheet
    assert sheet is not None, "nobody is chosen"
    dialog = ExtractPersonDialog(
        driver.sitting.workspace, sheet.opened.id, str(sheet.opened.listed["name"]), driver.window
    )
    return opened(driver, dialog)


def _log_is_on(driver: Driver) -> QWidget:
    page = open_page(driver, "settings")
    page.show_where(Where("", {"section": "people"}))
    settle(driver)
    page.people._show_uses(LOG)
    settle(driver)
    return driver.window


def _restricted(driver: Driver) -> QWidget:
    rights = open_page(driver, "people").detail.rights
    rights.banner.show_severity(
        "notice",
        _(
            "Restricted since {day} (Art. 18 GDPR): the data is kept but not used. The person is not offered to be "
            "chosen, and new reports name them by their function."
        ).format(day="31.12.2026"),
    )
    rights.banner.show()
    settle(driver)
    return driver.window


def _notices(driver: Driver) -> QWidget:
    """Show the bars in a dialog of their own, so that they go with it."""
    dialog = QDialog(driver.window)
    dialog.setWindowTitle(_("Kanalregister"))
    dialog.setMinimumWidth(600)
    notices = StandingNotices(driver.sitting.workspace)
    QVBoxLayout(dialog).addWidget(notices)
    notices._show_uses(LOG)
    notices._show_cloud(
        _(
            "“{path}” lies in a folder that {service} synchronises. What is in it is copied to servers outside the "
            "house. Please keep it in another folder."
        ).format(path="registry.kanal", service="Nextcloud")
    )
    notices._show_erasure(True)
    return opened(driver, dialog)


PRIVACY: dict[str, Enter] = {
    "settings people, log of uses on": _log_is_on,
    "people, restricted": _restricted,
    **ERASURE,
}
PRIVACY_DIALOGS: dict[str, Enter] = {
    "write-documents": _documents,
    "switch-uses-log": _uses,
    "uses": _entries,
    "standing notices": _notices,
    "extract-person": _extract,
    **ERASURE_DIALOGS,
}
