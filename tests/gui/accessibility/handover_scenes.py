"""The steps of a handover as dialogs, in each state; no keyring is asked for anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QDialog, QWidget

from core.custody.handover.arriving import Arrived
from core.custody.handover.formats.abouts import cards_text, new_nonce
from core.custody.handover.formats.items import Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Matter, Signer, Statement, make_statement
from core.custody.handover.lacking import Difference, Lacking
from core.custody.handover.listing import HandoverDetail, HandoverRow, ItemRow
from core.custody.handover.possible import Doing, Possible
from core.custody.handover.reading import Found, told_by
from core.custody.handover.record.record import record_of
from core.custody.handover.record.record_file import make_record_file
from core.custody.handover.record.record_flaws import Found as FoundWrong
from core.custody.handover.record.record_flaws import RecordFlaw
from core.custody.handover.record.record_known import Known
from core.custody.handover.record.verifying_record import Verified, unsaid_of
from core.custody.handover.turns import Turn
from core.custody.identity.cards import Owner, make_card
from core.custody.identity.keys import Keys, new_seed
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.model import Act, CredentialKind, ItemKind, ItemState, Occasion, Way
from gui.handover_files import bundle_file, statement_file
from tests.gui.accessibility.going import open_page, opened, settle
from tests.gui.accessibility.key_card_scenes import ERIKA, MADE, MAX, REGISTRY, card_of
from tests.gui.accessibility.login_scenes import SECRET
from tests.journeys.driver import Driver

Enter = Callable[[Driver], QWidget]
HANDOVER, DAY, NONCE = UUID(int=71), date(2026, 11, 20), new_nonce()
NAMES = {ERIKA: "Erika Mustermann", MAX: "Max Mustermann"}
PAGE = "https://accountscenter.instagram.com/password_and_security/password/change/"


@cache
def _signer(person: UUID) -> Signer:
    keys, is_erika = Keys(new_seed()), person == ERIKA
    owner = Owner(REGISTRY, person, NAMES[person], "PC-114" if is_erika else "PC-120", UUID(int=1 if is_erika else 3))
    return Signer(make_card(owner, keys, MADE), keys, 1, "", MADE)


def _item(number: int, kind: ItemKind, way: Way, state: ItemState, label: str) -> ItemRow:
    turn = (Turn.TAKER, MAX, NAMES[MAX], "")
    return ItemRow(kind, UUID(int=number), label, way, state, DAY, *turn, 1, None, None, ())


LOGIN = _item(81, ItemKind.CREDENTIAL, Way.SEALED, ItemState.REQUESTED, "Verteiler der Pressestelle")
RESET = _item(82, ItemKind.CREDENTIAL, Way.RESET, ItemState.REQUESTED, "Instagram")
ROLE = _item(83, ItemKind.ACCESS, Way.ROLE, ItemState.REQUESTED, "Facebook")
DUTY = _item(84, ItemKind.RESPONSIBILITY, Way.DUTY, ItemState.REQUESTED, "Facebook")
ITEMS = (LOGIN, RESET, ROLE, DUTY)


def _detail(*items: ItemRow) -> HandoverDetail:
    people, count = (ERIKA, NAMES[ERIKA], MAX, NAMES[MAX]), len(items)
    row = HandoverRow(HANDOVER, *people, Occasion.LEAVING, DAY, DAY, None, count, count, {}, DAY, {})
    return HandoverDetail(row, items, (), ())


def _say(act: Act, about: dict[str, Any], by: UUID = MAX, items: tuple[ItemRow, ...] = ITEMS) -> Statement:
    """Return a statement by one of the two."""
    told = [Told(one.kind, one.id, one.way, one.revision_before, one.label) for one in items]
    return make_statement(act, Matter(REGISTRY, HANDOVER, ERIKA, MAX), told, about, _signer(by))


def _proposal() -> Statement:
    return _say(Act.PROPOSAL, {"occasion": "leaving", "until": None}, ERIKA)


def confirmation() -> Statement:
    """Return a confirmation of all things."""
    return _say(Act.CONFIRMATION, {})


def _step(module: str, kind: str, doing: Doing, *items: ItemRow) -> Callable[[Any, QWidget], QDialog]:
    """Return what makes the dialog of a step."""

    def make(workspace: Any, window: QWidget) -> QDialog:
        import importlib

        made = getattr(importlib.import_module(f"gui.dialogs.handover_{module}"), kind)
        return made(workspace, Possible(doing, items), _detail(*items), window)  # type: ignore[no-any-return]

    return make


def _dialog(make: Callable[[Any, QWidget], QDialog], then: Callable[[Any], object] = lambda _dialog: None) -> Enter:
    """Open a dialog; what it asked keyring and registry for has been refused by then."""

    def enter(driver: Driver) -> QWidget:
        open_page(driver, "key-cards")
        dialog: Any = opened(driver, make(driver.sitting.workspace, driver.window))
        dialog.messages.clear()
        then(dialog)
        settle(driver)
        return dialog  # type: ignore[no-any-return]

    return enter


def _change(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.handover_change import HandoverChangeDialog

    return HandoverChangeDialog(workspace, RESET, _detail(RESET), window)


def _change_sealed(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.handover_change import HandoverChangeDialog

    item = replace(RESET, way=Way.SEALED)
    return HandoverChangeDialog(workspace, item, _detail(item), window)


def _login(
    kind: CredentialKind, prepared: int | None, page: str | None = PAGE, *, old: int | None = None
) -> Callable[[Any], None]:
    def show(dialog: Any) -> None:
        from gui.handover_login import LoginRead

        mail = "presse@musterstadt.example" if old is None else ""
        dialog.show_login(LoginRead(kind, "presse", page, prepared, old, mail, "https://www.instagram.com/musterstadt"))
        if old is not None:
            dialog.old.shown.reveal(Secret(SECRET))
        if prepared is not None:
            dialog.new.shown.reveal(Secret(SECRET))

    return show


def _proposed(dialog: Any) -> None:
    from gui.dialogs.handover_accept import Proposed

    dialog.show_proposed(Proposed(NAMES[ERIKA], _proposal().items))


def _addressed(*, verified: bool) -> Callable[[Any], None]:
    def show(dialog: Any) -> None:
        from gui.dialogs.handover_seal import Addressee

        dialog.show_addressees((Addressee(card_of(MAX, NAMES[MAX], "PC-120", 3), verified),))

    return show


def _sealed(dialog: Any) -> None:
    _addressed(verified=True)(dialog)
    told = ["1 → Max Mustermann"]
    dialog.show_done(told, [bundle_file(confirmation(), b"-")])


def _left_out(dialog: Any) -> None:
    _addressed(verified=True)(dialog)
    next(iter(dialog.things.checks.values())).box.setChecked(False)


def _arriving(*makers: Callable[[], Found]) -> Callable[[Any, QWidget], QDialog]:
    def make(workspace: Any, window: QWidget) -> QDialog:
        from gui.dialogs.handover_arriving import ArrivingDialog

        return ArrivingDialog(workspace, [make() for make in makers], window)

    return make


def _asked() -> Found:
    about = {"nonce": NONCE, "occasion": "leaving", "until": None, "cards": cards_text([_signer(MAX).card])}
    return told_by(_say(Act.REQUEST, about), ERIKA)


def _bundle() -> Found:
    from core.custody.handover.reading import recognise_file

    return recognise_file(b"-----BEGIN AGE ENCRYPTED FILE-----\n")


def _looked(dialog: Any) -> None:
    from gui.dialogs.handover_arriving import Looked

    missing = (Lacking("person", MAX, NAMES[MAX]), *(Lacking(one.kind.value, one.id, one.label) for one in ITEMS))
    differing = (Difference(RESET.id, "Instagram", "Login name", "presse", "stadt"),)
    dialog.show_looked([Looked(_asked(), missing, differing)])


def _proposed_file() -> Found:
    return told_by(_proposal(), MAX)


def _looked_several(dialog: Any) -> None:
    from gui.dialogs.handover_arriving import Looked

    dialog.show_looked([Looked(_asked(), is_known=True), Looked(_proposed_file(), is_known=True)])


def _unverified(dialog: Any) -> None:
    from gui.dialogs.handover_arriving import Looked

    dialog.show_looked([Looked(_asked(), unverified=_signer(MAX).card)])


def _swapped(dialog: Any) -> None:
    _looked(dialog)
    dialog.show_refused(RefusedError(HandoverRefusal.NOT_VERIFIED))


def _received(dialog: Any) -> None:
    from gui.dialogs.handover_arriving import _about_answer, _told

    told = _told([Arrived(_asked(), taken=True, answer=confirmation())])
    dialog.show_done(told, [statement_file(confirmation())], hint=_about_answer(NAMES[MAX]))


def _confirmed_by(*, verified: bool) -> Callable[[Any], None]:
    def show(dialog: Any) -> None:
        from gui.dialogs.handover_release import Confirmations

        card = card_of(MAX, NAMES[MAX], "PC-120", 3)
        doubted = frozenset() if verified else frozenset({RESET.id})
        pages = {ROLE.id: "https://facebook.com"}
        dialog.show_confirmations(Confirmations(None if verified else card, doubted, frozenset(), pages))
        dialog.paper.show_digest("Scan.pdf", "0f" * 32)

    return show


def _cards(dialog: Any) -> None:
    dialog.show_cards([card_of(MAX, NAMES[MAX], "PC-120", 3), card_of(ERIKA, NAMES[ERIKA], "PC-114", 1)])


def _saving(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.handover_saving import SaveHandoverFilesDialog

    return SaveHandoverFilesDialog(workspace, _detail(LOGIN), window)


def _record(workspace: Any, window: QWidget) -> QDialog:
    from gui.dialogs.handover_record import HandoverRecordDialog

    return HandoverRecordDialog(workspace, HANDOVER, window)


def _checked(*, fine: bool) -> Callable[[Any], None]:
    def show(dialog: Any) -> None:
        known = Known("Musterstadt", NAMES)
        file = make_record_file([_proposal()], known, _signer(ERIKA))
        record = record_of(file)
        found = () if fine else (FoundWrong(RecordFlaw.OTHER_NAME, 1), FoundWrong(RecordFlaw.UNREADABLE))
        dialog.show_checked(file, Verified(record, found, unsaid_of(record)))

    return show


_SEAL = _step("seal", "SealHandoverDialog", Doing.SEAL, LOGIN, RESET)
_RELEASE = _step("release", "ReleaseHandoverDialog", Doing.RELEASE, LOGIN, RESET, ROLE)
HANDOVER_DIALOGS: dict[str, Enter] = {
    "handover accept": _dialog(_step("accept", "AcceptHandoverDialog", Doing.ACCEPT, *ITEMS), _proposed),
    "handover seal": _dialog(_SEAL, _addressed(verified=True)),
    "handover seal unverified": _dialog(_SEAL, _addressed(verified=False)),
    "handover seal one of two": _dialog(_SEAL, _left_out),
    "handover sealed": _dialog(_SEAL, _sealed),
    "handover arriving": _dialog(_arriving(_asked), _looked),
    "handover arriving unverified": _dialog(_arriving(_asked), _unverified),
    "handover arriving refused": _dialog(_arriving(_asked), _swapped),
    "handover arriving sealed": _dialog(_arriving(_bundle)),
    "handover arriving several": _dialog(_arriving(_asked, _proposed_file), _looked_several),
    "handover received": _dialog(_arriving(_asked), _received),
    "handover change": _dialog(_change, _login(CredentialKind.PASSWORD, None)),
    "handover change by the platform": _dialog(_change, _login(CredentialKind.API_TOKEN, None)),
    "handover change prepared": _dialog(_change, _login(CredentialKind.PASSWORD, 2)),
    "handover change sealed": _dialog(_change_sealed, _login(CredentialKind.PASSWORD, 2, old=1)),
    "handover change without a page": _dialog(_change, _login(CredentialKind.PASSWORD, 2, None)),
    "handover confirm": _dialog(_step("confirm", "ConfirmHandoverDialog", Doing.CONFIRM, ROLE, DUTY)),
    "handover grant": _dialog(
        _step("grant", "GrantRolesDialog", Doing.GRANT, ROLE), lambda one: one.show_roles({ROLE.id: ("Facebook", PAGE)})
    ),
    "handover release": _dialog(_RELEASE, _confirmed_by(verified=True)),
    "handover release unverified": _dialog(_RELEASE, _confirmed_by(verified=False)),
    "handover return": _dialog(_step("return", "ReturnCopiesDialog", Doing.RETURN, LOGIN)),
    "handover refuse": _dialog(_step("ending", "EndHandoverDialog", Doing.REFUSE, *ITEMS)),
    "handover withdraw": _dialog(
        _step("ending", "EndHandoverDialog", Doing.WITHDRAW, replace(LOGIN, state=ItemState.SEALED))
    ),
    "handover close": _dialog(_step("heading", "CloseHandoverDialog", Doing.CLOSE, LOGIN, ROLE)),
    "handover supersede": _dialog(_step("heading", "SupersedeHandoverDialog", Doing.SUPERSEDE, LOGIN), _cards),
    "handover files": _dialog(_saving, lambda dialog: dialog.show_statements([confirmation(), _proposal()])),
    "handover record": _dialog(_record, _checked(fine=True)),
    "handover record with flaws": _dialog(_record, _checked(fine=False)),
}
