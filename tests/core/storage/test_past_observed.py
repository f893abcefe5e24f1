"""As of a day nothing is shown that was only seen, approved or closed after it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.governance.findings import find
from core.model import Channel, ChannelState, Credential, CredentialKind, Envelope, EscrowKey, FormerHandle
from core.registry import Registry
from core.settings import read_settings
from core.storage.past import step_back
from tests.factories import make_channel

DAY = date(2026, 9, 30)


def enter(registry: Registry, channel: Channel, day: date, **values: Any) -> None:
    with registry.action("Change", now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC)) as session:
        for key, value in values.items():
            setattr(session.get_one(Channel, channel.id), key, value)


def add(registry: Registry, day: date, **values: Any) -> Channel:
    with registry.action("Add", now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC)) as session:
        session.add(channel := make_channel(registered_on=day, **values))
    return channel


def seen(registry: Registry, channel: Channel, key: str, **view: Any) -> Any:
    with registry.snapshot(**{"as_of": DAY, **view}) as session:
        return getattr(session.get_one(Channel, channel.id), key)


@pytest.mark.parametrize(
    ("posts", "shown"),
    [
        (["2026-11-20"], None),
        (["2026-09-30"], "2026-09-30"),
        (["2026-08-01", "2026-11-20"], "2026-08-01"),
        (["2026-08-01", "2026-09-28", "2026-11-20", "2026-11-22"], "2026-09-28"),
        (["2026-08-01", "2026-09-28", "2026-08-02", "2026-11-20"], "2026-08-02"),  # The second one was put right.
        (["2026-08-01", None, "2026-11-20"], None),
        (["2026-09", "2026-10"], "2026-09"),
        (["2026-11-20", "2026-08-01"], "2026-08-01"),
    ],
)
@pytest.mark.parametrize("first", [date(2026, 5, 1), date(2026, 11, 20)])
def test_the_last_post_is_the_newest_that_is_not_after_the_day(
    registry: Registry, posts: list[str | None], shown: str | None, first: date
) -> None:
    channel = add(registry, first, last_post_on=posts[0])
    for number, post in enumerate(posts[1:], 1):
        enter(registry, channel, first.replace(day=first.day + number), last_post_on=post)
    assert seen(registry, channel, "last_post_on") == shown


@pytest.mark.parametrize(
    ("posts", "found"), [(["2026-11-20"], False), ([None, "2026-11-20"], True), (["2026-09-20", "2026-11-20"], False)]
)
def test_a_last_post_was_unknown_where_the_log_says_so(
    registry: Registry, posts: list[str | None], found: bool
) -> None:
    channel = add(registry, date(2026, 5, 1), last_post_on=posts[0])
    for post in posts[1:]:
        enter(registry, channel, date(2026, 11, 20), last_post_on=post)
    with registry.snapshot(as_of=date(2026, 10, 31)) as session:
        for day in (date(2026, 10, 31), DAY):
            rules = {one.rule for one in find(session, day, read_settings(session), 1)}
            assert ("last-post-unknown" in rules) is found
            step_back(session, day, DAY)


def test_an_undone_post_does_not_count(registry: Registry) -> None:
    channel = add(registry, date(2026, 5, 1), last_post_on="2026-04-01")
    enter(registry, channel, date(2026, 6, 1), last_post_on="2026-05-30")
    registry.undo()
    enter(registry, channel, date(2026, 11, 1), last_post_on="2026-10-30")
    assert seen(registry, channel, "last_post_on") == "2026-04-01"


def test_only_what_was_known_counts(registry: Registry) -> None:
    channel = add(registry, date(2026, 5, 1), last_post_on="2026-04-01")
    enter(registry, channel, date(2026, 11, 1), last_post_on="2026-09-20")
    enter(registry, channel, date(2026, 11, 2), last_post_on="2026-11-01")
    assert seen(registry, channel, "last_post_on") == "2026-09-20"
    assert seen(registry, channel, "last_post_on", known_on=date(2026, 10, 31)) == "2026-04-01"


def test_further_back_the_same_is_shown_as_at_once(registry: Registry) -> None:
    channel = add(registry, date(2026, 1, 1), last_post_on="2025-12-01", closed_on=date(2026, 11, 2))
    for month in (3, 5, 7, 11):
        enter(registry, channel, date(2026, month, 2), last_post_on=f"2026-{month:02d}-01")
    enter(registry, channel, date(2026, 8, 1), state=ChannelState.CLOSED)
    with registry.snapshot(as_of=DAY) as session:
        for shown, day in ((DAY, date(2026, 6, 30)), (date(2026, 6, 30), date(2026, 1, 31))):
            step_back(session, shown, day)
            session.expire_all()
            one = session.get_one(Channel, channel.id)
            with registry.snapshot(as_of=day) as direct:
                other = direct.get_one(Channel, channel.id)
                for key in ("last_post_on", "state", "closed_on"):
                    assert getattr(one, key) == getattr(other, key)


def test_an_imprint_that_was_checked_and_an_approval_that_came_later_are_not_shown(registry: Registry) -> None:
    later = date(2026, 10, 5)
    channel = add(registry, later, imprint_checked_on=later, approved_on=later, approved_under="S 12")
    told = [seen(registry, channel, key) for key in ("imprint_checked_on", "approved_on", "approved_under")]
    assert told == [None, None, None]


def test_a_later_closing_is_not_told_but_one_that_is_under_way_is(registry: Registry) -> None:
    later = {"closed_on": date(2026, 10, 5), "closing_reason": "Umzug"}
    closed = add(registry, date(2026, 5, 1), state=ChannelState.CLOSED, **later)
    closing = add(registry, date(2026, 5, 1), state=ChannelState.CLOSING, **later)
    assert [seen(registry, closed, key) for key in ("state", *later)] == [ChannelState.ACTIVE, None, None]
    assert seen(registry, closing, "closed_on") == date(2026, 10, 5)


def test_a_name_counts_as_a_former_one_from_the_day_it_ended(registry: Registry) -> None:
    channel = add(registry, date(2026, 5, 1))
    with registry.action("Rename") as session:
        session.add(FormerHandle(channel_id=channel.id, handle="alt", until=date(2026, 10, 5)))
        session.add(FormerHandle(channel_id=channel.id, handle="uralt", until=date(2026, 9, 5)))
    with registry.snapshot(as_of=DAY) as session:
        assert session.scalars(select(FormerHandle.handle)).all() == ["uralt"]


def test_envelopes_are_those_that_there_were(registry: Registry) -> None:
    with registry.action("Seal", now=datetime(2026, 9, 1, 9, tzinfo=UTC)) as session:
        session.add(login := Credential(kind=CredentialKind.PASSWORD, label="Facebook"))
        session.add(key := EscrowKey(recipient="age1beispiel", since=date(2026, 9, 1)))
        session.flush()
        of = {"credential_id": login.id, "escrow_key_id": key.id}
        session.add(old := Envelope(revision=1, made_on=date(2026, 9, 1), digest="a" * 64, **of))
    with registry.action("Seal again", now=datetime(2026, 10, 5, 9, tzinfo=UTC)) as session:
        session.delete(session.get_one(Envelope, old.id))
        session.get_one(EscrowKey, key.id).until = date(2026, 10, 5)
        session.add(Envelope(revision=2, made_on=date(2026, 10, 5), digest="b" * 64, **of))
    with registry.snapshot(as_of=DAY) as session:
        assert session.scalars(select(Envelope.revision)).all() == [1]
        assert session.scalars(select(EscrowKey.until)).all() == [None]
    with registry.snapshot(as_of=date(2026, 8, 1)) as session:
        assert session.scalars(select(EscrowKey)).all() == []
