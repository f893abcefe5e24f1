"""Revoked cards, lost computers, and several computers of one person."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from core.custody.identity import certifying, revoking
from core.custody.identity.armor import unarmored
from core.custody.identity.cards import Card
from core.custody.identity.circle import Standing
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.custody.identity.statements import Said, Statement, make_statement, read_statement
from core.custody.identity.words import verification_words
from core.custody.vault import VaultError
from core.errors import BadInputError
from core.model import KeyCard
from tests.core.custody.identity.office import Desk, Office, meet


def revoked(desk: Desk, card: Card) -> Statement:
    sent = revoking.revoke(desk.custodian, card, desk.now).file_text
    return read_statement(unarmored(sent.encode())[1], Said.REVOKED)


def code_of(doing, *words: object) -> RefusalCode:
    with pytest.raises(RefusedError) as refusal:
        doing(*words)
    return refusal.value.code


def test_a_revoked_card_is_out_everywhere_and_a_fresh_one_takes_its_place(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    _hers, his = meet(erika, max_)
    statement = revoked(max_, his)
    assert max_.circle().me is None, "the keys are gone"
    assert erika.circle().usable(office.people["Max"]) == [his], "she has not heard of it yet"
    revoking.take_in_revocation(erika.custodian, statement)
    revoking.take_in_revocation(erika.custodian, statement)
    assert not erika.circle().usable(office.people["Max"])
    assert erika.row(his).revoked == erika.today
    assert code_of(erika.words, his) is Refusal.REVOKED
    fresh = max_.enrol()
    assert (fresh.previous, fresh.store, fresh.fingerprint != his.fingerprint) == (None, his.store, True)
    assert erika.circle().standing(fresh) is Standing.NO


def test_a_registry_put_back_from_a_backup_does_not_bring_a_revoked_card_back(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    _hers, his = meet(erika, max_)
    statement = revoked(max_, his)
    revoking.take_in_revocation(erika.custodian, statement)
    with erika.registry.action("a backup is put back") as session:
        row = session.scalars(select(KeyCard).where(KeyCard.fingerprint == his.fingerprint)).one()
        row.revoked_on = row.revoked_by_id = row.revocation = None
    assert not erika.circle().usable(office.people["Max"])
    assert erika.row(his).revoked is not None
    assert code_of(erika.words, his) is Refusal.REVOKED


def test_a_lost_computer_is_revoked_by_the_head_of_press(office: Office):
    erika, max_, lisa = office.desk("Erika"), office.desk("Max"), office.desk("Lisa")
    hers, his = meet(erika, max_)
    _lisas, again = meet(lisa, max_)
    assert again == his
    statement = revoked(erika, his)
    assert revoked(erika, his) == statement, "asked again, it is the same one"
    assert code_of(revoking.take_in_revocation, lisa.custodian, statement) is Refusal.SIGNER_UNKNOWN
    lisa.verify(hers, verification_words(hers.fingerprint, lisa.enrol().fingerprint))
    revoking.take_in_revocation(lisa.custodian, statement)
    assert not lisa.circle().usable(office.people["Max"])


def test_one_computer_of_a_person_revokes_another_and_others_stay(office: Office):
    erika, max_, laptop = office.desk("Erika"), office.desk("Max"), office.desk("Max")
    hers, his = meet(erika, max_)
    mobile = laptop.enrol()
    erika.verify(mobile, verification_words(hers.fingerprint, mobile.fingerprint))
    assert {card.fingerprint for card in erika.circle().usable(office.people["Max"])} == {
        his.fingerprint,
        mobile.fingerprint,
    }
    max_.verify(mobile, verification_words(his.fingerprint, mobile.fingerprint))
    statement = revoked(max_, mobile)
    revoking.take_in_revocation(erika.custodian, statement)
    assert erika.circle().usable(office.people["Max"]) == [his]
    assert max_.circle().me is not None, "his own keys stay"


def test_nobody_revokes_the_card_of_somebody_else(office: Office):
    erika, max_, lisa = office.desk("Erika"), office.desk("Max"), office.desk("Lisa")
    hers, his = meet(erika, max_)
    lisas, _his = meet(lisa, max_)
    assert code_of(revoking.revoke, max_.custodian, lisas, max_.now) is Refusal.SIGNER_NOT_ALLOWED
    forged = make_statement(Said.REVOKED, lisas, his, max_.circle().me.keys, max_.now)
    erika.verify(lisas, verification_words(hers.fingerprint, lisas.fingerprint))
    assert code_of(revoking.take_in_revocation, erika.custodian, forged) is Refusal.SIGNER_NOT_ALLOWED
    as_if_hers = make_statement(Said.REVOKED, lisas, hers, max_.circle().me.keys, max_.now)
    assert code_of(revoking.take_in_revocation, max_.custodian, as_if_hers) is Refusal.BAD_SIGNATURE
    assert erika.circle().usable(office.people["Lisa"]) == [lisas]


def test_what_a_revoked_key_certified_counts_no_longer(office: Office):
    erika, max_, lisa = office.desk("Erika"), office.desk("Max"), office.desk("Lisa")
    hers, his = meet(erika, max_)
    lisa.enrol()
    lisa.verify(hers, verification_words(hers.fingerprint, lisa.enrol().fingerprint))
    certificate = certifying.certify(erika.custodian, his, erika.now)
    certifying.accept_certificate(lisa.custodian, certificate, lisa.now)
    assert lisa.circle().usable(office.people["Max"]) == [his]
    statement = revoked(erika, hers)
    revoking.take_in_revocation(lisa.custodian, statement)
    assert not lisa.circle().usable(office.people["Max"])
    assert lisa.row(his).verified is Standing.NO


def test_a_card_is_called_by_the_beginning_of_its_fingerprint(office: Office):
    erika = office.desk("Erika")
    card = erika.enrol()
    circle, fingerprint = erika.circle(), card.fingerprint
    for text in (fingerprint, fingerprint[:8], f"{fingerprint[:4]} {fingerprint[4:12].upper()}"):
        assert revoking.card_called(circle, text).card == card
    for text in ("", fingerprint[:4], "zzzzzzzz", fingerprint + "0"):
        with pytest.raises(BadInputError):
            revoking.card_called(circle, text)


def test_with_a_revoked_card_nothing_is_signed_or_verified(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    hers, his = meet(erika, max_)
    with max_.registry.action("the head's revocation, in a shared registry") as session:
        session.scalars(select(KeyCard).where(KeyCard.fingerprint == his.fingerprint)).one().revoked_on = max_.today
    with pytest.raises(BadInputError):
        max_.words(hers)
    with pytest.raises(BadInputError):
        revoking.revoke(max_.custodian, his, max_.now)
    assert max_.enrol().fingerprint != his.fingerprint


def test_a_revocation_that_the_keyring_interrupted_is_done_again(office: Office):
    erika, max_ = office.desk("Erika"), office.desk("Max")
    _hers, his = meet(erika, max_)
    max_.keyring.lock()
    with pytest.raises(VaultError):
        revoking.revoke(max_.custodian, his, max_.now)
    max_.keyring.restart()
    assert max_.row(his).revoked is None, "nothing was signed"
    statement = make_statement(Said.REVOKED, his, his, max_.circle().me.keys, max_.now)
    with max_.registry.action("the keyring stops after this") as session:
        row = session.scalars(select(KeyCard).where(KeyCard.fingerprint == his.fingerprint)).one()
        row.revoked_on, row.revocation = max_.today, statement.text.decode()
    assert max_.circle().me is not None
    assert revoked(max_, his) == statement
    assert max_.circle().me is None
