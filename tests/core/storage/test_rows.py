"""The cache of the lists follows every action, and is built anew when it cannot have followed."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core.model import Action, Channel, ChannelState, OrgUnit, Person, Responsibility, ResponsibilityRole
from core.storage import journal, rows
from core.storage.record_list import RecordList, row_table
from core.storage.rows import is_current, keep_current, refresh, refresh_records
from core.storage.searching import View, ordered_rows, page
from tests.core.storage.listed import TODAY, change, channel_list, empty_registry, put, put_channel, remove


@pytest.fixture
def connection():
    with empty_registry().connect() as opened:
        yield opened


@pytest.fixture
def channels(connection):
    made = channel_list()
    keep_current(connection, [made], TODAY)
    return made


def act(connection, records, *entries):
    """Write the entries to the log as one action and let the cache follow."""
    action = Action(label="Test", at=datetime.now(UTC), schema_number=1)
    journal.write(connection, action, entries)
    return refresh(connection, [records], entries, TODAY)


def titles(connection, records, search="", **how):
    found = ordered_rows(connection, records, View(search, sort="title", **how))
    return [one["title"] for one in page(connection, records, found, TODAY) if one]


def content(connection, records):
    """Everything the cache holds, apart from the numbers of the rows, and what its index finds."""
    cache = row_table(records)
    held = [tuple(row)[1:] for row in connection.execute(select(cache).order_by(cache.c.record_id)).all()]
    return held, titles(connection, records, "stadt"), titles(connection, records, "mustermann")


def test_a_new_channel_is_found_at_once(connection, channels):
    assert act(connection, channels, put_channel(connection, "Stadtbücherei"))
    assert titles(connection, channels, "BÜCHER") == ["Stadtbücherei"]


def test_a_changed_title_is_found_under_the_new_name_only(connection, channels):
    made = put_channel(connection, "Stadtbad")
    act(connection, channels, made)
    act(connection, channels, change(connection, Channel, made.record_id, title="Hallenbad"))
    assert titles(connection, channels, "hallen") == ["Hallenbad"]
    assert titles(connection, channels, "stadtb") == []
    act(connection, channels, remove(connection, Channel, made.record_id))
    assert titles(connection, channels) == titles(connection, channels, "hallen") == []


def test_a_row_keeps_its_number_when_its_record_changes(connection, channels):
    made = put_channel(connection, "Theater")
    act(connection, channels, made, put_channel(connection, "Archiv"))
    before = ordered_rows(connection, channels, View(sort="title"))
    act(connection, channels, change(connection, Channel, made.record_id, title="Aaltheater"))
    assert list(ordered_rows(connection, channels, View(sort="title"))) == list(reversed(before))


def test_rows_keep_their_numbers_when_the_cache_is_built_anew(connection, channels):
    made = [put_channel(connection, title) for title in ("Stadtbad", "Stadtarchiv", "Stadtforst")]
    act(connection, channels, *made)
    act(connection, channels, remove(connection, Channel, made[0].record_id))
    cache = row_table(channels)
    numbers = {row.record_id: row.row for row in connection.execute(select(cache)).all()}
    new = put_channel(connection, "Amtsblatt")
    act(connection, channels, new)
    rows.rebuild(connection, channels, TODAY)
    after = {row.record_id: row.row for row in connection.execute(select(cache)).all()}
    assert after.pop(new.record_id) not in numbers.values()
    assert after == numbers
    assert titles(connection, channels, "stadt") == ["Stadtarchiv", "Stadtforst"]


def test_a_renamed_unit_renames_the_rows_of_its_channels(connection, channels):
    unit = put(connection, OrgUnit, name="Presse")
    act(connection, channels, unit, put_channel(connection, "Stadt", unit_id=unit.record_id))
    act(connection, channels, change(connection, OrgUnit, unit.record_id, name="Kommunikation"))
    assert titles(connection, channels, "kommunikation") == ["Stadt"]
    assert titles(connection, channels, "presse") == []


def test_a_person_renamed_renames_the_rows_of_the_channels_they_answer_for(connection, channels):
    person, channel = put(connection, Person, family_name="Mustermann"), put_channel(connection, "Stadt")
    tie = responsibility(connection, person, channel)
    act(connection, channels, person, channel, tie)
    act(connection, channels, change(connection, Person, person.record_id, family_name="Beispiel"))
    assert titles(connection, channels, "beispiel") == ["Stadt"]


def test_a_responsibility_that_is_gone_is_gone_from_the_row(connection, channels):
    person, channel = put(connection, Person, family_name="Mustermann"), put_channel(connection, "Stadt")
    tie = responsibility(connection, person, channel)
    act(connection, channels, person, channel, tie)
    assert titles(connection, channels, "mustermann") == ["Stadt"]
    act(connection, channels, remove(connection, Responsibility, tie.record_id))
    assert titles(connection, channels, "mustermann") == []


def test_a_responsibility_moved_to_another_channel_changes_both_rows(connection, channels):
    person = put(connection, Person, family_name="Mustermann")
    one, two = two_channels(connection)
    tie = responsibility(connection, person, one)
    act(connection, channels, person, one, two, tie)
    act(connection, channels, change(connection, Responsibility, tie.record_id, channel_id=two.record_id))
    assert titles(connection, channels, "mustermann") == ["Zoo"]


def test_the_day_changes_what_it_changes(connection, channels):
    person, channel = put(connection, Person, family_name="Mustermann"), put_channel(connection, "Stadt")
    tie = responsibility(connection, person, channel, until=TODAY)
    act(connection, channels, person, channel, tie)
    keep_current(connection, [channels], TODAY)
    assert titles(connection, channels, "mustermann") == ["Stadt"]
    keep_current(connection, [channels], TODAY + timedelta(days=1))
    assert titles(connection, channels, "mustermann") == []
    keep_current(connection, [channels], TODAY - timedelta(days=300))
    assert titles(connection, channels, "mustermann") == ["Stadt"]


def test_the_day_does_not_make_everything_be_read_again(connection, channels, monkeypatch):
    act(connection, channels, put_channel(connection, "Alt", registered_on=date(2020, 1, 1)))
    monkeypatch.setattr(rows, "rebuild", lambda *_: pytest.fail("built anew"))
    keep_current(connection, [channels], TODAY + timedelta(days=1))
    assert is_current(connection, [channels], TODAY + timedelta(days=1))


def test_a_cache_that_missed_an_action_is_built_anew(connection, channels):
    entry = put_channel(connection, "Verpasst")
    journal.write(connection, Action(label="Test", at=datetime.now(UTC), schema_number=1), [entry])
    assert not is_current(connection, [channels], TODAY)
    assert not act(connection, channels, put_channel(connection, "Danach"))
    keep_current(connection, [channels], TODAY)
    assert titles(connection, channels) == ["Danach", "Verpasst"]


def test_an_action_too_large_to_follow_leaves_the_cache_for_later(connection, channels, monkeypatch):
    monkeypatch.setattr(rows, "BULK", 1)
    assert not act(connection, channels, *two_channels(connection))
    keep_current(connection, [channels], TODAY)
    assert titles(connection, channels) == ["Amt", "Zoo"]


def test_without_a_cache_nothing_is_followed(connection):
    assert not act(connection, channel_list(), put_channel(connection, "Stadt"))


def test_another_set_of_fields_builds_the_cache_anew(connection, channels):
    act(connection, channels, put_channel(connection, "Stadt"))
    fewer = RecordList(channels.record, channels.fields[:3], channels.listing)
    keep_current(connection, [fewer], TODAY)
    assert titles(connection, fewer) == ["Stadt"]


def test_findings_refresh_the_rows_of_their_subjects(connection, channels):
    entry = put_channel(connection, "Stadt")
    act(connection, channels, entry)
    change(connection, Channel, entry.record_id, notes="geändert am Logbuch vorbei")
    refresh_records(connection, channels, [entry.record_id], TODAY)
    assert titles(connection, channels, "logbuch vorbei") == ["Stadt"]


KINDS = ("add", "rename", "remove", "assign", "release", "person", "unit", "state")
STEP = st.tuples(st.sampled_from(KINDS), st.integers(0, 9))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(STEP, max_size=12))
def test_following_actions_gives_the_same_cache_as_building_it_anew(steps):
    with empty_registry().connect() as connection:
        records = channel_list()
        keep_current(connection, [records], TODAY)
        unit, person = put(connection, OrgUnit, name="Stadtamt"), put(connection, Person, family_name="Mustermann")
        assert act(connection, records, unit, person)
        for step, number in steps:
            entries = perform(connection, step, number, unit.record_id, person.record_id)
            assert not entries or act(connection, records, *entries)
        followed = content(connection, records)
        rows.rebuild(connection, records, TODAY)
        assert followed == content(connection, records)


def perform(connection, step, number, unit, person):
    channels = connection.execute(select(Channel.id).order_by(Channel.id)).scalars().all()
    ties = connection.execute(select(Responsibility.id, Responsibility.channel_id).order_by(Responsibility.id)).all()
    channel = channels[number % len(channels)] if channels else None
    match step:
        case "add":
            return [put_channel(connection, f"Stadt {number}", unit_id=unit if number % 2 else None)]
        case "person":
            return [change(connection, Person, person, family_name=f"Mustermann {number}")]
        case "unit":
            return [change(connection, OrgUnit, unit, name=f"Stadtamt {number}")]
        case "release" if ties:
            return [remove(connection, Responsibility, ties[number % len(ties)].id)]
        case _ if channel is None:
            return []
        case "rename":
            return [change(connection, Channel, channel, title=f"Ämter {number}")]
        case "state":
            return [change(connection, Channel, channel, state=ChannelState.CLOSED)]
        case "assign":
            return [
                put(connection, Responsibility, channel_id=channel, person_id=person, role=ResponsibilityRole.OWNER)
            ]
        case "remove":
            tied = [remove(connection, Responsibility, tie.id) for tie in ties if tie.channel_id == channel]
            return [*tied, remove(connection, Channel, channel)]
    return []


def two_channels(connection):
    return put_channel(connection, "Amt"), put_channel(connection, "Zoo")


def responsibility(connection, person, channel, **values):
    ends = {"channel_id": channel.record_id, "person_id": person.record_id, "role": ResponsibilityRole.OWNER}
    return put(connection, Responsibility, **(ends | values))


def test_an_unknown_record_has_no_row(connection, channels):
    assert page(connection, channels, [99], TODAY) == [None]
    assert uuid.uuid4() not in connection.execute(select(row_table(channels).c.record_id)).scalars().all()
