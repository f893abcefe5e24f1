"""The escrow of planted secrets in this process: one or two holders, a file between them, the paper, drills."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from core.custody import keeping, rotating
from core.custody.envelopes import envelope_files
from core.custody.escrow.case import Request
from core.custody.escrow.drill import drill
from core.custody.escrow.handing import HalfOpened, save_handed
from core.custody.escrow.holders import name_holder, set_needed
from core.custody.escrow.opening import Opened, open_envelope, open_left_behind
from core.custody.recovery import RecoveryKey, restore
from core.custody.sealing import new_identity, sealed
from core.custody.secret import Secret
from core.model import Credential, Envelope, EscrowKey
from tests.core.custody.escrow.sharing import Seat, identity, me, openings, print_key
from tests.journeys.canary_flows import Walk

REASON = "Erika ist krank"
Logins = Mapping[UUID, str]


def store(seat: Seat, logins: Logins) -> None:
    """Let somebody keep the secrets."""
    for login, text in logins.items():
        keeping.store_secret(seat.custodian, login, Secret(text))


def one_is_enough(walk: Walk, seats: tuple[Seat, Seat, Seat], logins: Logins, fresh: str) -> RecoveryKey:
    """Seal to the paper and to Max; drill, break the glass, recover with the paper on a third computer."""
    erika, max_, lisa = seats
    paper = print_key(erika)
    name_holder(erika.custodian, max_.person_id)
    assert drill(max_.custodian).opened == drill(lisa.custodian, paper.private).opened == len(logins)
    first, second, *_others = logins
    rotating.begin_rotation(erika.custodian, second, Secret(fresh))
    assert open_envelope(max_.custodian, Request(first, REASON)) == Opened(label_of(erika, first))
    assert open_envelope(max_.custodian, Request(second, REASON)) == Opened(label_of(erika, second), prepared=True)
    assert keeping.read_secret(max_.custodian, first).reveal() == logins[first]
    rotating.confirm_rotation(erika.custodian, second)
    walk.refused(lambda: restore(lisa.custodian, new_identity()[0], reason=REASON))
    walk.refused(lambda: open_envelope(lisa.custodian, Request(first, REASON)))
    assert len(restore(lisa.custodian, paper.private, reason=REASON).restored) == len(logins)
    return paper


def two_are_needed(walk: Walk, seats: tuple[Seat, Seat, Seat], paper: RecoveryKey, logins: Logins) -> bytes:
    """Seal to each two of three keys; drill, hand a file on, open it, take over all that is left behind."""
    erika, max_, _lisa = seats
    name_holder(erika.custodian, erika.person_id)
    set_needed(erika.custodian, 2)
    assert drill(erika.custodian, paper.private).opened
    assert drill(max_.custodian, paper.private).opened
    third, *_others = list(logins)[2:]
    keeping.release(erika.custodian, third)
    outer, inner = _by_turns(erika, max_, third)
    half = open_envelope(outer.custodian, Request(third, REASON))
    assert isinstance(half, HalfOpened)
    save_handed(half, walk.folder / "handed.age")
    walk.refused(lambda: open_envelope(outer.custodian, Request(third, REASON, handed=half.content)))
    _refuse_forged(walk, inner, third, logins[third])
    assert isinstance(open_envelope(inner.custodian, Request(third, REASON, handed=half.content)), Opened)
    assert keeping.read_secret(inner.custodian, third).reveal() == logins[third]
    taken = open_left_behind(max_.custodian, erika.person_id, Request(third, REASON, paper=paper.private))
    assert taken.opened
    assert len(openings(erika)) > len(logins)
    return half.content


def _refuse_forged(walk: Walk, seat: Seat, login: UUID, text: str) -> None:
    """Hand on what is no envelope, and has the secret in it to be quoted in an error."""
    recipient = me(seat).card.recipient
    other = {"registry": text, "credential": str(login), "revision": 1, "label": text, "login": "", "secret": text}
    for content in ({"secret": text}, other, other | {"revision": text}, other | {"credential": text}):
        forged = sealed(content, recipient)
        (walk.folder / f"forged-{len(walk.said)}.age").write_bytes(forged)
        walk.refused(partial(open_envelope, seat.custodian, Request(login, REASON, handed=forged)))


def damage(walk: Walk, seat: Seat, paper: RecoveryKey, logins: Logins) -> None:
    """Drill and open where the files of the envelopes were altered."""
    for file in envelope_files(seat.custodian.registry.path):
        file.write_bytes(file.read_bytes().replace(b"A", b"B"))
    assert drill(seat.custodian, paper.private).failed
    keeping.release(seat.custodian, next(iter(logins)))
    request = Request(next(iter(logins)), REASON, paper=paper.private)
    walk.refused(lambda: open_envelope(seat.custodian, request))


def privates(paper: RecoveryKey, *seats: Seat) -> list[Secret]:
    """Return the keys with which the program `age` opens envelopes."""
    return [paper.private, *(identity(seat) for seat in seats)]


def envelopes(seat: Seat) -> list[Path]:
    """Return the envelopes' files."""
    return list(envelope_files(seat.custodian.registry.path))


def label_of(seat: Seat, login: UUID) -> str:
    """Return what the team calls a login."""
    with seat.custodian.registry.reading() as session:
        return session.get_one(Credential, login).label


def _by_turns(one: Seat, other: Seat, login: UUID) -> tuple[Seat, Seat]:
    """Return whose key opens the outer seal, and whose the inner one, of the envelope for these two."""
    people: dict[UUID | None, Seat] = {one.person_id: one, other.person_id: other}
    with one.custodian.registry.reading() as session:
        for envelope in session.scalars(select(Envelope).where(Envelope.credential_id == login)):
            keys = [session.get_one(EscrowKey, key) for key in (envelope.escrow_key_id, envelope.with_key_id) if key]
            if {key.person_id for key in keys} == people.keys():
                return people[keys[0].person_id], people[keys[1].person_id]
    raise AssertionError("there is no envelope for the two")
