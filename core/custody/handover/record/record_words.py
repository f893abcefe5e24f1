"""How a handover record speaks: the sentences on paper, on the command line and in the window."""

from __future__ import annotations

from datetime import date

from core.custody.handover.item_course import LOGIN_SEEN, QUESTIONS, ROLES_REMOVED
from core.custody.handover.record.grade import Grade
from core.custody.handover.record.record import Party, Record, SigningKey, Step, Thing
from core.custody.handover.turns import Turn
from core.custody.identity.cards import in_groups
from core.custody.identity.circle import Standing
from core.days import local_day
from core.i18n import N_, _, ngettext, show_date, show_instant
from core.model.choices import Act

QUESTION_HEADS = {
    LOGIN_SEEN: N_("Login seen"),
    "sessions-ended": N_("Sessions ended"),
    "second-factor": N_("Second factor new"),
    "recovery": N_("Recovery new"),
    ROLES_REMOVED: N_("Roles removed"),
    "tokens-removed": N_("Tokens removed"),
}
_ANSWERS = {"yes": N_("yes"), "no": N_("no"), "not-there": N_("not there")}
_GRADES = {
    Grade.BOTH: N_("Both sides signed digitally."),
    Grade.PAPER: N_(
        "One side signed digitally, the other on paper; the checksum of the scanned paper is in the steps."
    ),
    Grade.ONE: N_("Only one side signed digitally. The signature of the other one on this paper is needed."),
    Grade.HEAD: N_("The head of press closed the handover in place of the one who hands over."),
    Grade.ABORTED: N_("The handover broke off. What was to be handed over stays where it was."),
    Grade.OPEN: N_("The handover is still open. This record shows how far it is."),
}


def grade_sentence(record: Record) -> str:
    """Say who vouches for the handover, and how."""
    return _(_GRADES[record.grade])


def notes(record: Record) -> tuple[str, ...]:
    """Say what the record is worth, and what it does not hold."""
    return (
        _(
            "The digital signatures are no qualified electronic signatures in the sense of the eIDAS regulation. What "
            "binds is this paper, signed by hand."
        ),
        _("The record holds no passwords and no other secrets, and nothing from which they could be found."),
        _(
            "{name} made the record on {instant} at the computer “{device}”, and signed that the {count} statements in "
            "it are all that the registry knew then."
        ).format(
            name=record.file.by.name,
            instant=show_instant(record.file.made_at),
            device=record.file.by.device,
            count=len(record.steps),
        ),
        _("Whoever has the file of this record can check it at any time: kanalregister record verify FILE"),
    )


def occasion_text(record: Record) -> str:
    """Say why something was handed over, and until when."""
    occasion = _(record.occasion.label) if record.occasion is not None else _("unknown")
    if record.until is None:
        return occasion
    return _("{occasion}, until {day}").format(occasion=occasion, day=show_date(record.until))


def finished_text(record: Record) -> str:
    """Say when the handover ended, or that it has not."""
    return show_instant(record.finished_at) if record.finished_at is not None else _("still open")


def revision_text(thing: Thing) -> str:
    """Say which revision of a secret was handed over and which is in force instead; never the secret."""
    if thing.before is None:
        return "" if thing.after is None else str(thing.after)
    if thing.after is None:
        return str(thing.before)
    return _("{before} → {after}").format(before=thing.before, after=thing.after)


def state_text(thing: Thing) -> str:
    """Say how far something is, and since when."""
    return _("{state}, {day}").format(state=_(thing.state.label), day=show_date(local_day(thing.since)))


def answer_text(thing: Thing, question: str) -> str:
    """Say what was answered to a question: a day, yes or no; a dash where nothing was, nothing if nobody asks."""
    if question not in QUESTIONS.get(thing.way, ()):
        return ""
    answer = thing.answers.get(question, "")
    if answer in _ANSWERS:
        return _(_ANSWERS[answer])
    try:
        return show_date(date.fromisoformat(answer))
    except ValueError:
        return answer or "–"


def questions_of(things: tuple[Thing, ...]) -> tuple[str, ...]:
    """Return the questions that are asked of any of some things, in the order of the checklist."""
    asked = {question for thing in things for question in QUESTIONS.get(thing.way, ())}
    return tuple(question for question in QUESTION_HEADS if question in asked)


