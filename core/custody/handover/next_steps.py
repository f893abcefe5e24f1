"""What comes next with one thing of a handover, in one sentence that names who does it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.custody.handover.item_course import ItemCourse
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
        case _:
            return _CHANGED.get(one.state, _FINISHED[ItemState.CLOSED]) if one.sealed_on else _FINISHED[one.state]
