"""While a works agreement allows the full log of uses, it tells of secrets that were sealed for somebody, too."""

from __future__ import annotations

from datetime import timedelta

from core.custody.handover import protocol
from core.custody.uses import USED
from core.model import Way
from core.protection.rights.uses_log import SWITCH_ON, read_uses, switch_on
from tests.core.custody.handover.desks import pair_of
from tests.core.custody.identity.office import Desk


def told_at(desk: Desk) -> list[tuple[str, str]]:
    with desk.registry.reading() as session:
        return [(use.kind, use.person) for use in read_uses(session)]


def test_sealing_stands_in_the_full_log_of_uses_while_that_is_on(office):
    pair = pair_of(office, shared=False)
    giver = pair.giver
    with giver.desk.registry.action(SWITCH_ON) as session:
        switch_on(session, "DV 7/2026", giver.desk.today + timedelta(days=30), giver.desk.today)
    pair.request("login", Way.SEALED)
    assert told_at(giver.desk) == []
    protocol.seal(giver.later().party, pair.handover)
    assert told_at(giver.desk) == [(USED, "Erika Mustermann")]


def test_sealing_is_not_written_down_while_nobody_switched_that_on(office):
    pair = pair_of(office, shared=False)
    pair.request("login", Way.SEALED)
    protocol.seal(pair.giver.later().party, pair.handover)
    assert told_at(pair.giver.desk) == []
