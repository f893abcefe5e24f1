"""Two people with two keyrings and two copies of the registry, who meet only through files and by telephone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from core.custody.identity import certifying, enrolling, verifying
from core.custody.identity.armor import unarmored
from core.custody.identity.cards import Owner, make_card, read_card
from core.custody.identity.circle import Standing
from core.custody.identity.keys import Keys, new_seed
from core.custody.identity.notes import note_slots
from core.custody.identity.pins import PINS, read_pins
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.custody.identity.statements import Said, make_statement, read_statement
from core.custody.identity.words import HOW_MANY, are_right, asked_numbers, verification_words
from core.custody.vault import DamagedEntryError
from core.errors import BadInputError, ConflictError
from core.model import KeyCard, KeyVerification, Person, VerifiedBy
from tests.core.custody.identity.office import Desk, Office, meet


def code_of(doing, *words: object) -> RefusalCode:
    with pytest.raises(RefusedError) as refusal:
        doing(*words)
    return refusal.value.code


def owner_of(desk: Desk, person: UUID, name: str) -> Owner:
    return Owner(desk.registry.id, person, name, "fremd", UUID(int=5))


def rows(desk: Desk, kind: type):
    with desk.registry.reading() as session:
        found: list[Any] = list(session.scalars(select(kind)))
        session.expunge_all()
    return found


def test_two_people_see_the_same_words_and_pin_each_other(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    hers, his = erika.enrol(), max_.enrol()
    assert erika.words(his) == max_.words(hers)
    assert len(erika.words(his)) == HOW_MANY
    assert not erika.circle().usable(office.people["Max"]), "seen is not verified"
    pin = max_.verify(hers, erika.words(his))
    assert (pin.how, pin.head) == (VerifiedBy.WORDS, True)
    assert erika.verify(his, max_.words(hers)).head is False
    assert erika.circle().usable(office.people["Max"]) == [his]
    assert (erika.row(his).verified, erika.row(hers).verified) == (Standing.WORDS, Standing.OWN)
    assert erika.row(his).told == ("Erika Mustermann",)
    assert [one.how for one in rows(erika, KeyVerification)] == [VerifiedBy.WORDS]


def test_enrolling_again_changes_nothing_and_mends_a_registry_that_forgot(office: Office):
    erika = office.desk("Erika")
    card = erika.enrol()
    assert erika.enrol() == card
    assert len(rows(erika, KeyCard)) == 1
    elsewhere = office.desk("Erika")
    elsewhere.keyring = erika.keyring
    assert elsewhere.enrol() == card, "her keyring at another copy of the registry"
    assert [one.fingerprint for one in rows(elsewhere, KeyCard)] == [card.fingerprint]


def test_a_keyring_of_somebody_else_is_not_enrolled(office: Office):
    erika, max_ = office.desk("Erika", same_registry=True), office.desk("Max", same_registry=True)
    max_.enrol()
    erika.keyring = max_.keyring
    office.first._me = office.people["Erika"]
    with pytest.raises(ConflictError):
        erika.enrol()


def test_without_a_card_of_ones_own_there_are_no_words(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    with pytest.raises(BadInputError):
        erika.words(max_.enrol())
    assert not erika.circle().cards


def test_a_card_swapped_on_the_way_changes_the_words(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    hers, his = erika.enrol(), max_.enrol()
    forged = make_card(owner_of(erika, office.people["Max"], "Max Mustermann"), Keys(new_seed()), erika.now)
    assert erika.words(forged) != max_.words(hers)
    assert code_of(erika.verify, forged, max_.words(hers)) is Refusal.WRONG_WORDS
    assert forged.fingerprint not in erika.circle().cards, "nothing was taken in"
    assert erika.circle().standing(forged) is Standing.NO
    assert erika.verify(his, max_.words(hers)).card == his.fingerprint


def test_after_three_wrong_tries_a_card_rests_until_tomorrow(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    hers, his = erika.enrol(), max_.enrol()
    wrong = ("falsch",) * HOW_MANY
    codes = [code_of(erika.verify, his, wrong) for _try in range(3)]
    assert codes == [Refusal.WRONG_WORDS] * 3
    right = max_.words(hers)
    assert code_of(erika.verify, his, right) is Refusal.TOO_MANY_TRIES
    assert code_of(verifying.verify_by_words, erika.custodian, his, {1: right[0], 2: right[1]}, erika.now) is (
        Refusal.TOO_MANY_TRIES
    )
    assert erika.later(1).verify(his, right).card == his.fingerprint


def test_words_are_typed_by_number_in_any_case_and_at_least_two():
    words = ("eins", "zwei", "drei", "vier", "acht", "neun")
    assert are_right(words, {2: " Zwei\n", 5: "ACHT"})
    assert not are_right(words, {2: "zwei"})
    assert not are_right(words, {2: "acht", 5: "zwei"})
    assert not are_right(words, {0: "neun", 7: "neun"})
    asked = {asked_numbers() for _time in range(200)}
    assert all(len(set(numbers)) == 2 and set(numbers) <= set(range(1, 7)) for numbers in asked)
    assert len(asked) > 10, "chosen at random"
    assert all(list(numbers) == sorted(numbers) for numbers in asked), "as they are read out"
    assert verification_words("a" * 64, "b" * 64) == verification_words("b" * 64, "a" * 64)
    assert verification_words("a" * 64, "b" * 64) != verification_words("a" * 64, "c" * 64)


def test_what_is_not_for_this_registry_or_person_is_refused(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    own = erika.enrol()
    keys, person = Keys(new_seed()), office.people["Max"]
    good = owner_of(erika, person, "Max Mustermann")
    wrong = {
        Refusal.OTHER_REGISTRY: (replace(good, registry=str(UUID(int=3))), erika.now),
        Refusal.UNKNOWN_PERSON: (replace(good, person=UUID(int=4)), erika.now),
        Refusal.OTHER_NAME: (replace(good, name="Erika Mustermann"), erika.now),
        Refusal.FROM_THE_FUTURE: (good, erika.now + timedelta(days=2)),
    }
    for code, (owner, created) in wrong.items():
        assert code_of(erika.words, make_card(owner, keys, created)) is code
    assert code_of(erika.words, own) is Refusal.OWN_CARD
    assert len(erika.circle().cards) == 1, "nothing of it was taken in"
    assert max_.enrol() is not None


def test_a_changed_key_is_verified_again_and_the_old_card_is_stale(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    hers, his = meet(erika, max_)
    renewed = max_.later(3).enrol(renew=True)
    assert (renewed.previous, renewed.replaces(his)) == (his.fingerprint, True)
    assert erika.later(3).circle().standing(renewed) is Standing.NO
    assert erika.later(3).verify(renewed, max_.later(3).words(hers)).card == renewed.fingerprint
    assert erika.circle().usable(office.people["Max"]) == [renewed]
    assert code_of(erika.later(4).words, his) is Refusal.STALE, "replayed"
    assert erika.row(his).replaced
    seeds = [text for _label, _attributes, text in max_.keyring.texts() if "seed" in text]
    assert len(seeds) == 1, "the old one is gone"


def test_a_fresh_card_after_a_lost_seed_ends_the_old_one_once_it_is_verified(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    hers, his = meet(erika, max_)
    fresh = make_card(
        Owner(his.registry, his.person, his.name, his.device, his.store), Keys(new_seed()), his.created + timedelta(1)
    )
    stranger = replace(erika.circle().cards[his.fingerprint].card)
    assert not erika.circle().is_replaced(stranger)
    later = erika.later(2)
    later.verify(fresh, verification_words(hers.fingerprint, fresh.fingerprint))
    assert code_of(later.words, his) is Refusal.STALE


def test_the_head_certifies_what_she_verified_and_whoever_pinned_her_accepts_it(office: Office):
    erika, max_, lisa = office.desk("Erika"), office.desk("Max"), office.desk("Lisa")
    hers, his = meet(erika, max_)
    lisas = lisa.enrol()
    assert code_of(certifying.certify, erika.custodian, lisas, erika.now) is Refusal.NOT_VERIFIED
    assert code_of(certifying.certify, max_.custodian, hers, max_.now) is Refusal.NOT_HEAD
    sent = certifying.certify(erika.custodian, his, erika.now).file_text
    certificate = read_statement(unarmored(sent.encode())[1], Said.CERTIFIED)
    assert code_of(certifying.accept_certificate, lisa.custodian, certificate, lisa.now) is Refusal.SIGNER_UNKNOWN
    lisa.verify(hers, verification_words(hers.fingerprint, lisas.fingerprint))
    assert code_of(certifying.accept_certificate, max_.custodian, certificate, max_.now) is Refusal.OWN_CARD
    certifying.accept_certificate(lisa.custodian, certificate, lisa.now)
    assert lisa.row(his).verified is Standing.CERTIFICATE
    assert lisa.circle().usable(office.people["Max"]) == [his]
    lisa.verify(his, verification_words(his.fingerprint, lisas.fingerprint))
    certifying.accept_certificate(lisa.custodian, certificate, lisa.now)
    assert lisa.row(his).verified is Standing.WORDS, "what one has compared oneself stays so"


def test_a_certificate_counts_only_from_the_head_that_the_person_knew_as_head(office: Office):
    erika, max_, lisa = office.desk("Erika"), office.desk("Max"), office.desk("Lisa")
    meet(erika, max_)
    his, lisas = meet(max_, lisa)
    hers = erika.enrol()
    with lisa.registry.action("somebody writes into the database") as session:
        certifying.name_head(session, office.people["Max"])
    by_max = make_statement(Said.CERTIFIED, hers, his, max_.circle().me.keys, max_.now)
    assert code_of(certifying.accept_certificate, lisa.custodian, by_max, lisa.now) is Refusal.SIGNER_NOT_ALLOWED
    assert lisa.verify(his, verification_words(his.fingerprint, lisas.fingerprint)).head, "told at the new comparison"
    certifying.accept_certificate(lisa.custodian, by_max, lisa.now)
    assert lisa.row(hers).verified is Standing.CERTIFICATE


def test_a_forged_certificate_is_refused(office: Office):
    erika, lisa = office.desk("Erika"), office.desk("Lisa")
    hers, lisas = meet(erika, lisa)
    forged = make_card(owner_of(erika, office.people["Max"], "Max Mustermann"), Keys(new_seed()), erika.now)
    statement = make_statement(Said.CERTIFIED, forged, hers, Keys(new_seed()), erika.now)
    assert code_of(certifying.accept_certificate, lisa.custodian, statement, lisa.now) is Refusal.BAD_SIGNATURE
    own = make_statement(Said.CERTIFIED, forged, lisas, lisa.circle().me.keys, lisa.now)
    assert code_of(certifying.accept_certificate, lisa.custodian, own, lisa.now) is Refusal.SIGNER_UNKNOWN
    assert lisa.circle().standing(forged) is Standing.NO


def test_whoever_writes_into_the_registry_verifies_nothing(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    _hers, his = meet(erika, max_)
    forged = make_card(
        replace(owner_of(erika, his.person, his.name), store=his.store), Keys(new_seed()), his.created + timedelta(1)
    )
    with erika.registry.action("a forger") as session:
        row = session.scalars(select(KeyCard).where(KeyCard.fingerprint == his.fingerprint)).one()
        row.text = forged.text.decode()
    assert erika.row(his).problem == Refusal.WRONG_VALUE
    assert not erika.circle().usable(office.people["Max"])
    with erika.registry.action("a forger") as session:
        row = session.scalars(select(KeyCard).where(KeyCard.fingerprint == his.fingerprint)).one()
        row.fingerprint = forged.fingerprint
    assert erika.row(forged).verified is Standing.NO
    assert not erika.circle().usable(office.people["Max"])


def test_a_person_who_changed_their_name_gives_a_new_card(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    _hers, his = meet(erika, max_)
    for desk in (erika, max_):
        with desk.registry.action("marriage") as session:
            session.get_one(Person, office.people["Max"]).family_name = "Musterfrau"
    assert code_of(erika.words, his) is Refusal.OTHER_NAME
    assert erika.circle().usable(office.people["Max"]) == [his], "what was verified stays so"
    renewed = max_.enrol(renew=True)
    assert renewed.name == "Max Musterfrau"
    assert erika.words(read_card(renewed.text)) == max_.words(_hers)


def test_a_crash_between_the_steps_of_the_keyring_leaves_the_newer_note(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    _hers, his = meet(erika, max_)
    vault, store = erika.custodian.vault, erika.circle().store_id
    slots = note_slots(store, PINS)
    current = max((held for slot in slots if (held := vault.get(slot))), key=lambda held: held.revision)
    older, newer = slots[(current.revision + 1) % 2], slots[current.revision % 2]
    vault.put(older, current.revision - 1, current.secret)
    assert read_pins(vault, store).of(his.fingerprint) is not None
    renewed = max_.enrol(renew=True)
    erika.verify(renewed, max_.words(_hers))
    assert vault.get(newer) is None
    assert {pin.card for pin in read_pins(vault, store).pins} == {his.fingerprint, renewed.fingerprint}


def test_damaged_keys_are_named_and_made_anew_only_when_asked(office: Office):
    erika = office.desk("Erika")
    card = erika.enrol()
    vault, store = erika.custodian.vault, erika.circle().store_id
    for slot in note_slots(store, enrolling.IDENTITY):
        if (held := vault.get(slot)) is not None:
            vault.remove(slot)
            vault.put(slot, held.revision, type(held.secret)(held.secret.reveal().replace("Erika", "Erica")))
    with pytest.raises(DamagedEntryError):
        erika.enrol()
    fresh = erika.enrol(renew=True)
    assert (fresh.previous, fresh.fingerprint != card.fingerprint) == (None, True)
