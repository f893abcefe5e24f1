"""What a file probably is, by its name and its shape."""

from __future__ import annotations

from uuid import uuid4

import pytest

from core.exchange.pictures.examining import Examined
from core.exchange.pictures.guessing import guessed_entry, guessed_kind, guessed_person, guessed_title, guessed_variant
from core.inventory.assets.surroundings import Entry, KnownPerson, Surroundings
from core.model import AssetKind, AssetVariant


def examined(name, media_type="image/png", width=100, height=100):
    return Examined(b"", "", media_type, width, height, name)


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (examined("Wappen_Moers-2019.svg", "image/svg+xml"), AssetKind.COAT_OF_ARMS),
        (examined("LOGO-neg.png"), AssetKind.LOGO),
        (examined("buergermeister.jpg", "image/jpeg"), AssetKind.PORTRAIT),
        (examined("Titelbild.png"), AssetKind.BANNER),
        (examined("hafen.png", width=1500, height=500), AssetKind.BANNER),
        (examined("hafen.png", width=500, height=500), AssetKind.LOGO),
        (examined("logo.ttf", "font/ttf", None, None), AssetKind.FONT),
        (examined("wappen.pdf", "application/pdf", None, None), AssetKind.TEMPLATE),
        (examined("IMG_1234.PNG"), AssetKind.LOGO),
        (examined("erika_mustermann.png"), AssetKind.LOGO),
        (examined("kachel_muster.png"), AssetKind.TEMPLATE),
    ],
)
def test_the_kind_follows_from_content_name_and_shape(one, kind):
    assert guessed_kind(one) is kind


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("wappen_der-stadt.png", "Wappen der stadt"),
        ("Logo 2026.tar.gz", "Logo 2026.tar"),
        (".png", ".png"),
        ("", ""),
        ("wappen_negativ.png", "Wappen"),
        ("LOGO stadt-sw.png", "LOGO stadt"),
        ("negativ.png", "Negativ"),
        ("wappen schwarz-weiß 2019.png", "Wappen 2019"),
    ],
)
def test_the_title_is_the_name_in_words(name, title):
    assert guessed_title(name) == title


@pytest.mark.parametrize(
    ("name", "variant"),
    [
        ("wappen-negativ.png", AssetVariant.NEGATIVE),
        ("LOGO_neg.svg", AssetVariant.NEGATIVE),
        ("logo negative.svg", AssetVariant.NEGATIVE),
        ("wappen_schwarz-weiß.png", AssetVariant.BLACK_WHITE),
        ("logo-sw.eps", AssetVariant.BLACK_WHITE),
        ("Logo 4c.pdf", AssetVariant.COLOUR),
        ("wappen.png", None),
        ("answer-negotiated.png", None),
        ("", None),
    ],
)
def test_the_variant_follows_from_the_name_alone(name, variant):
    assert guessed_variant(name) is variant


PEOPLE = [
    KnownPerson(uuid4(), "Dr. Erika Mustermann", "Erika Mustermann"),
    KnownPerson(uuid4(), "Jürgen Groß", "Jürgen Groß"),
    KnownPerson(uuid4(), "Mustermann", "Mustermann"),
]


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("erika_mustermann.png", 0),
        ("Mustermann, Erika (2026).jpg", 0),
        ("portraet-juergen-gross.jpg", 1),
        ("Jürgen_Groß.jpg", 1),
        ("mustermann.jpg", None),
        ("erika.jpg", None),
        ("erika mustermann mit jürgen groß.jpg", None),
    ],
)
def test_whom_a_picture_shows_follows_from_given_and_family_name(name, person):
    assert guessed_person(name, PEOPLE) == (PEOPLE[person] if person is not None else None)


@pytest.mark.parametrize(
    ("name", "is_it"),
    [
        ("wappen-negativ.png", True),
        ("WAPPEN_sw.png", True),
        ("wappen_farbe.png", False),
        ("wappen.png", False),
        ("logo-negativ.png", False),
    ],
)
def test_a_file_that_tells_a_new_variant_belongs_to_the_asset_of_that_title(name, is_it):
    entry = Entry(uuid4(), AssetKind.COAT_OF_ARMS, "Wappen", frozenset({AssetVariant.COLOUR}))
    known = Surroundings(None, False, (entry,), ())
    assert guessed_entry(name, AssetKind.COAT_OF_ARMS, known) == (entry if is_it else None)
