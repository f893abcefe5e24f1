"""What a file probably is, by its name and its shape."""

from __future__ import annotations

import pytest

from core.exchange.pictures.examining import Examined
from core.exchange.pictures.guessing import guessed_kind, guessed_title
from core.model import AssetKind


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
