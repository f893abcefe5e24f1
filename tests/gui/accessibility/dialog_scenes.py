"""Every dialog of the window, by name: each function opens one about the demo city and returns it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from gui.pages.settings_platforms import PlatformsSection
from tests.gui.accessibility.asset_look_scenes import ASSET_LOOK_DIALOGS
from tests.gui.accessibility.asset_scenes import ASSET_DIALOGS
from tests.gui.accessibility.going import open_page, opened, settle
from tests.gui.accessibility.handover_page_scenes import NEW_HANDOVER
from tests.gui.accessibility.handover_scenes import HANDOVER_DIALOGS
from tests.gui.accessibility.key_card_scenes import KEY_CARD_DIALOGS
from tests.gui.accessibility.login_scenes import LOGIN_DIALOGS
from tests.gui.accessibility.privacy_scenes import PRIVACY_DIALOGS
from tests.journeys.driver import Driver

LIST = Path(__file__).resolve().parents[2] / "data" / "kanalliste-moers.xlsx"
Enter = Callable[[Driver], QWidget]


def _command(name: str) -> Enter:
    def enter(driver: Driver) -> QWidget:
        getattr(driver.window.commands, name)()
        return opened(driver)

    return enter


def _export(driver: Driver) -> QWidget:
    open_page(driver, "channels")
    return _command("export_list")(driver)


def _save_view(driver: Driver) -> QWidget:
    open_page(driver, "channels")
    return _command("save_view")(driver)


def _columns(driver: Driver) -> QWidget:
    menu: QWidget = open_page(driver, "channels").table.columns.choose()
    settle(driver)
    return menu


def _import(driver: Driver) -> QWidget:
    driver.window.commands.import_list(LIST)
    driver.wait(lambda: driver.find(QWidget, "import").isEnabled(), "the list was understood")
    return opened(driver)


def _bug(driver: Driver) -> QWidget:
    from gui.bugs import Bug
    from gui.dialogs.bug import show_bug

    show_bug(Bug("4711", "ValueError", "Traceback (most recent call last)"), driver.window)
    return opened(driver)


def _restore(driver: Driver) -> QWidget:
    from gui.dialogs.restore import RestoreDialog

    return opened(driver, RestoreDialog(driver.sitting.workspace, LIST, "20.11.2026, 09:00", driver.window))


def _of_channel(module: str, kind: str, *, several: bool = False) -> Enter:
    """Open a dialog about the chosen channel, made with its id (or several) and its title."""

    def enter(driver: Driver) -> QWidget:
        record = _chosen(driver, "channels")
        ids = (record.id,) if several else record.id
        made = getattr(importlib.import_module(f"gui.dialogs.{module}"), kind)
        return opened(driver, made(driver.sitting.workspace, ids, record.listed["title"], driver.window))

    return enter


def _change(kind: str) -> Enter:
    def enter(driver: Driver) -> QWidget:
        from gui.dialogs import change_several

        record = _chosen(driver, "channels")
        made = getattr(change_several, kind)(driver.sitting.workspace, [record.id], driver.window)
        return opened(driver, made)

    return enter


def _assign(driver: Driver) -> QWidget:
    _chosen(driver, "channels")
    open_page(driver, "channels").detail.assign()
    return opened(driver)


def _waive(driver: Driver) -> QWidget:
    from gui.mending import ask_to_waive

    page = open_page(driver, "findings")
    page.rules.setCurrentRow(0)
    settle(driver)
    ask_to_waive(driver.sitting.workspace, page.findings.chosen(), driver.window)
    return opened(driver)


def _withdraw(driver: Driver) -> QWidget:
    from gui.dialogs.withdraw_access import WithdrawAccessDialog

    access = UUID(int=1)
    return opened(driver, WithdrawAccessDialog(driver.sitting.workspace, (access,), "Erika Mustermann", driver.window))


def _successor(driver: Driver) -> QWidget:
    from gui.dialogs.set_successor import SetSuccessorDialog

    record = _chosen(driver, "people")
    return opened(driver, SetSuccessorDialog(driver.sitting.workspace, record.id, record.listed["name"], driver.window))


def _add_person(driver: Driver) -> QWidget:
    from gui.dialogs.add_person import AddPersonDialog

    return opened(driver, AddPersonDialog(driver.sitting.workspace, driver.window))


def _add_unit(driver: Driver) -> QWidget:
    from gui.dialogs.add_unit import AddUnitDialog

    return opened(driver, AddUnitDialog(driver.sitting.workspace, None, driver.window))


def _move_unit(driver: Driver) -> QWidget:
    _chosen(driver, "units")
    open_page(driver, "units").detail.ask_where()
    return opened(driver)


def _hand_on(driver: Driver) -> QWidget:
    from gui.dialogs.hand_on import HandOnDialog

    _chosen(driver, "people")
    sheet = open_page(driver, "people").detail._sheet
    return opened(driver, HandOnDialog(driver.sitting.workspace, sheet, driver.window))


def _leaving(driver: Driver) -> QWidget:
    from gui.dialogs.leaving import Leaver, LeavingDialog

    person = _chosen(driver, "people")
    leaver = Leaver(person.id, person.listed["name"])
    return opened(driver, LeavingDialog(driver.sitting.workspace, leaver, driver.window))


def _platform(key: str | None) -> Enter:
    """Open the form of a platform that comes with the program, or of one of the city's own."""

    def enter(driver: Driver) -> QWidget:
        from gui.dialogs.edit_platform import EditPlatformDialog

        page = open_page(driver, "settings")
        listed = page.findChild(PlatformsSection).platforms.listed
        one = next((one for one in listed if one.key == key), None)
        return opened(driver, EditPlatformDialog(driver.sitting.workspace, one, driver.window))

    return enter


