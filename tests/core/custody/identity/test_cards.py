"""Key cards as bytes: canonical, signed, strict; armored text that survives mail; the seed behind them."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.custody.identity import bech32 as writing
from core.custody.identity.armor import LARGEST, Kind, armored, unarmored
from core.custody.identity.canonical import canonical, clean_line
from core.custody.identity.cards import Card, Owner, in_groups, make_card, read_card
from core.custody.identity.keys import Keys, base64_of, is_signed, new_seed
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.custody.identity.statements import Said, make_statement, read_statement
from core.custody.secret import Secret
from core.i18n import _

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
REGISTRY = "8d7c9f3e-58b1-4c80-9a54-0d3a4ad7a001"
PERSON, STORE = UUID(int=7), UUID(int=9)
SEED = Secret(base64_of(bytes(range(32))))
KEYS = Keys(SEED)
OWNER = Owner(REGISTRY, PERSON, "Dr. Erika Müstermann", "rathaus-12", STORE)
CARD = make_card(OWNER, KEYS, NOW)
OTHER_KEYS = Keys(Secret(base64_of(bytes(32))))

BIP_173 = (
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "1" + "1" + "q" * 82 + "c8247j",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "?1ezyfcl",
)
"""The valid strings of BIP-173, in lower case."""


def refused(text: bytes) -> RefusalCode:
    with pytest.raises(RefusedError) as refusal:
        read_card(text)
    return refusal.value.code


def changed(**values: object) -> bytes:
    content = json.loads(CARD.text) | values
    return canonical({key: value for key, value in content.items() if value is not ...})


@pytest.mark.parametrize("valid", BIP_173)
def test_bech32_is_written_as_bip_173_says(valid: str):
    prefix, _one, rest = valid.rpartition("1")
    groups = [writing.ALPHABET.index(letter) for letter in rest[:-6]]
    assert writing.bech32_of_groups(prefix, groups) == valid


def test_age_reads_the_identity_and_its_public_half_is_the_one_of_the_same_bytes():
    import pyrage
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    raw = HKDF(SHA256(), 32, b"kanalregister/v1/identity", b"age X25519 identity").derive(bytes(range(32)))
    public = X25519PrivateKey.from_private_bytes(raw).public_key().public_bytes_raw()
    assert writing.bech32("age", public) == KEYS.recipient
    identity = pyrage.x25519.Identity.from_str(KEYS.age_identity().reveal())
    assert pyrage.decrypt(pyrage.encrypt(b"hello", [identity.to_public()]), [identity]) == b"hello"


def test_keys_follow_from_the_seed_and_are_different_for_each_purpose():
    assert (Keys(SEED).recipient, Keys(SEED).signing_key) == (KEYS.recipient, KEYS.signing_key)
    assert len({KEYS.signing_key, OTHER_KEYS.signing_key}) == len({KEYS.recipient, OTHER_KEYS.recipient}) == 2
    assert new_seed() != new_seed()


def test_private_halves_show_dots_and_are_not_written():
    shown = f"{KEYS!r} {KEYS} {KEYS.age_identity()!r} {[KEYS]}"
    assert "AGE-SECRET" not in shown
    assert SEED.reveal() not in shown
    with pytest.raises(TypeError):
        pickle.dumps(KEYS)
    with pytest.raises(ValueError, match="32 bytes") as short:
        Keys(Secret(base64_of(b"short")))
    assert "short" not in repr(short.value.args)


def test_a_card_is_read_as_it_was_written():
    assert read_card(CARD.text) == CARD
    assert CARD.text == canonical(json.loads(CARD.text))
    assert (CARD.name, CARD.device, CARD.previous, CARD.created) == ("Dr. Erika Müstermann", "rathaus-12", None, NOW)
    assert in_groups(CARD.fingerprint).split(" ") == [CARD.fingerprint[place : place + 4] for place in range(0, 64, 4)]
    assert len(CARD.text) < 1_200, "it must fit into a QR code"


visible = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60).filter(clean_line)


@given(seed=st.binary(min_size=32, max_size=32), name=visible, device=st.text(max_size=40), ids=st.uuids())
@settings(max_examples=60, deadline=None)
def test_every_card_that_is_made_is_read_again_also_through_mail(seed: bytes, name: str, device: str, ids: UUID):
    owner = Owner(str(ids), ids, name, device.encode("utf-8", "replace").decode(), ids)
    card = make_card(owner, Keys(Secret(base64_of(seed))), NOW)
    assert read_card(card.text) == card
    kind, content = unarmored(card.file_text.encode())
    assert (kind, read_card(content)) == (Kind.KEY_CARD, card)


@given(place=st.integers(0, len(CARD.text) - 1), byte=st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_no_byte_of_a_card_can_be_another(place: int, byte: int):
    forged = bytearray(CARD.text)
    if forged[place] != byte:
        forged[place] = byte
        with pytest.raises(RefusedError):
            read_card(bytes(forged))


@given(start=st.integers(0, len(CARD.text)), end=st.integers(0, len(CARD.text)), more=st.binary(max_size=20))
@settings(max_examples=200, deadline=None)
def test_nothing_can_be_cut_out_of_a_card_or_put_into_it(start: int, end: int, more: bytes):
    forged = CARD.text[: min(start, end)] + more + CARD.text[max(start, end) :]
    if forged != CARD.text:
        with pytest.raises(RefusedError):
            read_card(forged)


@given(place=st.integers(0, len(CARD.file_text) - 1), byte=st.integers(0, 255))
@settings(max_examples=300, deadline=None)
def test_a_byte_changed_on_the_way_by_mail_gives_the_same_card_or_none(place: int, byte: int):
    sent = bytearray(CARD.file_text.encode())
    sent[place] = byte
    try:
        _kind, content = unarmored(bytes(sent))
        assert read_card(content) == CARD
    except RefusedError:
        pass


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_whatever_is_no_card_is_refused_and_nothing_else_happens(junk: bytes):
    for read in (read_card, unarmored, lambda text: unarmored(armored(Kind.KEY_CARD, b"x").encode() + text * 2)):
        try:
            read(junk)
        except RefusedError:
            continue


LATER = canonical(json.loads(CARD.text) | {"created": "2026-11-24T09:30:00Z"})
REFUSED = {
    "too large": (CARD.text + b" " * 4_096, Refusal.TOO_LARGE),
    "no JSON": (CARD.text[:-1], Refusal.DAMAGED),
    "a list": (b"[]", Refusal.DAMAGED),
    "a key twice": (CARD.text[:-1] + b',"kind":"key-card"}', Refusal.DAMAGED),
    "a fraction": (CARD.text.replace(b'"format":1', b'"format":1.0'), Refusal.DAMAGED),
    "no UTF-8": (CARD.text.replace("ü".encode(), b"\xfc"), Refusal.DAMAGED),
    "deep": (b'{"a":' * 500 + b"1" + b"}" * 500, Refusal.OTHER_KIND),
    "white space": (CARD.text.replace(b":1,", b": 1,"), Refusal.NOT_CANONICAL),
    "escapes": (
        json.dumps(json.loads(CARD.text), sort_keys=True, separators=(",", ":")).encode(),
        Refusal.NOT_CANONICAL,
    ),
    "not in NFC": (CARD.text.replace("ü".encode(), "u\u0308".encode()), Refusal.WRONG_VALUE),
    "a statement": (make_statement(Said.REVOKED, CARD, CARD, KEYS, NOW).text, Refusal.OTHER_KIND),
    "a newer format": (changed(format=2), Refusal.NEWER_FORMAT),
    "true for 1": (changed(format=True), Refusal.WRONG_VALUE),
    "an older format": (changed(format=0), Refusal.WRONG_VALUE),
    "an unknown key": (changed(admin="yes"), Refusal.UNKNOWN_KEYS),
    "a missing key": (changed(device=...), Refusal.MISSING_KEYS),
    "a number as name": (changed(name=7), Refusal.WRONG_VALUE),
    "no name": (changed(name=""), Refusal.WRONG_VALUE),
    "a name that turns the line": (changed(name="Erika \u202enamretsuM"), Refusal.WRONG_VALUE),
    "half a letter": (CARD.text.replace("ü".encode(), b"\\ud800"), Refusal.WRONG_VALUE),
    "a long name": (changed(name="x" * 201), Refusal.WRONG_VALUE),
    "another way to write an id": (changed(store=STORE.hex), Refusal.WRONG_VALUE),
    "a slip in the public key": (changed(recipient=CARD.recipient[:-1] + "q"), Refusal.WRONG_VALUE),
    "a short key": (changed(signing_key="AAAA"), Refusal.WRONG_VALUE),
    "a local time": (changed(created="2026-11-23T09:30:00+01:00"), Refusal.WRONG_VALUE),
    "another name": (changed(name="Max Mustermann"), Refusal.BAD_SIGNATURE),
    "another key": (changed(recipient=OTHER_KEYS.recipient), Refusal.BAD_SIGNATURE),
    "another registry": (changed(registry=str(UUID(int=1))), Refusal.BAD_SIGNATURE),
    "another day": (LATER, Refusal.BAD_SIGNATURE),
    "a predecessor out of the air": (changed(previous="0" * 64), Refusal.BAD_SIGNATURE),
}


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED.keys())
def test_each_cause_has_its_code(text: bytes, code: Refusal):
    assert refused(text) is code


def test_each_code_has_a_sentence_of_its_own():
    sentences = [_(code.sentence) for code in Refusal]
    assert len(set(sentences)) == len(Refusal)
    assert all(sentence.endswith(".") for sentence in sentences)


def test_a_renewed_card_is_signed_by_the_older_key_too():
    renewed = make_card(OWNER, OTHER_KEYS, NOW + timedelta(days=1), before=(CARD, KEYS))
    assert read_card(renewed.text) == renewed
    assert renewed.replaces(CARD)
    assert not CARD.replaces(renewed)
    stranger = make_card(OWNER, OTHER_KEYS, NOW, before=(CARD, OTHER_KEYS))
    assert not read_card(stranger.text).replaces(CARD), "who has not the older key cannot end the older card"
    assert refused(replace(renewed, succession=stranger.succession).text) is Refusal.BAD_SIGNATURE
    elsewhere = make_card(replace(OWNER, person=UUID(int=8)), OTHER_KEYS, NOW, before=(CARD, KEYS))
    assert not elsewhere.replaces(CARD)


def test_a_signature_for_one_thing_is_none_for_another():
    statement = make_statement(Said.REVOKED, CARD, CARD, KEYS, NOW)
    assert read_statement(statement.text, Said.REVOKED).signed_by(CARD)
    assert not replace(statement, said=Said.CERTIFIED).signed_by(CARD)
    assert not replace(CARD, signature=statement.signature).signed(b"", statement.signature)
    assert not is_signed(b"", "no base64!", "nor this!")
    with pytest.raises(RefusedError) as other:
        read_statement(statement.text, Said.CERTIFIED)
    assert other.value.code is Refusal.OTHER_KIND


def test_a_statement_about_another_card_than_it_names_is_refused():
    statement = make_statement(Said.CERTIFIED, CARD, CARD, KEYS, NOW)
    content = json.loads(statement.text)
    for key, value in {"fingerprint": "0" * 64, "person": str(UUID(int=1)), "registry": str(UUID(int=2))}.items():
        with pytest.raises(RefusedError) as refusal:
            read_statement(canonical(content | {key: value}), Said.CERTIFIED)
        assert refusal.value.code is Refusal.WRONG_VALUE


MAILED = {
    "CRLF": CARD.file_text.replace("\n", "\r\n"),
    "quoted": "Hallo,\n\n" + "".join(f"> {line}\n" for line in CARD.file_text.splitlines()) + "\nGruß\n-- \nErika",
    "indented": "\n".join(f"   \t{line}  " for line in CARD.file_text.splitlines()),
    "one line": CARD.file_text.replace("\n", " "),
    "a mark at the start": "\ufeff" + CARD.file_text,
}


@pytest.mark.parametrize("mail", MAILED.values(), ids=MAILED.keys())
def test_a_card_survives_mail(mail: str):
    assert read_card(unarmored(mail.encode())[1]) == CARD


def test_a_card_survives_mail_that_was_saved_as_it_came_or_by_an_editor():
    import quopri

    for name in ("x", "xy", "xyz"):  # With no, one and two signs of padding.
        card: Card = make_card(replace(OWNER, device=name), KEYS, NOW)
        coded = quopri.encodestring(f"Grüße\n{card.file_text}".encode())
        assert read_card(unarmored(coded)[1]) == card
        assert read_card(unarmored(card.file_text.encode("utf-16"))[1]) == card


UNARMORED = {
    "nothing": (b"", Refusal.NOT_OURS),
    "a spreadsheet": (b"PK\x03\x04" + bytes(100), Refusal.NOT_OURS),
    "cut": (CARD.file_text[:200].encode(), Refusal.DAMAGED),
    "two": (CARD.file_text.encode() * 2, Refusal.SEVERAL),
    "huge": (CARD.file_text.encode() + bytes(LARGEST), Refusal.TOO_LARGE),
    "a kind to come": (CARD.file_text.replace("KEY CARD", "LETTER").encode(), Refusal.NEWER_FORMAT),
    "empty": (armored(Kind.KEY_CARD, b"").encode(), Refusal.DAMAGED),
    "no base64": (CARD.file_text.replace("e", "ä").encode(), Refusal.DAMAGED),
}


@pytest.mark.parametrize(("text", "code"), UNARMORED.values(), ids=UNARMORED.keys())
def test_what_is_no_armored_text_is_refused(text: bytes, code: Refusal):
    with pytest.raises(RefusedError) as refusal:
        unarmored(text)
    assert refusal.value.code is code
