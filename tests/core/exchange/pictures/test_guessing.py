"""What a file probably is, by its name and its shape."""

from __future__ import annotations

import pytest

from core.exchange.pictures.examining import Examined
from core.exchange.pictures.guessing import guessed_kind, guessed_title, guessed_variant
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
    ],
)
def test_the_kind_follows_from_content_name_and_shape(one, kind):
    assert guessed_kind(one) is kind


@pytest.mark.parametrize(
    ("name", "title"),
    [("wappen_der-stadt.png", "Wappen der stadt"), ("Logo 2026.tar.gz", "Logo 2026.tar"), (".png", ".png"), ("", "")],
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
