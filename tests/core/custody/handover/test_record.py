"""What a record tells: who gave what to whom, each step, what is open, who vouches for it and with which keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.custody.handover.course import course_of
from core.custody.handover.record.grade import Grade, grade_of, weakest
from core.custody.handover.record.record import Record, record_of
from core.custody.handover.record.record_words import (
    checked_text,
    grade_sentence,
    notes,
    occasion_text,
    open_sentences,
    places_text,
    revision_text,
    signed_text,
    step_note,
)
from core.custody.handover.turns import Turn
from core.custody.identity.circle import Standing
from core.custody.identity.statements import Said
from core.custody.identity.statements import make_statement as say_of_card
from core.model.choices import Act, ItemKind, ItemState, Occasion, Way
from tests.core.custody.handover.parties import DIGEST, ERIKA, LISA, MAX, NOW
from tests.core.custody.handover.records import (
    CHECKS,
    FACEBOOK,
    INSTAGRAM,
    LINKEDIN,
    MAKER,
    NEWSLETTER,
    Talk,
    record_file,
    whole,
)

pytestmark = pytest.mark.usefixtures("in_english")


def told(talk: Talk | None = None, **other: object) -> Record:
    return record_of(record_file(talk, **other))


def test_a_record_tells_who_gave_what_to_whom_and_why():
    record = told()
    assert (record.giver.name, record.taker.name, record.head) == ("Erika Mustermann", "Max Mustermann", None)
    assert (record.occasion, record.until, record.file.known.city) == (Occasion.LEAVING, None, "Stadt Musterstadt")
    assert [(one.place, one.label, one.kind, one.way, one.before, one.after) for one in record.things] == [
        (1, FACEBOOK.label, ItemKind.CREDENTIAL, Way.RESET, 1, 2),
        (2, INSTAGRAM.label, ItemKind.CREDENTIAL, Way.SEALED, 3, 4),
        (3, LINKEDIN.label, ItemKind.ACCESS, Way.ROLE, None, None),
        (4, NEWSLETTER.label, ItemKind.RESPONSIBILITY, Way.DUTY, None, None),
    ]
    assert {one.state for one in record.things} == {ItemState.CLOSED}
    assert [revision_text(one) for one in record.things] == ["1 → 2", "3 → 4", "", ""]
    assert record.things[1].answers == CHECKS
    assert record.finished_at == NOW + timedelta(hours=5)
    assert open_sentences(record) == ()


def test_a_record_tells_each_step_with_instant_computer_and_head_of_the_log():
    steps = told().steps
    assert [(one.act, one.name, one.made_at - NOW, one.things) for one in steps] == [
        (Act.REQUEST, "Max Mustermann", timedelta(hours=1), (1, 2, 3, 4)),
        (Act.SEALING, "Erika Mustermann", timedelta(hours=2), (2,)),
        (Act.RECEIPT, "Max Mustermann", timedelta(hours=3), (2,)),
        (Act.CONFIRMATION, "Max Mustermann", timedelta(hours=4), (1, 2, 3, 4)),
        (Act.RELEASE, "Erika Mustermann", timedelta(hours=5), (1, 2, 3)),
    ]
    assert {one.device for one in steps} == {"rathaus-12"}
    assert [one.head[:2] for one in steps] == ["00", "01", "02", "03", "04"]
    assert (told().giver.last_head, told().taker.last_head) == ("04" * 32, "03" * 32)
    assert [one.number for one in steps] == [1, 1, 2, 3, 2]


def test_a_record_tells_how_whoever_made_it_had_verified_each_key():
    record = told()
    keys = {one.card.name: one for one in record.keys}
    assert {name: one.checked for name, one in keys.items()} == {
        "Max Mustermann": Standing.CERTIFICATE,
        "Erika Mustermann": Standing.WORDS,
        "Lisa Musterfrau": Standing.NO,
        "Nina Muster": Standing.OWN,
    }
    assert keys["Max Mustermann"].certified_by == LISA.card
    assert checked_text(keys["Erika Mustermann"], record) == "verified by Nina Muster on 23 Nov 2026 by comparing words"
    assert checked_text(keys["Lisa Musterfrau"], record) == "not verified by Nina Muster"
    nothing = told(checked=())
    assert {one.checked for one in nothing.keys} == {None}
    revocation = say_of_card(Said.REVOKED, MAX.card, MAX.card, MAX.keys, NOW)
    assert next(one.revoked_at for one in told(revocations=(revocation,)).keys if one.card == MAX.card) == NOW


ONE = (FACEBOOK,)


def withdraw(talk: Talk) -> None:
    talk.says(ERIKA, Act.WITHDRAWAL, ONE, {"reason": ""})


def confirm(talk: Talk) -> None:
    talk.confirm(ONE)


def release(talk: Talk, paper: str | None = None) -> None:
    talk.release(talk.confirm(ONE), ONE, paper=paper)


def release_on_paper(talk: Talk) -> None:
    release(talk, DIGEST)


def release_and_withdraw(talk: Talk) -> None:
    release(talk)
    withdraw(talk)


def release_as_a_stranger(talk: Talk) -> None:
    talk.says(LISA, Act.RELEASE, ONE, {"confirmation": talk.confirm(ONE).digest, "paper": None})


def close(talk: Talk, paper: str | None = None) -> None:
    confirm(talk)
    talk.close(ONE, paper=paper)


def close_with_paper(talk: Talk) -> None:
    close(talk, DIGEST)


GRADES: dict[Callable[[Talk], None], Grade] = {
    confirm: Grade.OPEN,
    release: Grade.BOTH,
    release_on_paper: Grade.PAPER,
    close: Grade.HEAD,
    close_with_paper: Grade.PAPER,
    withdraw: Grade.ABORTED,
    release_and_withdraw: Grade.BOTH,
    release_as_a_stranger: Grade.OPEN,
}


@pytest.mark.parametrize("say", GRADES, ids=lambda say: say.__name__)
def test_the_grade_says_who_vouches_and_how(say: Callable[[Talk], None]):
    talk = Talk()
    talk.ask(ONE)
    say(talk)
    record = told(talk)
    assert (record.things[0].grade, record.grade) == (GRADES[say], GRADES[say])
    assert grade_sentence(record).endswith(".")


def test_a_copy_and_a_move_are_signed_by_both_sides_and_a_duty_by_its_new_holder_alone():
    talk, copy = Talk(), replace(INSTAGRAM, way=Way.COPY)
    talk.open(talk.seal(talk.ask([copy, NEWSLETTER]), [copy]), [copy])
    talk.confirm([NEWSLETTER])
    record = told(talk)
    assert [one.grade for one in record.things] == [Grade.BOTH, Grade.ONE]
    assert record.grade is Grade.BOTH


@pytest.mark.parametrize(
    ("grades", "grade"),
    [
        ([Grade.BOTH, Grade.PAPER, Grade.HEAD], Grade.HEAD),
        ([Grade.BOTH, Grade.OPEN], Grade.OPEN),
        ([Grade.ABORTED, Grade.BOTH], Grade.BOTH),
        ([Grade.ABORTED, Grade.ABORTED], Grade.ABORTED),
        ([Grade.ONE, Grade.PAPER], Grade.PAPER),
        ([Grade.ONE, Grade.ABORTED], Grade.ONE),
        ([Grade.ONE], Grade.ONE),
    ],
)
def test_the_whole_is_as_good_as_the_weakest_that_decides(grades: list[Grade], grade: Grade):
    assert weakest(grades) is grade


def test_what_is_still_open_is_said_with_whose_turn_it_is():
    talk = Talk()
    talk.seal(talk.ask([FACEBOOK, INSTAGRAM]))
    record = told(talk)
    assert record.finished_at is None
    assert [one.turn for one in record.things] == [Turn.TAKER, Turn.TAKER]
    assert open_sentences(record) == (
        "1. Facebook Stadt Musterstadt: asked for. It is the turn of Max Mustermann.",
        "2. Instagram stadt.musterstadt: sealed. It is the turn of Max Mustermann.",
    )
    talk.confirm([FACEBOOK], {"login-seen": "2026-11-24", "sessions-ended": "no"})
    assert open_sentences(told(talk))[-1] == (
        "1. Facebook Stadt Musterstadt: not answered with yes: Sessions ended, Second factor new, Recovery new, "
        "Roles removed, Tokens removed."
    )


def test_a_password_that_left_the_house_in_vain_is_to_be_changed_and_the_record_says_so():
    talk = Talk()
    talk.seal(talk.ask([INSTAGRAM]))
    talk.says(ERIKA, Act.WITHDRAWAL, [INSTAGRAM], {"reason": "Doch nicht."})
    record = told(talk)
    assert (record.grade, record.things[0].to_be_changed) == (Grade.ABORTED, True)
    assert open_sentences(record) == (
        "1. Instagram stadt.musterstadt: The password must be changed, for a sealed file with it left the house.",
    )
    assert step_note(record.steps[-1]) == "Doch nicht."


def test_an_end_of_a_cover_and_a_signed_paper_are_told():
    talk, copy = Talk(), replace(INSTAGRAM, way=Way.COPY)
    talk.ask([copy], until=date(2026, 12, 31))
    assert occasion_text(told(talk)) == "is covered for a time, until 31 Dec 2026"
    talk = Talk()
    talk.ask([FACEBOOK])
    talk.release(talk.confirm([FACEBOOK]), [FACEBOOK], paper=DIGEST)
    assert step_note(told(talk).steps[-1]).startswith("signed paper, checksum 0f0f 0f0f")


def test_somebody_who_never_signed_bears_the_name_that_the_maker_knows_and_no_signature():
    talk = Talk()
    talk.ask([FACEBOOK])
    talk.confirm([FACEBOOK])
    talk.close([FACEBOOK])
    record = told(talk)
    assert (record.giver.name, record.giver.signed) == ("Erika Mustermann", ())
    assert signed_text(record.giver) == "No digital signature."
    assert [one.name for one in record.signers] == ["Erika Mustermann", "Max Mustermann", "Lisa Musterfrau"]
    assert told(talk, people={}).giver.name == ""


def test_many_signatures_of_one_kind_are_counted():
    talk = Talk()
    talk.ask([FACEBOOK, NEWSLETTER])
    talk.confirm([FACEBOOK])
    talk.confirm([NEWSLETTER])
    assert signed_text(told(talk).taker) == (
        "Digitally signed: Request (23 Nov 2026, 11:30), Confirmation (2 times, last on 23 Nov 2026, 13:30)"
    )


def test_the_things_of_a_step_are_named_by_their_numbers():
    record = told()
    spans = [places_text(replace(record.steps[0], things=one), record) for one in [(1, 2, 3), (2,), (1, 3, 4), ()]]
    assert spans == ["1–3", "2", "1, 3–4", ""]
    assert places_text(record.steps[0], record) == "all"


def test_a_record_says_plainly_what_binds_and_what_it_does_not_hold():
    binding, nothing, made, *_rest = notes(told())
    assert "no qualified electronic signatures" in binding
    assert "this paper, signed by hand" in binding
    assert "no passwords" in nothing
    assert made.startswith(f"{MAKER.name} made the record on 23 Nov 2026, 16:30")
    assert "5 statements" in made


def test_the_grade_counts_only_those_who_may_say_so():
    talk = whole()
    course = course_of(talk.statements, talk.now)
    item = course.items[FACEBOOK.key]
    assert grade_of(item, talk.statements) is Grade.BOTH
    assert grade_of(replace(item, state=ItemState.CONFIRMED), talk.statements) is Grade.OPEN
