"""No edit is silently overwritten, however many programs work on one file."""

from __future__ import annotations

import pytest

from core.errors import ConflictError
from core.registry import Registry, open_registry
from tests.endurance.lost_edits import opened, run, save
from tests.factories import make_channel

PROCESSES = 4


def test_no_edit_of_several_programs_is_lost(registry: Registry, rounds, counted):
    with registry.action("Add channel") as session:
        channel = make_channel(notes="0")
        session.add(channel)
    edits = rounds(12, 500)
    refused = run(registry.path, channel.id, PROCESSES, edits)
    counted_up = int(opened(registry, channel.id).values["notes"])
    counted(
        f"edits by {PROCESSES} programs at once: {PROCESSES * edits:,}, lost {PROCESSES * edits - counted_up}; "
        f"refused and tried again {sum(refused):,}"
    )
    assert counted_up == PROCESSES * edits
    assert registry.verify().broken_at is None


def test_an_edit_that_was_overtaken_is_refused_with_both_values(registry: Registry, in_english, rounds, counted):
    with registry.action("Add channel") as session:
        channel = make_channel(title="Anfang")
        session.add(channel)
    other, conflicts, stale = open_registry(registry.path), 0, rounds(10, 200)
    for number in range(stale):
        form = opened(registry, channel.id)
        save(other, opened(other, channel.id), title=f"Ihres {number}")
        with pytest.raises(ConflictError) as refused:
            save(registry, form, title=f"Meines {number}")
        assert f"Ihres {number}" in refused.value.sentence
        assert f"Meines {number}" in refused.value.sentence
        conflicts += 1
    counted(f"stale edits: {stale}, refused with both values {conflicts}")
    assert opened(registry, channel.id).values["title"] == f"Ihres {stale - 1}"
    other.close()
