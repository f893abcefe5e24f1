"""What comes next with one thing of a handover: a sentence that names who does it, and one for whom it speaks to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from core.custody.handover.item_course import ItemCourse
from core.custody.handover.turns import Turn
from core.i18n import N_, _, show_date
from core.model import ItemState, Way

_REQUESTED = {
    Way.SEALED: N_("{giver} seals the secret for {taker} and sends the file."),
    Way.COPY: N_("{giver} seals a copy for {taker} and sends the file."),
    Way.MOVE: N_("{giver} seals the secret at the computer that has it, for the new one."),
    Way.RESET: N_("{taker} sets a new password by the recovery address and confirms it."),
    Way.ROLE: N_("{giver} gives {taker} the role on the platform; {taker} signs in and confirms it."),
    Way.DUTY: N_("{taker} says that they take it over."),
}
_CONFIRMED = {
    Way.ROLE: N_("{giver} gives the own role back on the platform and releases it."),
}
_FINISHED = {
    ItemState.CLOSED: N_("Nothing is open any more."),
    ItemState.REFUSED: N_("{taker} has refused it. It stays with {giver}."),
    ItemState.WITHDRAWN: N_("{giver} has withdrawn it. It stays with {giver}."),
    ItemState.EXPIRED: N_("The sealed file was not opened in time. It stays with {giver}."),
    ItemState.SUPERSEDED: N_("The head of press has ended it, because a computer or a key was lost."),
}
_CHANGED = {
    ItemState.REFUSED: N_("{taker} has refused it. The secret left the house: {giver} changes it."),
    ItemState.WITHDRAWN: N_("{giver} has withdrawn it. The secret left the house: {giver} changes it."),
    ItemState.EXPIRED: N_("The sealed file was not opened in time. The secret left the house: {giver} changes it."),
    ItemState.SUPERSEDED: N_("The head of press has ended it. The secret left the house and is to be changed."),
}

_OWN_REQUESTED: Mapping[tuple[Way, Turn], str] = {
    (Way.SEALED, Turn.GIVER): N_("Seal the secret for {taker} and send the file."),
    (Way.COPY, Turn.GIVER): N_("Seal a copy for {taker} and send the file."),
    (Way.MOVE, Turn.GIVER): N_("Seal the secret at the computer that has it, for the new one."),
    (Way.RESET, Turn.TAKER): N_("Set a new password by the recovery address and confirm it."),
    (Way.ROLE, Turn.GIVER): N_("Grant {taker} the role on the platform."),
    (Way.ROLE, Turn.TAKER): N_("Wait until {giver} has granted you the role; then sign in and confirm it."),
    (Way.DUTY, Turn.TAKER): N_("Confirm that you take it over."),
}
_OWN_FINISHED: Mapping[tuple[ItemState, Turn], str] = {
    (ItemState.REFUSED, Turn.TAKER): N_("You have refused it. It stays with {giver}."),
    (ItemState.REFUSED, Turn.GIVER): N_("{taker} has refused it. It stays with you."),
    (ItemState.WITHDRAWN, Turn.GIVER): N_("You have withdrawn it. It stays with you."),
    (ItemState.EXPIRED, Turn.GIVER): N_("The sealed file was not opened in time. It stays with you."),
}
_OWN_CHANGED: Mapping[tuple[ItemState, Turn], str] = {
    (ItemState.REFUSED, Turn.TAKER): N_("You have refused it. The secret left the house: {giver} changes it."),
    (ItemState.REFUSED, Turn.GIVER): N_("{taker} has refused it. The secret left the house: please change it."),
    (ItemState.WITHDRAWN, Turn.GIVER): N_("You have withdrawn it. The secret left the house: please change it."),
    (ItemState.EXPIRED, Turn.GIVER): N_(
        "The sealed file was not opened in time. The secret left the house: please change it."
    ),
}


def next_sentence(one: ItemCourse, names: Mapping[str, str], *, acting: str | None, until: date | None) -> str:
    """Say what comes next.

    Args:
        one: How far the thing is.
        names: What "giver" and "taker" are called.
        acting: The head of press, where they act for somebody who has left.
        until: The last day of a cover.
    """
    if acting is not None and one.state is ItemState.CONFIRMED:
        return _("{head} closes it as head of press, because {giver} is not there any more.").format(
            head=acting, giver=names["giver"]
        )
    if acting is not None and one.is_open:
        return _("Somebody who has left was to act. {head} decides as head of press how it goes on.").format(
            head=acting
        )
    day = show_date(one.expires_on) if one.expires_on is not None else ""
    return _(_source(one, until)).format(**names, day=day, until=show_date(until) if until is not None else "")


def own_sentences(
    one: ItemCourse, acting: Mapping[Turn, tuple[UUID, UUID]], names: Mapping[str, str], until: date | None
) -> dict[UUID, str]:
    """Say the same to those who have something to do, or to know of their own.

    Args:
        one: How far the thing is.
        acting: Each of the two, and who acts for them: the head of press for somebody who has left.
        names: What "giver" and "taker" are called.
        until: The last day of a cover.

    Returns:
        The sentences, by person.
    """
    said = dict[UUID, str]()
    day, last = show_date(one.expires_on) if one.expires_on else "", show_date(until) if until else ""
    for turn, (person, actor) in acting.items():
        source = _own_source(one, turn, until)
        if source and actor != person and turn is one.turn:
            source = _of_head(one)
        if source and (actor not in said or turn is one.turn):
            said[actor] = _(source).format(**names, day=day, until=last)
    return said


def _of_head(one: ItemCourse) -> str:
    """Return what is said to the head of press, who acts for somebody who has left."""
    if one.state is ItemState.CONFIRMED:
        return N_("Close it as head of press, because {giver} is not there any more.")
    return N_("Somebody who has left was to act. Decide as head of press how it goes on.")


def _own_source(one: ItemCourse, turn: Turn, until: date | None) -> str:
    """Return the source text of what is said to one of the two, nothing where somebody else acts."""
    if one.state is ItemState.REQUESTED:
        return _OWN_REQUESTED.get((one.way, turn), "")
    if one.turn is Turn.NOBODY:
        return (_OWN_CHANGED if one.sealed_on else _OWN_FINISHED).get((one.state, turn), "")
    return _own_open(one, until) if turn is one.turn else ""


def _own_open(one: ItemCourse, until: date | None) -> str:
    match one.state:
        case ItemState.PLANNED:
            return N_("Look at the proposal and agree to it.")
        case ItemState.SEALED:
            return N_("Open the sealed file, by {day} at the latest.")
        case ItemState.OPENED if one.way is Way.COPY:
            return N_("Give the copy back after {until}.") if until else ""
        case ItemState.OPENED:
            return N_("Set a new secret on the platform and confirm it.")
        case ItemState.ROTATING:
            return N_("Set the prepared secret on the platform, sign in with it and confirm it.")
        case ItemState.CONFIRMED if one.way is Way.ROLE:
            return N_("Give your own role back on the platform and release it.")
        case ItemState.CONFIRMED:
            return N_("Release it; then your old copy is removed.")
        case _:
            return ""


def _source(one: ItemCourse, until: date | None) -> str:
    """Return the source text of the sentence."""
    match one.state:
        case ItemState.PLANNED:
            return N_("{taker} accepts the proposal and asks for it.")
        case ItemState.REQUESTED:
            return _REQUESTED[one.way]
        case ItemState.SEALED:
            return N_("{taker} opens the sealed file, by {day} at the latest.")
        case ItemState.OPENED if one.way is Way.COPY:
            return N_("{taker} gives the copy back after {until}.") if until else N_("Nothing is open any more.")
        case ItemState.OPENED:
            return N_("{taker} sets a new secret on the platform and confirms it.")
        case ItemState.ROTATING:
            return N_("{taker} has prepared a new secret, sets it on the platform, signs in and confirms it.")
        case ItemState.CONFIRMED:
            return _CONFIRMED.get(one.way, N_("{giver} releases it, and the old copy is removed."))
        case ItemState.CLOSED if one.still_open:
            return N_("It is handed over; something of it is still to be made up for.")
        case _:
            return _CHANGED.get(one.state, _FINISHED[ItemState.CLOSED]) if one.sealed_on else _FINISHED[one.state]
