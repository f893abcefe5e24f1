"""The escrow from end to end: real keyrings, real files, and the real age command."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, permutations
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core.custody import keeping, rotating
from core.custody.escrow.case import Request
from core.custody.escrow.drill import drill, last_drill
from core.custody.escrow.handing import HalfOpened
from core.custody.escrow.holders import name_holder, remove_holder, set_needed
from core.custody.escrow.opening import Opened, left_behind, open_envelope
from core.custody.escrow.pairs import needed_in
from core.custody.escrow.resealing import seal_missing
from core.custody.escrow.standing import Fault, files_at_fault, standings
from core.custody.identity.circle import look
from core.custody.identity.enrolling import Identity
from core.custody.identity.refusals import Refusal, RefusedError
from core.custody.identity.revoking import revoke
from core.custody.recovery import restore
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError, RegistryError, UnusableFileError
from core.model import Envelope, EscrowKey, EscrowOpening, Person
from tests.core.custody.escrow.sharing import (
    SECRETS,
    Seat,
    enrol,
    files,
    opened_by_age,
    print_key,
    store,
    take_seats,
    verify,
)
from tests.core.custody.identity.office import NOW, Office

pytestmark = pytest.mark.usefixtures("in_english")
REASON = "Erika ist krank"


@pytest.fixture
def seats(office: Office) -> tuple[Seat, Seat, Seat]:
    erika, max_, lisa = take_seats(office, "Erika", "Max", "Lisa")
    verify(erika, max_)
    return erika, max_, lisa


@pytest.fixture
def erika(seats: tuple[Seat, ...]) -> Seat:
    return seats[0]


@pytest.fixture
def max_(seats: tuple[Seat, ...]) -> Seat:
    return seats[1]


@pytest.fixture
def logins(erika: Seat) -> dict[str, UUID]:
    return store(erika)


def me(seat: Seat) -> Identity:
    found = look(seat.custodian).me
    assert found is not None
    return found


def identity(seat: Seat) -> Secret:
    """The private half that somebody exports from their own keyring."""
    return me(seat).keys.age_identity()


def judged(seat: Seat):
    custodian = seat.custodian
    with custodian.registry.reading() as session:
        return {one.label: one for one in standings(session, custodian.today, needed_in(session))}


def faults(seat: Seat) -> set[Fault]:
    return {flaw.fault for one in judged(seat).values() for flaw in one.flaws}


def openings(seat: Seat) -> list[EscrowOpening]:
    with seat.custodian.registry.reading() as session:
        found = list(session.scalars(select(EscrowOpening).order_by(EscrowOpening.created_at)))
        session.expunge_all()
    return found


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


def test_opening_is_recorded_before_anything_is_decrypted_and_puts_the_secret_into_the_keyring(erika, max_, logins):
    name_holder(erika.custodian, max_.person_id)
    for broken in files(erika.custodian.registry):
        broken.write_bytes(b"damaged")
    with pytest.raises(UnusableFileError):
        open_envelope(max_.custodian, Request(logins["Facebook"], REASON))
    assert [one.reason for one in openings(erika)] == [REASON]
    assert len(files_at_fault(erika.custodian.registry)) == len(SECRETS)
    assert seal_missing(erika.custodian) == len(SECRETS)
    assert open_envelope(max_.custodian, Request(logins["Facebook"], f" {REASON}\n")) == Opened("Facebook")
    assert keeping.read_secret(max_.custodian, logins["Facebook"]).reveal() == SECRETS["Facebook"]
    assert [(one.person_id, one.credential_id, one.drill) for one in openings(erika)] == [
        (max_.person_id, logins["Facebook"], False)
    ] * 2
    with pytest.raises(ConflictError, match="keeps this secret already"):
        open_envelope(max_.custodian, Request(logins["Facebook"], REASON))


def test_opening_wants_a_reason_and_a_key(seats, logins):
    erika, max_, lisa = seats
    name_holder(erika.custodian, max_.person_id)
    for seat, reason, kind in ((max_, "  ", BadInputError), (lisa, REASON, ConflictError)):
        with pytest.raises(kind):
            open_envelope(seat.custodian, Request(logins["Facebook"], reason))
    assert not openings(erika)


def test_what_was_prepared_is_opened_too_so_that_whichever_works_is_there(erika, max_, logins):
    name_holder(erika.custodian, max_.person_id)
    rotating.begin_rotation(erika.custodian, logins["Facebook"], Secret("auf der Plattform schon gesetzt"))
    assert open_envelope(max_.custodian, Request(logins["Facebook"], REASON)) == Opened("Facebook", prepared=True)
    assert rotating.confirm_rotation(max_.custodian, logins["Facebook"]) == 2
    assert keeping.read_secret(max_.custodian, logins["Facebook"]).reveal() == "auf der Plattform schon gesetzt"


def test_the_paper_and_one_holder_open_together_on_one_computer(erika, max_, logins):
    paper = print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    set_needed(erika.custodian, 2)
    with pytest.raises(ConflictError, match="Two are needed"):
        open_envelope(max_.custodian, Request(logins["Mastodon"], REASON))
    open_envelope(max_.custodian, Request(logins["Mastodon"], REASON, paper=paper.private))
    assert keeping.read_secret(max_.custodian, logins["Mastodon"]).reveal() == SECRETS["Mastodon"]


def test_two_holders_open_across_two_computers_with_a_file_between_them(erika, max_, logins, tmp_path: Path):
    for seat in (erika, max_):
        name_holder(erika.custodian, seat.person_id)
    set_needed(erika.custodian, 2)
    for label, login in logins.items():
        keeping.release(erika.custodian, login)
        outer, inner = _by_turns(erika, max_, login)
        half = open_envelope(outer.custodian, Request(login, REASON))
        assert isinstance(half, HalfOpened)
        assert (half.person_id, SECRETS[label].encode() in half.content) == (inner.person_id, False)
        with pytest.raises(RegistryError):
            open_envelope(outer.custodian, Request(login, REASON, handed=half.content))
        mailed = b"Hallo,\r\n\r\n> " + half.content.replace(b"\n", b"\r\n> ") + b"\r\nGruss"
        assert open_envelope(inner.custodian, Request(login, REASON, handed=mailed)) == Opened(label)
        assert keeping.read_secret(inner.custodian, login).reveal() == SECRETS[label]
    assert {one.person_id for one in openings(erika)} == {erika.person_id, max_.person_id}


def _by_turns(one: Seat, other: Seat, login: UUID) -> tuple[Seat, Seat]:
    """Return whose key opens the outer seal, and whose the inner one; ids decide between keys of one day."""
    with one.custodian.registry.reading() as session:
        envelope = session.scalars(select(Envelope).where(Envelope.credential_id == login)).one()
        outer = session.get_one(EscrowKey, envelope.escrow_key_id).person_id
    return (one, other) if outer == one.person_id else (other, one)


@pytest.mark.parametrize("handed", [b"", b"hello", b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"x" * 2_000_000])
def test_a_file_that_is_none_is_refused(erika, max_, logins, handed):
    name_holder(erika.custodian, max_.person_id)
    with pytest.raises(UnusableFileError):
        open_envelope(max_.custodian, Request(logins["Facebook"], REASON, handed=handed))


def test_two_can_only_be_needed_where_there_are_two(erika, max_, logins):
    with pytest.raises(BadInputError, match="where there are two"):
        set_needed(erika.custodian, 2)
    name_holder(erika.custodian, max_.person_id)
    with pytest.raises(BadInputError, match="where there are two"):
        set_needed(erika.custodian, 2)
    for number in (0, 3):
        with pytest.raises(BadInputError):
            set_needed(erika.custodian, number)


def test_a_drill_counts_what_opens_and_keeps_nothing(erika, max_, logins):
    print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    with pytest.raises(ConflictError):
        drill(erika.custodian)
    before = max_.desk.keyring.texts()
    found = drill(max_.custodian)
    assert (found.opened, found.failed, found.elsewhere) == (len(SECRETS), [], len(SECRETS))
    assert max_.desk.keyring.texts() == before
    for file in files(erika.custodian.registry):
        file.write_bytes(file.read_bytes().replace(b"A", b"B"))
    assert sorted(drill(max_.custodian).failed) == sorted(SECRETS)
    with erika.custodian.registry.reading() as session:
        last = last_drill(session)
    assert last is not None
    assert (last.on, last.opened, last.failed) == (erika.desk.today, 0, len(SECRETS))
    assert all(one.drill for one in openings(erika))


def test_a_drill_that_is_stopped_does_not_count(erika, max_, logins):
    name_holder(erika.custodian, max_.person_id)
    assert not drill(replace(max_.custodian, told=lambda done, _all: done < 1)).finished
    with erika.custodian.registry.reading() as session:
        assert last_drill(session) is None
    assert [(one.drill, one.opened) for one in openings(erika)] == [(True, None)]


def test_where_two_are_needed_the_outer_seal_is_tried(erika, max_, logins):
    paper = print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    set_needed(erika.custodian, 2)
    assert drill(erika.custodian, paper.private).opened == len(SECRETS)
    assert drill(max_.custodian, paper.private).opened == len(SECRETS)


def test_the_paper_brings_back_what_is_sealed_to_it_and_leaves_the_others_files_alone(seats, logins):
    erika, max_, lisa = seats
    paper = print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    recovered = restore(lisa.custodian, paper.private, reason=REASON)
    assert (sorted(recovered.restored), recovered.unreadable) == (sorted(SECRETS), [])
    assert {one.credential_id for one in openings(erika)} == {None, *logins.values()}, "Lisa never had them before"


def test_the_paper_alone_brings_nothing_back_where_two_are_needed(seats, logins):
    erika, max_, lisa = seats
    paper = print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    set_needed(erika.custodian, 2)
    recovered = restore(lisa.custodian, paper.private)
    assert (recovered.restored, recovered.unreadable, recovered.together) == ([], [], len(SECRETS))
    assert sorted(restore(max_.custodian, paper.private).restored) == sorted(SECRETS)


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


def test_what_somebody_leaves_behind_is_listed(erika, max_, logins):
    with erika.custodian.registry.reading() as session:
        assert [one.label for one in left_behind(session, erika.person_id, erika.desk.today)] == sorted(SECRETS)
        assert not left_behind(session, max_.person_id, erika.desk.today)
