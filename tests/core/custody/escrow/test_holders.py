"""Who can open envelopes: naming, removing, one or two; with real keyrings and the real age command."""

from __future__ import annotations

from itertools import combinations, permutations
from pathlib import Path

import pytest

from core.custody import keeping
from core.custody.escrow.case import Request
from core.custody.escrow.holders import name_holder, remove_holder, set_needed
from core.custody.escrow.opening import Opened, open_envelope
from core.custody.escrow.resealing import seal_missing
from core.custody.escrow.standing import Fault
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.revoking import revoke
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError
from core.model import EscrowKey, Person
from tests.core.custody.escrow.sharing import (
    SECRETS,
    enrol,
    faults,
    files,
    identity,
    judged,
    me,
    opened_by_age,
    print_key,
    verify,
)
from tests.core.custody.identity.office import NOW

pytestmark = pytest.mark.usefixtures("in_english")
REASON = "Erika ist krank"


def test_age_opens_an_envelope_with_the_paper_or_with_a_holders_exported_identity(erika, max_, logins, tmp_path: Path):
    paper = print_key(erika)
    assert name_holder(erika.custodian, max_.person_id).sealed == len(SECRETS)
    found = files(erika.custodian.registry)
    assert len(found) == 2 * len(SECRETS)
    for key in (paper.private, identity(max_)):
        opened = [content for file in found if (content := opened_by_age(file, key, folder=tmp_path)) is not None]
        assert {one["label"]: one["secret"] for one in opened} == SECRETS
    assert not any(opened_by_age(file, identity(erika), folder=tmp_path) for file in found)


def test_where_two_are_needed_age_opens_an_envelope_with_both_and_with_none_alone(erika, max_, logins, tmp_path: Path):
    paper = print_key(erika)
    for seat in (erika, max_):
        name_holder(erika.custodian, seat.person_id)
    assert set_needed(erika.custodian, 2).sealed == len(SECRETS)
    found, keys = files(erika.custodian.registry), (paper.private, identity(erika), identity(max_))
    assert len(found) == 3 * len(SECRETS), "one for each two, and those for one alone are gone"
    assert not any(opened_by_age(file, key, folder=tmp_path) for file in found for key in keys)
    for pair in combinations(keys, 2):
        both = [opened_by_age(file, *order, folder=tmp_path) for file in found for order in permutations(pair)]
        assert {content["label"]: content["secret"] for content in both if content} == SECRETS
    assert not faults(erika)


def test_only_somebody_whose_card_was_verified_can_be_named(seats, logins):
    erika, max_, lisa = seats
    with pytest.raises(BadInputError, match="no key card"):
        name_holder(erika.custodian, lisa.person_id)
    enrol(lisa)
    with pytest.raises(RefusedError) as refused:
        name_holder(erika.custodian, lisa.person_id)
    assert refused.value.code is Refusal.NOT_VERIFIED
    with pytest.raises(BadInputError, match="holds no escrow"):
        remove_holder(erika.custodian, max_.person_id)
    assert not files(erika.custodian.registry)


def test_nobody_seals_to_a_card_that_this_keyring_has_not_verified_whatever_the_registry_says(seats, logins):
    erika, max_, lisa = seats
    enrol(lisa)
    card = me(lisa).card
    with erika.custodian.registry.action("written past the program") as session:
        for recipient in (card.recipient, me(max_).card.recipient):
            key = EscrowKey(
                recipient=recipient, person_id=lisa.person_id, card=card.fingerprint, since=erika.desk.today
            )
            session.add(key)
    keeping.store_secret(erika.custodian, logins["Facebook"], Secret("neu"))
    assert seal_missing(erika.custodian) == 0
    assert not files(erika.custodian.registry)


def test_a_holder_who_is_removed_opens_nothing_any_more(erika, max_, logins):
    print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    assert remove_holder(erika.custodian, max_.person_id).sealed == 0
    assert len(files(erika.custodian.registry)) == len(SECRETS)
    assert not faults(erika)
    with pytest.raises(ConflictError, match="No key of the escrow"):
        open_envelope(max_.custodian, Request(logins["Facebook"], REASON))


def test_the_last_envelope_of_a_secret_stays_and_is_told_of(erika, max_, logins):
    name_holder(erika.custodian, max_.person_id)
    remove_holder(erika.custodian, max_.person_id)
    assert len(files(erika.custodian.registry)) == len(SECRETS)
    assert faults(erika) == {Fault.REMOVED}


def test_what_this_keyring_does_not_keep_is_shown_as_stale_until_its_keeper_seals_it(erika, max_, logins):
    print_key(erika)
    keeping.store_secret(max_.custodian, logins["Mastodon"], Secret("von Max"))
    assert name_holder(erika.custodian, max_.person_id).sealed == 1
    assert {label: bool(one.flaws) for label, one in judged(erika).items()} == {"Facebook": False, "Mastodon": True}
    assert seal_missing(max_.custodian) == 1
    assert not faults(erika)


def test_a_holder_who_left_or_whose_card_is_revoked_makes_envelopes_stale(erika, max_, logins):
    print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    card = me(max_).card
    revoke(max_.custodian, card, NOW)
    assert faults(erika) == {Fault.REVOKED}
    with erika.custodian.registry.action("left") as session:
        session.get_one(Person, max_.person_id).left_on = erika.desk.today.replace(day=1)
    assert faults(erika) == {Fault.LEFT}
    remove_holder(erika.custodian, max_.person_id)
    assert not faults(erika)


def test_two_can_only_be_needed_where_there_are_two(erika, max_, logins):
    with pytest.raises(BadInputError, match="where there are two"):
        set_needed(erika.custodian, 2)
    name_holder(erika.custodian, max_.person_id)
    with pytest.raises(BadInputError, match="where there are two"):
        set_needed(erika.custodian, 2)
    for number in (0, 3):
        with pytest.raises(BadInputError):
            set_needed(erika.custodian, number)


def test_a_new_paper_leaves_the_people_in_force(erika, max_, logins):
    print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    print_key(erika)
    assert len(files(erika.custodian.registry)) == 2 * len(SECRETS)
    assert not faults(erika)


def test_a_second_computer_and_a_renewed_card_are_taken_into_account_when_named_again(erika, max_, logins):
    name_holder(erika.custodian, max_.person_id)
    _ = max_.custodian
    max_.desk.enrol(renew=True)
    verify(erika, max_)
    assert name_holder(erika.custodian, max_.person_id).sealed == len(SECRETS)
    assert len(files(erika.custodian.registry)) == len(SECRETS)
    assert open_envelope(max_.custodian, Request(logins["Facebook"], REASON)) == Opened("Facebook")
