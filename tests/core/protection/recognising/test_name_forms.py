"""How people are found in texts: surely, or as a word that may mean something else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.protection.recognising.company_names import is_in_company
from core.protection.recognising.name_forms import Forms, Known, forms_of, significant


def known(given: str, family: str, mail: str = "", phone: str = "") -> Known:
    one = Known()
    one.learn({"given_name": given, "family_name": family, "email": mail, "phone": phone})
    return one


ERIKA = known("Erika", "Mustermann", "erika.mustermann@stadt.example", "+49 2841 201-123")
KOCH = known("Jürgen", "Koch", "presse@stadt.example")


def forms(*people: Known, others: tuple[Known, ...] = (), words: tuple[str, ...] = ()) -> Forms:
    return forms_of(people, others, words)


@pytest.mark.parametrize(
    "text",
    [
        "Erika Mustermann",
        "Mustermann, Erika",
        "erika  mustermann",
        "E. Mustermann",
        "Mustermanns Seite",
        "Frau Mustermann",
        "Erika von Mustermann",
        "emustermann",
        "mustermann.e",
        "erika_mustermann",
        "Erika.Mustermann@stadt.example",
        "02841/201-123",
        "0049 2841 201123",
        "+49 (0) 2841 20 11 23",
        "2841201123",
    ],
)
def test_what_surely_means_somebody_is_found_however_it_is_written(text):
    found = forms(ERIKA)
    assert found.may_be_in(f"Bitte {text} fragen")
    assert found.sure.sub("[…]", f"Bitte {text} fragen") in {"Bitte […] fragen", "Bitte […] Seite fragen"}


@pytest.mark.parametrize("text", ["Mustermannstraße", "mustermann", "Erika", "02841 201-1234", "Musterfrau"])
def test_what_is_another_word_is_not_found(text):
    assert not forms(ERIKA).sure.search(f"Siehe {text} dort")


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("Jürgen Koch", True),
        ("juergen.koch", True),
        ("Herr Koch", True),
        ("J. Koch", True),
        ("Koch", False),
        ("Kochs", False),
        ("Kochj", None),
        ("Jkoch", None),
        ("presse", None),
    ],
)
def test_a_name_that_is_a_word_needs_something_beside_it(text, is_sure):
    found = forms(KOCH)
    assert bool(found.sure.search(f"Siehe {text} dort")) is bool(is_sure)
    assert bool(found.unclear.search(found.sure.sub("", f"Siehe {text} dort"))) is (is_sure is False)


def test_a_name_that_somebody_else_has_as_well_is_unclear():
    max_, namesake = known("Max", "Mustermann"), known("Erika", "Mustermann")
    assert not forms(ERIKA, others=(max_,)).sure.search("Frau Mustermann war da")
    assert forms(ERIKA, others=(max_,)).unclear.search("die Mustermann war da")
    assert forms(ERIKA, others=(max_,)).sure.search("Erika Mustermann war da")
    assert not forms(ERIKA, others=(namesake,)).sure.search("Erika Mustermann war da")
    assert forms(ERIKA, others=(namesake,)).unclear.search("Erika Mustermann war da")


def test_a_name_that_is_a_unit_s_is_unclear():
    assert not forms(ERIKA, words=("Mustermann",)).sure.search("Haus Mustermann")


def test_an_address_or_number_of_the_office_is_nobody_s():
    office = known("", "Pressestelle", "erika.mustermann@stadt.example", "02841 201 123")
    found = forms(ERIKA, others=(office,))
    assert not found.numbers
    assert not found.sure.search("02841 201-123")


def test_all_names_somebody_had_are_theirs():
    one = known("Erika", "Musterfrau")
    one.learn({"family_name": "Mustermann"})
    assert forms(one).sure.search("Erika Mustermann")
    assert forms(one).sure.search("Erika Musterfrau")


@pytest.mark.parametrize(
    ("number", "digits"), [("+49 2841 201-123", "2841201123"), ("02841 / 201", "2841201"), ("0049 (0) 30 1", "301")]
)
def test_a_number_is_the_same_from_everywhere(number, digits):
    assert significant(number) == digits


@pytest.mark.parametrize(
    "text",
    [
        "Agentur Mustermann",
        "Werbeagentur Mustermann",
        "Fotostudio Mustermann",
        "Fa. Mustermann",
        "Druckerei-Mustermann",
        "Mustermann GmbH",
        "Mustermann AG",
        "Mustermann e.V.",
        "Mustermann & Co",
        "Mustermann & Söhne",
        "Mustermann-Verlag",
    ],
)
def test_a_family_name_in_the_name_of_a_company_may_be_somebody_else(text):
    found, whole = forms(ERIKA), f"Siehe {text} dort"
    assert not found.sure.search(whole)
    match = found.unclear.search(whole)
    assert match is not None
    assert match[0] == "Mustermann"
    assert is_in_company(match)


@pytest.mark.parametrize(
    "text",
    ["Agentur Erika Mustermann", "Firma, Mustermann", "Foto: Mustermann", "Mustermann aG", "Agentur und Mustermann"],
)
def test_what_is_no_name_of_a_company_still_surely_means_somebody(text):
    found = forms(ERIKA)
    assert found.sure.search(text)
    assert not found.unclear.search(found.sure.sub("", text))


OEZ = known("Mehmet", "Öz")


@pytest.mark.parametrize(
    "text",
    ["Mehmet Öz", "Öz, Mehmet", "M. Öz", "MEHMET ÖZ", "Herrn Öz", "Frau Dr. Öz", "Mehmet Oez", "mehmet.oez", "m_oez"],
)
def test_a_short_family_name_counts_with_something_before_it(text):
    found = forms(OEZ)
    assert found.may_be_in(f"Bitte {text} fragen")
    assert found.sure.sub("[…]", f"Bitte {text} fragen") == "Bitte […] fragen"


@pytest.mark.parametrize("text", ["Öz", "Mehmet", "mehmet özil", "Frau Özil", "Ö. Mehmet"])
def test_a_short_family_name_alone_is_nobody_s(text):
    found = forms(OEZ)
    assert not found.sure.search(text)
    assert not found.unclear.search(text)


@pytest.mark.parametrize("text", ["Karl an alle", "Frau an der Kasse", "Bitte an Karl Meier. An die Presse", "k. an"])
def test_a_short_family_name_that_is_a_word_is_told_apart_by_its_capital_letter(text):
    found = forms(known("Karl", "An"))
    assert found.sure.search("Karl An")
    assert not found.sure.search(text)


@pytest.mark.parametrize(
    ("text", "is_found"), [("mehmet.oez24", True), ("team_mehmetoez", True), ("mehmetoezil", False)]
)
def test_a_short_name_in_the_name_of_an_account_stands_by_itself(text, is_found):
    assert bool(forms(OEZ).sure_in_accounts.search(text)) is is_found


def test_somebody_else_s_short_name_is_unclear():
    found = forms(OEZ, others=(known("Ayşe", "Öz"),))
    assert found.sure.search("Mehmet Öz")
    assert not found.sure.search("Herrn Öz")


def test_a_mark_makes_another_name():
    assert forms(known("Erika", "Rene")).sure.search("die Rene")
    assert not forms(known("Erika", "Rene")).sure.search(unicodedata.normalize("NFD", "die René"))


LETTERS = some.sampled_from("abcdefghijklmnoprstuvwzäöüßéèçşñå")
NAMES = some.text(LETTERS, min_size=2, max_size=8).map(str.capitalize)
NORMAL = some.sampled_from(["NFC", "NFD"])


@given(
    first=NAMES,
    family=NAMES,
    recorded=NORMAL,
    written=NORMAL,
    form=some.sampled_from(["{} {}", "Frau {1}", "{1}, {0}"]),
)
@settings(max_examples=150, deadline=None)
def test_a_full_name_is_found_whichever_way_both_are_composed(first, family, recorded, written, form):
    found = forms(known(*(unicodedata.normalize(recorded, one) for one in (first, family))))
    text = f"Bitte {unicodedata.normalize(written, form.format(first, family))} fragen"
    assert found.may_be_in(text)
    assert found.sure.sub("[…]", text) == "Bitte […] fragen"
