"""A secret shows itself only when asked."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from dataclasses import asdict

import pytest

from core.custody.secret import MASK, Secret
from core.custody.vault import Held

TEXT = "Rathaus-4711"


@pytest.mark.parametrize(
    "shown",
    [
        str,
        repr,
        lambda secret: f"{secret}",
        lambda secret: f"{secret!r}",
        lambda secret: f"{secret!s:>20}",
        lambda secret: f"{secret:>20}",
        lambda secret: "%s" % secret,  # noqa: UP031
        lambda secret: repr([secret, {"x": secret}]),
        lambda secret: repr(Held(1, secret)),
        lambda secret: str(asdict(Held(1, secret))),
    ],
)
def test_whatever_shows_it_shows_dots(shown):
    assert TEXT not in shown(Secret(TEXT))
    assert MASK in shown(Secret(TEXT))


def test_asked_it_says_what_it_is():
    assert Secret(TEXT).reveal() == TEXT


def test_it_is_written_nowhere(caplog: pytest.LogCaptureFixture):
    secret = Secret(TEXT)
    for written in (pickle.dumps, json.dumps):
        with pytest.raises(TypeError):
            written(secret)
    with pytest.raises(TypeError):
        vars(secret)
    with pytest.raises(TypeError):
        hash(secret)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("x").debug("%s %r", secret, secret)
    assert TEXT not in caplog.text


def test_it_is_equal_to_the_same_and_to_nothing_else():
    assert Secret("ä\ud800") == Secret("ä\ud800")
    assert Secret(TEXT) != Secret(TEXT + "x")
    assert Secret(TEXT) != TEXT
    assert copy.deepcopy(Secret(TEXT)) == copy.copy(Secret(TEXT)) == Secret(TEXT)


def test_an_empty_one_is_none():
    assert not Secret("")
    assert Secret("0")
