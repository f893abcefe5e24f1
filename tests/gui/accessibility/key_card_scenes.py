"""The page of the key cards in its states, and the dialogs about them; no keyring is asked for anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from core.custody.identity.cards import Card, Owner, make_card
from core.custody.identity.circle import Listed, Standing
from core.custody.identity.keys import Keys, new_seed
from core.custody.identity.listing import CardRow
from core.custody.identity.pins import Pin
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.statements import Said, make_statement
from core.model import VerifiedBy
from gui.key_cards import CardsRead, Locked
from tests.gui.accessibility.going import open_page, opened, settle
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
REGISTRY = str(UUID(int=3))
ERIKA, MAX, LISA = UUID(int=11), UUID(int=12), UUID(int=13)
MADE = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
WORDS = ("Regenbogen", "Zaunpfahl", "Kranich", "Briefwaage", "Lampion", "Straßenbahn")


@cache
def card_of(person: UUID, name: str, device: str, store: int) -> Card:
    """Return a card that was made for a scene."""
    return make_card(Owner(REGISTRY, person, name, device, UUID(int=store)), Keys(new_seed()), MADE)


def _cards() -> tuple[Card, ...]:
    return (
        card_of(ERIKA, "Erika Mustermann", "PC-114", 1),
        card_of(ERIKA, "Erika Mustermann", "Notebook-07", 2),
        card_of(MAX, "Max Mustermann", "PC-120", 3),
        card_of(LISA, "Lisa Musterfrau", "PC-131", 4),
        card_of(LISA, "Lisa Musterfrau", "PC-098", 5),
        card_of(MAX, "Max Mustermann", "PC-077", 6),
        card_of(MAX, "Max Mustermann", "", 7),
    )


def cards_read() -> CardsRead:
    """Return a reading with a card in every state."""
    own, second, max_, lisa, revoked, replaced, broken = _cards()
    rows = (
        _row(own, Standing.OWN, ("Lisa Musterfrau", "Max Mustermann")),
        _row(second, Standing.NO, ()),
        _row(max_, Standing.NO, ("Lisa Musterfrau",)),
        replace(_row(lisa, Standing.WORDS, ("Erika Mustermann",)), head=True),
        replace(_row(revoked, Standing.NO, ()), head=True, revoked=date(2026, 11, 20)),
        replace(_row(replaced, Standing.CERTIFICATE, ()), replaced=True),
        replace(_row(broken, Standing.NO, ()), problem=Refusal.NOT_CANONICAL.value, created=None),
    )
    cards = {one.fingerprint: Listed(one, None, None) for one in _cards()[:-1]}
    return CardsRead(rows, cards, me=ERIKA, own=own.fingerprint, head=LISA, heads=frozenset({lisa.fingerprint}))


def _row(card: Card, verified: Standing, told: tuple[str, ...]) -> CardRow:
    return CardRow(
        card.person,
        card.name,
        card.device,
        card.store,
        card.fingerprint,
        card.created,
        verified,
        told,
        head=False,
        revoked=None,
        replaced=False,
    )


def _page(reading: Callable[[], CardsRead | Locked], chosen: int = 0) -> Enter:
    def enter(driver: Driver) -> QWidget:
        page, read = open_page(driver, "key-cards"), reading()
        page.show_read(read)
        if isinstance(read, CardsRead) and read.rows:
            page.choose(read.rows[chosen].fingerprint)
        settle(driver)
        return driver.window

    return enter


KEY_CARDS: dict[str, Enter] = {
    "key cards, one's own": _page(cards_read),
    "key cards, not verified": _page(cards_read, 2),
    "key cards, head of press": _page(cards_read, 3),
    "key cards, revoked": _page(cards_read, 4),
    "key cards, damaged": _page(cards_read, 6),
    "key cards, none": _page(CardsRead),
    "key cards, locked": _page(lambda: Locked(3)),
}


def _dialog(make: Callable[[Any, QWidget], QDialog], then: Callable[[Any], object] = lambda _dialog: None) -> Enter:
    """Open a dialog made with the workspace and the window; what it asked the keyring for has been refused by then."""

    def enter(driver: Driver) -> QWidget:
        open_page(driver, "key-cards")
        dialog: Any = opened(driver, make(driver.sitting.workspace, driver.window))
        then(dialog)
        settle(driver)
        return dialog  # type: ignore[no-any-return]

    return enter


def _verify(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.verify_card import VerifyCardDialog

    return VerifyCardDialog(workspace, _cards()[2], window)


def _ready(dialog: Any) -> None:
    from gui.dialogs.verify_card import Ready

    dialog.messages.clear()
    dialog.show_ready(Ready(WORDS, _cards()[0]))


def _reading(dialog: Any) -> None:
    _ready(dialog)
    dialog.decide()


def _typing(dialog: Any) -> None:
    _ready(dialog)
    dialog.show_numbers((5, 2))
    dialog.messages.show_message(RefusedError(Refusal.WRONG_WORDS).sentence)


def _verified(dialog: Any) -> None:
    _ready(dialog)
    dialog.show_verified(Pin(_cards()[2].fingerprint, VerifiedBy.WORDS, date(2026, 11, 23), head=True))


def _revoke(own: bool) -> Callable[[Any, QWidget], QDialog]:
    def make(workspace: Any, window: QWidget) -> QDialog:
        from gui.dialogs.revoke_card import RevokeCardDialog

        return RevokeCardDialog(workspace, _cards()[0 if own else 1], window, own=own)

    return make


def _revoked(dialog: Any) -> None:
    own, second, *_others = _cards()
    dialog.show_revoked(make_statement(Said.REVOKED, second, own, Keys(new_seed()), MADE), 3)


def _renew(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.renew_card import RenewCardDialog

    return RenewCardDialog(workspace, window)


def _show(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.show_card import ShowCardDialog

    return ShowCardDialog(workspace, _cards()[0], window, own=True)


def _take_in(said: Said) -> Callable[[Any, QWidget], QDialog]:
    def make(workspace: Any, window: QWidget) -> QDialog:
        from gui.dialogs.take_in_statement import TakeInStatementDialog

        statement = make_statement(said, _cards()[2], _cards()[3], Keys(new_seed()), MADE)
        return TakeInStatementDialog(workspace, statement, window)

    return make


KEY_CARD_DIALOGS: dict[str, Enter] = {
    "verify-card": _dialog(_verify),
    "verify-card begun": _dialog(_verify, _ready),
    "verify-card reading": _dialog(_verify, _reading),
    "verify-card typing": _dialog(_verify, _typing),
    "verify-card verified": _dialog(_verify, _verified),
    "revoke-card": _dialog(_revoke(own=False)),
    "revoke-card own": _dialog(_revoke(own=True)),
    "revoke-card done": _dialog(_revoke(own=False), _revoked),
    "renew-card": _dialog(_renew),
    "show-card": _dialog(_show),
    "take-in-certificate": _dialog(_take_in(Said.CERTIFIED)),
    "take-in-revocation": _dialog(_take_in(Said.REVOKED)),
}
