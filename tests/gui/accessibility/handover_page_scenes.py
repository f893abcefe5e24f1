"""The page of the handovers in its states, and the assistant step by step; no keyring is asked for anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from core.custody.handover.fetching import Letter
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.listing import HandoverDetail, ItemRow, StepRow
from core.custody.handover.possible import possible_steps
from core.custody.handover.proposing import Suggestion
from core.custody.handover.reading import recognise_file, told_by
from core.custody.handover.turns import Turn
from core.model import Act, ItemKind, ItemState, Occasion, Way
from gui.handover_folder import about_folder
from gui.handover_plan import Between, Plan
from gui.handovers import DetailRead, HandoversRead
from tests.gui.accessibility.going import open_page, opened, settle
from tests.gui.accessibility.handover_scenes import (
    DAY,
    DUTY,
    HANDOVER,
    LOGIN,
    NAMES,
    RESET,
    ROLE,
    _detail,
    confirmation,
)
from tests.gui.accessibility.key_card_scenes import ERIKA, MAX, card_of
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
NEXT = f"{NAMES[ERIKA]} seals the secret for {NAMES[MAX]} and sends the file."
_GIVER: dict[str, Any] = {"turn": Turn.GIVER, "turn_id": ERIKA, "turn_name": NAMES[ERIKA]}
ITEMS = (
    replace(LOGIN, next=NEXT, **_GIVER),
    replace(RESET, state=ItemState.CONFIRMED, next=NEXT, still_open=("recovery", "tokens-removed"), **_GIVER),
    replace(ROLE, next=NEXT),
    replace(DUTY, state=ItemState.CLOSED, turn_id=None, next="Alles erledigt."),
)


def _handover(*items: ItemRow, open_items: int, occasion: Occasion = Occasion.LEAVING) -> HandoverDetail:
    made = _detail(*items)
    states = {one: sum(item.state is one for item in items) for one in {item.state for item in items}}
    turns = {item.turn_id: item.turn_name for item in items if item.turn_id is not None}
    row = replace(made.row, open_items=open_items, states=states, turns=turns, occasion=occasion)
    asked = StepRow(Act.REQUEST, MAX, NAMES[MAX], "PC-120", AT, 1, "0" * 64)
    return replace(made, row=row, steps=(asked,), problems=(HandoverRefusal.ROLLED_BACK,))


def _read() -> tuple[HandoversRead, HandoverDetail]:
    detail = _handover(*ITEMS, open_items=3)
    over = replace(_handover(ITEMS[3], open_items=0).row, id=UUID(int=72), finished_on=DAY)
    other = replace(_handover(ITEMS[2], open_items=1, occasion=Occasion.COVER).row, id=UUID(int=73), until=DAY)
    return HandoversRead((detail.row, other, over), ERIKA), detail


def _page(me: UUID) -> Enter:
    """Show a handover as one of the two sees it; nothing of it is in the registry."""

    def enter(driver: Driver) -> QWidget:
        page = open_page(driver, "handovers")
        read, detail = _read()
        with QSignalBlocker(page.list):
            page.show_read(replace(read, me=me))
            page.list.show_all()
        page.show_detail(DetailRead(detail, possible_steps(detail, me, None), me))
        settle(driver)
        return driver.window

    return enter


def _empty(driver: Driver) -> QWidget:
    open_page(driver, "handovers").show_read(HandoversRead())
    settle(driver)
    return driver.window


def _arrived(*, gone: bool = False) -> Enter:
    """Show what two others have laid into the shared folder, or that it is gone."""

    def enter(driver: Driver) -> QWidget:
        _page(ERIKA)(driver)
        page: Any = driver.window.pages.page
        asked, card = (
            told_by(confirmation(), ERIKA),
            recognise_file(card_of(MAX, NAMES[MAX], "PC-120", 3).file_text.encode()),
        )
        letters = (Letter(MAX, NAMES[MAX], (asked, asked)), Letter(ERIKA, NAMES[ERIKA], (card,)))
        page.arrivals.show_letters(() if gone else letters, about_folder(Path("/srv/Übergaben"))[1] if gone else "")
        settle(driver)
        return driver.window

    return enter


def _thing(item: ItemRow) -> Enter:
    def enter(driver: Driver) -> QWidget:
        from gui.dialogs.handover_thing import ThingDialog, ThingRead

        open_page(driver, "handovers")
        _list, detail = _read()
        why = {item.id: "Wiederherstellung gehört der Pressestelle: die Nachfolge setzt ein eigenes Passwort."}
        read = DetailRead(detail, possible_steps(detail, ERIKA, None), ERIKA, why, compared=True)
        dialog: Any = opened(driver, ThingDialog(driver.sitting.workspace, item, read, driver.window))
        dialog.messages.clear()
        answers = {"login-seen": "2026-11-20", "sessions-ended": "yes", "recovery": "no", "second-factor": "not-there"}
        dialog.show_thing(ThingRead(detail.steps, answers, "https://instagram.com"))
        settle(driver)
        return dialog  # type: ignore[no-any-return]  # A dialog is looked at as what it is.

    return enter


HANDOVERS: dict[str, Enter] = {
    "handovers, my turn": _page(ERIKA),
    "handovers, something has arrived": _arrived(),
    "handovers, the folder is gone": _arrived(gone=True),
    "dialog handover thing": _thing(ITEMS[1]),
    "dialog handover thing of another": _thing(ITEMS[2]),
    "handovers, the other's turn": _page(MAX),
    "handovers, none": _empty,
}


def _suggestions() -> tuple[Suggestion, ...]:
    reset = "Wiederherstellung gehört der Pressestelle: die Nachfolge setzt ein eigenes Passwort."
    return (
        Suggestion(ItemKind.CREDENTIAL, UUID(int=81), "Instagram", Way.RESET, reset, (Way.RESET, Way.SEALED), 1),
        Suggestion(ItemKind.CREDENTIAL, UUID(int=82), "Umschlag", Way.DUTY, "Liegt im Umschlag.", (Way.DUTY,)),
        Suggestion(ItemKind.ACCESS, UUID(int=83), "Facebook", None, "Wird schon übergeben."),
        Suggestion(
            ItemKind.RESPONSIBILITY, UUID(int=84), "Aufsicht: Facebook", Way.DUTY, "Sagt es selbst.", (Way.DUTY,)
        ),
    )


def _assistant(then: Callable[[Any], object]) -> Enter:
    def enter(driver: Driver) -> QWidget:
        from gui.dialogs.new_handover import NewHandoverDialog

        open_page(driver, "handovers")
        dialog: Any = opened(driver, NewHandoverDialog(driver.sitting.workspace, None, driver.window))
        then(dialog)
        settle(driver)
        return dialog  # type: ignore[no-any-return]  # A dialog is looked at as what it is.

    return enter


def _planned(dialog: Any) -> None:
    dialog._between = Between(ERIKA, MAX, Occasion.LEAVING, None)
    dialog._show_suggestions(Plan(NAMES[ERIKA], NAMES[MAX], _suggestions()))


def _shared_out(dialog: Any) -> None:
    dialog._between = Between(ERIKA, MAX, Occasion.LEAVING, None)
    others = ((UUID(int=91), "Lisa Musterfrau"),)
    dialog._show_suggestions(Plan(NAMES[ERIKA], NAMES[MAX], _suggestions(), others, ERIKA))
    dialog.list.takers[3].setCurrentIndex(1)


def _shared_out_summed_up(dialog: Any) -> None:
    _shared_out(dialog)
    dialog.decide()


def _summed_up(dialog: Any) -> None:
    _planned(dialog)
    dialog.list.ticks[0].setChecked(False)
    dialog.decide()


def _begun(dialog: Any) -> None:
    _summed_up(dialog)
    dialog.show_begun(HANDOVER)


def _cover(dialog: Any) -> None:
    dialog.occasion.show_value(Occasion.COVER)
    dialog.occasion.edited.emit()


NEW_HANDOVER: dict[str, Enter] = {
    "new-handover": _assistant(lambda _dialog: None),
    "new-handover cover": _assistant(_cover),
    "new-handover what": _assistant(_planned),
    "new-handover to several": _assistant(_shared_out),
    "new-handover to several next": _assistant(_shared_out_summed_up),
    "new-handover next": _assistant(_summed_up),
    "new-handover begun": _assistant(_begun),
}
