"""People and offices in the cells of lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.inventory.names import is_nobody, read_people, says_nothing
from core.model import PersonKind


def spoken(text):
    return [person.name for person in read_people(text).people]


@pytest.mark.parametrize(
    ("cell", "title", "given_name", "family_name"),
    [
        ("Mustermann, Erika", None, "Erika", "Mustermann"),
        ("Mustermann,Erika", None, "Erika", "Mustermann"),
        ("Erika Mustermann", None, "Erika", "Mustermann"),
        ("  Erika\u00a0 Mustermann ", None, "Erika", "Mustermann"),
        ("Frau Erika Mustermann", None, "Erika", "Mustermann"),
        ("Dr. Erika Mustermann", "Dr.", "Erika", "Mustermann"),
        ("Mustermann, Dr. Erika", "Dr.", "Erika", "Mustermann"),
        ("Dr. Mustermann, Erika", "Dr.", "Erika", "Mustermann"),
        ("Prof. Dr. Max Mustermann", "Prof. Dr.", "Max", "Mustermann"),
        ("Dipl.-Ing. Max Muster", "Dipl.-Ing.", "Max", "Muster"),
        ("Erika Mustermann, M.A.", "M.A.", "Erika", "Mustermann"),
        ("Erika Mustermann M.A.", "M.A.", "Erika", "Mustermann"),
        ("Muster-Mann, Anna-Lena", None, "Anna-Lena", "Muster-Mann"),
        ("Anna Lena Muster", None, "Anna Lena", "Muster"),
        ("Erika von der Heide", None, "Erika", "von der Heide"),
        ("von der Heide, Erika", None, "Erika", "von der Heide"),
        ("Heide, Erika von der", None, "Erika", "von der Heide"),
        ("MUSTERMANN, ERIKA", None, "Erika", "Mustermann"),
        ("Mustermann E.", None, "E.", "Mustermann"),
        ("E. Mustermann", None, "E.", "Mustermann"),
        ("Größ, Änne", None, "Änne", "Größ"),
        ("erika mustermann", None, "erika", "mustermann"),
        ("Müller", None, None, "Müller"),
        ("Frau Müller", None, None, "Müller"),
        ("Estelle Muster", None, "Estelle", "Muster"),
    ],
)
def test_a_person_is_read_with_title_given_and_family_name(cell, title, given_name, family_name):
    (person,) = read_people(cell).people
    assert person.kind is PersonKind.PERSON
    assert (person.name_title, person.given_name, person.family_name) == (title, given_name, family_name)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "Presse",
            "Pressestelle",
            "Personalamt",
            "Feuerwehr",
            "Bürgeramt",
            "Onlineteam",
            "Referat 4",
            "FD 3.5",
            "VHS",
        ),
        *("Referat 4 / Onlineteam", "Presse- und Öffentlichkeitsarbeit", "Kultur und Sport", "Büro des Bürgermeisters"),
        *("Amt für Kultur, Sport und Bildung", "Stadt Mülheim an der Ruhr", "Stadtbücherei", "Agentur Muster GmbH"),
    ],
)
def test_an_office_stays_whole(cell):
    (office,) = read_people(cell).people
    assert (office.kind, office.given_name, office.family_name) == (PersonKind.OFFICE, None, cell)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Otto Normalverbraucher; Lieschen Müller", ["Otto Normalverbraucher", "Lieschen Müller"]),
        ("Mustermann, Erika; Müller, Jörg", ["Erika Mustermann", "Jörg Müller"]),
        ("Mustermann, Erika\nMüller, Jörg", ["Erika Mustermann", "Jörg Müller"]),
        ("Erika Mustermann & Max Mustermann", ["Erika Mustermann", "Max Mustermann"]),
        ("Erika Mustermann/Max Mustermann", ["Erika Mustermann", "Max Mustermann"]),
        ("Erika Mustermann u. Max Mustermann", ["Erika Mustermann", "Max Mustermann"]),
        ("Erika und Max Mustermann", ["Erika Mustermann", "Max Mustermann"]),
        ("Mustermann, Erika und Müller, Jörg", ["Erika Mustermann", "Jörg Müller"]),
        ("Mustermann, Erika, Müller, Jörg", ["Erika Mustermann", "Jörg Müller"]),
        ("Erika Mustermann, Max Mustermann", ["Erika Mustermann", "Max Mustermann"]),
        ("Müller/Schmidt", ["Müller", "Schmidt"]),
        ("Pressestelle / Erika Mustermann", ["Pressestelle", "Erika Mustermann"]),
        ("Presse, Feuerwehr", ["Presse", "Feuerwehr"]),
        ("Kundenservice, Herr Tom Muster", ["Kundenservice", "Tom Muster"]),
        ("Erika Mustermann; N. N.", ["Erika Mustermann"]),
    ],
)
def test_several_people_in_a_cell_are_told_apart(cell, names):
    assert spoken(cell) == names


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "",
            "  ",
            "N. N.",
            "N.N.",
            "n.n.",
            "NN",
            "k. A.",
            "k.A.",
            "-",
            "--",
            "–",
            "?",
            "???",
            "/",
            "...",
            "offen",
            "Offen",
        ),
        *("unbekannt", "vakant", "unbesetzt", "(unbesetzt)", "noch offen", "derzeit vakant", "niemand", "keine", "n/a"),
    ],
)
def test_placeholders_stand_for_nobody(cell):
    assert is_nobody(cell)
    assert read_people(cell).people == ()
    assert read_people(cell).left_out == ()


@pytest.mark.parametrize(("cell", "empty"), [("k. A.", True), ("-", True), ("", True), ("offen", False), ("x", False)])
def test_a_word_about_posts_is_no_placeholder_elsewhere(cell, empty):
    assert says_nothing(cell) is empty


@pytest.mark.parametrize(
    ("cell", "since", "until"),
    [
        ("Muster, Sabine (bis 31.12.2010)", None, date(2010, 12, 31)),
        ("Muster, Sabine bis 31.12.2010", None, date(2010, 12, 31)),
        ("Muster, Sabine (bis 2010)", None, date(2010, 12, 31)),
        ("Muster, Sabine (bis Juni 2010)", None, date(2010, 6, 30)),
        ("Sabine Muster (until 31 March 2011)", None, date(2011, 3, 31)),
        ("Sabine Muster (seit 03/2010)", date(2010, 3, 1), None),
        ("Sabine Muster, ab 01.07.2026", date(2026, 7, 1), None),
    ],
)
def test_a_period_in_the_cell_is_the_period_of_the_responsibility(cell, since, until):
    (person,) = read_people(cell).people
    assert (person.name, person.since, person.until) == ("Sabine Muster", since, until)


def test_a_period_that_ends_on_no_day_is_named():
    read = read_people("Muster, Sabine (bis 30.02.2010)")
    assert [person.until for person in read.people] == [None]
    assert read.impossible_dates == ("bis 30.02.2010",)


@pytest.mark.parametrize(
    "cell",
    [
        *("Erika Mustermann <e@x.example>", "Erika Mustermann (e@x.example)", "Mustermann, Erika; e@x.example"),
        *("Erika Mustermann, E@X.example", "Erika Mustermann mailto:e@x.example"),
    ],
)
def test_an_address_in_the_cell_belongs_to_the_person_before_it(cell):
    people = [person for person in read_people(cell).people if person.given_name]
    assert [person.name for person in people] == ["Erika Mustermann"]
    assert {person.email for person in read_people(cell).people} - {None} == {"e@x.example"}


def test_an_address_alone_names_a_person_or_an_office():
    assert spoken("erika.mustermann@moers.example") == ["Erika Mustermann"]
    (office,) = read_people("presse@moers.example").people
    assert (office.kind, office.email) == (PersonKind.OFFICE, "presse@moers.example")


@pytest.mark.parametrize(
    ("cell", "rest"),
    [
        ("Erika Mustermann (krank)", "krank"),
        ("Erika Mustermann, Tel. 02841 201-123", "Tel. 02841 201-123"),
        ("Erika Mustermann 0170 1234567", "0170 1234567"),
        ("Erika Mustermann (FD 3.5)", "FD 3.5"),
        ("Erika Mustermann, Pressestelle", "Pressestelle"),
        ("Erika Mustermann; wird noch geklärt", "wird noch geklärt"),
    ],
)
def test_what_is_no_name_is_left_out_and_told(cell, rest):
    assert spoken(cell) == ["Erika Mustermann"]
    assert read_people(cell).left_out == (rest,)


@pytest.mark.parametrize("cell", ["wird noch geklärt", "siehe oben", "dito", "alle", "x" * 2000])
def test_a_remark_makes_nobody(cell):
    assert spoken(cell) == []
    assert read_people(cell).left_out == (cell,)


@given(st.text(max_size=300) | st.text(alphabet="Aab .,;/&()-@<>\n0bis", max_size=80))
def test_reading_people_never_fails_and_never_makes_an_empty_name(cell):
    for person in read_people(cell).people:
        assert person.family_name.strip()
        assert person.name == person.name.strip()
