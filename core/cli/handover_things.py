"""Which things of a handover a command means, and what is said of them."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from core.custody.handover.acting import Actor
from core.custody.handover.course import Course
from core.custody.handover.facts import told
from core.custody.handover.item_course import LOGIN_SEEN, QUESTIONS, ROTATED, ItemCourse
from core.custody.handover.steps.case import Step, course_at, secrets_in
from core.custody.handover.steps.step_guards import fits
from core.errors import BadInputError, ConflictError
from core.i18n import _, quoted, show_date
from core.model import Act, ItemState, Way

_ACTS = {
    Step.SEAL: Act.SEALING,
    Step.CONFIRM: Act.CONFIRMATION,
    Step.RELEASE: Act.RELEASE,
    Step.REFUSE: Act.REFUSAL,
    Step.WITHDRAW: Act.WITHDRAWAL,
    Step.RETURN: Act.RETURN,
    Step.CLOSE: Act.CLOSING,
    Step.SUPERSEDE: Act.SUPERSESSION,
}
_ANSWERS = ("yes", "no", "not-there")


def meant(actor: Actor, handover: UUID, step: Step, named: Sequence[str]) -> list[UUID] | None:
    """Return which things a step is about: those named, else those that it fits, else those it was said of last.

    So a command that was interrupted before its file was written is simply given again.

    Returns:
        Their ids; None leaves it to the protocol to say why there are none.
    """
    course = _course(actor, handover)
    if named:
        return [_thing(course, text).told.id for text in named]
    ready = [one.told.id for one in course.items.values() if _is_ready(actor, step, one)]
    return ready or _said_last(actor, handover, step)


def answered(actor: Actor, handover: UUID, options: argparse.Namespace) -> dict[UUID, Mapping[str, str]]:
    """Return what a confirmation says of each thing.

    Raises:
        BadInputError: Nothing can be confirmed now, or things of several ways without being named, or an answer is
            none.
    """
    course, answers = _course(actor, handover), _answers(options, actor.custodian.today)
    ids = meant(actor, handover, Step.CONFIRM, options.item) or []
    things = [one for one in (course.item(id) for id in ids) if one is not None]
    if not things:
        raise BadInputError(_("Nothing can be confirmed now. A login is prepared first, with “handover begin”."))
    if not options.item and len({one.way for one in things}) > 1:
        labels = ", ".join(quoted(one.told.label) for one in things)
        raise BadInputError(_("Please say with --item what you confirm of these: {labels}.").format(labels=labels))
    return {one.told.id: _asked_of(one.way, answers) for one in things}


def facts_of(actor: Actor, handover: UUID) -> dict[UUID, Mapping[str, str]]:
    """Return what another copy of the registry may lack of the things of a handover."""
    facts = dict[UUID, Mapping[str, str]]()
    with actor.custodian.registry.reading() as session:
        for one in _course(actor, handover).items.values():
            try:
                facts[one.told.id] = told(session, one.told.kind, one.told.id, one.way).facts
            except ConflictError:
                continue  # Of what is not there any more nothing can be told.
    return facts


def _course(actor: Actor, handover: UUID) -> Course:
    known = actor.statements(handover)
    course = course_at(actor, known, secrets_in(known))
    if course is None:
        raise BadInputError(_("There is no handover “{id}”.").format(id=handover))
    return course


def _is_ready(actor: Actor, step: Step, one: ItemCourse) -> bool:
    """Say whether a step is due; what could be confirmed is not while this keyring holds nothing newer.

    A confirmation that was interrupted has put the new secret in force already, so that the keyring is asked.
    """
    if step is not Step.CONFIRM or one.way not in ROTATED:
        return fits(step, one)
    under_way = {ItemState.REQUESTED, ItemState.OPENED, ItemState.ROTATING}
    return one.state in under_way and actor.newest(one.told.id) > (one.revision_before or 0)


def _said_last(actor: Actor, handover: UUID, step: Step) -> list[UUID] | None:
    key = actor.me().card.signing_key
    said = [one for one in actor.statements(handover) if one.act is _ACTS[step] and one.by.signing_key == key]
    return [told.id for told in said[-1].items] if said else None


def _thing(course: Course, text: str) -> ItemCourse:
    wanted = text.strip().casefold()
    found = [one for one in course.items.values() if wanted in {str(one.told.id), one.told.label.casefold()}]
    if len(found) != 1:
        known = ", ".join(f"{quoted(one.told.label)} ({one.told.id})" for one in (found or course.items.values()))
        raise BadInputError(
            _("“{text}” does not mean one thing of this handover. Please name one of: {known}.").format(
                text=text, known=known
            )
        )
    return found[0]


def _answers(options: argparse.Namespace, today: date) -> dict[str, str]:
    answers = dict(_answer(text) for text in options.answer)
    if options.logged_in is not None:
        if options.logged_in > today:
            raise BadInputError(
                _("The login cannot be on {day}, which is still to come.").format(day=show_date(options.logged_in))
            )
        answers[LOGIN_SEEN] = options.logged_in.isoformat()
    return answers


def _answer(text: str) -> tuple[str, str]:
    questions = [one for one in _questions(QUESTIONS) if one != LOGIN_SEEN]
    name, _sign, answer = text.partition("=")
    if name not in questions or answer not in _ANSWERS:
        raise BadInputError(
            _("“{text}” is no answer. Write it like {example}; the questions are: {questions}.").format(
                text=text, example="sessions-ended=yes", questions=", ".join(questions)
            )
        )
    return name, answer


def _questions(by_way: Mapping[Way, Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(question for questions in by_way.values() for question in questions))


def _asked_of(way: Way, answers: Mapping[str, str]) -> dict[str, str]:
    return {name: answer for name, answer in answers.items() if name in QUESTIONS.get(way, ())}
