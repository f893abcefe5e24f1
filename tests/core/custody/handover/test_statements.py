"""Statements of a handover as bytes: canonical, signed, strict; readable from the file alone, and free of secrets."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.custody.handover.formats import items as things
from core.custody.handover.formats.abouts import cards_text, new_nonce
from core.custody.handover.formats.items import Item, Told
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import (
    LARGEST_STATEMENT,
    Signer,
    Statement,
    make_statement,
    read_statement,
    read_statement_file,
)
from core.custody.identity.armor import LARGEST, LARGEST_WITH_CARDS, Kind, armored
from core.custody.identity.canonical import canonical
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.i18n import _
from core.model.choices import Act, ItemKind, Way
from tests.core.custody.handover import parties
from tests.core.custody.handover.parties import (
    ABOUTS,
    DIGEST,
    ERIKA,
    FACEBOOK,
    INSTAGRAM,
    LISA,
    MATTER,
    MAX,
    NOW,
    OTHER_REGISTRY,
    Human,
)

SEALING = parties.sealing()
LINE = st.text(max_size=40)
TOLD = st.builds(
    Told,
    kind=st.sampled_from(ItemKind),
    id=st.uuids(),
    way=st.sampled_from(Way),
    revision=st.none() | st.integers(0, 2**31 - 1),
    label=st.text(max_size=300).map(lambda text: f"x{text}"),
    facts=st.dictionaries(st.from_regex(r"[a-z0-9]{1,8}([-.][a-z0-9]{1,8}){0,2}", fullmatch=True), LINE, max_size=4),
    answers=st.dictionaries(st.sampled_from(["login-seen", "sessions-ended"]), LINE.map(lambda text: f"y{text}")),
)


def refused(text: bytes) -> RefusalCode:
    with pytest.raises(RefusedError) as refusal:
        read_statement(text)
    return refusal.value.code


def changed(statement: Statement, **values: object) -> bytes:
    content = json.loads(statement.text) | values
    return canonical({key: value for key, value in content.items() if value is not ...})


@pytest.mark.parametrize("act", Act)
def test_every_act_is_read_as_it_was_made_from_its_text_and_from_its_file(act: Act):
    made = MAX.says(act, (INSTAGRAM, FACEBOOK), ABOUTS[act])
    assert read_statement(made.text) == made
    assert read_statement_file(b"Guten Tag,\r\n\r\n" + made.file_text.replace("\n", "\r\n> ").encode()) == made
    assert (made.act, made.matter, made.by, made.items) == (act, MATTER, MAX.card, (INSTAGRAM, FACEBOOK))
    assert made.about == ABOUTS[act]
    assert made.made_at == NOW
    assert made.file_text.splitlines()[0] == f"-----BEGIN KANALREGISTER HANDOVER {act.name}-----"


@settings(max_examples=60)
@given(told=st.lists(TOLD, min_size=1, max_size=5, unique_by=lambda told: told.id), act=st.sampled_from(Act))
def test_whatever_is_told_is_read_as_it_was_made_and_equal_contents_are_equal_bytes(told: list[Told], act: Act):
    made = make_statement(act, MATTER, told, ABOUTS[act], Signer(MAX.card, MAX.keys, 1, "", NOW))
    assert read_statement(made.text) == made
    again = make_statement(act, MATTER, made.items, dict(made.about), Signer(MAX.card, MAX.keys, 1, "", NOW))
    assert (again.text, again.digest) == (made.text, made.digest)
    assert [(one.id, one.revision, one.way) for one in made.items] == [(one.id, one.revision, one.way) for one in told]


def test_a_line_that_begins_with_an_accent_is_read_as_it_was_made():
    told = replace(FACEBOOK, facts={"note": "erste\n\u0303zweite"})
    made = ERIKA.says(Act.CONFIRMATION, (told,), {})
    assert read_statement(made.text).items[0].facts == {"note": "erste\n\u0303zweite"}


def test_what_a_request_and_a_sealing_say_can_be_asked():
    request = parties.request()
    assert request.cards == (MAX.card,)
    assert request.expires_on is None
    assert (SEALING.to, SEALING.expires_on) == ((MAX.card.fingerprint,), date(2026, 12, 7))
    assert SEALING.told_of(INSTAGRAM.key) == INSTAGRAM
    assert SEALING.told_of((ItemKind.ACCESS, INSTAGRAM.id)) is None
    bare = MAX.says(Act.REQUEST, (INSTAGRAM,), dict(ABOUTS[Act.REQUEST]) | {"cards": ""})
    assert bare.cards == ()
    assert new_nonce() != new_nonce()


def test_a_statement_can_be_a_member_of_a_set():
    assert len({SEALING, read_statement(SEALING.text), parties.request()}) == 2
    assert INSTAGRAM.key == Item(ItemKind.CREDENTIAL, INSTAGRAM.id, Way.RESET, None, "x").key


CHANGES: dict[str, tuple[dict[str, object], RefusalCode]] = {
    "another kind": ({"kind": "key-card"}, Refusal.OTHER_KIND),
    "a newer format": ({"format": 2}, Refusal.NEWER_FORMAT),
    "a key too many": ({"password": "geheim"}, Refusal.UNKNOWN_KEYS),
    "a key too few": ({"head": ...}, Refusal.MISSING_KEYS),
    "an act that there is not": ({"act": "gift"}, Refusal.WRONG_VALUE),
    "an act that says other things": ({"act": "receipt"}, Refusal.WRONG_VALUE),
    "no number": ({"number": 0}, Refusal.WRONG_VALUE),
    "a number larger than the database holds": ({"number": 2**31}, Refusal.WRONG_VALUE),
    "a number that is a truth": ({"number": True}, Refusal.WRONG_VALUE),
    "another number": ({"number": 99}, Refusal.BAD_SIGNATURE),
    "another giver": ({"giver": str(LISA.id)}, Refusal.BAD_SIGNATURE),
    "another taker": ({"taker": str(LISA.id)}, Refusal.BAD_SIGNATURE),
    "another handover": ({"handover": str(uuid4())}, Refusal.BAD_SIGNATURE),
    "another registry": ({"registry": OTHER_REGISTRY}, Refusal.BAD_SIGNATURE),
    "another head": ({"head": "b2" * 32}, Refusal.BAD_SIGNATURE),
    "an earlier instant": ({"made_at": "2026-11-22T09:30:00Z"}, Refusal.BAD_SIGNATURE),
    "somebody else's card": ({"by": LISA.card.text.decode()}, Refusal.BAD_SIGNATURE),
    "a card that somebody altered": (
        {"by": ERIKA.card.text.decode().replace("Erika", "Erica")},
        Refusal.BAD_SIGNATURE,
    ),
    "no card": ({"by": "{}"}, Refusal.OTHER_KIND),
    "nothing": ({"items": []}, HandoverRefusal.NO_ITEMS),
    "no list": ({"items": "alles"}, Refusal.WRONG_VALUE),
    "an item that is a list": ({"items": [["id"]]}, Refusal.WRONG_VALUE),
    "items that are none": ({"items": [1]}, Refusal.WRONG_VALUE),
    "about nothing": ({"about": {}}, Refusal.WRONG_VALUE),
    "about more": ({"about": dict(SEALING.about) | {"password": "geheim"}}, Refusal.WRONG_VALUE),
    "no fingerprint": ({"about": dict(SEALING.about) | {"to": "max"}}, Refusal.WRONG_VALUE),
    "the same fingerprint twice": ({"about": dict(SEALING.about) | {"to": f"{DIGEST} {DIGEST}"}}, Refusal.WRONG_VALUE),
    "no day": ({"about": dict(SEALING.about) | {"expires": "20261207"}}, Refusal.WRONG_VALUE),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_statement_that_was_altered_is_refused(name: str):
    values, code = CHANGES[name]
    assert refused(changed(SEALING, **values)) is code


ITEM_CHANGES: dict[str, tuple[dict[str, object], RefusalCode]] = {
    "another revision": ({"revision": 2}, Refusal.BAD_SIGNATURE),
    "another label": ({"label": "Instagram"}, Refusal.BAD_SIGNATURE),
    "a revision below zero": ({"revision": -1}, Refusal.WRONG_VALUE),
    "another way that there is not": ({"way": "carrier-pigeon"}, Refusal.WRONG_VALUE),
    "a secret": ({"secret": "geheim"}, Refusal.WRONG_VALUE),
    "no label": ({"label": ""}, Refusal.WRONG_VALUE),
    "a label that turns around": ({"label": "Instagram \u202emoc.elpmaxe"}, Refusal.WRONG_VALUE),
    "a fact with a strange name": ({"facts": {"Login Name": "x"}}, Refusal.WRONG_VALUE),
    "a fact that is no text": ({"facts": {"kind": 7}}, Refusal.WRONG_VALUE),
    "an id in capitals": ({"id": str(UUID(int=0xABC)).upper()}, Refusal.WRONG_VALUE),
    "the other one's id": ({"id": str(FACEBOOK.id)}, HandoverRefusal.DOUBLED_ITEM),
    "the other one's id as another kind": (
        {"id": str(FACEBOOK.id), "kind": "access"},
        HandoverRefusal.DOUBLED_ITEM,
    ),
}


@pytest.mark.parametrize("name", ITEM_CHANGES)
def test_a_statement_of_which_an_item_was_altered_is_refused(name: str):
    values, code = ITEM_CHANGES[name]
    items = json.loads(SEALING.text)["items"]
    content = json.loads(SEALING.text) | {"items": [items[0] | values, *items[1:]]}
    assert refused(canonical(content)) is code


@pytest.mark.parametrize("half", ['"\\ud83d"', "NaN", "Infinity", "1.0", "[{}]", "1e9"])
@pytest.mark.parametrize("place", ['"facts":{}', '"about":{}'])
def test_half_a_sign_and_what_is_no_number_is_refused_wherever_it_stands(half: str, place: str):
    plain = ERIKA.says(Act.RETURN, (INSTAGRAM,), {}).text.decode()
    code = refused(plain.replace(place, place.replace("{}", f'{{"a":{half}}}')).encode())
    assert code in {Refusal.NOT_CANONICAL, Refusal.WRONG_VALUE, Refusal.DAMAGED}


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ((), HandoverRefusal.NO_ITEMS),
        ((INSTAGRAM, FACEBOOK, INSTAGRAM), HandoverRefusal.DOUBLED_ITEM),
        (tuple(replace(INSTAGRAM, id=UUID(int=n)) for n in range(things.MOST_ITEMS + 1)), HandoverRefusal.TOO_LARGE),
        ((replace(INSTAGRAM, facts={"note": "x" * (things.LONGEST_FACT + 1)}),), Refusal.WRONG_VALUE),
        ((replace(INSTAGRAM, label=" \u200b "),), Refusal.WRONG_VALUE),
    ],
)
def test_what_nobody_could_read_is_not_made(items: tuple[Told, ...], code: RefusalCode):
    with pytest.raises(RefusedError) as refusal:
        ERIKA.says(Act.RETURN, items, {})
    assert refusal.value.code is code


def test_two_hundred_things_fit_and_more_text_than_that_does_not():
    many = [replace(FACEBOOK, id=UUID(int=number)) for number in range(things.MOST_ITEMS)]
    made = ERIKA.says(Act.RETURN, many, {})
    assert len(read_statement_file(made.file_text.encode()).items) == things.MOST_ITEMS
    wordy = [replace(one, facts={"note": "x" * 2_000}) for one in many]
    with pytest.raises(RefusedError) as refusal:
        ERIKA.says(Act.RETURN, wordy, {})
    assert refusal.value.code is Refusal.TOO_LARGE


def test_cards_and_statement_are_of_the_same_registry():
    elsewhere = Human(9, "Max Mustermann", OTHER_REGISTRY)
    with pytest.raises(RefusedError) as refusal:
        elsewhere.says(Act.RETURN, (INSTAGRAM,), {})
    assert refusal.value.code is HandoverRefusal.OTHER_REGISTRY
    with pytest.raises(RefusedError) as refusal:
        MAX.says(Act.REQUEST, (INSTAGRAM,), dict(ABOUTS[Act.REQUEST]) | {"cards": cards_text([elsewhere.card])})
    assert refusal.value.code is HandoverRefusal.OTHER_REGISTRY


FILES = {
    "empty": (b"", Refusal.NOT_OURS),
    "a card": (MAX.card.file_text.encode(), HandoverRefusal.OTHER_KIND),
    "another act than the first line says": (
        armored(Kind.HANDOVER_RECEIPT, SEALING.text).encode(),
        HandoverRefusal.OTHER_KIND,
    ),
    "cut": (SEALING.file_text.encode()[:-60], Refusal.DAMAGED),
    "two": (SEALING.file_text.encode() * 2, Refusal.SEVERAL),
    "a later act": (SEALING.file_text.replace("SEALING", "LULLABY").encode(), Refusal.NEWER_FORMAT),
    "huge": (SEALING.file_text.encode() + bytes(LARGEST), Refusal.TOO_LARGE),
    "a card in a huge mail": (MAX.card.file_text.encode() + bytes(LARGEST_WITH_CARDS), Refusal.TOO_LARGE),
    "a huge text": (armored(Kind.HANDOVER_SEALING, bytes(LARGEST_STATEMENT + 1)).encode(), Refusal.TOO_LARGE),
    "nested too deeply": (armored(Kind.HANDOVER_SEALING, b"[" * 200_000).encode(), Refusal.DAMAGED),
    "a number too long": (armored(Kind.HANDOVER_SEALING, b'{"a":' + b"9" * 9_999 + b"}").encode(), Refusal.DAMAGED),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_something_else_is_refused(name: str):
    text, code = FILES[name]
    with pytest.raises(RefusedError) as refusal:
        read_statement_file(text)
    assert refusal.value.code is code


def test_every_refusal_has_a_sentence_and_a_code_of_its_own(in_english):
    sentences = [_(code.sentence) for code in HandoverRefusal]
    assert all(sentence.endswith(".") and "!" not in sentence for sentence in sentences)
    assert len(set(sentences)) == len(sentences) == len({code.value for code in HandoverRefusal})
    assert RefusedError(HandoverRefusal.STRANGER).sentence == HandoverRefusal.STRANGER.sentence
