"""Units: moved within the tree, ended, removed only while nothing hangs on them; all of it read at once."""

from __future__ import annotations

import pytest

from core.errors import BadInputError
from core.i18n import N_
from core.inventory import channels, people, units
from core.inventory.editing import Edit, open_record
from core.inventory.lists import UNITS
from core.inventory.unit_changes import end_unit, move_unit, remove_unit, revive_unit, save_unit
from core.inventory.unit_sheet import unit_sheet
from core.model import ChannelState, OrgUnit


@pytest.fixture
def ids(registry, today):
    """A department with a section, which runs one channel, ran another, and has somebody working in it."""
    with registry.action(N_("Fill")) as session:
        department = units.add_unit(session, "FB 3 Presse")
        session.flush()
        section = units.add_unit(session, "FD 3.5 Internetredaktion", parent_id=department.id)
        bare = units.add_unit(session, "Archiv")
        session.flush()
        for address in ("facebook.com/stadt", "instagram.com/alt"):
            made = channels.add_channel(session, address, title=address, unit_id=section.id, today=today)
        made.state = ChannelState.CLOSED
        people.add_person(session, "Erika Mustermann", unit_id=section.id)
    return {"department": department.id, "section": section.id, "bare": bare.id}


def change(registry, unit_id, write):
    with registry.action(N_("Change unit")) as session:
        write(session, session.get_one(OrgUnit, unit_id))


def sheet(registry, unit_id, today):
    with registry.reading() as session:
        return unit_sheet(session, unit_id, today)


def test_a_unit_shows_what_hangs_on_it(registry, ids, today):
    found = sheet(registry, ids["section"], today)
    assert [one.title for one in found.above] == ["FB 3 Presse"]
    assert [(one.title, one.over) for one in found.channels] == [
        ("facebook.com/stadt", False),
        ("instagram.com/alt", True),
    ]
    assert [one.name for one in found.people] == ["Erika Mustermann"]
    assert not found.is_bare
    assert [one.title for one in sheet(registry, ids["department"], today).below] == ["FD 3.5 Internetredaktion"]
    assert sheet(registry, ids["bare"], today).is_bare


def test_a_unit_moves_with_what_is_below_it(registry, ids, today):
    change(registry, ids["department"], lambda session, unit: move_unit(session, unit, ids["bare"]))
    assert [one.title for one in sheet(registry, ids["section"], today).above] == ["Archiv", "FB 3 Presse"]


@pytest.mark.parametrize("target", ["department", "section"])
def test_a_unit_cannot_become_a_part_of_itself(registry, ids, target):
    with pytest.raises(BadInputError):
        change(registry, ids["department"], lambda session, unit: move_unit(session, unit, ids[target]))


def test_the_form_cannot_make_a_unit_a_part_of_itself_either(registry, ids, today):
    with registry.reading() as session:
        opened = open_record(session, UNITS, ids["department"], today)
    assert opened is not None
    edit = Edit(UNITS, opened, {"parent": ids["section"]}, today)
    with pytest.raises(BadInputError), registry.action(N_("Change unit")) as session:
        save_unit(session, edit)
    with registry.action(N_("Change unit")) as session:
        save_unit(session, Edit(UNITS, opened, {"parent": ids["bare"]}, today))
    assert [one.title for one in sheet(registry, ids["department"], today).above] == ["Archiv"]


@pytest.mark.parametrize("unit", ["department", "section"])
def test_a_unit_on_which_something_hangs_is_not_removed(registry, ids, unit):
    with pytest.raises(BadInputError):
        change(registry, ids[unit], remove_unit)


def test_a_bare_unit_is_removed_and_comes_back_on_undo(registry, ids, today):
    change(registry, ids["bare"], remove_unit)
    assert sheet(registry, ids["bare"], today) is None
    registry.undo()
    assert sheet(registry, ids["bare"], today) is not None


def test_a_unit_that_no_longer_exists_keeps_what_hangs_on_it(registry, ids, today):
    change(registry, ids["section"], lambda _session, unit: end_unit(unit))
    found = sheet(registry, ids["section"], today)
    assert not found.opened.listed["active"]
    assert len(found.channels) == 2
    change(registry, ids["section"], lambda _session, unit: revive_unit(unit))
    assert sheet(registry, ids["section"], today).opened.listed["active"]
