"""Checking a record from its file alone: what is found between statements of which each is genuine by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Matter, Signer, make_statement
from core.custody.handover.record.record_file import make_record_file
from core.custody.handover.record.record_flaws import Found, RecordFlaw, Unsaid
from core.custody.handover.record.verifying_record import verify_record
from core.custody.identity.refusals import Refusal, RefusalCode
from core.custody.identity.statements import Said
from core.custody.identity.statements import make_statement as say_of_card
from core.i18n import _
from core.model.choices import Act
from tests.core.custody.handover.parties import DIGEST, ERIKA, LISA, MATTER, MAX, NOW, OTHER_REGISTRY, Human
from tests.core.custody.handover.records import (
    ALL,
    FACEBOOK,
    INSTAGRAM,
    MAKER,
    NEWSLETTER,
    Talk,
    known,
    record_file,
    whole,
)

STRANGER = Human(9, "Karl Beispiel")


def found(talk: Talk | None = None, **other: object) -> list[tuple[str, int | None]]:
    checked = verify_record(record_file(talk, **other).file_text.encode())
    assert checked.is_fine == (not checked.found)
    return [(one.code.value, one.place) for one in checked.found]


@pytest.mark.parametrize("by_head", [False, True])
def test_a_handover_from_the_first_step_to_the_last_is_fine(by_head: bool):
    assert found(whole(by_head=by_head)) == []


def test_a_handover_that_is_still_open_is_fine():
    talk = Talk()
    talk.seal(talk.ask())
    assert found(talk) == []


def stranger_confirms(talk: Talk) -> None:
    talk.says(STRANGER, Act.CONFIRMATION, ALL)


def giver_confirms(talk: Talk) -> None:
    talk.says(ERIKA, Act.CONFIRMATION, [NEWSLETTER])


def taker_closes(talk: Talk) -> None:
    talk.close(who=MAX)


def of_another_handover(talk: Talk) -> None:
    talk.now += timedelta(hours=1)
    matter = Matter(MATTER.registry, UUID(int=78), MATTER.giver, MATTER.taker)
    talk.statements.append(make_statement(Act.RETURN, matter, ALL, {}, Signer(MAX.card, MAX.keys, 9, "", talk.now)))


def between_others(talk: Talk) -> None:
    talk.now += timedelta(hours=1)
    matter = Matter(MATTER.registry, MATTER.handover, LISA.id, MATTER.taker)
    talk.statements.append(make_statement(Act.RETURN, matter, ALL, {}, Signer(MAX.card, MAX.keys, 9, "", talk.now)))


def of_another_registry(talk: Talk) -> None:
    talk.now += timedelta(hours=1)
    elsewhere = Human(MAX.number, MAX.name, OTHER_REGISTRY)
    matter = Matter(OTHER_REGISTRY, MATTER.handover, MATTER.giver, MATTER.taker)
    signer = Signer(elsewhere.card, elsewhere.keys, 9, "", talk.now)
    talk.statements.append(make_statement(Act.RETURN, matter, ALL, {}, signer))


def under_another_name(talk: Talk) -> None:
    renamed = Human(MAX.number, "Maximilian Mustermann")
    talk.numbers[MAX.id] = 10
    talk.says(renamed, Act.RETURN, [NEWSLETTER])


ADDED: dict[Callable[[Talk], None], RecordFlaw] = {
    stranger_confirms: RecordFlaw.WRONG_SIGNER,
    giver_confirms: RecordFlaw.WRONG_SIGNER,
    taker_closes: RecordFlaw.NOT_HEAD,
    of_another_handover: RecordFlaw.OTHER_HANDOVER,
    between_others: RecordFlaw.OTHER_HANDOVER,
    of_another_registry: RecordFlaw.OTHER_HANDOVER,
    under_another_name: RecordFlaw.OTHER_NAME,
}


@pytest.mark.parametrize("add", ADDED, ids=lambda add: add.__name__)
def test_a_statement_that_does_not_belong_is_named_by_its_place(add: Callable[[Talk], None]):
    talk = whole()
    add(talk)
    assert (ADDED[add].value, 6) in found(talk)


def test_two_statements_of_one_number_are_both_named():
    talk = whole()
    talk.numbers[ERIKA.id] = 1
    talk.says(ERIKA, Act.WITHDRAWAL, [NEWSLETTER], {"reason": ""})
    assert found(talk) == [("doubled-number", 5), ("doubled-number", 6)]


def test_numbers_that_go_down_while_time_goes_on_are_found():
    talk = Talk(numbers={MAX.id: 6})
    request = talk.ask([FACEBOOK])
    talk.numbers[MAX.id] = 2
    talk.confirm([FACEBOOK])
    assert request.number == 7
    assert found(talk) == [("out-of-order", 2)]


def test_numbers_that_leave_gaps_are_fine_for_the_same_key_signs_in_other_handovers_too():
    talk = Talk()
    talk.ask([FACEBOOK])
    talk.numbers[MAX.id] = 40
    talk.confirm([FACEBOOK])
    assert found(talk) == []


@pytest.mark.parametrize(("missing", "place"), [(0, 1), (1, 2), (3, 4)])
def test_a_statement_to_which_another_one_refers_is_missed(missing: int, place: int):
    talk = whole()
    del talk.statements[missing]
    assert ("missing-statement", place) in found(talk)


@pytest.mark.parametrize("other", [{"nonce": "AAAAAAAAAAAAAAAAAAAAAQ"}, {"to": LISA.card.fingerprint}])
def test_a_sealed_file_that_answers_another_request_is_found(other: dict[str, str]):
    talk = Talk()
    talk.seal(talk.ask(), (INSTAGRAM,), **other)
    assert found(talk) == [("other-request", 2)]


def test_a_file_that_was_opened_too_late_does_not_count():
    talk = Talk()
    sealing = talk.seal(talk.ask())
    talk.now += timedelta(days=30)
    talk.open(sealing)
    assert found(talk) == [("too-late", 3)]


def test_a_confirmation_without_a_newer_password_does_not_count():
    talk = Talk()
    talk.open(talk.seal(talk.ask([INSTAGRAM])))
    talk.says(MAX, Act.CONFIRMATION, [INSTAGRAM])
    assert found(talk) == [("not-proven", 4)]


def test_only_the_head_of_press_whom_the_record_names_closes():
    assert found(whole(by_head=True), head=ERIKA.id) == [("not-head", 5)]
    assert found(whole(by_head=True), head=None) == [("not-head", 5)]


def test_the_record_calls_people_as_they_sign():
    assert found(people={MAX.id: "Moritz Mustermann"}) == [("other-name", 1), ("other-name", 3), ("other-name", 4)]


def test_what_a_key_signed_after_it_was_revoked_is_found():
    talk = whole()
    since = talk.statements[3].made_at
    revocation = say_of_card(Said.REVOKED, MAX.card, MAX.card, MAX.keys, since - timedelta(minutes=1))
    assert found(talk, revocations=(revocation,)) == [("revoked", 4)]
    later = say_of_card(Said.REVOKED, MAX.card, MAX.card, MAX.keys, since + timedelta(days=9))
    assert found(talk, revocations=(later,)) == []
    of_maker = say_of_card(Said.REVOKED, MAKER.card, MAKER.card, MAKER.keys, NOW)
    assert found(talk, revocations=(of_maker,)) == [("revoked", None)]


def test_a_certificate_or_a_revocation_by_another_key_is_found():
    forged = replace(known().certificates[0], by=ERIKA.card.fingerprint)
    assert found(certificates=(forged,)) == [("bad-certificate", None)]
    assert found(cards=()) == [("bad-certificate", None)]
    revocation = replace(say_of_card(Said.REVOKED, MAX.card, LISA.card, LISA.keys, NOW), by=ERIKA.card.fingerprint)
    assert ("bad-revocation", None) in found(revocations=(revocation,))


def test_statements_that_nobody_could_read_are_told():
    assert found(unreadable=2) == [("unreadable", None)]


@pytest.mark.parametrize(("hours", "codes"), [(20, []), (28, [RecordFlaw.AFTER_THE_RECORD])])
def test_statements_from_after_the_record_are_found_unless_the_clocks_may_be_apart(hours: int, codes: list[RecordFlaw]):
    talk = whole()
    early = Signer(MAKER.card, MAKER.keys, 1, "", talk.now - timedelta(hours=hours))
    made = make_record_file(talk.statements, known(), early)
    found = verify_record(made.file_text.encode()).found
    assert list(dict.fromkeys(one.code for one in found)) == codes


def test_a_record_by_somebody_of_another_registry_is_found():
    maker, talk = Human(4, "Nina Muster", OTHER_REGISTRY), whole()
    made = make_record_file(talk.statements, known(), Signer(maker.card, maker.keys, 1, "", talk.now))
    codes = [one.code for one in verify_record(made.file_text.encode()).found]
    assert codes == [HandoverRefusal.OTHER_REGISTRY]


def test_what_the_file_cannot_tell_is_said_and_nothing_that_does_not_concern_it():
    def unsaid(talk: Talk) -> set[Unsaid]:
        return set(verify_record(record_file(talk).file_text.encode()).unsaid)

    assert unsaid(whole(by_head=True)) == set(Unsaid)
    assert unsaid(whole()) == set(Unsaid) - {Unsaid.HEAD}
    talk = Talk()
    talk.confirm([NEWSLETTER])
    assert unsaid(talk) == {Unsaid.KEYS, Unsaid.ALL, Unsaid.CLOCKS}


def test_every_flaw_has_a_code_and_a_sentence_of_its_own(in_english: None):
    for codes in (RecordFlaw, Unsaid):
        sentences = [_(code.sentence) for code in codes]
        assert all(sentence.endswith(".") and "!" not in sentence for sentence in sentences)
        assert len(set(sentences)) == len({code.value for code in codes}) == len(codes)
    told: list[tuple[RefusalCode, int | None, str]] = [
        (Refusal.BAD_SIGNATURE, 3, "Step 3: The signature does not fit"),
        (RecordFlaw.UNREADABLE, None, "The registry of whoever made"),
    ]
    assert all(Found(code, place).sentence.startswith(sentence) for code, place, sentence in told)
    assert DIGEST not in Found(RecordFlaw.OTHER_NAME, 1).sentence
