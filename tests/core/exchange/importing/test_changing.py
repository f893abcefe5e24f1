"""A list against a registry that knows its channels: what changes, what does not, and who answers afterwards."""

from datetime import date

import pytest
from sqlalchemy import select

from core.errors import ConflictError
from core.exchange.importing.applying import apply
from core.i18n import N_
from core.inventory.channels import rename
from core.model import Channel, Confirmation, Responsibility, ResponsibilityRole
from tests.core.exchange.importing.lists import (
    HEAD,
    TODAY,
    all_channels,
    entries,
    imported,
    listed,
    people,
    proposed,
    shown,
)
from tests.factories import make_person

HEAD_OF_FACTS = ("Adresse", "Titel", "Bemerkungen", "letzter Beitrag", "seit", "Status", "Zuletzt geprüft", "Tags")
FACTS = ("x.com/a", "Stadt A", "Notiz", "12.11.2026", "2010", "aktiv", "01.10.2026", "Kultur")


def second(registry, *row, head=HEAD_OF_FACTS, today=TODAY):
    """What a second list of one row does after a first one."""
    imported(registry, listed(HEAD_OF_FACTS, FACTS))
    return imported(registry, listed(head, row), today).rows[0]


def owned(registry, today=TODAY):
    return [channel["owner"] for channel in shown(registry, today)]


def responsibilities(registry):
    with registry.reading() as session:
        rows = session.execute(select(Responsibility.since, Responsibility.until, Responsibility.person_id)).all()
    names = {person.id: name for name, person in people(registry).items()}
    return {(names[row.person_id], row.since, row.until) for row in rows}


def test_a_changed_cell_is_a_change_with_what_was_before(registry):
    row = second(registry, "x.com/a", "Stadt B", head=("Adresse", "Titel"))
    assert (row.outcome, row.values["title"], row.before) == ("changed", "Stadt B", {"title": "Stadt A"})
    assert all_channels(registry)[0].title == "Stadt B"


def test_an_empty_cell_erases_nothing(registry):
    row = second(registry, "x.com/a", None, "-", "k. A.", None, None, None, None)
    assert (row.outcome, row.before) == ("unchanged", {})
    assert all_channels(registry)[0].notes == "Notiz"


@pytest.mark.parametrize(
    ("header", "cell", "stored"),
    [
        ("Bemerkungen", "Notiz", "Notiz"),
        ("seit", "2010", "2010"),
        ("letzter Beitrag", "11/2026", "2026-11-12"),
        ("Tags", "Kultur", ("Kultur",)),
    ],
)
def test_what_says_the_same_or_less_changes_nothing(registry, header, cell, stored):
    assert second(registry, "x.com/a", cell, head=("Adresse", header)).outcome == "unchanged"
    assert stored in vars(all_channels(registry)[0]).values()


def test_notes_and_tags_are_added_to(registry):
    row = second(registry, "x.com/a", "Mehr", "Sport; Kultur", head=("Adresse", "Bemerkungen", "Tags"))
    channel = all_channels(registry)[0]
    assert (row.outcome, channel.notes, channel.tags) == ("changed", "Notiz\nMehr", ("Kultur", "Sport"))


def test_an_older_last_post_is_doubtful_and_changes_nothing(registry):
    row = second(registry, "x.com/a", "01.05.2020", head=("Adresse", "letzter Beitrag"))
    assert (row.outcome, row.effect) == ("doubtful", "unchanged")
    assert all_channels(registry)[0].last_post_on == "2026-11-12"


@pytest.mark.parametrize(("day", "count"), [("01.10.2026", 1), ("01.05.2020", 1), ("20.11.2026", 2)])
def test_only_a_later_check_is_a_new_confirmation(registry, day, count):
    second(registry, "x.com/a", day, head=("Adresse", "geprüft am"))
    with registry.reading() as session:
        assert len(session.scalars(select(Confirmation)).all()) == count


def test_another_owner_takes_over_today_from_the_one_before(registry):
    imported(registry, listed(HEAD, ("X", "x.com/a", "Erika Mustermann")))
    row = imported(registry, listed(HEAD, ("X", "x.com/a", "Max Mustermann"))).rows[0]
    assert (row.outcome, row.before) == ("changed", {"owner": "Erika Mustermann"})
    assert responsibilities(registry) == {
        ("Erika Mustermann", None, date(2026, 11, 21)),
        ("Max Mustermann", TODAY, None),
    }
    assert (owned(registry), owned(registry, date(2026, 11, 21))) == (["Max Mustermann"], ["Erika Mustermann"])


def test_one_more_owner_begins_on_a_day_nobody_knows(registry):
    imported(registry, listed(HEAD, ("X", "x.com/a", "Erika Mustermann")))
    imported(registry, listed(HEAD, ("X", "x.com/a", "Erika Mustermann; Max Mustermann")))
    assert responsibilities(registry) == {("Erika Mustermann", None, None), ("Max Mustermann", None, None)}


