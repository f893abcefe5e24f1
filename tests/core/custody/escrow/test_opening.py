"""Break-glass, alone and by two across two computers, and what the paper brings back; with real keyrings."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from core.custody import keeping, rotating
from core.custody.escrow.case import Request
from core.custody.escrow.handing import HalfOpened
from core.custody.escrow.holders import name_holder, set_needed
from core.custody.escrow.opening import Opened, left_behind, open_envelope
from core.custody.escrow.resealing import seal_missing
from core.custody.escrow.standing import files_at_fault
from core.custody.recovery import restore
from core.custody.secret import Secret
from core.errors import BadInputError, ConflictError, RegistryError, UnusableFileError
from core.model import Envelope, EscrowKey
from core.registry import open_registry
from tests.core.custody.escrow.sharing import (
    SECRETS,
    Seat,
    files,
    openings,
    print_key,
)

pytestmark = pytest.mark.usefixtures("in_english")
REASON = "Erika ist krank"


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


def test_a_copy_that_does_not_know_its_holder_says_what_to_do_first(office, erika, max_, logins, tmp_path: Path):
    """Max took his copy of the registry along before he was named; files alone pass between the two."""
    copied = tmp_path / "copy.kanalregister"
    shutil.copyfile(erika.custodian.registry.path, copied)
    registry = open_registry(copied, today=lambda: erika.desk.today)
    there = Seat(replace(max_.desk, registry=registry), max_.person_id, max_.store_id)
    login, paper = logins["Facebook"], print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    set_needed(erika.custodian, 2)
    keeping.release(erika.custodian, login)
    half = open_envelope(erika.custodian, Request(login, REASON, paper=paper.private))
    assert isinstance(half, HalfOpened)
    handed = Request(login, REASON, handed=half.content)
    with pytest.raises(ConflictError, match="name yourself here first"):
        open_envelope(there.custodian, handed)
    assert not openings(there)
    name_holder(there.custodian, max_.person_id)
    assert open_envelope(there.custodian, handed) == Opened("Facebook")
    assert keeping.read_secret(there.custodian, login).reveal() == SECRETS["Facebook"]
    assert [one.person_id for one in openings(there)] == [max_.person_id]


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


def test_what_somebody_leaves_behind_is_listed(erika, max_, logins):
    with erika.custodian.registry.reading() as session:
        assert [one.label for one in left_behind(session, erika.person_id, erika.desk.today)] == sorted(SECRETS)
        assert not left_behind(session, max_.person_id, erika.desk.today)
