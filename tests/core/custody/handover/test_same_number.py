"""A reset whose number the giver's own changes bear already: two copies of the registry, and one that both use."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from core.custody import keeping, rotating
from core.custody.handover import protocol
from core.custody.handover.arriving import arrive
from core.custody.handover.formats.statements import Matter, Signer, make_statement
from core.custody.handover.reading import recognise_file
from core.custody.handover.steps.case import best
from core.custody.handover.steps.giving import number_for
from core.custody.handover.steps.taking_in import MOST_AHEAD
from core.custody.identity.refusals import RefusedError
from core.custody.owed import rotation_list
from core.custody.recovery import new_recovery_key, put_in_force
from core.custody.secret import Secret
from core.model import Act, Credential, Envelope, ItemState, Way
from tests.core.custody.handover.desks import NEW_SECRET, SECRET, Pair, Place, pair_of, yes

OWN = Secret("im Sommer selbst geändert")


def changed_by_giver(pair: Pair, times: int = 1) -> None:
    """Erika changes the secret herself; a copy that Max has never hears of it."""
    custodian, login = pair.giver.later().desk.custodian, pair.things["login"]
    for _time in range(times):
        rotating.begin_rotation(custodian, login, OWN)
        rotating.confirm_rotation(custodian, login)


def owed(place: Place) -> list[UUID]:
    """What is to be changed, as a registry knows."""
    with place.desk.registry.reading() as session:
        return [one.credential_id for one in rotation_list(session, place.desk.today)]


def reset_by_taker(pair: Pair) -> None:
    """Max resets it at the platform and confirms that."""
    login = pair.things["login"]
    protocol.begin(pair.taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    confirmed = protocol.confirm(pair.taker.later().party, pair.handover, {login: yes(pair.taker.desk.today)})
    pair.exchange(pair.giver, confirmed)


@pytest.mark.parametrize(
    ("times", "verified"),
    [(1, True), (1, False), (2, False), (5, True)],
    ids=["the same number", "the same number, not verified", "one ahead, not verified", "far ahead"],
)
def test_of_two_copies_the_reset_is_released_once_the_own_secret_was_tried(office, verified, times):
    pair = pair_of(office, shared=False, verified=verified)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    with taker.desk.registry.action("known") as session:
        session.get_one(Credential, login).revision = 1
    changed_by_giver(pair, times)
    own = 1 + times
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    assert (giver.revision(login), giver.party.newest(login), taker.party.newest(login)) == (own, own, 2)
    with pytest.raises(RefusedError) as refused:
        protocol.release(giver.later().party, pair.handover)
    assert refused.value.code == ("same-number" if verified else "not-tried")
    assert giver.party.held(login, own) == OWN, "nothing goes before it was tried"
    released = protocol.release(giver.later().party, pair.handover, tried=[login])
    pair.exchange(taker, released)
    assert pair.states() == {(ItemState.CLOSED,)}
    assert giver.party.newest(login) == 0
    assert taker.party.held(login, own + 1) == Secret(NEW_SECRET)
    assert taker.party.held(login, 2) is None, "it is kept once"
    assert keeping.read_secret(taker.desk.custodian, login) == Secret(NEW_SECRET)
    for place in (giver, taker):
        assert {one for one in place.custodies(login) if one[2]} == {(str(taker.person), own + 1, True)}
        assert place.revision(login) == own + 1, "both copies agree on a number that no other secret bore"
        assert owed(place) == [], "what the giver knew opens nothing any more"
        assert place.items(pair.handover)[login].revision_after == own + 1
        assert place.log_holds()


def test_what_was_numbered_anew_is_changed_and_handed_on_as_any_other(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    with taker.desk.registry.action("known") as session:
        session.get_one(Credential, login).revision = 1
    changed_by_giver(pair, 3)
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    pair.exchange(taker, protocol.release(giver.later().party, pair.handover, tried=[login]))
    changed_by_giver(Pair(taker, giver, pair.things))
    assert (taker.revision(login), taker.party.newest(login)) == (6, 6)
    back = Pair(taker, giver, pair.things)
    back.request("login", Way.SEALED)
    _sealing, bundle = protocol.seal(taker.later().party, back.handover)
    back.exchange(taker, protocol.open_(giver.later(minutes=5).party, bundle))
    assert giver.party.held(login, 6) == OWN
    assert giver.revision(login) == 6


def test_what_was_numbered_anew_lies_in_an_envelope_at_once(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    with taker.desk.registry.action("known") as session:
        session.get_one(Credential, login).revision = 1
    key = new_recovery_key()
    put_in_force(taker.desk.custodian, key.recipient, place="Tresor")
    changed_by_giver(pair, 2)
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    released = protocol.release(giver.later().party, pair.handover, tried=[login])
    taker.later()
    found = recognise_file(released.file_text.encode(), person=taker.person)
    arrive(taker.desk.custodian, found, taker.desk.now)
    with taker.desk.registry.reading() as session:
        sealed = session.scalars(select(Envelope.revision).where(Envelope.credential_id == login)).all()
    assert taker.revision(login) == 4
    assert 4 in sealed


def test_an_interrupted_release_finds_the_same_number_again(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    with taker.desk.registry.action("known") as session:
        session.get_one(Credential, login).revision = 1
    changed_by_giver(pair, 2)
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    party = giver.later().party
    confirmed = best(party, party.statements(pair.handover), Act.CONFIRMATION)
    assert confirmed is not None
    number = number_for(party, pair.told("login", Way.RESET), confirmed)
    party.drop(login, number)
    pair.exchange(taker, protocol.release(giver.later().party, pair.handover, tried=[login]))
    assert (number, giver.revision(login), taker.revision(login)) == (4, 4, 4)
    assert taker.party.held(login, 4) == Secret(NEW_SECRET)


def test_a_change_that_is_merely_begun_is_not_let_go(office):
    pair = pair_of(office, shared=False)
    giver, login = pair.giver, pair.things["login"]
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    rotating.begin_rotation(giver.later().desk.custodian, login, OWN)
    with pytest.raises(RefusedError) as refused:
        protocol.release(giver.later().party, pair.handover, tried=[login])
    assert refused.value.code == "older-revision"
    assert giver.party.held(login, giver.party.newest(login)) == OWN


def test_a_release_moves_a_number_by_no_more_than_a_few_changes(office):
    pair = pair_of(office, shared=False)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    released = protocol.release(giver.later().party, pair.handover)
    far = taker.revision(login) + MOST_AHEAD + 1
    me = giver.party.me()
    signer = Signer(me.card, me.keys, released.number, released.head, released.made_at)
    items = tuple(replace(one, revision=far) for one in released.items)
    matter = Matter(released.registry, released.handover, released.giver, released.taker)
    before = taker.revision(login)
    pair.exchange(taker, make_statement(Act.RELEASE, matter, items, released.about, signer))
    assert taker.party.held(login, before) == Secret(NEW_SECRET)
    assert taker.revision(login) == before


@pytest.mark.parametrize("tried", [True, False], ids=["tried", "not tried"])
def test_in_one_registry_numbers_never_meet(office, tried):
    pair = pair_of(office, shared=True)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    changed_by_giver(pair)
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    protocol.release(giver.later().party, pair.handover, tried=[login] if tried else ())
    assert pair.states() == {(ItemState.CLOSED,)}
    assert (giver.party.newest(login), taker.party.newest(login)) == (0, 3)


def test_a_registry_that_has_learnt_the_confirmed_revision_elsewhere_lets_go_of_the_old_one(office):
    pair = pair_of(office, shared=False)
    giver, login = pair.giver, pair.things["login"]
    pair.request("login", Way.RESET)
    with giver.desk.registry.action("learnt") as session:
        session.get_one(Credential, login).revision = 2
    reset_by_taker(pair)
    assert giver.party.held(login, 1) == Secret(SECRET)
    pair.exchange(pair.taker, protocol.release(giver.later().party, pair.handover))
    assert pair.states() == {(ItemState.CLOSED,)}
    assert giver.party.newest(login) == 0
