"""What follows in both registries from what two people say: covers, things handed over, envelopes, later numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.custody import keeping, recovery
from core.custody.envelopes import envelope_files
from core.custody.handover import protocol
from core.custody.handover.acting import Actor
from core.custody.handover.facts import told
from core.custody.secret import Secret
from core.errors import ConflictError
from core.inventory.credentials import NewCredential, add_credential
from core.model import Credential, CredentialKind, ItemKind, ItemState, Occasion, Responsibility, Rotation, Way
from tests.core.custody.handover.desks import NEW_SECRET, pair_of, yes


def test_who_covers_answers_for_a_channel_until_the_end_and_nobody_gives_it_up(office):
    pair = pair_of(office, shared=False, verified=False)
    until = date(2026, 12, 20)
    pair.request("duty", Way.DUTY, Occasion.COVER, until=until)
    confirmed = protocol.confirm(pair.taker.later().party, pair.handover, {pair.things["duty"]: {}})
    pair.exchange(pair.giver, confirmed)
    assert pair.states() == {(ItemState.CLOSED,)}
    for one in (pair.giver, pair.taker):
        assert one.get(Responsibility, pair.things["duty"]).until is None
        with one.desk.registry.reading() as session:
            (taken,) = session.query(Responsibility).filter(Responsibility.person_id == pair.taker.person)
            assert (taken.since, taken.until) == (one.desk.today, until)


def test_a_thing_goes_from_hand_to_hand_and_who_has_it_is_known_in_both(office):
    with office.first.action("phone") as session:
        phone = add_credential(
            session, NewCredential(CredentialKind.SIM, "Diensthandy", holder_id=office.people["Erika"])
        )
    pair = pair_of(office, shared=False, verified=False)
    with pair.taker.desk.registry.reading() as session:
        items = [told(session, ItemKind.CREDENTIAL, phone.id, Way.DUTY)]
    asked = protocol.request(pair.taker.party, pair.handover, pair.giver.person, items, Occasion.LEAVING)
    pair.exchange(pair.giver, asked)
    pair.exchange(pair.giver, protocol.confirm(pair.taker.later().party, pair.handover, {phone.id: {}}))
    assert pair.states() == {(ItemState.CLOSED,)}
    assert {one.get(Credential, phone.id).holder_id for one in (pair.giver, pair.taker)} == {pair.taker.person}


def test_the_envelope_of_the_new_secret_is_there_before_it_is_confirmed(office):
    """With the envelope written at the end, a lost machine would lock everybody out."""
    pair = pair_of(office, shared=True, verified=False)
    taker, login = pair.taker, pair.things["login"]
    key = recovery.new_recovery_key()
    recovery.put_in_force(pair.giver.desk.custodian, key.recipient)
    pair.request("login", Way.RESET)
    protocol.begin(taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    files = sorted(file.name.split("-")[5] for file in envelope_files(taker.desk.registry.path))
    assert files == ["1", "2"]
    protocol.confirm(taker.later().party, pair.handover, {login: yes(taker.desk.today)})
    assert [file.name.split("-")[5] for file in envelope_files(taker.desk.registry.path)] == ["2"]


def test_a_login_that_nobody_had_stored_counts_as_changed_by_the_reset(office):
    """The first revision would pass for the secret that all know who ever had the shared login."""
    with office.first.action("login") as session:
        fresh = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Nie hinterlegt"))
    pair = pair_of(office, shared=False, verified=False)
    taker = pair.taker
    with taker.desk.registry.reading() as session:
        items = [told(session, ItemKind.CREDENTIAL, fresh.id, Way.RESET)]
    asked = protocol.request(taker.party, pair.handover, pair.giver.person, items, Occasion.LEAVING)
    pair.exchange(pair.giver, asked)
    assert protocol.begin(taker.later().party, pair.handover, fresh.id, Secret(NEW_SECRET)) == 2
    protocol.confirm(taker.later().party, pair.handover, {fresh.id: yes(taker.desk.today)})
    known = taker.get(Credential, fresh.id)
    assert (known.revision, known.rotated_on, known.rotated_by_id) == (2, taker.desk.today, taker.person)
    assert keeping.read_secret(taker.desk.custodian, fresh.id) == Secret(NEW_SECRET)


def test_what_is_prepared_stays_prepared_and_who_was_quicker_is_told(office):
    pair = pair_of(office, shared=True, verified=False)
    login, giver, taker = pair.things["login"], pair.giver, pair.taker
    pair.request("login", Way.RESET)
    party = taker.later().party
    assert protocol.begin(party, pair.handover, login, Secret(NEW_SECRET)) == 2
    assert protocol.begin(taker.later().party, pair.handover, login, Secret("ein anderes")) == 2
    assert taker.party.held(login, 2) == Secret(NEW_SECRET)
    with pytest.raises(ConflictError):
        keeping.store_secret(giver.desk.custodian, login, Secret("dazwischen"))
    with giver.desk.registry.action("elsewhere") as session:
        session.get_one(Credential, login).revision = 2
        session.add(Rotation(credential_id=login, revision=2, person_id=giver.person, on=giver.desk.today))
    with pytest.raises(ConflictError):
        taker.party.finish_rotation(login, 2)
    assert taker.party.held(login, 2) == Secret(NEW_SECRET)


def test_a_step_of_the_keyring_can_be_asked_for_again(office):
    pair = pair_of(office, shared=False, verified=False)
    taker, login = pair.taker, pair.things["login"]
    for _time in range(2):
        taker.party.keep(login, 1, Secret("heute"))
    assert len([one for one in taker.custodies(login) if one[2]]) == 1
    for _time in range(2):
        taker.party.drop(login, 1)
    assert taker.party.newest(login) == 0
    assert {one[2] for one in taker.custodies(login)} == {False}
    entries = len(taker.desk.registry.log())
    Actor(taker.desk.custodian, taker.desk.now + timedelta(minutes=1)).drop(login, 1)
    assert len(taker.desk.registry.log()) == entries