def open_sentences(record: Record) -> tuple[str, ...]:
    """Say what is still open, thing by thing."""
    open_ones = tuple(_open_sentence(record, thing) for thing in record.things if thing.is_open)
    unsettled = tuple(_unsettled(thing) for thing in record.things if thing.still_open)
    changes = tuple(_to_be_changed(thing) for thing in record.things if thing.to_be_changed)
    return open_ones + unsettled + changes


def _open_sentence(record: Record, thing: Thing) -> str:
    who = {Turn.GIVER: record.giver.name, Turn.TAKER: record.taker.name}.get(thing.turn, "")
    told = _("{number}. {label}: {state}. It is the turn of {name}.") if who else _("{number}. {label}: {state}.")
    return told.format(number=thing.place, label=thing.label, state=_(thing.state.label), name=who)


def _unsettled(thing: Thing) -> str:
    questions = ", ".join(_(QUESTION_HEADS[one]) for one in thing.still_open if one in QUESTION_HEADS)
    return _("{number}. {label}: not answered with yes: {questions}.").format(
        number=thing.place, label=thing.label, questions=questions
    )


def _to_be_changed(thing: Thing) -> str:
    told = _("{number}. {label}: The password must be changed, for a sealed file with it left the house.")
    return told.format(number=thing.place, label=thing.label)


def places_text(step: Step, record: Record) -> str:
    """Name the things of a step by their numbers, several in a row as a span."""
    if len(step.things) == len(record.things) > 1:
        return _("all")
    spans: list[list[int]] = []
    for place in step.things:
        if spans and spans[-1][-1] == place - 1:
            spans[-1][1:] = [place]
        else:
            spans.append([place])
    return ", ".join("–".join(map(str, span)) for span in spans)


def step_note(step: Step) -> str:
    """Say what a statement says besides the things."""
    about = step.about
    paper, reason = about.get("paper"), str(about.get("reason") or "")
    parts = [
        _("until {day}").format(day=_day(about["until"])) if about.get("until") else "",
        _("may be opened until {day}").format(day=_day(about["expires"])) if about.get("expires") else "",
        _("sealed file, checksum {digest}").format(digest=_digest(about["bundle"])) if about.get("bundle") else "",
        reason,
        _("signed paper, checksum {digest}").format(digest=_digest(paper)) if paper else "",
        _("lost: key {digest}").format(digest=_digest(about["card"])) if step.act is Act.SUPERSESSION else "",
    ]
    return "; ".join(part for part in parts if part)


def checked_text(key: SigningKey, record: Record) -> str:
    """Say how a key was verified, as whoever made the record knew it."""
    maker, day = record.file.by.name, show_date(key.checked_on)
    match key.checked:
        case Standing.OWN:
            told = _("the key of {name}, who made this record")
        case Standing.WORDS:
            told = _("verified by {name} on {day} by comparing words")
        case Standing.CERTIFICATE:
            told = _("accepted by {name} on {day} because the head of press certified it")
        case Standing.NO | None:
            told = _("not verified by {name}")
    return told.format(name=maker, day=day)


def proofs_of(key: SigningKey) -> tuple[str, ...]:
    """Say who certified a key, and whether it was revoked."""
    certified, revoked = key.certified_by, key.revoked_at
    told = _("certified by {name}").format(name=certified.name) if certified is not None else ""
    ended = _("revoked on {instant}").format(instant=show_instant(revoked)) if revoked is not None else ""
    return tuple(part for part in (told, ended) if part)


def signed_text(party: Party) -> str:
    """Say what somebody signed digitally, and when."""
    if not party.signed:
        return _("No digital signature.")
    by_act: dict[Act, list[Step]] = {}
    for step in party.signed:
        by_act.setdefault(step.act, []).append(step)
    return _("Digitally signed: {steps}").format(steps=", ".join(map(_signed, by_act.values())))


def _signed(steps: list[Step]) -> str:
    act, instant = _(steps[-1].act.label), show_instant(steps[-1].made_at)
    told = ngettext("{act} ({instant})", "{act} ({count} times, last on {instant})", len(steps))
    return told.format(act=act, instant=instant, count=len(steps))


def role_text(party: Party, record: Record) -> str:
    """Say what somebody does in the handover."""
    if record.giver.id == record.taker.id == party.id:
        return _("Moves to another computer")
    roles = {record.giver.id: _("Hands over"), record.taker.id: _("Takes over")}
    return roles.get(party.id, _("Head of press"))


def _digest(digest: str | int | None) -> str:
    return in_groups(str(digest))


def _day(text: str | int | None) -> str:
    return show_date(date.fromisoformat(str(text)))
