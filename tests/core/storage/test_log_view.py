"""The log as its page reads it: one line an action, newest first, narrowed by person, record and day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from core.governance.waivers import end_waiver, waive
from core.i18n import N_
from core.inventory import channels, people, responsibilities
from core.inventory.action_sheet import action_sheet
from core.inventory.binding import bind
from core.inventory.editing import still_there
from core.inventory.recorded import NOUNS
from core.model import ChangeValue, Channel, Person, ResponsibilityRole
from core.settings import change_setting
from core.storage.log_view import LogFilter, action_numbers, labels_of, read_actions
from core.storage.values import journaled_tables
from tests.factories import TODAY

pytestmark = pytest.mark.usefixtures("in_english")

EVERYTHING = LogFilter()
TUESDAY = datetime(2026, 11, 24, 22, 30, tzinfo=UTC)  # Half past eleven in the evening in Germany.
WEDNESDAY = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def read(registry, wanted=EVERYTHING):
    with registry.reading() as session:
        return read_actions(session, action_numbers(session, wanted))


def labels(registry, wanted=EVERYTHING):
    return [one.label for one in read(registry, wanted)]


def sheet(registry, place=0, **asked):
    with registry.reading() as session:
        return action_sheet(session, action_numbers(session, LogFilter())[place], **asked)


@pytest.fixture
def ids(registry):
    """A channel, added on Tuesday by nobody known; a person, bound on Wednesday."""
    with registry.action(N_("Add channel"), now=TUESDAY) as session:
        channel = channels.add_channel(session, "facebook.com/aemter", title="Ämter", today=date(2026, 11, 24))
    with registry.action(N_("Bind this account to a person"), now=WEDNESDAY) as session:
        person = bind(session, registry.store_id, "Erika Mustermann", date(2026, 11, 25)).person
    return {"channel": channel.id, "person": person.id}


def test_the_newest_action_comes_first_with_what_it_touched(registry, ids):
    newest, middle, oldest = read(registry)
    assert [newest.label, middle.label, oldest.label] == [
        "Bind this account to a person",
        "Add channel",
        "Create registry",
    ]
    assert (newest.records, middle.records) == (2, 1)
    assert middle.actor == ""
    assert middle.store_id == registry.store_id


def test_a_day_is_the_readers_own_day(registry, ids):
    found = labels(registry, LogFilter(since=date(2026, 11, 24), until=date(2026, 11, 24)))
    assert [label for label in found if label != "Create registry"] == ["Add channel"]  # It was made on some real day.
    assert "Add channel" not in labels(registry, LogFilter(since=date(2026, 11, 25)))


def test_the_log_of_one_person_holds_what_that_person_did(registry, ids):
    with registry.action(N_("Add unit")) as session:
        change_setting(session, "city.name", "Neustadt")
    assert labels(registry, LogFilter(actor_id=ids["person"])) == ["Add unit", "Bind this account to a person"]


def test_the_log_of_one_record_holds_what_ties_it_to_others(registry, ids):
    with registry.action(N_("Assign owner")) as session:
        tie = responsibilities.assign(session, ids["channel"], ids["person"], ResponsibilityRole.OWNER, since=None)
    with registry.action(N_("End responsibility")) as session:
        responsibilities.end(session, tie.id, date(2026, 11, 30))
    with registry.action(N_("Add person")) as session:
        people.add_person(session, "Max Mustermann")
    assert labels(registry, LogFilter(record_id=ids["channel"])) == [
        "End responsibility",
        "Assign owner",
        "Add channel",
    ]


def test_what_takes_an_action_back_names_it(registry, ids):
    with registry.action(N_("Add person")) as session:
        people.add_person(session, "Max Mustermann")
    registry.undo()
    assert labels(registry)[0] == "Undo: Add person"
    assert read(registry)[1].undone
    registry.redo()
    assert labels(registry)[0] == "Redo: Add person"
    assert not read(registry)[2].undone
    with registry.reading() as session:
        assert len(labels_of(session, [])) == 0


def test_an_undoing_from_the_log_can_be_undone_under_a_name_of_its_own(registry, ids):
    with registry.action(N_("Add person")) as session:
        people.add_person(session, "Max Mustermann")
    registry.undo_action(read(registry)[0].id)
    assert registry.undoable == "undoing of “Add person”"
    registry.undo()
    assert registry.redoable == "undoing of “Add person”"
    assert labels(registry)[0] == "Redo: Add person"


def test_the_log_names_the_rule_and_the_channel_of_a_waiver(registry, ids):
    with registry.action(N_("Waive finding")) as session:
        made = waive(session, "stale", "channel", ids["channel"], reason="Wahl", until=date(2026, 12, 1), today=TODAY)
    (record,) = sheet(registry).records
    assert (record.noun, record.rule, record.shown_on) == ("Waiver", "stale", ("channels", ids["channel"]))
    assert "Facebook" in record.name
    with registry.action(N_("End waiver")) as session:
        end_waiver(session, made.id, today=TODAY + timedelta(days=1))
    assert sheet(registry).records[0].rule == "stale", "an entry that only ends it does not say"
    assert sheet(registry).records[0].name == record.name


def test_an_action_tells_the_fields_before_and_after_in_words(registry, ids):
    with registry.action(N_("Change channel"), reason="Umbenannt") as session:
        still_there(session, Channel, ids["channel"]).title = "Bürgerämter"
    opened = sheet(registry)
    assert opened.reason == "Umbenannt"
    assert opened.action.records == 1
    record = opened.records[0]
    assert (record.noun, record.name, record.shown_on) == (
        "Channel",
        "Bürgerämter (Facebook)",
        ("channels", ids["channel"]),
    )
    assert [(one.title, one.before, one.after) for one in record.differences] == [("Title", "Ämter", "Bürgerämter")]


def test_an_ended_responsibility_says_whose_it_was(registry, ids):
    with registry.action(N_("Assign owner")) as session:
        tie = responsibilities.assign(session, ids["channel"], ids["person"], ResponsibilityRole.OWNER, since=None)
    with registry.action(N_("End responsibility")) as session:
        responsibilities.end(session, tie.id, date(2026, 11, 30))
    record = sheet(registry).records[0]
    assert record.name == "Ämter (Facebook), Erika Mustermann"
    assert [(one.title, one.after) for one in record.differences] == [("Last day", "30 Nov 2026")]
    assert record.shown_on == ("channels", ids["channel"])


def test_a_record_that_is_gone_keeps_its_name_in_the_log(registry, ids):
    with registry.action(N_("Add channel")) as session:
        channels.add_channel(session, "instagram.com/zoo", title="Zoo", today=date(2026, 11, 24))
    registry.undo()
    record = sheet(registry).records[0]
    assert (record.name, record.kind, record.shown_on) == ("Zoo (Instagram)", "delete", None)


def test_a_setting_is_told_by_its_label(registry):
    with registry.action(N_("Change setting")) as session:
        change_setting(session, "city.name", "Neustadt")
    record = sheet(registry).records[0]
    assert record.name == "City"
    assert [(one.before, one.after) for one in record.differences] == [("Musterstadt", "Neustadt")]


def test_erased_values_are_said_to_be_erased(registry, ids):
    with registry.action(N_("Change person"), reason="Hochzeit") as session:
        still_there(session, Person, ids["person"]).family_name = "Beispiel"
    with registry._writing() as connection:
        connection.execute(update(ChangeValue).where(ChangeValue.personal).values(text=None))
    opened = sheet(registry)
    assert opened.records[0].erased
    assert opened.records[0].differences == ()
    assert opened.reason == ""


def test_a_large_action_is_read_in_parts_beginning_with_the_record_looked_for(registry):
    with registry.action(N_("Import")) as session:
        made = [people.add_person(session, f"Erika Beispiel{letter}") for letter in "abcdef"]
    wanted = made[4].id
    opened = sheet(registry, first=wanted, limit=2)
    assert opened.action.records == 6
    assert len(opened.records) == 2
    assert opened.records[0].record_id == wanted


def test_the_records_of_every_table_have_a_name_in_the_log():
    nameless = [table.name for table in journaled_tables() if table.name not in NOUNS]
    assert not nameless, "give them a noun, and their fields, in core/inventory/recorded.py"
