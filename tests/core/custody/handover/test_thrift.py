"""What the steps of a handover ask of a keyring: little, for each question may take long."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core.custody.handover import protocol
from core.custody.handover.steps.case import course_at
from core.custody.secret import Secret
from core.custody.vault.lane import Patience
from core.custody.vault.ring import Ring
from core.model import Way
from tests.core.custody.handover.desks import NEW_SECRET, pair_of
from tests.core.custody.handover.memory_party import MemoryParty
from tests.core.custody.handover.office_in_memory import Office
from tests.core.custody.handover.stage import HANDOVER, LOGIN, Stage


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Note each time that a keyring in memory is asked for the newest revision."""
    made, really = list[UUID](), MemoryParty.newest

    def newest(party: MemoryParty, credential: UUID) -> int:
        made.append(credential)
        return really(party, credential)

    monkeypatch.setattr(MemoryParty, "newest", newest)
    return made


@pytest.fixture
def uses(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note each use of a real keyring."""
    made, really = list[str](), Ring.ready

    def ready(ring: Ring, *how: Any) -> Patience:
        made.append("use")
        return really(ring, *how)

    monkeypatch.setattr(Ring, "ready", ready)
    return made


def test_a_keyring_is_asked_only_for_what_may_be_prepared(asked: list[UUID]):
    stage = Stage(Office(shared=False))
    stage.ask()
    asked.clear()
    assert course_at(stage.max, stage.max.statements(HANDOVER), [LOGIN]) is not None
    assert asked == [], "what is asked for in a sealed file cannot be prepared yet"
    stage.open()
    asked.clear()
    assert course_at(stage.max, stage.max.statements(HANDOVER), [LOGIN]) is not None
    assert asked == [LOGIN]


def test_a_step_uses_a_real_keyring_a_handful_of_times(office, uses: list[str]):
    pair = pair_of(office, shared=False)
    pair.request("login", Way.SEALED)
    uses.clear()
    _sealing, bundle = protocol.seal(pair.giver.later().party, pair.handover)
    assert len(uses) <= 15
    receipt = protocol.open_(pair.taker.later().party, bundle)
    uses.clear()
    pair.exchange(pair.giver, receipt)
    assert len(uses) <= 8
    uses.clear()
    protocol.begin(pair.taker.later().party, pair.handover, pair.things["login"], Secret(NEW_SECRET))
    assert len(uses) <= 10
