"""The settings of the escrow in every state, and its dialogs; no keyring is asked for anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from core.custody.escrow.drill import Drilled, LastDrill
from core.custody.escrow.handing import HalfOpened
from core.custody.escrow.opening import Opened, TakenOver
from core.custody.escrow.standing import Fault, Flaw, Standing
from core.custody.escrow.status import EscrowStatus, HolderRow, HolderState
from core.i18n import _
from core.inventory.narrowing import Where
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
NAME, LABEL, DAY = "Erika Mustermann", "Facebook-Konto der Redaktion", date(2026, 3, 12)


def _row(number: int, name: str | None, state: HolderState = HolderState.IN_FORCE) -> HolderRow:
    person = UUID(int=number) if name else None
    return HolderRow(UUID(int=number), person, name, None if name else "Stadtnetz", DAY, state, 12)


def _secret(number: int, *flaws: Flaw, sealed: bool = True) -> Standing:
    return Standing(UUID(int=number), LABEL, DAY, 1, 1, flaws, sealed)


NOTHING = EscrowStatus(1, (), (_secret(1, sealed=False),), (), (), drill_on=False, drill=None)
GOOD = EscrowStatus(
    2, (_row(1, None), _row(2, NAME)), (_secret(1),), (), (), drill_on=True, drill=LastDrill(DAY, 12, 0)
)
WRONG = replace(
    GOOD,
    needed=1,
    holders=(
        *GOOD.holders,
        _row(3, NAME, HolderState.LEFT),
        _row(4, NAME, HolderState.REVOKED),
    ),
    secrets=(_secret(1), _secret(2, Flaw(Fault.OLDER)), _secret(3, sealed=False)),
    damaged=(LABEL,),
    drill=LastDrill(DAY, 11, 1),
)


def _section(status: EscrowStatus, *, working: bool = False) -> Enter:
    def enter(driver: Driver) -> QWidget:
        page = open_page(driver, "settings")
        page.show_where(Where("", {"section": "escrow"}))
        settle(driver)
        page.escrow.show_status(status)
        page.escrow._wait(working)
        settle(driver)
        return driver.window

    return enter


ESCROW: dict[str, Enter] = {
    "escrow without anybody": _section(NOTHING),
    "escrow in order": _section(GOOD),
    "escrow in disorder": _section(WRONG),
    "escrow at work": _section(WRONG, working=True),
}


def _name(driver: Driver) -> QWidget:
    from gui.dialogs.name_holder import NameHolderDialog

    open_page(driver, "settings")
    return opened(driver, NameHolderDialog(driver.sitting.workspace, driver.window))


def _drill(driver: Driver) -> QWidget:
    from gui.dialogs.escrow_drill import EscrowDrillDialog

    open_page(driver, "settings")
    return opened(driver, EscrowDrillDialog(driver.sitting.workspace, driver.window))


def _drilled(driver: Driver) -> QWidget:
    dialog: Any = _drill(driver)
    dialog._tried(Drilled(11, [LABEL], 12, finished=False))
    settle(driver)
    return dialog  # type: ignore[no-any-return]


def _open(driver: Driver) -> QWidget:
    from gui.dialogs.open_envelope import OpenEnvelopeDialog

    open_page(driver, "settings")
    return opened(driver, OpenEnvelopeDialog(driver.sitting.workspace, driver.window))


def _open_all(driver: Driver) -> QWidget:
    dialog: Any = _open(driver)
    dialog.what.setCurrentIndex(1)
    settle(driver)
    return dialog  # type: ignore[no-any-return]


def _outcome(outcome: Callable[[], Any]) -> Enter:
    def enter(driver: Driver) -> QWidget:
        dialog: Any = _open(driver)
        dialog._opened(outcome())
        settle(driver)
        return dialog  # type: ignore[no-any-return]

    return enter


ESCROW_DIALOGS: dict[str, Enter] = {
    "name-holder": _name,
    "escrow-drill": _drill,
    "escrow-drilled": _drilled,
    "open-envelope": _open,
    "open-envelopes": _open_all,
    "opened-envelope": _outcome(lambda: Opened(LABEL, prepared=True)),
    "half-opened-envelope": _outcome(lambda: HalfOpened(LABEL, b"", UUID(int=1), NAME)),
    "opened-envelopes": _outcome(
        lambda: TakenOver([LABEL], [(LABEL, _("Your keyring keeps this secret already. Nothing was opened."))])
    ),
}
