"""Undo and redo of whole actions, views of the past, and a chain that names the first altered entry."""

from __future__ import annotations

import random
import sqlite3
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from core import workstation
from core.errors import ConflictError
from core.inventory.lists import CHANNELS
from core.model import Channel, ChannelState, Person, Responsibility, ResponsibilityRole
from core.registry import Registry, open_registry
from tests.factories import TODAY, make_channel, make_owner, make_person


def titles(registry: Registry) -> list[str]:
    with registry.reading() as session:
        return sorted(session.scalars(select(Channel.title)))


def test_undo_and_redo_go_through_the_sitting_step_by_step(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(channel := make_channel())
    with registry.action("Rename") as session:
        session.get_one(Channel, channel.id).title = "Moers"
    assert registry.undo() == "Rename"
    assert titles(registry) == ["Stadt Moers"]
    assert registry.undo() == "Add channel"
    assert titles(registry) == []
    assert (registry.undo(), registry.undoable, registry.redoable) == (None, None, "Add channel")
    assert [registry.redo(), registry.redo()] == ["Add channel", "Rename"]
    assert titles(registry) == ["Moers"]
    assert registry.redo() is None
    assert [registry.undo(), registry.undo()] == ["Rename", "Add channel"]
    assert registry.verify().broken_at is None


def test_a_new_action_ends_what_could_be_done_again(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(make_channel())
    registry.undo()
    with registry.action("Add person") as session:
        session.add(make_person())
    assert registry.redoable is None


def test_undo_is_refused_when_a_record_was_changed_again_since(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(channel := make_channel())
    other = open_registry(registry.path)
    with other.action("Rename") as session:
        session.get_one(Channel, channel.id).title = "Moers"
    other.close()
    with pytest.raises(ConflictError, match=r"\."):
        registry.undo()
    assert titles(registry) == ["Moers"]
    assert registry.undoable == "Add channel"


def test_any_action_of_the_log_can_be_undone_and_done_again(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(make_channel())
    with registry.action("Add person") as session:
        session.add(make_person())
    registry.undo_action(next(entry.action_id for entry in registry.log() if entry.label == "Add channel"))
    assert titles(registry) == []
    registry.undo()
    assert titles(registry) == ["Stadt Moers"]


def test_an_edit_made_on_an_old_state_is_refused(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(channel := make_channel())
    with registry.reading() as session:
        stale = session.get_one(Channel, channel.id)
        session.expunge(stale)
    with registry.action("Rename") as session:
        session.get_one(Channel, channel.id).title = "Moers"
    with pytest.raises(ConflictError), registry.action("Rename") as session:
        session.add(stale)
        stale.title = "Zu spät"
    assert titles(registry) == ["Moers"]


def test_the_registry_can_be_shown_as_it_was_known_on_a_day(registry: Registry):
    first, second = (datetime(2026, month, 3, 12).astimezone() for month in (3, 6))
    with registry.action("Add channel", now=first) as session:
        session.add_all([kept := make_channel(), gone := make_channel(handle="weg", title="Weg")])
    with registry.action("Change", now=second) as session:
        session.get_one(Channel, kept.id).title = "Moers"
        session.delete(session.get_one(Channel, gone.id))
        session.add(make_channel(handle="neu", title="Neu"))
    with registry.snapshot(known_on=date(2026, 4, 1)) as session:
        assert sorted(session.scalars(select(Channel.title))) == ["Stadt Moers", "Weg"]
        assert session.info["bypassed"] == ()
    with registry.snapshot(known_on=date(2026, 2, 1)) as session:
        assert session.scalars(select(Channel)).all() == []
    assert titles(registry) == ["Moers", "Neu"]


def test_the_registry_can_be_shown_as_it_was_known_when_the_log_had_so_many_entries(registry: Registry):
    day, heads = datetime(2026, 3, 3, 12).astimezone(), []
    with registry.action("Add channel", now=day) as session:
        session.add(channel := make_channel(title="Alt"))
    for title in ("Neu", "Neuer"):
        heads.append(registry.head()[0])
        with registry.action("Rename", now=day) as session:
            session.get_one(Channel, channel.id).title = title
    for number, title in zip((*heads, registry.head()[0]), ("Alt", "Neu", "Neuer"), strict=True):
        with registry.snapshot(known_on=number) as session:
            assert session.scalars(select(Channel.title)).all() == [title]
        with registry.snapshot(known_on=number, as_of=date(2026, 1, 1)) as session:
            assert session.scalars(select(Channel.title)).all() == ["Alt"]


def test_a_record_changed_past_the_log_is_named(registry: Registry):
    with registry.action("Add channel") as session:
        session.add(channel := make_channel())
    with sqlite3.connect(registry.path) as raw:
        raw.execute("UPDATE channel SET title = 'heimlich'")
    raw.close()
    with registry.snapshot(known_on=date(2020, 1, 1)) as session:
        assert [bypass.record_id for bypass in session.info["bypassed"]] == [channel.id]


def test_as_of_a_day_shows_dated_facts_by_their_dates_and_others_as_the_log_knew_them(registry: Registry):
    erika, max_ = make_person(), make_person(given_name="Max")
    channel = make_channel(opened_on="2010-03", title="Alt")
    later = make_channel(handle="spaeter", opened_on="2026-06", title="Später")
    with registry.action("Import list", now=datetime(2026, 5, 4, 9).astimezone()) as session:
        session.add_all([erika, max_, channel, later])
        session.add(make_owner(channel, erika, until=date(2026, 6, 30)))
        session.add(make_owner(channel, max_, since=date(2026, 7, 1)))
    with registry.action("Rename", now=datetime(2026, 8, 1, 9).astimezone()) as session:
        loaded = session.get_one(Channel, channel.id)
        loaded.title, loaded.state, loaded.closed_on = "Neu", ChannelState.CLOSED, date(2026, 8, 31)

    def seen(day: date) -> list[tuple[str, str | None, str]]:
        with registry.snapshot(as_of=day) as session:
            rows = CHANNELS.read(session.connection(), None, day)
            return sorted((row["title"], row["owner"], row["state"]) for row in rows)

    assert seen(date(2026, 3, 1)) == [("Alt", "Erika Mustermann", "active")]
    assert seen(date(2026, 7, 1)) == [("Alt", "Max Mustermann", "active"), ("Später", None, "active")]
    assert seen(date(2026, 8, 30)) == [("Neu", "Max Mustermann", "active"), ("Später", None, "active")]
    assert seen(date(2026, 9, 1)) == [("Neu", "Max Mustermann", "closed"), ("Später", None, "active")]


def fill(registry: Registry, number: int) -> None:
    for count in range(number):
        with registry.action("Add channel", reason="weil") as session:
            session.add(channel := make_channel(handle=f"kanal{count}"))
            session.add(person := make_person(family_name=f"Muster{count}"))
            session.add(make_owner(channel, person))


ALTERATIONS = (
    "UPDATE change_value SET text = replace(text, 'a', 'b') WHERE seq = {seq}",
    "UPDATE change_value SET text = NULL WHERE seq = {seq}",
    "UPDATE change SET kind = 'delete' WHERE seq = {seq}",
    "UPDATE change SET hash = lower(hex(randomblob(32))) WHERE seq = {seq}",
    "DELETE FROM change WHERE seq = {seq}",
    "DELETE FROM change_value WHERE seq = {seq}",
    "UPDATE action SET label = 'x' WHERE id = (SELECT action_id FROM change WHERE seq = {seq})",
    "UPDATE action SET at = '2020-01-01 00:00:00.000000' WHERE id = (SELECT action_id FROM change WHERE seq = {seq})",
)


def alter(path, statement: str) -> None:
    with sqlite3.connect(path) as raw:
        for (trigger,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep%'"
        ).fetchall():
            raw.execute(f"DROP TRIGGER {trigger}")
        raw.execute(statement)
    raw.close()


@pytest.mark.parametrize("statement", ALTERATIONS)
def test_verify_names_the_first_altered_entry(registry: Registry, statement: str):
    fill(registry, 5)
    log = registry.log()
    altered = random.Random(7).choice([entry for entry in log if entry.table != "reason"][3:])
    expected = altered.seq
    if "UPDATE action" in statement:
        expected = min(entry.seq for entry in log if entry.action_id == altered.action_id)
    alter(registry.path, statement.format(seq=altered.seq))
    assert registry.verify().broken_at == expected


def test_the_log_refuses_to_be_altered(registry: Registry):
    fill(registry, 1)
    for statement in (
        "UPDATE change SET kind = 'x'",
        "DELETE FROM change",
        "DELETE FROM action",
        "DELETE FROM change_value",
        "UPDATE change_value SET text = 'x'",
        "UPDATE action SET label = 'x'",
    ):
        with sqlite3.connect(registry.path) as raw, pytest.raises(sqlite3.IntegrityError):
            raw.execute(statement)
        raw.close()


def test_a_cut_tail_is_noticed_by_the_head_this_workstation_saw(registry: Registry):
    fill(registry, 3)
    last = registry.head()[0]
    action = registry.log()[-1].action_id.hex
    gone = [entry.seq for entry in registry.log() if entry.action_id.hex == action]
    alter(registry.path, f"DELETE FROM change_value WHERE seq >= {gone[0]}")
    alter(registry.path, f"DELETE FROM change WHERE seq >= {gone[0]}")
    verdict = registry.verify()
    assert (verdict.entries, verdict.broken_at) == (last - len(gone), gone[0])


def test_a_rewritten_log_is_noticed_by_the_head_this_workstation_saw(registry: Registry, tmp_path):
    fill(registry, 2)
    registry.back_up(tmp_path / "b.kanal")
    other = open_registry(tmp_path / "b.kanal")
    fill(other, 1)
    seen = other.head()
    other.close()
    with registry.action("Another way on") as session:
        session.add_all([make_person(), make_person(), make_person(), make_person()])
    workstation.keep_head(registry.id, *seen)
    assert registry.verify().broken_at == seen[0]


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), min_size=1, max_size=8))
def test_undoing_everything_brings_back_every_state_on_the_way(registry: Registry, steps: list[tuple[int, int]]):
    def state() -> list[list[tuple[object, ...]]]:
        with registry.reading() as session:
            channels = session.execute(
                select(Channel.id, Channel.title, Channel.state, Channel.tags, Channel.unit_id)
            ).all()
            owners = session.execute(select(Responsibility.id, Responsibility.person_id, Responsibility.until)).all()
            people = session.execute(select(Person.id, Person.family_name)).all()
        return [sorted(map(tuple, rows), key=str) for rows in (channels, owners, people)]

    states, done = [state()], 0
    for kind, pick in steps:
        with registry.action("Step") as session:
            _step(session, kind, pick)
        if registry.undoable and state() != states[-1]:
            states.append(state())
            done += 1
    for expected in reversed(states[:-1]):
        registry.undo()
        assert state() == expected
    for expected in states[1:]:
        registry.redo()
        assert state() == expected
    while registry.undo():
        pass
    assert registry.verify().broken_at is None


def _step(session, kind: int, pick: int) -> None:
    channels = session.scalars(select(Channel).order_by(Channel.id)).all()
    chosen = channels[pick % len(channels)] if channels else None
    owners = session.scalars(select(Responsibility).order_by(Responsibility.id)).all()
    match kind, chosen:
        case (0, _) | (_, None):
            session.add(channel := make_channel(handle=f"kanal{pick}", title=f"Kanal {pick}"))
            session.add(person := make_person(family_name=f"Muster{pick}"))
            session.add(make_owner(channel, person))
        case 1, channel:
            channel.title, channel.tags = f"Titel {pick}", ("a",) * pick
        case 2, _ if owners:
            owners[pick % len(owners)].until = TODAY + timedelta(days=pick)
        case 3, channel:
            for owner in owners:
                if owner.channel_id == channel.id:
                    session.delete(owner)
            session.delete(channel)
        case _, channel:
            session.add(person := make_person(family_name=f"Neu{pick}"))
            session.add(make_owner(channel, person, role=ResponsibilityRole.DEPUTY))