def _conflict(driver: Driver) -> QWidget:
    from core.inventory.editing import Edit
    from core.inventory.lists import CHANNELS
    from core.inventory.overtaken import compare
    from gui.dialogs.conflict import ConflictDialog

    workspace, record = driver.sitting.workspace, _chosen(driver, "channels")
    before = replace(record, version="0", values=dict(record.values) | {"title": "Früher", "notes": "Davor"})
    with workspace.registry.reading() as session:
        wanted = {"title": "Meine Fassung", "purpose": "Bürgerinnen und Bürger informieren"}
        overtaken = compare(session, Edit(CHANNELS, before, wanted, workspace.today()))
    assert overtaken is not None
    return opened(driver, ConflictDialog(workspace, overtaken, driver.window))


def _chosen(driver: Driver, key: str) -> Any:
    """Return the record that is chosen on a page, as it was opened."""
    page = open_page(driver, key)
    driver.wait(lambda: page.detail._sheet is not None, "a record is chosen")
    return page.detail._sheet.opened


def _find(driver: Driver) -> QWidget:
    dialog = _command("find_anything")(driver)
    driver.type(driver.find(QWidget, "find-box"), "Stadt")
    settle(driver)
    return dialog


DIALOGS: dict[str, Enter] = {
    "who": _command("say_who"),
    "add-channel": _command("add_channel"),
    "report": _command("make_report"),
    "council-answers": _command("answer_council"),
    "about": _command("show_about"),
    "keys": _command("show_keys"),
    "export": _export,
    "save-view": _save_view,
    "columns": _columns,
    "import": _import,
    "bug": _bug,
    "restore": _restore,
    "approve": _of_channel("approve", "ApproveDialog", several=True),
    "change-address": _of_channel("change_address", "ChangeAddressDialog"),
    "close-channel": _of_channel("close_channel", "CloseChannelDialog"),
    "last-post": _of_channel("last_post", "LastPostDialog"),
    "grant-access": _of_channel("grant_access", "GrantAccessDialog", several=True),
    "enter-reason": _of_channel("enter_reason", "EnterReasonDialog", several=True),
    "change-state": _change("ChangeState"),
    "change-unit": _change("ChangeUnit"),
    "change-tags": _change("ChangeTags"),
    "assign-person": _assign,
    "waive": _waive,
    "withdraw-access": _withdraw,
    "set-successor": _successor,
    "add-person": _add_person,
    "add-unit": _add_unit,
    "move-unit": _move_unit,
    "conflict": _conflict,
    "find-anything": _find,
    "leaving": _leaving,
    "hand-on": _hand_on,
    "own platform": _platform(None),
    "known platform": _platform("facebook"),
    **LOGIN_DIALOGS,
    **KEY_CARD_DIALOGS,
    **HANDOVER_DIALOGS,
    **NEW_HANDOVER,
    **ASSET_DIALOGS,
    **ASSET_LOOK_DIALOGS,
    **PRIVACY_DIALOGS,
}
