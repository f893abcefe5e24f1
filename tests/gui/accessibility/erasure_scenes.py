"""Erasing and keeping personal data: the dialogs, somebody whose data is kept or erased."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from core.governance.retention import Due
from core.i18n import _
from core.protection.erasure.beside.archived import NamingReport
from core.protection.erasure.emptied_fields import Emptied
from core.protection.erasure.mentions import Mention, Place
from core.protection.erasure.planning import ErasurePlan, Kept, Leaver, PlannedMention, out_of_reach, place_text
from core.protection.erasure.portraits import DuePortrait
from core.protection.extract.labels import label_of, noun
from gui.dialogs.erase_due import EraseDueDialog, Preview
from gui.dialogs.hold_data import HoldDataDialog
from gui.dialogs.restrict_data import RestrictDataDialog
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
ERIKA = Leaver(uuid4(), "Erika Mustermann", "Pressestelle", date(2022, 6, 30))
MAX = Leaver(uuid4(), "Max Mustermann", None, date(2022, 3, 31))
GABI = Leaver(uuid4(), "Gabi Mustermann", "Redaktion", date(2022, 5, 31))
OWN = ("given_name", "family_name", "email", "phone", "absent_until", "notes")


def _erase(driver: Driver) -> QWidget:
    return _erasing(driver, cut_short=False)


def _take_up(driver: Driver) -> QWidget:
    return _erasing(driver, cut_short=True)


def _erasing(driver: Driver, *, cut_short: bool) -> QWidget:
    dialog = EraseDueDialog(driver.sitting.workspace, driver.window)
    settle(driver)
    emptied = (Emptied(noun("person"), 2, tuple(label_of("person", key) for key in OWN)),)
    dialog._clear()
    dialog.show_preview(Preview(cut_short, _plan(), (*emptied, Emptied(noun("handover"), 1, ()))))
    return opened(driver, dialog)


def _plan() -> ErasurePlan:
    """Return a plan with something in each of its parts."""
    return ErasurePlan(
        today=date(2026, 11, 23),
        due=Due(people=(ERIKA.id, MAX.id)),
        people=(ERIKA, MAX),
        records={},
        mentions=tuple(_mention(sure=sure) for sure in (True, False) * 4),
        values=24,
        reports=(NamingReport(uuid4(), "2022Q2", "2022Q2.xlsx", "0" * 64),),
        files=("0" * 64,),
        copies=(Path("2026-11-22.kanal"), Path("2026-11-23.kanal")),
        kept=(Kept(GABI, _("Kept for a running case: {reason}").format(reason="4 K 17/26"), date(2027, 3, 31)),),
        out_of_reach=out_of_reach(),
        accounts=(_told_of_account(),),
        portraits=(DuePortrait(uuid4(), "Erika Mustermann 2026", "Erika Mustermann", date(2026, 10, 1)),),
        open_ends=(_told_of_channels(),),
    )


def _told_of_channels() -> str:
    told = _(
        "{name} still answers for {channels}. Choose “Hand on” at the person and say who does so now, before you erase."
    )
    return told.format(name="Erika Mustermann", channels="„Zoo“")


def _told_of_account() -> str:
    told = _(
        "The address of the account “{title}” ({address}) may name somebody. Have the account renamed or closed, and "
        "enter that here, before you erase: afterwards nobody can tell whose name it is."
    )
    return told.format(title="Die Bürgermeisterin", address="https://www.facebook.com/erika.mustermann")


def _mention(*, sure: bool) -> PlannedMention:
    found = "Erika Mustermann" if sure else "Mustermann"
    place = Place("channel", uuid4(), "notes" if sure else "purpose")
    return PlannedMention(Mention(place, sure, (found,), f"… {found} …", sure), place_text(place, {}))


def _hold(driver: Driver) -> QWidget:
    page = open_page(driver, "people")
    sheet = page.detail._sheet
    assert sheet is not None, "nobody is chosen"
    name = str(sheet.opened.listed["name"])
    return opened(driver, HoldDataDialog(driver.sitting.workspace, sheet.opened.id, name, driver.window))


def _restrict(driver: Driver) -> QWidget:
    page = open_page(driver, "people")
    sheet = page.detail._sheet
    assert sheet is not None, "nobody is chosen"
    name = str(sheet.opened.listed["name"])
    return opened(driver, RestrictDataDialog(driver.sitting.workspace, sheet.opened.id, name, driver.window))


def _held(driver: Driver) -> QWidget:
    """Show the line of somebody whose data a case keeps, and that of somebody who was erased."""
    rights = open_page(driver, "people").detail.rights
    told = _("Kept for a running case until {day}: {reason}")
    rights.keeping.show_severity("notice", told.format(day="31.12.2026", reason="4 K 17/26"))
    told = _("Erased on {day}: what named this person is gone, the function stays.")
    rights.erased.show_severity("notice", told.format(day="31.12.2026"))
    rights.keeping.show()
    rights.erased.show()
    settle(driver)
    return driver.window


ERASURE: dict[str, Enter] = {"people, held": _held}
ERASURE_DIALOGS: dict[str, Enter] = {
    "hold-data": _hold,
    "restrict-data": _restrict,
    "erase-due": _erase,
    "erase-due, cut short": _take_up,
}
