"""Where the list begins, on which sheet, what its columns hold, and which rows are its rows."""

import pytest

from core.errors import BadInputError
from tests.core.exchange.importing.lists import HEAD, listed, proposed, the_row

ROW = ("Facebook", "facebook.com/a", "Erika Mustermann")


def fields(proposal):
    return {column.header: column.field for column in proposal.columns}


def test_the_header_is_found_below_titles_and_gaps(empty):
    workbook = listed(("Unsere Kanäle",), ("Stand: 15.11.2010", None, None), (), HEAD, ROW)
    proposal = proposed(empty, workbook)
    assert (proposal.header_row, [row.row for row in proposal.rows]) == (4, [5])


def test_the_sheet_whose_header_fits_best_is_read(empty):
    little = [("Name", "Adresse"), ("Rathaus", "Rathausplatz 1")]
    much = [(), HEAD, ROW]
    assert proposed(empty, listed(Anschriften=little, Kanäle=much)).sheet == "Kanäle"
    assert proposed(empty, listed(Leer=[HEAD], Kanäle=much)).sheet == "Kanäle"


def test_a_named_sheet_is_read_and_an_unknown_one_is_named(empty):
    workbook = listed(Erste=[HEAD, ROW], Zweite=[HEAD, ("X", "x.com/b", None)])
    assert proposed(empty, workbook, sheet="zweite").rows[0].channel == "X b"
    with pytest.raises(BadInputError, match=r"Dritte.*Erste.*Zweite"):
        proposed(empty, workbook, sheet="Dritte")


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("Nur ein Titel",)],
        [("Straße", "Ort"), ("Hauptstraße 1", "Moers")],
        [("Facebook", "https://www.facebook.com/a", "Erika Mustermann")],
    ],
)
def test_a_file_without_a_header_is_refused_with_a_sentence(empty, rows):
    with pytest.raises(BadInputError, match=r"liste\.xlsx"):
        proposed(empty, listed(Blatt=rows))


@pytest.mark.parametrize("below", [[], [(), (None, "  ")], [(), ("* Rückfragen an die Redaktion",)]])
def test_a_header_without_a_row_is_refused_with_a_sentence(empty, below):
    with pytest.raises(BadInputError, match=r"liste\.xlsx"):
        proposed(empty, listed(HEAD, *below))


def test_rows_are_numbered_as_the_spreadsheet_does(empty):
    rows = proposed(empty, listed((), (), HEAD, ROW, (), ("X", "x.com/b", None))).rows
    assert [row.row for row in rows] == [4, 6]


@pytest.mark.parametrize(
    "remark", ["* Rückfragen an die Redaktion", "Stand: 15.11.2010", "Bitte aktuell halten, danke"]
)
def test_a_remark_below_a_gap_is_no_row(empty, remark):
    assert [row.row for row in proposed(empty, listed(HEAD, ROW, (), (remark,))).rows] == [2]


def test_a_repeated_header_is_no_row(empty):
    assert [row.row for row in proposed(empty, listed(HEAD, ROW, HEAD, ("X", "x.com/b"))).rows] == [2, 4]


def test_a_row_without_an_address_is_refused_and_says_so(empty):
    proposal = proposed(empty, listed(HEAD, ROW, ("X", None, "Max Mustermann"), ("Instagram", "k. A.", None)))
    assert [row.outcome for row in proposal.rows] == ["created", "refused", "refused"]
    assert [row.problems[0].column for row in proposal.rows[1:]] == ["Adresse", "Adresse"]
    assert (proposal.created, proposal.refused) == (1, 2)


def test_a_unit_without_any_account_is_no_row_of_a_list_by_platform(empty):
    head = ("Einrichtung", "Facebook", "Instagram")
    proposal = proposed(empty, listed(head, ("Museum", "facebook.com/m", None), ("Friedhof", None, "-")))
    assert [row.row for row in proposal.rows] == [2]


@pytest.mark.parametrize("text", ["ja", "x", "geplant"])
def test_a_mark_instead_of_an_address_is_refused(empty, text):
    (row,) = proposed(empty, listed(("Einrichtung", "Facebook", "Instagram"), ("Museum", text, None))).rows
    assert (row.outcome, row.problems[0].column) == ("refused", "Facebook")
    assert text in row.problems[0].message


