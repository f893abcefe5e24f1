"""The lists that cities kept: what becomes of each row, and that a second import changes nothing."""

from datetime import date

import pytest
from sqlalchemy import select

from core.model import ChannelState, Responsibility
from tests.core.exchange.importing.lists import TODAY, all_channels, entries, imported, people, proposed, shown

LISTS = ("kanalliste-moers.xlsx", "profile-muelheim.xlsx", "kanalliste-semikolon.csv")


def test_the_list_of_moers_has_ten_rows_below_its_title_and_makes_nine_channels(registry, data):
    proposal = imported(registry, data / "kanalliste-moers.xlsx")
    assert (proposal.sheet, proposal.header_row) == ("Kanäle 2010", 4)
    assert [row.row for row in proposal.rows] == list(range(5, 15))
    assert (proposal.created, proposal.changed, proposal.unchanged, proposal.refused) == (9, 0, 1, 0)
    assert [row.row for row in proposal.rows if row.outcome == "doubtful"] == [11, 12]
    assert len(all_channels(registry)) == 9


def test_the_second_row_of_an_account_fills_what_is_empty_and_overwrites_nothing(registry, data):
    proposal = imported(registry, data / "kanalliste-moers.xlsx")
    row = next(row for row in proposal.rows if row.row == 11)
    assert [problem.column for problem in row.problems] == ["Adresse", "Zuständig"]
    assert "Presse" in row.problems[1].message
    page = next(channel for channel in shown(registry) if channel["platform"] == "facebook")
    assert (page["owner"], page["deputy"]) == ("Erika Mustermann", "Max Mustermann")
    assert page["notes"] == "doppelt??"
    assert "Presse" not in people(registry)


def test_a_day_that_does_not_exist_is_named_at_its_cell(registry, data):
    proposal = imported(registry, data / "kanalliste-moers.xlsx")
    (problem,) = next(row for row in proposal.rows if row.row == 12).problems
    assert (problem.column, problem.text) == ("letzter Beitrag", "30.02.2010")
    assert "30.02.2010" in problem.message
    blog = next(one for one in shown(registry) if one["url_as_entered"] == "https://blog.moers.example/")
    assert (blog["platform"], blog["last_post_on"], blog["owner"]) == ("website", None, "Pressestelle")


def test_what_cells_mean_is_kept(registry, data):
    imported(registry, data / "kanalliste-moers.xlsx")
    rows = {one["url_as_entered"]: one for one in shown(registry)}
    book = rows["www.moers.example/gaestebuch"]
    assert book["notes"] == '=HYPERLINK("http://boese.example";"hier")'
    assert (book["opened_on"], book["owner"]) == ("1999", None)
    assert rows["http://twitter.com/moers_de"]["last_post_on"] == "2010-11-14"
    assert rows["http://www.facebook.com/stadtmoers"]["opened_on"] == "2010-03"
    assert rows["http://www.youtube.de/StadtMoers"]["notes"] == "Passwort liegt im Tresor"
    assert (rows["stadt.moers"]["platform"], rows["stadt.moers"]["owner"]) == ("xing", "Personalamt")
    assert {one["unit"] for one in rows.values()} == {"FD 3.5", "FD 1.1", None}
    assert {rows[f"http://{host}.com/stadtmoers"]["platform"] for host in ("qik", "www.netvibes")} == {
        "qik",
        "netvibes",
    }


def test_an_end_behind_a_name_ends_the_responsibility(registry, data):
    imported(registry, data / "kanalliste-moers.xlsx")
    sabine = people(registry)["Sabine Muster"]
    with registry.reading() as session:
        held = session.scalars(select(Responsibility).where(Responsibility.person_id == sabine.id)).one()
        assert (held.since, held.until) == (None, date(2010, 12, 31))
    assert next(one for one in shown(registry) if one["platform"] == "qik")["owner"] is None


