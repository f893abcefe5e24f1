"""New passwords are random and strong, and typed ones are not called better than they are."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.custody import generating
from core.custody.generating import (
    CHARACTERS,
    Alphabet,
    Strength,
    german_words,
    passphrase,
    passphrase_bits,
    password,
    password_bits,
    strength,
    strength_bits,
    strength_label,
)
from core.custody.secret import Secret
from core.errors import BadInputError

alphabets = st.sets(st.sampled_from(Alphabet), min_size=1)


@given(st.integers(8, 128), alphabets)
def test_a_password_is_as_long_as_wanted_and_has_every_kind(length: int, chosen: set[Alphabet]):
    text = password(length, chosen).reveal()
    assert len(text) == length
    for each in Alphabet:
        assert bool(set(text) & set(CHARACTERS[each])) == (each in chosen)


def test_no_two_are_alike():
    assert len({password().reveal() for _time in range(200)}) == 200
    assert len({passphrase().reveal() for _time in range(200)}) == 200


def test_no_character_looks_like_another():
    everything = "".join(CHARACTERS.values())
    assert len(everything) == len(set(everything))
    assert not set(everything) & set("lIO01'\"\\` <>|^")


def test_every_character_comes_up():
    seen = set("".join(password(128).reveal() for _time in range(60)))
    assert seen == set("".join(CHARACTERS.values()))


def test_a_passphrase_is_of_german_words():
    words = passphrase(6).reveal().split("-")
    assert len(words) == 6
    assert set(words) <= set(german_words())
    assert len(passphrase(4, " ").reveal().split(" ")) == 4


def test_there_are_7776_words_that_every_keyboard_types():
    assert len(set(german_words())) == 7_776
    assert all(word.isascii() and word.islower() and word.isalpha() for word in german_words())


def test_the_strength_of_a_generated_one_is_exact(monkeypatch: pytest.MonkeyPatch):
    small = {Alphabet.LOWER: "ab", Alphabet.UPPER: "A", Alphabet.DIGITS: "12", Alphabet.SYMBOLS: "!"}
    monkeypatch.setattr(generating, "CHARACTERS", small)
    monkeypatch.setattr(generating, "SHORTEST", 4)
    kinds = [set(each) for each in small.values()]
    counted = [text for text in product("abA12!", repeat=5) if all(set(text) & kind for kind in kinds)]
    assert password_bits(5) == pytest.approx(math.log2(len(counted)))


def test_the_strength_of_the_defaults():
    assert passphrase_bits() == pytest.approx(77.5, abs=0.1)
    assert 120 < password_bits() < 127
    assert strength(password_bits()) == strength(passphrase_bits()) == Strength.STRONG


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", Strength.WEAK),
        ("Passwort1", Strength.WEAK),
        ("Rathaus2026!", Strength.WEAK),
        ("Musterstadt2026!", Strength.WEAK),
        ("qwertzuiopü123456789", Strength.WEAK),
        ("a" * 128, Strength.WEAK),
        ("Ab1!" * 32, Strength.WEAK),
        ("abcdefghijklmnopqrstuvwxyz", Strength.WEAK),
        ("sommer-winter", Strength.WEAK),
        ("kTb8!vQz3#mWx7", Strength.WEAK),
        ("kTb8!vQz3#mWx7%pRn5+dFh9", Strength.STRONG),
    ],
)
def test_a_typed_one_is_judged_with_caution(typed: str, wanted: Strength):
    assert strength(strength_bits(Secret(typed))) == wanted


@given(st.integers(8, 60), alphabets)
def test_a_typed_one_is_never_called_stronger_than_when_it_was_generated(length: int, chosen: set[Alphabet]):
    if chosen != {Alphabet.DIGITS}:
        assert strength_bits(password(length, chosen)) <= password_bits(length, chosen) + 1


@given(st.text())
def test_any_text_can_be_judged(text: str):
    assert strength_bits(Secret(text)) >= 0


@pytest.mark.parametrize(("bits", "kind"), [(49.9, "weak"), (50, "fair"), (74.9, "fair"), (75, "strong")])
def test_the_names_of_strengths(bits: float, kind: str, in_english):
    assert strength_label(strength(bits)) == kind


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: password(7),
        lambda: password(129),
        lambda: password(20, ()),
        lambda: passphrase(2),
        lambda: passphrase(21),
        lambda: password_bits(3),
        lambda: passphrase_bits(0),
    ],
)
def test_what_cannot_be_generated_is_said(wrong):
    with pytest.raises(BadInputError):
        wrong()