def test_a_column_can_be_mapped_by_its_header_or_by_its_letter(empty):
    workbook = listed(("Wo", "Was", "Leute"), ("facebook.com/a", "Facebook", "Erika Mustermann"))
    for mapping in ({"Leute": "owner", "Wo": "url"}, {"C": "Zuständig", "A": "url"}):
        proposal = proposed(empty, workbook, mapping=mapping)
        assert fields(proposal) == {"Wo": "url", "Was": "platform", "Leute": "owner"}
        assert proposal.rows[0].values["owner"] == "Erika Mustermann"


def test_a_mapping_takes_the_field_from_the_column_that_had_it(empty):
    workbook = listed((*HEAD, "Leute"), (*ROW, "Max Mustermann"))
    proposal = proposed(empty, workbook, mapping={"Leute": "owner", "Zuständig": ""})
    assert (fields(proposal)["Zuständig"], proposal.rows[0].values["owner"]) == (None, "Max Mustermann")


@pytest.mark.parametrize(
    ("mapping", "named"), [({"Gibtesnicht": "owner"}, "Gibtesnicht"), ({"Zuständig": "quatsch"}, "quatsch")]
)
def test_an_unknown_column_or_field_of_a_mapping_is_named(empty, mapping, named):
    with pytest.raises(BadInputError, match=named):
        proposed(empty, listed(HEAD, ROW), mapping=mapping)


def test_columns_of_passwords_are_never_imported(registry):
    workbook = listed((*HEAD, "Passwort"), (*ROW, "geheim-4711"))
    proposal = proposed(registry, workbook)
    assert fields(proposal)["Passwort"] is None
    assert [problem.column for problem in proposal.problems] == ["Passwort"]
    assert "geheim-4711" not in repr(proposal)
    with pytest.raises(BadInputError, match="Passwort"):
        proposed(registry, workbook, mapping={"Passwort": "notes"})


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (("Kanal", "Plattform", "URL"), ("Stadt A", "Facebook", "facebook.com/a"), ("title", "platform", "url")),
        (("Kanal", "Name"), ("https://facebook.com/a", "Stadt A"), ("url", "title")),
        (("Dienst", "Profil"), ("Facebook", "facebook.com/a"), ("platform", "url")),
        (
            ("Netzwerk", "Wo zu finden", "FD"),
            ("Facebook", "facebook.com/a", "FD 1"),
            ("platform", "url", "unit"),
        ),
        (("Plattform", "URL", "Kontakt"), ("Facebook", "facebook.com/a", "a@b.example"), ("platform", "url", "email")),
        (("Plattform", "URL", "Redaktion"), ("X", "x.com/a", "Erika Muster"), ("platform", "url", "owner")),
        (
            ("URL", "Verantwortlich", "Ansprechpartner"),
            ("x.com/a", "Erika Muster", "Max Muster"),
            ("url", "owner", "editor"),
        ),
        (
            ("URL", "Vorname", "Name"),
            ("x.com/a", "Erika", "Mustermann"),
            ("url", "owner_given_name", "owner_family_name"),
        ),
        (
            ("Amt", "Facebook", "Blog"),
            ("41", "facebook.com/a", None),
            ("unit", "platform:facebook", "platform:website"),
        ),
        (("Medium", "Adresse"), ("Facebook", "facebook.com/a"), ("platform", "url")),
    ],
)
def test_what_stands_in_the_cells_decides_where_a_header_is_ambiguous(empty, head, row, expected):
    assert tuple(fields(proposed(empty, listed(head, row))).values()) == expected


def test_given_and_family_name_in_columns_of_their_own_are_one_person(empty):
    assert the_row(empty, ("URL", "Vorname", "Nachname"), "x.com/a", "Erika", "Mustermann").values["owner"] == (
        "Erika Mustermann"
    )


def test_an_address_column_alone_is_a_list(empty):
    assert proposed(empty, listed(("URL",), ("facebook.com/a",), ("x.com/b",))).created == 2
