"""A small city whose accounts came, changed hands and went over two years."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

import pytest

from core.model import Access, AccessKind, Channel, ChannelState, FollowerCount, OrgUnit, Person, PlatformRole
from core.registry import Registry
from tests.factories import make_channel, make_owner, make_person, make_unit

FIRST, SECOND, THIRD = date(2024, 12, 31), date(2025, 12, 31), date(2026, 11, 23)
DAYS = (FIRST, SECOND, THIRD)


def _channels(press: OrgUnit, zoo: OrgUnit) -> dict[str, Channel]:
    since = date(2024, 1, 1)
    return {
        "facebook": make_channel(title="Stadt", unit_id=press.id, opened_on="2011-05", registered_on=since),
        "instagram": make_channel(
            title="Zoo", platform="instagram", handle="zoo", unit_id=zoo.id, opened_on="2025-03-01", registered_on=since
        ),
        "x": make_channel(
            title="Alt", platform="x", handle="alt", unit_id=press.id, opened_on="2012-01-02", registered_on=since,
            state=ChannelState.CLOSED, closed_on=date(2025, 9, 30), closing_reason="Kaum noch gelesen.",
        ),
        "tiktok": make_channel(
            title="Plan", platform="tiktok", handle="plan", registered_on=date(2026, 2, 1), state=ChannelState.PROPOSED
        ),
        "reserved": make_channel(
            title="Name", platform="threads", handle="name", registered_on=since, state=ChannelState.RESERVED
        ),
    }  # fmt: skip


@pytest.fixture
def city(registry: Registry, now: datetime) -> Registry:
    """The registry of that city."""
    registry.now = lambda: now
    press, zoo = make_unit(id=uuid4(), code="FD 1", name="Presse"), make_unit(id=uuid4(), code="FD 2", name="Zoo")
    erika = make_person(id=uuid4(), function="Pressesprecherin", unit_id=press.id)
    max_ = make_person(id=uuid4(), given_name="Max", function="Redakteur", unit_id=press.id)
    made = _channels(press, zoo)
    for one in made.values():
        one.id = uuid4()
    facebook, instagram = made["facebook"], made["instagram"]
    with registry.action("Fill") as session:
        session.add_all([press, zoo, erika, max_, *made.values()])
        session.add_all(_ties(facebook, erika, max_))
        for one, on, number in ((facebook, FIRST, 900), (facebook, date(2025, 11, 1), 1000), (instagram, THIRD, 50)):
            session.add(FollowerCount(channel_id=one.id, on=on, count=number))
        session.add(_agency(facebook))
    return registry


def _ties(channel: Channel, before: Person, after: Person) -> list[object]:
    return [
        make_owner(channel, before, since=date(2020, 1, 1), until=date(2025, 6, 30)),
        make_owner(channel, after, since=date(2025, 7, 1)),
    ]


def _agency(channel: Channel) -> Access:
    return Access(
        channel_id=channel.id,
        holder="Agentur Beispiel",
        kind=AccessKind.VIA_TOOL,
        platform_role=PlatformRole.EDITOR,
        granted_on=date(2025, 5, 1),
        withdrawn_on=date(2026, 2, 1),
    )
