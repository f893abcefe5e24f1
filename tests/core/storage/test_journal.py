"""Every change is written down: once, whole, and in its action."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select, update

from core.model import Channel, ChannelState, Person
from core.registry import Registry
from core.storage.journal import insert_many
from tests.factories import TODAY, make_channel, make_owner, make_person


def test_an_action_records_who_changed_what_from_what_to_what(registry: Registry):
    channel = make_channel()
    with registry.action("Add channel") as session:
        session.add(channel)
    with registry.action("Rename", reason="Neuer Auftritt") as session:
        session.get_one(Channel, channel.id).title = "Moers"
    rename, reason = registry.log()[-2:]
    assert (rename.label, rename.table, rename.kind, rename.record_id) == ("Rename", "channel", "change", channel.id)
    assert (rename.before, rename.after) == ({"title": "Stadt Moers"}, {"title": "Moers"})
    assert reason.after == {"reason": "Neuer Auftritt"}
    assert rename.store_id == registry.store_id


def test_what_an_action_does_to_a_record_is_one_entry(registry: Registry):
    channel = make_channel()
    with registry.action("Add channel") as session:
        session.add(channel)
        session.flush()
        channel.title = "Zwei"
        session.flush()
        channel.title = "Drei"
    newest = registry.log()[-1]
    assert (newest.kind, (newest.after or {})["title"]) == ("create", "Drei")


def test_a_change_that_is_taken_back_within_the_action_leaves_no_entry(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(channel := make_channel())
    before = registry.head()
    with registry.action("Nothing") as session:
        loaded = session.get_one(Channel, channel.id)
        loaded.title = "anders"
        session.flush()
        loaded.title = "Stadt Moers"
    with registry.action("Come and go") as session:
        session.add(passing := make_channel(handle="kurz"))
        session.flush()
        session.delete(passing)
    assert registry.head() == before


def test_an_exception_inside_an_action_leaves_everything_as_it_was(registry: Registry):
    before = registry.head()
    with pytest.raises(ZeroDivisionError), registry.action("Add channel") as session:
        session.add(make_channel())
        session.flush()
        1 / 0  # noqa: B018
    with registry.reading() as session:
        assert session.scalars(select(Channel)).all() == []
    assert registry.head() == before
    assert registry.undoable is None


def test_bulk_changes_that_would_bypass_the_history_are_refused(registry: Registry):
    for statement in (update(Channel).values(title="x"), delete(Channel)):
        with pytest.raises(RuntimeError, match="bypass"), registry.action("Bulk") as session:
            session.execute(statement)


def test_nothing_is_written_outside_an_action(registry: Registry):
    with pytest.raises(RuntimeError, match="only inside an action"), registry.reading() as session:
        session.add(make_channel())
        session.flush()


def test_many_records_created_at_once_are_journaled_like_single_ones(registry: Registry):
    rows = [{"family_name": f"Muster {number}", "given_name": "Sabine"} for number in range(50)]
    with registry.action("Import list") as session:
        ids = insert_many(session, Person, rows)
    created = [entry for entry in registry.log() if entry.table == "person"]
    assert [entry.record_id for entry in created] == ids
    seventh = created[7].after or {}
    assert (seventh["family_name"], seventh["kind"]) == ("Muster 7", "person")
    assert registry.verify().broken_at is None


def test_the_instant_of_an_action_is_given_from_outside(registry: Registry):
    instant = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    with registry.action("Add channel", now=instant) as session:
        session.add(channel := make_channel())
    assert registry.log()[-1].at == instant
    with registry.reading() as session:
        assert session.get_one(Channel, channel.id).created_at == instant


def test_enums_dates_and_lists_come_back_from_the_log_as_they_went_in(registry: Registry):
    channel = make_channel(tags=("Wahl", "Bürger"), closed_on=TODAY, state=ChannelState.CLOSED)
    with registry.action("Add channel") as session:
        session.add(channel)
    with registry.action("Delete") as session:
        session.delete(session.get_one(Channel, channel.id))
    registry.undo()
    with registry.reading() as session:
        again = session.get_one(Channel, channel.id)
    assert (again.tags, again.closed_on, again.state) == (("Wahl", "Bürger"), TODAY, ChannelState.CLOSED)


def test_a_record_that_others_refer_to_cannot_be_deleted(registry: Registry):
    from core.errors import ConflictError

    channel, person = make_channel(), make_person()
    with registry.action("Add channel") as session:
        session.add_all([make_owner(channel, person), channel, person])
    with pytest.raises(ConflictError), registry.action("Delete") as session:
        session.delete(session.get_one(Person, person.id))
    assert registry.verify().broken_at is None


def test_subscribers_hear_which_tables_were_touched(registry: Registry):
    heard: list[frozenset[str]] = []
    registry.subscribers.append(heard.append)
    with registry.action("Add person") as session:
        session.add(make_person())
    registry.undo()
    assert [{"person"} <= tables for tables in heard] == [True, True]
