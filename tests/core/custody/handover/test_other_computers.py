"""Whoever hands over has other computers: what they still keep is listed, and goes once it was released."""

from __future__ import annotations

import pytest

from core.custody.handover import protocol
from core.custody.handover.arriving import arrive
from core.custody.handover.formats.statements import Statement
from core.custody.handover.previous import clear_released
from core.custody.handover.reading import recognise_file
from core.custody.holding import CopyState, custody_rows
from core.custody.identity.revoking import revoke
from core.custody.secret import Secret
from core.model import ItemState, Occasion, Way
from tests.core.custody.handover.desks import NEW_SECRET, SECRET, Pair, Place, _beside, pair_of, yes

BOTH = pytest.mark.parametrize("shared", [False, True], ids=["two copies", "one registry"])


def two_computers(office, *, shared: bool) -> tuple[Place, Place, Pair]:
    """Erika has her login at two computers that have verified each other, and hands it to Max from the first."""
    moved = pair_of(office, shared=shared, move=True)
    moved.request("login", Way.MOVE, Occasion.MOVE)
    _sealing, bundle = protocol.seal(moved.giver.later().party, moved.handover)
    moved.exchange(moved.giver, protocol.open_(moved.taker.later(minutes=5).party, bundle))
    max_ = _beside(office, "Max") if shared else office.desk("Max")
    pair = Pair(moved.giver, Place(max_, office.people["Max"]), moved.things)
    pair.taker.later(minutes=30)
    pair.giver.later(minutes=30)
    return moved.giver, moved.taker, pair


def handed_over(pair: Pair) -> list[Statement]:
    """Max resets the secret, and Erika releases it at her first computer; return what was said."""
    taker, giver, login = pair.taker, pair.giver, pair.things["login"]
    asked = pair.request("login", Way.RESET)
    protocol.begin(taker.later().party, pair.handover, login, Secret(NEW_SECRET))
    confirmed = protocol.confirm(taker.later().party, pair.handover, {login: yes(taker.desk.today)})
    pair.exchange(giver, confirmed)
    released = protocol.release(giver.later().party, pair.handover, tried=[login])
    pair.exchange(taker, released)
    assert pair.states() == {(ItemState.CLOSED,)}
    return [asked, confirmed, released]


def states(place: Place) -> set[CopyState]:
    """How the copies of this person's other computers are listed."""
    with place.desk.registry.reading() as session:
        store = place.desk.custodian.vault.store()
        return {one.state for one in custody_rows(session, place.desk.today) if one.store_id == store}


@BOTH
def test_the_other_computer_lets_go_when_it_is_used_next(office, shared):
    first, second, pair = two_computers(office, shared=shared)
    said, login = handed_over(pair), pair.things["login"]
    assert first.party.newest(login) == 0
    assert second.party.held(login, 1) == Secret(SECRET)
    second.later(minutes=90)
    if shared:
        assert states(second) == {CopyState.OUTDATED}, "it is still to be cleaned"
        assert clear_released(second.party) == 1
    for statement in () if shared else said:
        arrive(second.desk.custodian, recognise_file(statement.file_text.encode()), second.desk.now)
    assert second.party.newest(login) == 0
    assert states(second) == set()
    assert clear_released(second.later().party) == 0
    assert pair.taker.party.held(login, 2) == Secret(NEW_SECRET)


@BOTH
def test_nothing_goes_at_the_word_of_a_card_that_was_not_verified(office, shared):
    """It stays listed as outdated: somebody else may have written the release into the registry."""
    first, second, pair = two_computers(office, shared=shared)
    said, login, hers = handed_over(pair), pair.things["login"], first.party.me().card
    second.later(minutes=90)
    for statement in () if shared else said:
        second.take_in(statement)
    revoke(second.desk.custodian, hers, second.desk.now)
    assert states(second) == {CopyState.OUTDATED}
    assert clear_released(second.party) == 0
    assert second.party.held(login, 1) == Secret(SECRET)