def test_a_responsibility_that_began_today_goes_when_it_is_replaced(registry):
    for name in ("Erika Mustermann", "Max Mustermann", "Otto Normalverbraucher"):
        imported(registry, listed(HEAD, ("X", "x.com/a", name)))
    assert responsibilities(registry) == {
        ("Erika Mustermann", None, date(2026, 11, 21)),
        ("Otto Normalverbraucher", TODAY, None),
    }


def test_a_list_older_than_a_handover_is_doubtful_and_does_not_take_it_back(registry):
    old = listed(HEAD, ("X", "x.com/a", "Erika Mustermann"))
    imported(registry, old)
    imported(registry, listed(HEAD, ("X", "x.com/a", "Max Mustermann")))
    row = imported(registry, old).rows[0]
    assert (row.outcome, row.effect) == ("doubtful", "unchanged")
    assert owned(registry) == ["Max Mustermann"]


def test_somebody_assigned_by_hand_stays_when_the_list_names_nobody_of_today(registry):
    head, row = HEAD, ("X", "x.com/a", "Muster, Sabine (bis 31.12.2010)")
    imported(registry, listed(head, row))
    with registry.action(N_("Assign owner")) as session:
        person = make_person()
        session.add(person)
        channel = session.scalars(select(Channel)).one()
        session.add(Responsibility(channel_id=channel.id, person_id=person.id, role=ResponsibilityRole.OWNER))
    assert imported(registry, listed(head, row)).rows[0].outcome == "unchanged"
    assert owned(registry) == ["Erika Mustermann"]


def test_a_list_can_end_what_the_registry_shows_as_going_on(registry):
    imported(registry, listed(HEAD, ("X", "x.com/a", "Sabine Muster")))
    imported(registry, listed(HEAD, ("X", "x.com/a", "Sabine Muster (bis 31.12.2025)")))
    assert responsibilities(registry) == {("Sabine Muster", None, date(2025, 12, 31))}


def test_a_missing_address_of_a_known_person_is_filled_in(registry):
    imported(registry, listed(HEAD, ("X", "x.com/a", "Erika Mustermann")))
    with_mail = listed((*HEAD, "E-Mail"), ("X", "x.com/a", "Erika Mustermann", "e@x.example"))
    assert [imported(registry, with_mail).rows[0].outcome for _again in range(2)] == ["changed", "unchanged"]
    assert people(registry)["Erika Mustermann"].email == "e@x.example"


def test_another_address_of_a_known_person_is_doubtful(registry):
    head = (*HEAD, "E-Mail")
    imported(registry, listed(head, ("X", "x.com/a", "Erika Mustermann", "e@x.example")))
    row = imported(registry, listed(head, ("X", "x.com/a", "Erika Mustermann", "neu@x.example"))).rows[0]
    assert (row.outcome, row.effect) == ("doubtful", "unchanged")
    assert people(registry)["Erika Mustermann"].email == "e@x.example"


def test_rows_that_were_left_out_are_not_written(registry):
    rows = [(None, f"x.com/k{at}", None) for at in range(3)]
    proposal = imported(registry, listed(HEAD, *rows), left_out=frozenset({3}))
    assert [(row.row, row.outcome, row.left_out) for row in proposal.rows] == [
        (2, "created", False),
        (3, "refused", True),
        (4, "created", False),
    ]
    assert len(all_channels(registry)) == 2


def test_a_corrected_cell_is_read_instead_of_the_one_in_the_file(registry):
    workbook = listed(("Adresse", "seit"), ("x.com/a", "30.02.2010"))
    proposal = imported(registry, workbook, corrections={(2, 1): "28.02.2010"})
    assert (proposal.rows[0].outcome, proposal.rows[0].cells) == ("created", ("x.com/a", "28.02.2010"))
    assert all_channels(registry)[0].opened_on == "2010-02-28"


def test_a_correction_can_fill_a_cell_beyond_the_end_of_a_row(registry):
    proposal = proposed(registry, listed(HEAD, ("X", "x.com/a")), corrections={(2, 2): "Erika Mustermann"})
    assert proposal.rows[0].values["owner"] == "Erika Mustermann"


def test_a_registry_that_changed_in_between_is_not_written_to(registry):
    imported(registry, listed(HEAD_OF_FACTS, FACTS))
    proposal = proposed(registry, listed(("Adresse", "Titel"), ("x.com/a", "Stadt B")))
    with registry.action(N_("Rename channel")) as session:
        rename(session.scalars(select(Channel)).one(), "Stadt C")
    before = entries(registry)
    with pytest.raises(ConflictError), registry.action(N_("Import list")) as session:
        apply(session, proposal, today=TODAY)
    assert (all_channels(registry)[0].title, entries(registry)) == ("Stadt C", before)


def test_one_bad_row_does_not_keep_the_others_out(registry):
    rows = [("X", "x.com/a", None), ("X", None, "Erika Mustermann"), ("Instagram", "instagram.com/a", None)]
    proposal = imported(registry, listed(HEAD, *rows))
    assert (proposal.created, proposal.refused) == (2, 1)
    assert people(registry) == {}
