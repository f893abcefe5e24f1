"""Adding a channel by what people paste, changing its address, closing it and taking it up again."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.errors import BadInputError
from core.inventory import channels
from core.model import Channel, ChannelState, FormerHandle, KnownBy
from core.registry import Registry
from tests.factories import TODAY, make_channel
from tests.memory import records_in_memory


@pytest.fixture
def session():
    with records_in_memory() as opened:
        yield opened


def add(session: Session, text: str, **values: Any) -> Channel:
    return channels.add_channel(session, text, today=TODAY, **values)


def test_a_pasted_address_becomes_a_channel(session: Session):
    channel = add(session, "  http://www.facebook.com/stadtmoers/?ref=x ")
    assert (channel.platform, channel.handle, channel.title) == ("facebook", "stadtmoers", "stadtmoers")
    assert channel.url_as_entered == "http://www.facebook.com/stadtmoers/?ref=x"
    assert (channel.state, channel.registered_on, channel.host_belongs) == (ChannelState.ACTIVE, TODAY, True)


@pytest.mark.parametrize("platform", ["instagram", "Instagram", "insta"])
def test_a_bare_handle_needs_its_platform(session: Session, platform):
    channel = add(session, "@stadtmoers", platform=platform, title="Moers in Bildern")
    assert (channel.platform, channel.handle, channel.title) == ("instagram", "stadtmoers", "Moers in Bildern")


def test_a_web_address_of_no_platform_is_a_website(session: Session):
    channel = add(session, "https://blog.moers.example/aktuell")
    assert (channel.platform, channel.title) == ("website", "blog.moers.example/aktuell")


def test_an_address_of_another_host_keeps_the_platform_that_was_named(session: Session):
    channel = add(session, "https://notfacebook.com/stadtmoers", platform="facebook")
    assert (channel.platform, channel.host_belongs) == ("facebook", False)


@pytest.mark.parametrize(
    ("text", "platform"), [("", None), ("-", None), ("stadtmoers", None), ("info@moers.example", None), ("x y", "Foo")]
)
def test_what_names_no_account_is_refused_with_a_sentence(session: Session, text, platform):
    with pytest.raises(BadInputError) as refused:
        add(session, text, platform=platform)
    assert refused.value.sentence.endswith(".")


@pytest.mark.usefixtures("in_english")
def test_an_account_is_taken_in_once(session: Session):
    add(session, "https://www.facebook.com/stadtmoers", title="Stadt Moers")
    with pytest.raises(BadInputError, match=r"already: Stadt Moers \(Facebook\), since 22 Nov 2026"):
        add(session, "https://m.facebook.com/StadtMoers/")


@pytest.mark.parametrize("state", [ChannelState.CLOSED, ChannelState.REJECTED])
def test_an_account_can_be_taken_in_again_after_it_was_closed(session: Session, state):
    session.add(make_channel(state=state))
    assert add(session, "https://www.facebook.com/stadtmoers")


def test_the_old_name_is_kept_when_the_address_changes(session: Session):
    channel = add(session, "https://twitter.com/moers_de")
    former = channels.change_address(session, channel, "@stadt_moers", today=date(2026, 12, 1))
    session.flush()
    assert (channel.platform, channel.handle, channel.url) == ("x", "stadt_moers", "https://x.com/stadt_moers")
    assert session.scalars(select(FormerHandle)).one() is former
    assert (former.handle, former.until) == ("moers_de", date(2026, 12, 1))


def test_another_way_of_writing_the_same_address_leaves_no_former_name(session: Session):
    channel = add(session, "https://twitter.com/moers_de")
    assert channels.change_address(session, channel, "https://x.com/Moers_DE/", today=TODAY) is None
    assert channel.url_as_entered == "https://x.com/Moers_DE/"


def test_an_address_of_another_platform_moves_the_channel_there(session: Session):
    channel = add(session, "https://twitter.com/moers_de")
    channels.change_address(session, channel, "https://bsky.app/profile/moers.example", today=TODAY)
    assert (channel.platform, channel.host_belongs) == ("bluesky", True)


def test_correcting_a_foreign_address_settles_it(session: Session):
    channel = add(session, "https://notfacebook.com/stadtmoers", platform="facebook")
    channels.change_address(session, channel, "https://facebook.com/stadtmoers", today=TODAY)
    assert (channel.platform, channel.handle, channel.host_belongs) == ("facebook", "stadtmoers", True)


def test_an_address_cannot_be_changed_to_that_of_another_channel(session: Session):
    add(session, "https://facebook.com/stadtmoers")
    channel = add(session, "https://facebook.com/moers")
    with pytest.raises(BadInputError):
        channels.change_address(session, channel, "facebook.com/stadtmoers", today=TODAY)
    assert channel.handle == "moers"


def test_the_last_post_is_entered_to_the_day_or_the_month():
    channel = make_channel()
    channels.enter_last_post(channel, "20.11.2026", today=TODAY)
    assert (channel.last_post_on, channel.last_post_known_by) == ("2026-11-20", KnownBy.ENTERED)
    channels.enter_last_post(channel, "11/2026", today=TODAY)
    assert channel.last_post_on == "2026-11"


@pytest.mark.parametrize("text", ["23.11.2026", "12/2026", "30.02.2026", "neulich", ""])
def test_a_last_post_that_cannot_be_is_refused(text):
    channel = make_channel()
    with pytest.raises(BadInputError):
        channels.enter_last_post(channel, text, today=TODAY)
    assert channel.last_post_on is None


def test_a_closed_channel_stays_with_day_and_reason_and_can_be_reopened():
    channel, other = make_channel(), make_channel()
    channels.close(channel, on=TODAY, reason=" zu wenige Besucher ", successor_id=other.id)
    assert (channel.state, channel.closed_on, channel.closing_reason) == ("closed", TODAY, "zu wenige Besucher")
    channels.reopen(channel)
    assert (channel.state, channel.closed_on, channel.closing_reason, channel.successor_id) == (
        "active",
        None,
        None,
        None,
    )


def test_a_channel_is_not_its_own_successor():
    channel = make_channel()
    with pytest.raises(BadInputError):
        channels.close(channel, on=TODAY, successor_id=channel.id)
    assert channel.state is ChannelState.ACTIVE


@pytest.mark.parametrize("state", list(ChannelState))
def test_only_what_is_in_use_can_be_dormant_closing_or_reopened(state):
    in_use = {ChannelState.ACTIVE, ChannelState.APPROVED}
    cases: list[tuple[Any, set[ChannelState]]] = [
        (channels.mark_dormant, in_use | {ChannelState.DORMANT}),
        (channels.begin_closing, in_use | {ChannelState.DORMANT, ChannelState.CLOSING}),
        (channels.reopen, {ChannelState.ACTIVE, ChannelState.DORMANT, ChannelState.CLOSING, ChannelState.CLOSED}),
    ]
    for move, allowed in cases:
        channel = make_channel(state=state)
        if state in allowed:
            move(channel)
        else:
            with pytest.raises(BadInputError):
                move(channel)


def test_a_channel_keeps_a_title():
    channel = make_channel()
    channels.rename(channel, "  Moers ")
    assert channel.title == "Moers"
    with pytest.raises(BadInputError):
        channels.rename(channel, " ")


@pytest.mark.parametrize(
    ("title", "platform", "label"),
    [
        ("Stadt Moers", "x", "Stadt Moers (X)"),
        ("Moers auf Facebook", "facebook", "Moers auf Facebook"),
        ("Moers (Facebook)", "facebook", "Moers (Facebook)"),
        ("Marx", "x", "Marx (X)"),
        ("A", "?", "A (?)"),
    ],
)
def test_a_channels_label_names_its_platform_once(title, platform, label):
    assert channels.label_of(title, platform) == label


def test_adding_and_renaming_an_account_can_be_undone(registry: Registry):
    with registry.action("Add channel") as session:
        channel_id = add(session, "https://twitter.com/moers_de").id
    with registry.action("Change address") as session:
        channels.change_address(session, session.get_one(Channel, channel_id), "@stadt_moers", today=TODAY)
    registry.undo()
    with registry.reading() as session:
        assert session.get_one(Channel, channel_id).handle == "moers_de"
        assert session.scalars(select(FormerHandle)).all() == []
