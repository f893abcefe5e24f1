"""Two people with real keyrings walk all ways of a handover: with a copy of the registry each, and by turns on one."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from core.custody import keeping
from core.custody.handover import protocol
from core.custody.handover.facts import told
from core.custody.handover.formats.statements import read_statement
from core.custody.handover.lacking import add_lacking, differences, lacking
from core.custody.handover.listing import as_plain, handover_detail, handover_rows
from core.custody.handover.refusing import REFUSED, logged_refusals
from core.custody.identity import certifying
from core.custody.identity.refusals import RefusedError
from core.custody.losing import Why
from core.custody.owed import rotation_list
from core.custody.secret import Secret
from core.inventory.channels import add_channel
from core.inventory.credentials import NewCredential, add_credential, channels_of, tie_channels
from core.model import (
    Access,
    Credential,
    CredentialKind,
    Custody,
    ItemKind,
    ItemState,
    Occasion,
    Person,
    PlatformRole,
    Responsibility,
    Way,
)
from core.registry import create_registry
from tests.core.custody.handover.desks import NEW_SECRET, SECRET, pair_of, yes

BOTH = pytest.mark.parametrize("shared", [False, True], ids=["two copies", "one registry"])


def rotated(pair):
    """Max changes the secret on the platform and confirms; Erika hears of it and lets go; Max hears of that."""
    login, handover, taker, giver = pair.things["login"], pair.handover, pair.taker.later(), pair.giver
    revision = protocol.begin(taker.party, handover, login, Secret(NEW_SECRET))
    assert taker.party.held(login, revision) == Secret(NEW_SECRET)
    assert taker.states(handover) == [ItemState.ROTATING]
    confirmed = protocol.confirm(taker.later().party, handover, {login: yes(taker.desk.today)})
    pair.exchange(giver, confirmed)
    assert pair.states() == {(ItemState.CONFIRMED,)}
    released = protocol.release(giver.later().party, handover)
    pair.exchange(taker, released)
    return revision


@BOTH
def test_sealed(office, shared):
    pair = pair_of(office, shared=shared)
    login, giver, taker = pair.things["login"], pair.giver, pair.taker
    pair.request("login", Way.SEALED)
    sealing, bundle = protocol.seal(giver.later().party, pair.handover)
    assert SECRET.encode() not in bundle
    assert sealing.expires_on == giver.desk.today + timedelta(days=14)
    receipt = protocol.open_(taker.later(minutes=5).party, bundle)
    assert taker.party.held(login, 1) == Secret(SECRET)
    pair.exchange(giver, receipt)
    assert pair.states() == {(ItemState.OPENED,)}
    assert giver.party.held(login, 1) == Secret(SECRET)
    assert rotated(pair) == 2
    assert pair.states() == {(ItemState.CLOSED,)}
    assert giver.party.newest(login) == 0
    assert keeping.read_secret(taker.desk.custodian, login) == Secret(NEW_SECRET)
    assert {one.revision(login) for one in (giver, taker)} == {2}
    live = {(str(taker.person), 2)}
    for one in (giver, taker):
        kept = {(who, revision) for who, revision, is_open in one.custodies(login) if is_open}
        assert live <= kept <= live | {(str(taker.person), 1)}
        assert one.log_holds()


@BOTH
def test_reset(office, shared):
    pair = pair_of(office, shared=shared, verified=False)
    pair.request("login", Way.RESET)
    taker, giver, login = pair.taker.later(), pair.giver, pair.things["login"]
    assert protocol.begin(taker.party, pair.handover, login, Secret(NEW_SECRET)) == 2
    confirmed = protocol.confirm(taker.later().party, pair.handover, {login: yes(taker.desk.today)})
    pair.exchange(giver, confirmed)
    released = protocol.release(giver.later().party, pair.handover, tried=[login])
    pair.exchange(taker, released)
    assert pair.states() == {(ItemState.CLOSED,)}
    assert giver.party.newest(login) == 0
    assert giver.revision(login) == 2
    assert keeping.read_secret(taker.desk.custodian, login) == Secret(NEW_SECRET)


@BOTH
def test_role(office, shared):
    pair = pair_of(office, shared=shared, verified=False)
    pair.request("role", Way.ROLE)
    taker, giver, role = pair.taker.later(), pair.giver, pair.things["role"]
    answers = {"login-seen": taker.desk.today.isoformat(), "roles-removed": "yes"}
    confirmed = protocol.confirm(taker.party, pair.handover, {role: answers})
    pair.exchange(giver, confirmed)
    released = protocol.release(giver.later().party, pair.handover)
    pair.exchange(taker, released)
    assert pair.states() == {(ItemState.CLOSED,)}
    for one in (giver, taker):
        assert one.get(Access, role).withdrawn_on == one.desk.today
        with one.desk.registry.reading() as session:
            (granted,) = session.query(Access).filter(Access.person_id == taker.person)
            assert (granted.platform_role, granted.granted_on) == (PlatformRole.ADMIN, one.desk.today)


@BOTH
def test_duty(office, shared):
    pair = pair_of(office, shared=shared, verified=False)
    pair.request("duty", Way.DUTY)
    confirmed = protocol.confirm(pair.taker.later().party, pair.handover, {pair.things["duty"]: {}})
    pair.exchange(pair.giver, confirmed)
    assert pair.states() == {(ItemState.CLOSED,)}
    for one in (pair.giver, pair.taker):
        assert one.get(Responsibility, pair.things["duty"]).until == one.desk.today - timedelta(days=1)
        with one.desk.registry.reading() as session:
            (taken,) = session.query(Responsibility).filter(Responsibility.person_id == pair.taker.person)
            assert (taken.since, taken.until) == (one.desk.today, None)


@BOTH
def test_copy_with_return(office, shared):
    pair = pair_of(office, shared=shared)
    login, giver, taker = pair.things["login"], pair.giver, pair.taker
    pair.request("login", Way.COPY, Occasion.COVER, until=giver.desk.today + timedelta(days=20))
    _sealing, bundle = protocol.seal(giver.later().party, pair.handover)
    pair.exchange(giver, protocol.open_(taker.later(minutes=5).party, bundle))
    assert pair.states() == {(ItemState.OPENED,)}
    assert giver.party.held(login, 1) == taker.party.held(login, 1) == Secret(SECRET)
    returned = protocol.return_(taker.later(days=21).party, pair.handover)
    assert taker.party.newest(login) == 0
    giver.later(days=21)
    pair.exchange(giver, returned)
    assert pair.states() == {(ItemState.CLOSED,)}
    for one in (giver, taker):
        assert (str(taker.person), 1, False) in one.custodies(login)
        assert (str(giver.person), 1, True) in one.custodies(login)
        assert one.get(Credential, login).revision == 1
        assert one.party.owes_rotation(login)
        with one.desk.registry.reading() as session:
            (owed,) = rotation_list(session, one.desk.today)
        assert [(who.person_id, who.why) for who in owed.people] == [(taker.person, Why.RELEASED)]


@BOTH
def test_move_to_a_second_computer(office, shared):
    """The old keyring keeps its copy; no rotation, and nothing is open once the new one has it."""
    pair = pair_of(office, shared=shared, move=True)
    login, old, new = pair.things["login"], pair.giver, pair.taker
    pair.request("login", Way.MOVE, Occasion.MOVE)
    _sealing, bundle = protocol.seal(old.later().party, pair.handover)
    pair.exchange(old, protocol.open_(new.later(minutes=5).party, bundle))
    assert pair.states() == {(ItemState.CLOSED,)}
    assert old.party.held(login, 1) == new.party.held(login, 1) == Secret(SECRET)
    for one in (old, new):
        with one.desk.registry.reading() as session:
            assert {copy.store_id for copy in session.query(Custody) if copy.until is None} == {
                place.desk.custodian.vault.store() for place in (old, new)
            }
            assert not rotation_list(session, one.desk.today)


def test_a_copy_learns_of_things_that_it_lacks(office):
    """What is shown first is added, and the rest goes on; what differs is named and stays."""
    pair = pair_of(office, shared=False)
    giver, taker = pair.giver, pair.taker
    with taker.desk.registry.action("new") as session:
        fresh = add_credential(session, NewCredential(CredentialKind.TOTP, "Zweiter Faktor", (pair.things["channel"],)))
        channel = add_channel(session, "x.com/stadt_musterstadt", today=taker.desk.today)
        tie_channels(session, fresh, (channel.id,))
        session.get_one(Credential, pair.things["login"]).label = "Instagram der Stadt"
    with taker.desk.registry.reading() as session:
        items = [told(session, ItemKind.CREDENTIAL, one, Way.RESET) for one in (fresh.id, pair.things["login"])]
    asked = protocol.request(taker.party, pair.handover, giver.person, items, Occasion.LEAVING)
    with giver.desk.registry.reading() as session:
        missing, differing = lacking(session, asked), differences(session, asked)
    assert [(one.table, one.id) for one in missing] == [("channel", channel.id), ("credential", fresh.id)]
    assert {(one.here, one.there) for one in differing} == {("Instagram", "Instagram der Stadt"), ("1", "0")}
    with giver.desk.registry.action("add") as session:
        assert add_lacking(session, asked, giver.desk.today) == 2
    pair.exchange(giver, asked)
    with giver.desk.registry.reading() as session:
        assert not lacking(session, asked)
        assert session.get_one(Credential, fresh.id).kind is CredentialKind.TOTP
        assert [one.id for one in channels_of(session, fresh.id)] == [channel.id]
        assert session.get_one(Credential, pair.things["login"]).label == "Instagram"
    assert pair.states() == {(ItemState.REQUESTED, ItemState.REQUESTED)}


def test_a_person_whom_a_copy_does_not_know_comes_with_the_card(office):
    pair = pair_of(office, shared=False)
    asked = pair.request("login", Way.RESET)
    registry = create_registry(office.folder / "leer.kanalregister")
    with registry.reading() as session:
        assert {one.table for one in lacking(session, asked)} == {"person", "channel", "credential"}
    with registry.action("add") as session:
        add_lacking(session, asked, pair.giver.desk.today)
    with registry.reading() as session:
        person = session.get_one(Person, pair.taker.person)
        assert (person.given_name, person.family_name) == ("Max", "Mustermann")
    registry.close()


def test_a_refusal_leaves_one_entry_in_the_log_and_nothing_else(office):
    pair = pair_of(office, shared=False)
    asked = pair.request("login", Way.SEALED)
    _sealing, bundle = protocol.seal(pair.giver.later().party, pair.handover)
    desk, before = pair.giver.desk, pair.giver.party.newest(pair.things["login"])
    entries, held = len(desk.registry.log()), len(desk.keyring.texts())
    for refused in (lambda: protocol.open_(pair.giver.party, bundle), lambda: read_statement(asked.text[:-1])):
        with pytest.raises(RefusedError), logged_refusals(desk.custodian):
            refused()
    log = desk.registry.log()
    assert len(log) == entries + 2
    assert {entry.label for entry in log[-2:]} == {REFUSED}
    assert desk.registry.undoable != REFUSED
    assert len(desk.keyring.texts()) == held
    assert pair.giver.party.newest(pair.things["login"]) == before
    assert pair.giver.log_holds()


def test_what_was_sealed_in_vain_must_be_changed_before_it_is_handed_over_again(office):
    pair = pair_of(office, shared=False)
    login, giver, taker = pair.things["login"], pair.giver, pair.taker
    pair.request("login", Way.SEALED)
    protocol.seal(giver.later().party, pair.handover)
    withdrawn = protocol.withdraw(giver.later().party, pair.handover, reason="Doch nicht")
    pair.exchange(taker, withdrawn)
    assert giver.party.owes_rotation(login)
    with giver.desk.registry.reading() as session:
        (owed,) = rotation_list(session, giver.desk.today)
    assert [one.why for one in owed.people] == [Why.IN_VAIN]
    assert giver.party.held(login, 1) == Secret(SECRET)
    keeping.store_secret(giver.desk.custodian, login, Secret(NEW_SECRET))
    assert not giver.party.owes_rotation(login)


def test_the_keyring_remembers_when_the_registry_is_put_back(office):
    pair = pair_of(office, shared=False)
    party = pair.giver.party
    numbers = [party.next_number() for _time in range(3)]
    party.use("opened/1")
    party.use("opened/1")
    assert numbers == [1, 2, 3]
    assert pair.giver.party.is_used("opened/1")
    assert not pair.giver.party.is_used("opened/2")
    assert not pair.taker.party.is_used("opened/1")


@pytest.mark.usefixtures("in_english")
def test_both_see_what_is_done_and_whose_turn_it_is(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]

    def seen(place):
        with place.desk.registry.reading() as session:
            (row,) = handover_rows(session, place.desk.today, person_id=place.person)
            detail = handover_detail(session, pair.handover, place.desk.today)
        assert detail.row == row
        assert json.dumps(as_plain(detail))
        (item,) = detail.items
        assert set(row.turns) == set(item.own) == ({item.turn_id} if item.turn_id else set())
        return item.turn_name, item.next

    pair.request("login", Way.SEALED)
    expected = ("Erika Mustermann", "Erika Mustermann seals the secret for Max Mustermann and sends the file.")
    assert seen(giver) == seen(taker) == expected
    _sealing, bundle = protocol.seal(giver.later().party, pair.handover)
    assert seen(giver)[0] == "Max Mustermann"
    pair.exchange(giver, protocol.open_(taker.later(minutes=5).party, bundle))
    assert seen(taker) == seen(giver)
    protocol.begin(taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    assert "has prepared a new secret" in seen(taker)[1]
    with giver.desk.registry.reading() as session:
        assert not handover_rows(session, giver.desk.today, person_id=office.people["Lisa"])


@pytest.mark.usefixtures("in_english")
def test_the_head_of_press_acts_for_somebody_who_has_left(office):
    pair = pair_of(office, shared=True, verified=False)
    pair.request("role", Way.ROLE)
    taker = pair.taker.later()
    answers = {"login-seen": taker.desk.today.isoformat(), "roles-removed": "yes"}
    protocol.confirm(taker.party, pair.handover, {pair.things["role"]: answers})
    with taker.desk.registry.action("leave") as session:
        session.get_one(Person, pair.giver.person).left_on = taker.desk.today - timedelta(days=1)
        certifying.name_head(session, office.people["Lisa"])
    with taker.desk.registry.reading() as session:
        detail = handover_detail(session, pair.handover, taker.desk.today)
    assert detail.items[0].turn_id == office.people["Lisa"]
    assert detail.items[0].next.startswith("Lisa Musterfrau closes it as head of press")
