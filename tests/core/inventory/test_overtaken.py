"""An edit that somebody else was quicker than: refused, laid side by side, and saved as it was decided."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from core.i18n import N_
from core.inventory import channels
from core.inventory.binding import bind
from core.inventory.channels import rename
from core.inventory.editing import Edit, Opened, OvertakenError, open_record, save_record, still_there
from core.inventory.lists import CHANNELS
from core.inventory.overtaken import Overtaken, Side, compare
from core.model import Channel
from core.registry import Registry, open_registry
from tests.factories import TODAY

CHANGE = N_("Change channel")
pytestmark = pytest.mark.usefixtures("in_english")


@pytest.fixture
def other(registry: Registry) -> Iterator[Registry]:
    """A second program on the same file."""
    opened = open_registry(registry.path)
    yield opened
    opened.close()


@pytest.fixture
def seen(registry: Registry) -> Opened:
    """A channel as one person opened it."""
    with registry.action(N_("Add channel")) as session:
        channel = channels.add_channel(session, "facebook.com/stadtmoers", title="Stadt", today=TODAY)
    return opened(registry, channel.id)


def opened(registry: Registry, channel_id: UUID) -> Opened:
    with registry.reading() as session:
        found = open_record(session, CHANNELS, channel_id, TODAY)
    assert found is not None
    return found


def save(registry: Registry, opened: Opened, **changes: object) -> None:
    write(registry, Edit(CHANNELS, opened, changes, TODAY))


def write(registry: Registry, edit: Edit) -> None:
    with registry.action(CHANGE) as session:
        save_record(session, edit)


def overtaken(registry: Registry, opened: Opened, **changes: object) -> Overtaken:
    edit = Edit(CHANNELS, opened, changes, TODAY)
    with pytest.raises(OvertakenError):
        write(registry, edit)
    with registry.reading() as session:
        found = compare(session, edit)
    assert found is not None
    return found


def test_every_stale_edit_is_a_conflict_with_both_values(registry, other, seen, rounds):
    stale, number_of_edits = seen, rounds(25, 200)
    for number in range(number_of_edits):
        save(other, opened(other, seen.id), title=f"Theirs {number}")
        theirs = opened(registry, seen.id)
        found = overtaken(registry, stale, title=f"Yours {number}")
        assert [(one.before_text, one.yours_text, one.theirs_text) for one in found.differences] == [
            (stale.values["title"], f"Yours {number}", f"Theirs {number}")
        ]
        assert opened(registry, seen.id) == theirs
        stale = theirs
    labels = [entry.label for entry in registry.log()]
    assert labels.count(CHANGE) == number_of_edits


TRUTH = [
    # before, yours, theirs: is the field shown, and which side is chosen beforehand
    ("a", "a", "a", False, None),
    ("a", "b", "b", False, None),
    ("a", "b", "a", True, Side.YOURS),
    ("a", "a", "c", True, Side.THEIRS),
    ("a", "b", "c", True, None),
    (None, "b", None, True, Side.YOURS),
    ("a", None, "c", True, None),
    ("a", None, None, False, None),
]


@pytest.mark.parametrize(("before", "yours", "theirs", "shown", "natural"), TRUTH)
def test_only_a_field_that_both_changed_differently_has_to_be_decided(
    registry, other, seen, before, yours, theirs, shown, natural
):
    save(registry, seen, notes=before)
    start = opened(registry, seen.id)
    save(other, start, notes=theirs, title="Elsewhere")
    changes = {} if yours == before else {"notes": yours}
    with registry.reading() as session:
        found = compare(session, Edit(CHANNELS, start, changes, TODAY))
    assert found is not None
    by_key = {one.field.key: one for one in found.differences}
    assert ("notes" in by_key) is shown
    assert not shown or by_key["notes"].natural is natural
    assert by_key["title"].natural is Side.THEIRS


@pytest.mark.parametrize("sides", list(itertools.product(Side, repeat=3)))
def test_what_was_chosen_is_saved_as_one_action_and_nothing_else(registry, other, seen, sides):
    save(other, seen, title="Theirs", notes="theirs")
    found = overtaken(registry, seen, title="Yours", purpose="yours")
    keys = [one.field.key for one in found.differences]
    assert sorted(keys) == ["notes", "purpose", "title"]
    choices = dict(zip(("title", "notes", "purpose"), sides, strict=True))
    before = len({entry.action_id for entry in registry.log()})
    write(registry, found.settled(choices))
    stored = opened(registry, seen.id).values
    wanted: dict[str, dict[Side, str | None]] = {
        "title": {Side.YOURS: "Yours", Side.THEIRS: "Theirs"},
        "notes": {Side.YOURS: None, Side.THEIRS: "theirs"},
        "purpose": {Side.YOURS: "yours", Side.THEIRS: None},
    }
    assert {key: stored[key] for key in choices} == {key: wanted[key][side] for key, side in choices.items()}
    after = len({entry.action_id for entry in registry.log()})
    assert after - before == (choices != dict.fromkeys(choices, Side.THEIRS))


def test_a_third_change_is_a_new_conflict_on_what_was_chosen(registry, other, seen):
    save(other, seen, title="Theirs", notes="theirs")
    first = overtaken(registry, seen, title="Yours")
    chosen = first.settled({"title": Side.YOURS, "notes": Side.THEIRS})
    save(other, opened(other, seen.id), title="Third")
    second = overtaken(registry, chosen.opened, **chosen.changes)
    assert [(one.before, one.yours, one.theirs, one.natural) for one in second.differences] == [
        ("Theirs", "Yours", "Third", None)
    ]
    write(registry, second.settled({"title": Side.YOURS}))
    assert opened(registry, seen.id).values["title"] == "Yours"
    assert opened(registry, seen.id).values["notes"] == "theirs"


def test_it_is_said_who_changed_the_record_last_and_when(registry, other, seen):
    with other.action(N_("Bind this account to a person")) as session:
        bind(session, other.store_id, "Max Mustermann", TODAY)
    save(other, seen, title="Theirs")
    at = registry.log()[-1].at
    found = overtaken(registry, seen, title="Yours")
    assert (found.by, found.at) == ("Max Mustermann", at)


def test_values_are_told_as_people_read_them(registry, other, seen):
    with other.action(N_("Add person")) as session:
        person = bind(session, other.store_id, "Erika Mustermann", TODAY).person
    save(other, seen, approved_on=date(2026, 3, 1), reply_coordinator=person.id)
    found = overtaken(registry, seen, title="Yours")
    told = {one.field.key: (one.before_text, one.theirs_text) for one in found.differences}
    assert told["approved_on"] == ("", "1 Mar 2026")
    assert told["reply_coordinator"] == ("", "Erika Mustermann")


def test_a_record_that_is_gone_cannot_be_compared(registry, other):
    with other.action(N_("Add channel")) as session:
        channel = channels.add_channel(session, "facebook.com/stadtmoers", title="Stadt", today=TODAY)
    start = opened(registry, channel.id)
    other.undo()
    with registry.reading() as session:
        assert compare(session, Edit(CHANNELS, start, {"title": "x"}, TODAY)) is None


def test_the_same_change_by_both_leaves_nothing_to_decide(registry, other, seen):
    with other.action(CHANGE) as session:
        rename(still_there(session, Channel, seen.id), "Same")
    assert overtaken(registry, seen, title="Same").differences == ()