def test_an_address_belongs_to_the_person_it_stands_beside(registry, data):
    imported(registry, data / "kanalliste-moers.xlsx")
    assert {name: person.email for name, person in people(registry).items()} == {
        "Erika Mustermann": "erika.mustermann@moers.example",
        "Max Mustermann": "max.mustermann@moers.example",
        "Sabine Muster": None,
        "Pressestelle": "presse@moers.example",
        "Personalamt": None,
    }


def test_a_list_with_a_column_per_platform_makes_one_channel_of_each_cell(registry, data):
    proposal = imported(registry, data / "profile-muelheim.xlsx")
    assert (proposal.created, proposal.refused) == (11, 0)
    assert [row.row for row in proposal.rows].count(2) == 4
    rows = {one["url_as_entered"]: one for one in shown(registry)}
    city = rows["facebook.com/MuelheimRuhr"]
    assert (city["title"], city["owner"]) == ("Stadt Mülheim an der Ruhr", "Referat 4 / Onlineteam")
    assert rows["@buecherei@ruhr.example"]["handle"] == "buecherei@ruhr.example"
    assert rows["@stadtbuecherei.mh"]["owner"] == "Lieschen Müller"
    assert rows["x.com/theater_mh"]["owner"] == "Lieschen Müller; Otto Normalverbraucher"
    assert [one["owner"] for one in rows.values() if one["unit"] == "Museum"] == [None, None]
    assert people(registry)["Referat 4 / Onlineteam"].kind.value == "office"


def test_a_list_from_an_old_windows_keeps_its_umlauts(registry, data):
    proposal = imported(registry, data / "kanalliste-semikolon.csv")
    assert (proposal.created, proposal.refused) == (7, 0)
    rows = {one["url_as_entered"]: one for one in shown(registry)}
    office = rows["https://de-de.facebook.com/buergeramt.musterstadt/?ref=page"]
    assert (office["title"], office["unit"], office["owner"]) == ("Bürgeramt", "Bürgeramt", "Jörg Müller")
    assert office["confirmed_on"] == date(2024, 10, 1)
    assert rows["https://plus.google.com/+Musterstadt"]["state"] is ChannelState.CLOSED
    assert rows["https://bsky.app/profile/musterstadt.example"]["state"] is ChannelState.APPROVED
    assert rows["https://whatsapp.com/channel/0029VaExample000000000"]["owner"] == "Feuerwehr"
    assert "Änne Größ" in people(registry)


def test_an_address_of_a_foreign_host_keeps_the_platform_named_and_is_doubtful(registry, data):
    proposal = imported(registry, data / "kanalliste-semikolon.csv")
    (row,) = [row for row in proposal.rows if row.outcome == "doubtful"]
    assert (row.row, row.effect, row.problems[0].column) == (6, "created", "URL")
    channel = next(one for one in all_channels(registry) if "notfacebook" in one.url_as_entered)
    assert (channel.platform, channel.host_belongs) == ("facebook", False)


@pytest.mark.parametrize("name", LISTS)
def test_importing_the_same_list_again_changes_nothing(registry, data, name):
    first = imported(registry, data / name)
    before, logged = shown(registry), entries(registry)
    second = imported(registry, data / name, date(2026, 12, 24))
    assert (second.created, second.changed, second.refused) == (0, 0, 0)
    assert second.unchanged == first.created + first.unchanged
    assert entries(registry) == logged
    assert [row.before for row in second.rows] == [{}] * len(second.rows)
    assert shown(registry) == before


@pytest.mark.parametrize("name", LISTS)
def test_an_import_is_one_action_and_undone_as_one(registry, data, name):
    imported(registry, data / name)
    assert registry.undo() == "Import list"
    assert shown(registry) == []
    assert people(registry) == {}
    registry.redo()
    assert shown(registry) != []
    assert proposed(registry, data / name).changed == 0


def test_the_lists_together_share_people_and_units(registry, data):
    for name in LISTS:
        imported(registry, data / name)
    assert all(proposed(registry, data / name, TODAY).changed == 0 for name in LISTS)
    assert len(all_channels(registry)) == 9 + 11 + 7
