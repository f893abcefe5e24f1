"""What a row says: accounts, people, units, dates, states, and what is doubtful about it."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from core.model import Access, ChannelState, FollowerCount, PersonKind
from tests.core.exchange.importing.lists import HEAD, all_channels, imported, listed, people, proposed, shown, the_row


def columns(proposal_row):
    return [problem.column for problem in proposal_row.problems]


@pytest.mark.parametrize(
    ("platform", "address", "account"),
    [
        ("Facebook", "https://m.facebook.com/stadtmoers?ref=x", "Facebook stadtmoers"),
        ("Facebook", "@stadtmoers", "Facebook stadtmoers"),
        ("fb", "stadtmoers", "Facebook stadtmoers"),
        (None, "facebook.com/stadtmoers", "Facebook stadtmoers"),
        ("Xing", "stadt.moers", "XING stadt.moers"),
        ("Twitter", "twitter.com/moers_de", "X moers_de"),
        ("Blog", "https://blog.moers.example/", "Website blog.moers.example"),
        ("Mastodon", "@moers@ruhr.example", "Mastodon moers@ruhr.example"),
    ],
)
def test_an_account_is_recognised(empty, platform, address, account):
    row = the_row(empty, HEAD, platform, address, "Erika Mustermann")
    assert (row.outcome, row.channel) == ("created", account)


def test_a_platform_nobody_knows_is_doubtful_and_kept_as_an_address(empty):
    row = the_row(empty, HEAD, "Stadtgeflüster", "https://stadtgefluester.example/moers", None)
    assert (row.outcome, row.effect, columns(row)) == ("doubtful", "created", ["Netzwerk"])
    assert "Stadtgeflüster" in row.problems[0].message


def test_a_handle_without_a_platform_is_refused(empty):
    row = the_row(empty, HEAD, None, "stadtmoers", "Erika Mustermann")
    assert (row.outcome, columns(row)) == ("refused", ["Adresse"])


def test_several_addresses_in_a_cell_are_several_channels(empty):
    proposal = proposed(empty, listed(HEAD, (None, "facebook.com/a\ninstagram.com/a; https://x.com/a", None)))
    assert [row.channel for row in proposal.rows] == ["Facebook a", "Instagram a", "X a"]


def test_a_password_in_an_address_is_dropped(registry):
    imported(registry, listed(HEAD, ("Blog", "https://redaktion:geheim@blog.moers.example/", None)))
    assert "geheim" not in all_channels(registry)[0].url_as_entered


@pytest.mark.parametrize("word", ["N. N.", "k. A.", "-", "?", "offen", "unbekannt", "vakant", "unbesetzt", "", None])
def test_placeholders_name_nobody(empty, word):
    row = the_row(empty, HEAD, "Facebook", "facebook.com/a", word)
    assert (row.outcome, "owner" in row.values) == ("created", False)


@pytest.mark.parametrize(
    ("texts", "count"),
    [
        (("Mustermann, Erika", "Erika Mustermann", "Dr. Erika Mustermann", "Mustermann Erika"), 1),
        (("Erika Müller", "Erika Mueller"), 1),
        (("Presse", "presse", "Pressestelle"), 2),
        (("Erika Mustermann", "Erika Muster"), 2),
        (("Erika Mustermann <e@x.example>", "Mustermann <e@x.example>", "Erika Muster <e@x.example>"), 1),
        (("Jörg Müller", "J. Müller", "Müller"), 1),
        (("Jörg Müller <j@x.example>", "Max Schmidt <j@x.example>"), 2),
    ],
)
def test_people_are_matched_by_address_else_by_both_names(registry, texts, count):
    imported(registry, listed(HEAD, *(("X", f"x.com/k{at}", text) for at, text in enumerate(texts))))
    assert len(people(registry)) == count


def test_an_address_of_somebody_else_is_doubtful_and_not_taken_over(registry):
    head = (*HEAD, "E-Mail")
    rows = [("X", "x.com/a", "Jörg Müller", "j@x.example"), ("X", "x.com/b", "Max Schmidt", "j@x.example")]
    second = imported(registry, listed(head, *rows)).rows[1]
    assert (second.outcome, second.effect) == ("doubtful", "created")
    assert {name: one.email for name, one in people(registry).items()} == {
        "Jörg Müller": "j@x.example",
        "Max Schmidt": None,
    }


def test_a_shortened_name_is_taken_for_the_only_one_it_can_be_and_said(registry):
    proposal = imported(registry, listed(HEAD, ("X", "x.com/a", "Jörg Müller"), ("X", "x.com/b", "Müller")))
    assert [row.outcome for row in proposal.rows] == ["created", "doubtful"]
    assert [one["owner"] for one in shown(registry)] == ["Jörg Müller", "Jörg Müller"]


def test_an_address_beside_nobody_is_doubtful(empty):
    row = the_row(empty, (*HEAD, "E-Mail"), "X", "x.com/a", "N. N.", "a@x.example")
    assert (row.outcome, columns(row)) == ("doubtful", ["E-Mail"])


def test_addresses_alone_name_the_owner_where_no_column_names_people(empty):
    row = the_row(empty, ("URL", "E-Mail"), "x.com/a", "erika.mustermann@moers.example")
    assert row.values["owner"] == "Erika Mustermann"


def test_two_addresses_belong_to_two_owners(registry):
    head = (*HEAD, "E-Mail")
    imported(registry, listed(head, ("X", "x.com/a", "Erika Muster; Max Mann", "e@x.example; m@x.example")))
    assert {name: one.email for name, one in people(registry).items()} == {
        "Erika Muster": "e@x.example",
        "Max Mann": "m@x.example",
    }


def test_a_remark_beside_a_name_is_left_out_and_said(empty):
    row = the_row(empty, HEAD, "X", "x.com/a", "Erika Mustermann (krank)")
    assert (row.outcome, row.values["owner"], columns(row)) == ("doubtful", "Erika Mustermann", ["Zuständig"])


@pytest.mark.parametrize(
    ("header", "cells", "titles"),
    [
        ("FD", ("3.5", "FD 3.5", 3.5, "Fachdienst 3.5"), {"FD 3.5"}),
        ("Dienststelle", ("3.5", "FD 3.5"), {"FD 3.5"}),
        ("Amt", (41, "Amt 41", "41"), {"Amt 41"}),
        ("Einheit", ("FD 3.5 Internetredaktion", "FD 3.5", "Internetredaktion"), {"FD 3.5 Internetredaktion"}),
        ("Einheit", ("Stadtbücherei", "stadtbücherei "), {"Stadtbücherei"}),
        ("Einheit", ("FD 3.5", "FB 3.5"), {"FD 3.5", "FB 3.5"}),
    ],
)
def test_units_are_matched_by_code_or_name(registry, header, cells, titles):
    rows = [("X", f"x.com/k{at}", cell) for at, cell in enumerate(cells)]
    imported(registry, listed(("Netzwerk", "Adresse", header), *rows))
    assert {one["unit"] for one in shown(registry)} == titles


def test_a_unit_that_the_spreadsheet_made_a_date_of_is_understood_and_doubtful(empty):
    row = the_row(empty, ("Netzwerk", "Adresse", "FD"), "X", "x.com/a", date(2026, 5, 3))
    assert (row.outcome, row.values["unit"]) == ("doubtful", "FD 3.5")


@pytest.mark.parametrize(
    ("cell", "value", "outcome"),
    [
        ("12.11.2010", "2010-11-12", "created"),
        (datetime.fromisoformat("2010-11-14T00:00"), "2010-11-14", "created"),
        ("Nov. 2010", "2010-11", "created"),
        (2010, "2010", "created"),
        ("k. A.", None, "created"),
        ("30.02.2010", None, "doubtful"),
        ("neulich", None, "doubtful"),
        (40494, None, "doubtful"),
        ("24.12.2026", None, "doubtful"),
    ],
)
def test_the_day_of_the_last_post_is_read(empty, cell, value, outcome):
    row = the_row(empty, ("Adresse", "letzter Beitrag"), "x.com/a", cell)
    assert (row.values.get("last_post_on"), row.outcome) == (value, outcome)
    assert all(str(cell) in problem.message for problem in row.problems if isinstance(cell, (str, int)))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("aktiv", ChannelState.ACTIVE),
        ("Inaktiv", ChannelState.DORMANT),
        ("ruht seit 2015", ChannelState.DORMANT),
        ("im Aufbau", ChannelState.APPROVED),
        ("geplant", ChannelState.PROPOSED),
        ("gelöscht", ChannelState.CLOSED),
        ("geschlossen (2014)", ChannelState.CLOSED),
        ("wird geschlossen", ChannelState.CLOSING),
        ("reserviert", ChannelState.RESERVED),
        ("closed", ChannelState.CLOSED),
        (True, ChannelState.ACTIVE),
    ],
)
def test_the_words_of_lists_mean_states(empty, text, state):
    row = the_row(empty, ("Adresse", "Status"), "x.com/a", text)
    assert (row.values["state"], row.outcome) == (state, "created")


def test_an_unknown_state_is_doubtful_and_the_channel_active(registry):
    proposal = imported(registry, listed(("Adresse", "Status"), ("x.com/a", "tja")))
    assert (proposal.rows[0].outcome, columns(proposal.rows[0])) == ("doubtful", ["Status"])
    assert all_channels(registry)[0].state is ChannelState.ACTIVE


@pytest.mark.parametrize(
    ("header", "cell", "on", "count"),
    [
        ("Follower", 1234, date(2026, 11, 22), 1234),
        ("Follower", "1.234", date(2026, 11, 22), 1234),
        ("Follower", "12,5 Tsd.", date(2026, 11, 22), 12_500),
        ("Abonnenten (Stand 01.10.2024)", 88, date(2024, 10, 1), 88),
    ],
)
def test_followers_are_counted_on_the_day_the_list_names(registry, header, cell, on, count):
    imported(registry, listed(("Adresse", header), ("x.com/a", cell)))
    with registry.reading() as session:
        (stored,) = session.scalars(select(FollowerCount)).all()
        assert (stored.on, stored.count) == (on, count)


def test_a_month_of_the_last_check_is_its_first_day_and_doubtful(empty):
    row = the_row(empty, ("Adresse", "zuletzt geprüft"), "x.com/a", "03/2025")
    assert (row.values["confirmed_on"], row.outcome) == (date(2025, 3, 1), "doubtful")


@pytest.mark.parametrize("text", ["PW: hunter2", "Kennwort = hunter2", "Das Passwort lautet hunter2"])
def test_a_password_in_a_note_is_not_imported_and_not_repeated(registry, text):
    proposal = imported(registry, listed(("Adresse", "Bemerkungen"), ("x.com/a", text)))
    assert proposal.rows[0].outcome == "doubtful"
    assert "hunter2" not in repr((proposal.rows[0].problems, proposal.rows[0].values, proposal.writes))
    assert all_channels(registry)[0].notes is None


@pytest.mark.parametrize("text", ["Passwort liegt im Tresor", "PIN-Brief in der Poststelle"])
def test_a_note_about_a_password_is_a_note(empty, text):
    assert the_row(empty, ("Adresse", "Bemerkungen"), "x.com/a", text).values["notes"] == text


PHONES = (*HEAD, "Telefon", "Handy privat", "privates Profil")
PHONE_ROW = ("X", "x.com/a", "Erika Mustermann")


def test_private_numbers_and_profiles_are_left_out_and_said(registry):
    row = (*PHONE_ROW, "0170 0000000", "0171 0000000", "facebook.com/erika.privat")
    proposal = imported(registry, listed(PHONES, row))
    assert [problem.column for problem in proposal.problems] == ["Telefon", "Handy privat", "privates Profil"]
    assert people(registry)["Erika Mustermann"].phone is None
    with registry.reading() as session:
        assert session.scalars(select(Access)).all() == []


def test_office_numbers_are_taken_and_private_data_if_ticked(registry):
    imported(registry, listed(PHONES, (*PHONE_ROW, "02841 201-0", None, None)))
    assert people(registry)["Erika Mustermann"].phone == "02841 201-0"
    row = ("X", "x.com/b", "Max Mustermann", None, "0171 0000000", "facebook.com/max.privat")
    for _again in range(2):
        imported(registry, listed(PHONES, row), private_data=True)
    assert people(registry)["Max Mustermann"].phone == "0171 0000000"
    with registry.reading() as session:
        assert [access.via_profile for access in session.scalars(select(Access))] == ["facebook.com/max.privat"]


def test_an_office_is_no_person(registry):
    imported(registry, listed(HEAD, ("X", "x.com/a", "Referat 4 / Onlineteam")))
    assert people(registry)["Referat 4 / Onlineteam"].kind is PersonKind.OFFICE
