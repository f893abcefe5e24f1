"""What an erasure came after cannot be undone, and the reason given is the true one."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import IrreversibleError
from core.model import Channel
from core.protection.erasure.carrying_out import begin, carry_out
from core.protection.erasure.planning import plan_erasure
from core.registry import Registry
from tests.factories import make_channel, make_person

TODAY = date(2026, 11, 23)


def test_what_an_erasure_came_after_says_so_when_it_cannot_be_undone(registry: Registry, in_english: None):
    channel = make_channel(notes="Frau Musterkoch")
    with registry.action("Add") as session:
        session.add_all([make_person(family_name="Musterkoch", left_on=date(2019, 3, 31)), channel])
    with registry.action("Change channel") as session:
        session.get_one(Channel, channel.id).purpose = "Auskunft"
    changed = registry.log()[-1].action_id
    order = plan_erasure(registry, TODAY).order()
    begin(registry, order)
    carry_out(registry, order)
    with pytest.raises(IrreversibleError, match="an erasure of personal data"):
        registry.undo_action(changed)
