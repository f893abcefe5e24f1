"""A reset whose number the giver's own change bears already: two copies of the registry, and one that both use."""

from __future__ import annotations

import pytest

from core.custody import rotating
from core.custody.handover import protocol
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.model import Credential, ItemState, Way
from tests.core.custody.handover.desks import NEW_SECRET, SECRET, Pair, pair_of, yes

OWN = Secret("im Sommer selbst geändert")


def changed_by_giver(pair: Pair) -> None:
    """Erika changes the secret herself; a copy that Max has never hears of it."""
    custodian, login = pair.giver.later().desk.custodian, pair.things["login"]
    rotating.begin_rotation(custodian, login, OWN)
    rotating.confirm_rotation(custodian, login)


def reset_by_taker(pair: Pair) -> None:
    """Max resets it at the platform and confirms that."""
    login = pair.things["login"]
    protocol.begin(pair.taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    confirmed = protocol.confirm(pair.taker.later().party, pair.handover, {login: yes(pair.taker.desk.today)})
    pair.exchange(pair.giver, confirmed)


@pytest.mark.parametrize("verified", [True, False], ids=["verified", "not verified"])
def test_of_two_copies_the_reset_is_released_once_the_own_secret_was_tried(office, verified):
    pair = pair_of(office, shared=False, verified=verified)
    giver, taker, login = pair.giver, pair.taker, pair.things["login"]
    with taker.desk.registry.action("known") as session:
        session.get_one(Credential, login).revision = 1
    changed_by_giver(pair)
    pair.request("login", Way.RESET)
    reset_by_taker(pair)
    assert giver.revision(login) == giver.party.newest(login) == taker.party.newest(login) == 2
    with pytest.raises(RefusedError) as refused:
        protocol.release(giver.later().party, pair.handover)
    assert refused.value.code == ("same-number" if verified else "not-tried")
    assert giver.party.held(login, 2) == OWN, "nothing goes before it was tried"
    released = protocol.release(giver.later().party, pair.handover, tried=[login])
    pair.exchange(taker, released)
    assert pair.states() == {(ItemState.CLOSED,)}
    assert giver.party.newest(login) == 0
    assert taker.party.held(login, 2) == Secret(NEW_SECRET)
    for place in (giver, taker):
        assert {one for one in place.custodies(login) if one[2]} == {(str(taker.person), 2, True)}
        assert place.revision(login) == 2


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
