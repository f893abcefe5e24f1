"""Addresses are taken apart as browsers do it, and written in one stable form."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.inventory.web_address import LONGEST, comparable, parsed, shown_host


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("HTTP://WWW.Moers.Example", "http://www.moers.example/"),
        ("moers.example?a=1", "https://moers.example/?a=1"),
        ("http:\\\\moers.example\\forum", "http://moers.example/forum"),
        ("https://moers.example/a b", "https://moers.example/a%20b"),
        ("https://moers.example/100%", "https://moers.example/100%25"),
        ("https://moers.example/%e4", "https://moers.example/%E4"),
        ("https://moers.example/u\u0308", "https://moers.example/%C3%BC"),
        ("https://moers.example:/forum", "https://moers.example/forum"),
        ("https://[::1]/wiki", "https://[::1]/wiki"),
        ("https://ｍｏｅｒｓ。example/", "https://moers.example/"),
        ("https://straße.example/", "https://straße.example/"),
        ("https://пример.example/", "https://xn--e1afmkfd.example/"),
        ("https://moers.example/#!/karte?x=1", "https://moers.example/#!/karte?x=1"),
        ("https://moers.example/#oben", "https://moers.example/"),
    ],
)
def test_an_address_is_written_in_one_form(text, written):
    address = parsed(text)

    assert address is not None
    assert address.text() == written


@pytest.mark.parametrize(
    "text",
    ["", "moers", "z.B.", "ftp://moers.example", "erika@moers.example", "https://", "https://a b.example/", "1.2.3.4/x",
     "https://moers.example:port/", "https://a..example", "https://-/", "https://" + "a" * 64 + ".example",
     "https://moers.example/" + "a" * LONGEST],
)  # fmt: skip
def test_what_a_browser_would_not_open_is_no_address(text):
    assert parsed(text) is None


def test_path_and_query_are_read_decoded():
    address = parsed("https://moers.example/B%C3%BCrger//a%2Fb/?Name=Erika+Mustermann&leer=&name=zweite")

    assert address is not None
    assert address.segments == ("Bürger", "a/b")
    assert address.parameters == {"name": "Erika Mustermann"}


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("WWW.M\u00dcLHEIM.example", "www.mülheim.example"),
        ("xn--mlheim-3ya.example", "mülheim.example"),
        ("xn--fcebook-2fg.com", "xn--fcebook-2fg.com"),
        ("xn--99999999999.example", "xn--99999999999.example"),
        ("a_b.example", "a_b.example"),
        ("a/b", None),
        ("", None),
    ],
)
def test_umlauts_are_shown_and_deceiving_letters_are_not(host, shown):
    assert shown_host(host) == shown


@settings(deadline=None)
@given(
    st.text(), st.sampled_from(["", "https://", "https://moers.example/", "https://moers.example/?", "https://xn--"])
)
def test_the_written_form_is_read_as_itself(text, before):
    address = parsed(before + text)

    if address is not None:
        assert parsed(address.text()) == address
        assert comparable(comparable(address.text())) == comparable(address.text())


def test_what_says_nothing_about_the_page_is_not_compared():
    plain = comparable("https://moers.example/forum?id=1")

    assert comparable("http://www.moers.example/forum/?utm_source=x&id=1&fbclid=y") == plain
    assert comparable("https://moers.example:8080/forum?id=1") != plain
