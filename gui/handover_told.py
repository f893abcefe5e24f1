"""How a handover reads on its page: whose turn it is, how far its things are, and the course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.custody.handover.checklist import Check, Stage, Standing
from core.custody.handover.item_course import FINISHED, LOGIN_SEEN, ROLES_REMOVED
from core.custody.handover.listing import HandoverDetail, HandoverRow, ItemRow
from core.custody.handover.possible import Possible
from core.i18n import N_, _, ngettext, show_date, show_instant
from core.model import ItemKind, ItemState, Way


@dataclass(frozen=True, slots=True)
class Told:
    """A word with its picture and colour; the word says it all."""

    word: str
    picture: str
    colour: str


_STATES: Mapping[ItemState, tuple[str, str]] = {
    ItemState.PLANNED: ("circle-dashed", "muted"),
    ItemState.REQUESTED: ("hand", "text"),
    ItemState.SEALED: ("lock-key", "text"),
    ItemState.OPENED: ("arrow-circle-right", "text"),
    ItemState.ROTATING: ("arrow-circle-right", "text"),
    ItemState.CONFIRMED: ("check", "good"),
    ItemState.CLOSED: ("check-circle", "good"),
    ItemState.REFUSED: ("prohibit", "muted"),
    ItemState.WITHDRAWN: ("prohibit", "muted"),
    ItemState.EXPIRED: ("hourglass", "warning"),
    ItemState.SUPERSEDED: ("prohibit", "warning"),
}
WAYS: Mapping[Way, str] = {
    Way.DUTY: N_("Nobody needs a password for it: who takes over says so."),
    Way.ROLE: N_("The platform has roles of its own: nobody needs to know a password."),
    Way.RESET: N_(
        "Whoever takes over sets a password of their own by the recovery address; the old one is not passed on."
    ),
    Way.COPY: N_("A copy for a time goes in a sealed file; afterwards it is given back and the password is changed."),
    Way.MOVE: N_("It goes in a sealed file to the own second computer."),
    Way.SEALED: N_("No reset is possible: the password goes in a sealed file, and whoever takes over changes it."),
}
_STAGES: Mapping[Stage, str] = {
    Stage.PROPOSED: N_("Proposed"),
    Stage.REQUESTED: N_("Asked for"),
    Stage.COMPARED: N_("Six words compared"),
    Stage.SEALED: N_("Sealed"),
    Stage.RECEIVED: N_("Sealed file opened"),
    Stage.CHANGED: N_("Password changed"),
    Stage.CONFIRMED: N_("Confirmed"),
    Stage.RELEASED: N_("Released, old copies removed"),
    Stage.RETURNED: N_("Given back"),
}
_STANDINGS: Mapping[Standing, tuple[str, str, str]] = {
    Standing.DONE: (N_("done"), "check-circle", "good"),
    Standing.NOW: (N_("now"), "arrow-circle-right", "link"),
    Standing.LATER: (N_("later"), "circle", "muted"),
}
_QUESTIONS: Mapping[str, str] = {
    LOGIN_SEEN: N_("signed in"),
    "sessions-ended": N_("other sessions ended"),
    "second-factor": N_("second factor bound anew"),
    "recovery": N_("recovery address and number changed"),
    ROLES_REMOVED: N_("old roles removed"),
    "tokens-removed": N_("connected apps removed"),
}


def title(row: HandoverRow) -> str:
    """Say who hands over to whom."""
    if row.giver_id == row.taker_id:
        return _("{name} moves to another computer").format(name=row.giver)
    return _("{giver} hands over to {taker}").format(giver=row.giver, taker=row.taker)


def link_text(row: HandoverRow, person: UUID) -> str:
    """Name a handover in a link on the page of one of the two: to or from whom, and how much is done."""
    if row.giver_id == row.taker_id:
        return _("Moves to another computer: {done}").format(done=progress(row))
    told = _("Hands over to {name}: {done}") if person == row.giver_id else _("Takes over from {name}: {done}")
    return told.format(name=row.taker if person == row.giver_id else row.giver, done=progress(row))


def about(row: HandoverRow) -> str:
    """Say why and since when, and how much of it is done."""
    why = _("Occasion: {occasion}").format(occasion=_(row.occasion.label))
    since = _("Since {day}").format(day=show_date(row.opened_on))
    until = _("until {day}").format(day=show_date(row.until)) if row.until is not None else ""
    return " · ".join(part for part in (why, since, until, progress(row)) if part)


def progress(row: HandoverRow) -> str:
    """Say how many things are done; what came to nothing is not."""
    return _("{done} of {all} done").format(done=row.states.get(ItemState.CLOSED, 0), all=row.items)


def lies_for(row: HandoverRow, me: UUID | None) -> str:
    """Say who finds a file that was laid into the shared folder."""
    if row.giver_id == row.taker_id:
        return _("The file lies in the shared folder; you find it there at your other computer.")
    name = row.taker if me == row.giver_id else row.giver
    return _("The file lies in the shared folder; {name} finds it there.").format(name=name)


def is_mine(row: HandoverRow, me: UUID | None) -> bool:
    """Say whether the person here is waited for."""
    return bool(row.open_items) and me is not None and me in row.turns


def turn(row: HandoverRow, me: UUID | None) -> Told:
    """Say whose turn it is."""
    if not row.open_items:
        whole = row.states.get(ItemState.CLOSED, 0) > 0 or not row.items
        return Told(_("Finished"), "check-circle", "good") if whole else Told(_("Given up"), "prohibit", "muted")
    if is_mine(row, me):
        return Told(_("Your turn"), "hand-pointing", "link")
    if not row.turns:
        return Told(_("Nothing to do now"), "clock", "muted")
    return Told(", ".join(sorted(row.turns.values())), "hourglass", "text")


def turn_sentence(detail: HandoverDetail, me: UUID | None, due: Possible | None, rest: int = 0) -> str:
    """Say in a sentence whose turn it is and what comes next.

    Args:
        detail: The handover.
        me: Who works here.
        due: What the others wait for from them; the sentence is about that.
        rest: How many things still hang on the giver outside of this handover.
    """
    row = detail.row
    open_ones = [one for one in detail.items if one.state not in FINISHED]
    if not open_ones:
        return _over(detail, rest)
    mine = next((one for one in (due.items if due is not None else ()) if me in {one.turn_id, one.granter}), None)
    if mine is not None:
        both = mine.granter is not None and mine.granter != mine.turn_id
        told = (
            _("You both have something to do since {day}. {next}") if both else _("It is your turn since {day}. {next}")
        )
        return told.format(day=show_date(row.since), next=said_to(mine, me))
    waiting = next((one for one in open_ones if one.turn_id is not None), None)
    if waiting is not None:
        told = _("It is the turn of {name} since {day}. {next}")
        return told.format(name=waiting.turn_name, day=show_date(row.since), next=waiting.next)
    return _("Nobody has to do anything now. {next}").format(next=open_ones[0].next)


def _over(detail: HandoverDetail, rest: int) -> str:
    row = detail.row
    if row.states.get(ItemState.CLOSED, 0) == row.items:
        missing = sum(len(one.still_open) for one in detail.items)
        return _left_over(missing) if missing or not rest else _hangs(rest).format(count=rest, giver=row.giver)
    if row.states.get(ItemState.CLOSED, 0):
        return _("Nothing is open any more; not everything was handed over. Look at the things below.")
    return detail.items[0].next if detail.items else _("Nothing is open any more.")


def _hangs(rest: int) -> str:
    return ngettext(
        "This handover is done. {count} thing outside of it still hangs on {giver}.",
        "This handover is done. {count} things outside of it still hang on {giver}.",
        rest,
    )


def _left_over(count: int) -> str:
    if not count:
        return _("Everything is handed over. Nothing is open any more.")
    return ngettext(
        "Handed over; {count} thing is still to be made up for.",
        "Handed over; {count} things are still to be made up for.",
        count,
    ).format(count=count)


def said_to(item: ItemRow, me: UUID | None) -> str:
    """Return what comes next, said to the person here where it is theirs to do or to know."""
    return item.own.get(me, item.next) if me is not None else item.next


def state(item: ItemRow) -> Told:
    """Say how far a thing is."""
    return Told(_(item.state.label), *_STATES[item.state])


def way_word(kind: ItemKind, way: Way) -> str:
    """Name a way; what no keyring keeps, such as an envelope or a device, goes from hand to hand."""
    return _("From hand to hand") if kind is ItemKind.CREDENTIAL and way is Way.DUTY else _(way.label)


def way_line(item: ItemRow) -> str:
    """Say what sort of thing it is, how a login passes, how far it is and since when."""
    kind = _(item.kind.label)
    if item.kind is ItemKind.CREDENTIAL:
        kind = _("{kind}, way: {way}").format(kind=kind, way=way_word(item.kind, item.way))
    told = _("{kind} · {state} since {day}")
    return told.format(kind=kind, state=_(item.state.label), day=show_date(item.since))


def who_is_next(item: ItemRow, me: UUID | None) -> str:
    """Say what comes next on a thing, and whether that is for the person here to do."""
    if item.turn_id is None:
        return said_to(item, me)
    told = _("Your turn: {sentence}") if me in {item.turn_id, item.granter} else _("Next: {sentence}")
    return told.format(sentence=said_to(item, me))


def still_open(item: ItemRow) -> str:
    """Name what nobody could answer yet, empty where nothing is open; before the confirmation everything would be."""
    if not item.still_open or item.state not in {ItemState.CONFIRMED, ItemState.CLOSED}:
        return ""
    return _("Still open: {what}").format(what=", ".join(_(_QUESTIONS.get(one, one)) for one in item.still_open))


def answered(question: str, answer: str) -> Told:
    """Say what somebody answered to a question of the checklist, empty where nobody did."""
    what = _(_QUESTIONS.get(question, question))
    what = what[:1].upper() + what[1:]
    match answer:
        case "yes" | "not-there":
            told = _("{what}: yes") if answer == "yes" else _("{what}: not there")
            return Told(told.format(what=what), "check-circle", "good")
        case "" | "no":
            told = _("{what}: no") if answer else _("{what}: no answer")
            return Told(told.format(what=what), "circle", "muted")
        case _:
            return Told(_("{what}: on {day}").format(what=what, day=_shown(answer)), "check-circle", "good")


def _shown(day: str) -> str:
    try:
        return show_date(date.fromisoformat(day))
    except ValueError:
        return day


def stage(check: Check) -> Told:
    """Name a step of the course, done, on now or later; the word says which, or how many things are past it."""
    source, picture, colour = _STANDINGS[check.standing]
    word = _(source)
    if 0 < check.done < check.of:
        word = _("{done} of {all} things").format(done=check.done, all=check.of)
    return Told(_("{step}: {standing}").format(step=_(_STAGES[check.stage]), standing=word), picture, colour)


def stage_below(check: Check, row: HandoverRow, me: UUID | None) -> str:
    """Say who did it and when, or who will; words are compared by both."""
    if check.at is not None:
        return _("{name}, {instant}").format(name=check.by, instant=show_instant(check.at))
    if check.stage is Stage.COMPARED and check.standing is Standing.NOW:
        return _compared_by(row, me)
    return check.by


def _compared_by(row: HandoverRow, me: UUID | None) -> str:
    if row.giver_id == row.taker_id:
        return _("At both computers, if you have not compared them before")
    if me not in {row.giver_id, row.taker_id}:
        return _("{giver} and {taker}, by telephone").format(giver=row.giver, taker=row.taker)
    name = row.taker if me == row.giver_id else row.giver
    return _("You and {name}, by telephone, if you have not compared them before").format(name=name)
