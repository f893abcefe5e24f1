"""Handovers of planted secrets in this process: sealed, reset, lent, moved, refused; each file of theirs is kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pyrage

from core.custody import keeping
from core.custody.handover import protocol
from core.custody.handover.facts import told
from core.custody.handover.formats.age_armor import armored_age
from core.custody.handover.formats.statements import Statement
from core.custody.handover.record.making_record import make_record
from core.custody.handover.record.verifying_record import verify_record
from core.custody.handover.refusing import logged_refusals
from core.custody.secret import Secret
from core.errors import RegistryError
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, ItemKind, ItemState, Occasion, Way
from core.registry import Registry
from gui.record_paper import pdf_of
from tests.core.custody.handover.desks import Pair, Place, yes
from tests.core.custody.identity.office import meet
from tests.journeys.canary_flows import Walk
from tests.journeys.canary_keys import Sought

Logins = Mapping[UUID, str]
"""The secrets of some logins."""


@dataclass
class Mailing(Pair):
    """Two who hand over; every file between them stays where it can be searched."""

    walk: Walk = field(kw_only=True)
    bundles: list[tuple[bytes, Logins]] = field(default_factory=list, kw_only=True)

    def exchange(self, to: Place, statement: Statement) -> object:
        """Send a statement."""
        self.keep(f"{statement.act.value}.txt", statement.file_text.encode())
        return super().exchange(to, statement)

    def keep(self, name: str, content: bytes) -> None:
        """Keep a file; each has a name of its own."""
        (self.walk.folder / f"{len(self.walk.said)}-{name}").write_bytes(content)
        self.walk.note(name, name)

    def ask(self, logins: Logins, way: Way, occasion: Occasion = Occasion.LEAVING, days: int = 0) -> None:
        """Begin a handover of some logins."""
        self.handover = uuid4()
        with self.taker.desk.registry.reading() as session:
            items = [told(session, ItemKind.CREDENTIAL, login, way) for login in logins]
        until = self.giver.desk.today + timedelta(days=days) if days else None
        party = self.taker.later().party
        self.exchange(
            self.giver, protocol.request(party, self.handover, self.giver.person, items, occasion, until=until)
        )

    def seal(self, logins: Logins) -> bytes:
        """Let Erika seal."""
        _sealing, bundle = protocol.seal(self.giver.later().party, self.handover)
        self.keep("bundle.uebergabe", bundle)
        self.bundles.append((bundle, logins))
        return bundle

    def seal_in_vain(self) -> None:
        """Let Erika try to seal with a keyring that is locked."""
        keyring = self.giver.desk.keyring
        keyring.lock()
        self.walk.refused(lambda: protocol.seal(self.giver.party, self.handover))
        keyring.restart()

    def open(self, bundle: bytes) -> None:
        """Let Max open what was sealed."""
        self.exchange(self.giver, protocol.open_(self.taker.later(minutes=5).party, bundle))

    def change(self, fresh: Mapping[UUID, str]) -> None:
        """Let Max change the secrets and Erika let go of them."""
        for login, text in fresh.items():
            protocol.begin(self.taker.later().party, self.handover, login, Secret(text))
        taker = self.taker.later()
        answers = {login: yes(taker.desk.today) for login in fresh}
        self.exchange(self.giver, protocol.confirm(taker.party, self.handover, answers))
        self.exchange(self.taker, protocol.release(self.giver.later().party, self.handover, tried=list(fresh)))
        assert self.states() == {(ItemState.CLOSED,) * len(fresh)}
        for login, text in fresh.items():
            assert keeping.read_secret(self.taker.desk.custodian, login).reveal() == text

    def refused(self, place: Place, work: Callable[[], object]) -> None:
        """Refuse a file as the program does, with an entry in the log."""

        def logged() -> None:
            with logged_refusals(place.desk.custodian):
                work()

        self.walk.refused(logged)

    def record(self) -> None:
        """Let both make the record, as a file and on paper."""
        for place in (self.giver, self.taker):
            made = make_record(place.desk.custodian, self.handover, place.desk.now).file_text.encode()
            self.keep("record.txt", made)
            self.keep("record.pdf", pdf_of(verify_record(made)))


def add_logins(registry: Registry, sought: Sought, kinds: Sequence[CredentialKind], mark: str) -> dict[UUID, str]:
    """Add a login for a planted secret of each kind; their labels bear the mark."""
    with registry.action("logins") as session:
        made = [add_credential(session, NewCredential(kind, f"{mark} {kind.value}")).id for kind in kinds]
    return {login: sought.take(kind) for login, kind in zip(made, kinds, strict=True)}


def kept(place: Place, logins: Logins) -> None:
    """Let somebody store the secrets."""
    for login, text in logins.items():
        keeping.store_secret(place.desk.custodian, login, Secret(text))


def changed(sought: Sought, logins: Logins, kinds: Sequence[CredentialKind]) -> dict[UUID, str]:
    """Return another planted secret for each login."""
    return {login: sought.take(kind) for login, kind in zip(logins, kinds, strict=True)}


def lend(pair: Mailing, logins: Logins) -> None:
    """Lend copies, and get them back."""
    pair.ask(logins, Way.COPY, Occasion.COVER, days=20)
    pair.open(pair.seal(logins))
    pair.record()
    returned = protocol.return_(pair.taker.later(days=21).party, pair.handover)
    pair.giver.later(days=21)
    pair.exchange(pair.giver, returned)
    assert pair.states() == {(ItemState.CLOSED,) * len(logins)}


def give_along(pair: Mailing, logins: Logins) -> None:
    """Give copies to a deputy for good; both keep them from then on."""
    pair.ask(logins, Way.COPY, Occasion.COVER)
    pair.open(pair.seal(logins))
    pair.record()
    assert pair.states() == {(ItemState.CLOSED,) * len(logins)}


def move(pair: Mailing, second: Place, logins: Logins) -> Mailing:
    """Let Erika move logins to another computer of hers; return the two that she did it with."""
    first = pair.giver
    second.desk = replace(second.desk, today=first.desk.today, now=first.desk.now)
    meet(first.desk, second.desk)
    moving = Mailing(first, second, pair.things, walk=pair.walk)
    moving.ask(logins, Way.MOVE, Occasion.MOVE)
    moving.refused(second, lambda: protocol.open_(second.party, pair.bundles[0][0]))
    moving.open(moving.seal(logins))
    moving.record()
    assert moving.states() == {(ItemState.CLOSED,) * len(logins)}
    for login, text in logins.items():
        assert keeping.read_secret(second.desk.custodian, login).reveal() == text
    return moving


def refuse_in_every_way(pair: Mailing, bundle: bytes, text: str) -> None:
    """Open what is not for one, cut, altered, used; and what was made to be quoted in an error."""
    giver, taker = pair.giver, pair.taker
    pair.refused(giver, lambda: protocol.open_(giver.party, bundle))
    pair.refused(taker, lambda: protocol.open_(taker.party, bundle))
    pair.refused(taker, lambda: protocol.open_(taker.party, bundle[:-200]))
    pair.refused(taker, lambda: protocol.open_(taker.party, bundle.replace(b"A", b"B")))
    recipient = pyrage.x25519.Recipient.from_str(taker.party.me().card.recipient)
    for plain in (
        json.dumps({"kind": "handover-bundle", "format": 1, "values": {str(uuid4()): text}}).encode(),
        json.dumps({"values": text})[:-1].encode(),
        f'{{"kind": "{text}"}}'.encode() + b"\xff",
        text.encode(),
    ):
        forged = armored_age(bytes(pyrage.encrypt(plain, [recipient])))
        pair.keep("forged.uebergabe", forged)
        pair.refused(taker, partial(protocol.open_, taker.party, forged))


def end_early(pair: Mailing, logins: Logins) -> None:
    """Withdraw what was sealed, and refuse what was asked for."""
    pair.ask(logins, Way.SEALED)
    bundle = pair.seal(logins)
    pair.exchange(pair.taker, protocol.withdraw(pair.giver.later().party, pair.handover, reason="Doch nicht"))
    pair.refused(pair.taker, lambda: protocol.open_(pair.taker.later().party, bundle))
    try:
        pair.ask(logins, Way.SEALED)
    except RegistryError as error:
        pair.walk.note("owed", error.sentence)
