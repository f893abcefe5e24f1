"""The program dies between any two writes that last, in keyring or registry; the step is taken again, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from core.custody import keeping
from core.custody.handover import protocol
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.handover.steps.party import Party
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret
from core.custody.vault import Vault
from core.model import Act, ItemState, Occasion, Way
from core.registry import Registry
from tests.core.custody.handover.desks import NEW_SECRET, SECRET, pair_of, yes


class Crash(Exception):  # noqa: N818 - the program dies, which is no error of it
    """The program dies before a write that lasts."""


class Dying:
    """Counts the writes that last, and dies before the k-th."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        self.crashes = 0
        self.stride = 1
        for name in ("put", "remove"):
            monkeypatch.setattr(Vault, name, self._before(getattr(Vault, name)))
        monkeypatch.setattr(Registry, "action", self._before(Registry.action))

    def _before(self, write: Callable[..., Any]) -> Callable[..., Any]:
        def written(*args: Any, **more: Any) -> Any:
            if self.left is not None:
                self.left -= 1
                if self.left < 0:
                    raise Crash
            return write(*args, **more)

        return written

    @contextmanager
    def _at(self, write: int) -> Iterator[None]:
        self.left = write
        try:
            yield
        finally:
            self.left = None

    def through(self, step: Callable[[], Any], holds: Callable[[], None]) -> Any:
        """Take a step, dying before its first write, then before a later one, until it comes to its end."""
        for write in range(0, 60, self.stride):
            try:
                with self._at(write):
                    return step()
            except Crash:
                self.crashes += 1
            holds()
        raise AssertionError("it never came to its end")


def _opened(party: Party, handover: UUID, bundle: bytes) -> Statement:
    """Open a sealed file; who died after the mark was written, the last of all writes, finds the receipt there."""
    try:
        return protocol.open_(party, bundle)
    except RefusedError as error:
        if error.code is not HandoverRefusal.REPLAYED:
            raise
        return next(one for one in party.statements(handover) if one.act is Act.RECEIPT)


@pytest.fixture
def dying(monkeypatch: pytest.MonkeyPatch) -> Dying:
    """Nothing dies until a step is taken through it."""
    return Dying(monkeypatch)


@pytest.mark.parametrize("shared", [False, True], ids=["two copies", "one registry"])
def test_a_sealed_handover_goes_on_after_a_crash_at_any_write(office, dying, shared, rounds):
    pair, dying.stride = pair_of(office, shared=shared), rounds(4, 1) if shared else 1
    giver, taker, login, handover = pair.giver, pair.taker, pair.things["login"], pair.handover
    live, places = [SECRET], [(giver, 1), (taker, 2), (taker, 1), (giver, 2)]

    def somebody_gets_in() -> None:
        assert any(one.party.held(login, revision) == Secret(live[0]) for one, revision in places)

    def through(step: Callable[[], Any]) -> Any:
        return dying.through(step, somebody_gets_in)

    items = [pair.told("login", Way.SEALED)]
    asked = through(lambda: protocol.request(taker.party, handover, giver.person, items, Occasion.LEAVING))
    giver.later()
    through(lambda: giver.take_in(asked))
    _sealing, bundle = through(lambda: protocol.seal(giver.later().party, handover))
    receipt = through(lambda: _opened(taker.later(minutes=5).party, handover, bundle))
    with pytest.raises(RefusedError):
        protocol.open_(taker.party, bundle)
    through(lambda: giver.take_in(receipt))
    through(lambda: protocol.begin(taker.later().party, handover, login, Secret(NEW_SECRET)))
    revision = taker.party.newest(login)
    assert (revision, taker.party.held(login, revision)) == (2, Secret(NEW_SECRET))
    live[0] = NEW_SECRET  # It is set on the platform now.
    confirmed = through(lambda: protocol.confirm(taker.later().party, handover, {login: yes(taker.desk.today)}))
    giver.later()
    through(lambda: giver.take_in(confirmed))
    released = through(lambda: protocol.release(giver.later().party, handover))
    taker.later()
    through(lambda: taker.take_in(released))
    assert pair.states() == {(ItemState.CLOSED,)}
    assert giver.party.newest(login) == 0
    assert {one.revision(login) for one in (giver, taker)} == {2}
    assert keeping.read_secret(taker.desk.custodian, login) == Secret(NEW_SECRET)
    for one in (giver, taker):
        acts = [statement.act for statement in one.party.statements(handover)]
        assert len(acts) == len(set(acts)), "nothing was said twice"
        assert one.log_holds()
    assert dying.crashes > 20 // dying.stride
