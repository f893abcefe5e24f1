"""The last day of a leaver at two windows with planted secrets, and what people do at the windows besides."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QPushButton

from core.custody.handover.listing import HandoverDetail
from core.custody.handover.possible import Doing
from core.custody.recovery import new_recovery_key, put_in_force
from core.model import CredentialKind, ItemState
from gui.dialogs.handover_arriving import ArrivingDialog
from gui.dialogs.handover_record import HandoverRecordDialog
from gui.dialogs.handover_saving import SaveHandoverFilesDialog
from gui.dialogs.handover_thing import ThingDialog
from tests.journeys.canary_keys import Sought
from tests.journeys.handing_over import OLD, HandoverSeat
from tests.journeys.last_day import LastDay, held, walk_through

HALF_DONE = "Instagram"


def planted_for(sought: Sought) -> dict[str, str]:
    """Return a planted password for each login."""
    return {name: sought.take(CredentialKind.PASSWORD) for name in OLD}


def walk(day: LastDay, sought: Sought) -> None:
    """Hand over all of it, with a recovery key in the safe; then look back, make up for something, and keep papers."""
    day.half_done = HALF_DONE
    key = new_recovery_key()
    put_in_force(day.max.custodian, key.recipient, place="Tresor")
    sought.note_age(key.private)
    walk_through(day)
    close_all(day.max)
    for seat, other in zip(day.both, day.both[::-1], strict=True):
        look_at_things(day, seat)
        save_again(seat, other, day.folder / f"again-{seat.name}.aussage")
        keep_record(seat, day.folder / f"of-{seat.name}.protokoll")
        sought.note_identity(seat.custodian)
    made = held(day.max)
    assert made.keys() == day.old.keys()
    assert not set(made.values()) & set(day.old.values())
    sought.texts += made.values()


def the_handover(seat: HandoverSeat) -> HandoverDetail:
    """Choose the one handover on the page."""
    page = seat.handovers
    assert page.read is not None
    page.show_record(page.read.rows[0].id)
    seat.desk.settle()
    read = page.acts._read
    assert read is not None
    return read.detail


def look_at_things(day: LastDay, seat: HandoverSeat) -> None:
    """Open the checklist of each thing; whoever took it over makes up for what was open."""
    for item in the_handover(seat).items:
        assert item.state is ItemState.CLOSED
        seat.handovers.acts.show_thing(item)
        seat.desk.settle()
        dialog = seat.dialog(ThingDialog)
        assert (dialog.later is not None) is (seat is day.max and item.label == HALF_DONE)
        if dialog.later is not None:
            seat.click(seat.find(dialog, QPushButton, "recovery=yes"))
        seat.click(dialog.primary)


def save_again(seat: HandoverSeat, other: HandoverSeat, target: Path) -> None:
    """Save all that somebody signed once more, as one letter; the other one opens it, and nothing changes."""
    seat.handovers.acts.take(Doing.SAVE_FILES)
    seat.desk.settle()
    dialog = seat.dialog(SaveHandoverFilesDialog)
    for one in dialog.things.checks.values():
        one.box.setChecked(True)
    seat.choose_target(target)
    seat.click(dialog.saving if dialog.saving.isVisible() else dialog.primary)
    assert target.read_text("utf-8").count("-----BEGIN") > 1
    opened = other.open_files(target)
    assert opened.messages.text == "This was taken in before. Nothing changes."
    other.click(opened.primary)
    close_all(other)


def close_all(seat: HandoverSeat) -> None:
    """Close what says that it is done."""
    for dialog in seat.window.findChildren(ArrivingDialog):
        dialog.reject()
    seat.desk.settle()


def keep_record(seat: HandoverSeat, target: Path) -> None:
    """Save the record, and look at its file."""
    seat.choose_target(target)
    seat.handovers.acts.take(Doing.RECORD)
    seat.desk.settle()
    seat.close_dialog(seat.drop(target, HandoverRecordDialog))
