"""Values that were erased from the log: the chain stays whole, and what was left of them is read instead."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from core.errors import ConflictError
from core.i18n import N_
from core.model import Action, Channel
from core.registry import Registry
from core.storage import chain, history
from core.storage.journal import Entry, write
from core.storage.values import REDACTED_TABLE
from tests.factories import make_channel, make_person


@pytest.fixture
def channel(registry: Registry) -> Channel:
    """A channel whose purpose named somebody, while its state changed, too."""
    with registry.action(N_("Add channel")) as session:
        made = make_channel(purpose="Fragen Sie Erika")
        session.add_all([made, make_person()])
    with registry.action(N_("Edit")) as session:
        found = session.get_one(Channel, made.id)
        found.purpose, found.notes = "Auskunft", "neu"
    return made


def _append(connection: Connection, *entries: Entry) -> None:
    write(connection, Action(label="Erase", at=datetime.now(UTC), schema_number=7), entries)


def _erase(registry: Registry, name: str, left: dict[str, object] | None, *, named: bool = True) -> None:
    seq, part, personal = name.split(":")
    with registry.deriving() as session:
        connection, record = session.connection(), uuid.uuid4()
        entries = [Entry("channel", record, chain.ERASURE, None, {chain.ERASED: [name]})] if named else []
        if left is not None:
            entries.append(Entry(REDACTED_TABLE, record, history.REDACT, None, {name: left}))
        _append(connection, *entries)
        wiped = "UPDATE change_value SET text = NULL WHERE seq = ? AND part = ? AND personal = ?"
        assert connection.exec_driver_sql(wiped, (int(seq), part, int(personal))).rowcount == 1


def _edited(registry: Registry) -> history.LogEntry:
    return next(entry for entry in registry.log() if entry.label == "Edit")


def test_a_value_that_is_not_personal_can_be_erased_and_what_is_left_is_read(registry, channel):
    name = chain.value_name(_edited(registry).seq, "before", personal=False)
    _erase(registry, name, {"purpose": "Fragen Sie […]"})
    assert registry.verify().broken_at is None
    assert _edited(registry).before == {"purpose": "Fragen Sie […]", "notes": None}


def test_what_is_left_can_be_erased_in_its_turn(registry, channel):
    name = chain.value_name(_edited(registry).seq, "before", personal=False)
    _erase(registry, name, {"purpose": "Fragen Sie […], Rudi"})
    rest = next(entry for entry in registry.log() if entry.table == REDACTED_TABLE)
    _erase(registry, chain.value_name(rest.seq, "after", personal=True), {})
    assert registry.verify().broken_at is None
    assert "purpose" not in (_edited(registry).before or {})


def test_a_value_that_no_erasure_names_is_missed(registry, channel):
    seq = _edited(registry).seq
    _erase(registry, chain.value_name(seq, "before", personal=False), None, named=False)
    assert registry.verify().broken_at == seq


def test_an_erasure_of_one_value_excuses_no_other_of_its_entry(registry, channel):
    seq = _edited(registry).seq
    _erase(registry, chain.value_name(seq, "before", personal=False), None)
    _erase(registry, chain.value_name(seq, "after", personal=True), None, named=False)
    assert registry.verify().broken_at == seq


def test_what_was_erased_cannot_be_brought_back(registry, channel, in_english):
    edited = _edited(registry)
    _erase(registry, chain.value_name(edited.seq, "before", personal=False), {"purpose": "[…]"})
    with pytest.raises(ConflictError, match="erased"):
        registry.undo_action(edited.action_id)
    erasing = next(entry for entry in registry.log() if entry.kind == chain.ERASURE)
    with pytest.raises(ConflictError, match="erased"):
        registry.undo_action(erasing.action_id)


def test_views_of_the_past_show_what_is_left(registry, channel):
    edited = _edited(registry)
    _erase(registry, chain.value_name(edited.seq, "before", personal=False), {"purpose": "Fragen Sie […]"})
    with registry.snapshot(known_on=edited.seq - 1) as session:
        assert session.get_one(Channel, channel.id).purpose == "Fragen Sie […]"
        assert session.info["bypassed"] == ()
