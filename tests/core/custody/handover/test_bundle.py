"""Sealed bundles: what goes in comes out for the right key, and every attack on the file has a refusal of its own."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.custody.handover.formats.abouts import fingerprints_text
from core.custody.handover.formats.age_armor import LARGEST_FILE, armored_age, unarmored_age
from core.custody.handover.formats.bundle import (
    LONGEST_SECRET,
    PADDED_TO,
    _exact,
    bundle_digest,
    make_bundle,
    open_bundle,
    read_bundle_file,
)
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Statement
from core.custody.identity.canonical import canonical
from core.custody.identity.keys import Keys
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.custody.secret import Secret
from core.errors import UnusableFileError
from core.model.choices import Act
from tests.core.custody.handover import parties
from tests.core.custody.handover.parties import ABOUTS, ERIKA, FACEBOOK, INSTAGRAM, LISA, MAX, Human
from tests.parts.missing import needed_program

SECRETS = {INSTAGRAM.id: Secret("Möwe 🔑 17"), FACEBOOK.id: Secret("correct horse\nbattery staple")}
SEALING = parties.sealing()
BUNDLE = make_bundle(SEALING, SECRETS, ERIKA.keys, [MAX.card])
AGE_FILE = unarmored_age(BUNDLE)


def refused(data: bytes, keys: Keys = MAX.keys) -> RefusalCode:
    with pytest.raises(RefusedError) as refusal:
        open_bundle(data, keys)
    return refusal.value.code


def plain_of(bundle: bytes, keys: Keys = MAX.keys) -> bytes:
    identity = pyrage.x25519.Identity.from_str(keys.age_identity().reveal())
    return bytes(pyrage.decrypt(unarmored_age(bundle), [identity]))


def sealed(plain: bytes, *to: Human) -> bytes:
    recipients = [pyrage.x25519.Recipient.from_str(one.card.recipient) for one in to or (MAX,)]
    return armored_age(bytes(pyrage.encrypt(plain, recipients)))


def padded(text: bytes) -> bytes:
    return text + b" " * (-len(text) % PADDED_TO)


def changed(**values: object) -> bytes:
    """A bundle with other contents, signed as before."""
    content = json.loads(plain_of(BUNDLE)) | values
    return sealed(padded(_exact({key: value for key, value in content.items() if value is not ...})))


def signed_by(human: Human, sealing: Statement | str, **values: Any) -> bytes:
    """A bundle with any contents that somebody signed, whatever they may say."""
    content: dict[str, Any] = {
        "kind": "handover-bundle",
        "format": 1,
        "sealing": sealing if isinstance(sealing, str) else sealing.text.decode(),
        "values": {str(id): secret.reveal() for id, secret in SECRETS.items()},
    } | values
    signature = human.keys.sign(b"kanalregister/v1/handover-bundle\0" + _exact(content))
    return sealed(padded(_exact(content | {"signature": signature})))


def test_what_was_sealed_comes_out_with_the_statement_of_who_sealed_it():
    opened = open_bundle(BUNDLE, MAX.keys)
    assert (opened.sealing, opened.values) == (SEALING, SECRETS)
    assert opened.digest == bundle_digest(BUNDLE)
    assert opened.sealing.to == (MAX.card.fingerprint,)
    assert "Möwe" not in repr(opened)


@settings(max_examples=30)
@given(
    values=st.dictionaries(st.uuids(), st.text(st.characters(codec="utf-8"), min_size=1, max_size=200), min_size=1),
    second=st.booleans(),
)
def test_every_secret_comes_out_letter_by_letter(values: dict[UUID, str], second: bool):
    items = [replace(INSTAGRAM, id=id) for id in values]
    cards = [MAX.card, LISA.card] if second else [MAX.card]
    about = dict(ABOUTS[Act.SEALING]) | {"to": fingerprints_text(cards)}
    secrets = {id: Secret(text) for id, text in values.items()}
    bundle = make_bundle(ERIKA.says(Act.SEALING, items, about), secrets, ERIKA.keys, cards)
    assert {id: one.reveal() for id, one in open_bundle(bundle, MAX.keys).values.items()} == values
    if second:
        assert open_bundle(bundle, LISA.keys).values == secrets
    else:
        assert refused(bundle, LISA.keys) is HandoverRefusal.NOT_FOR_YOU


def test_the_length_tells_little_and_the_statement_holds_no_secret():
    short = make_bundle(SEALING, dict.fromkeys(SECRETS, Secret("x")), ERIKA.keys, [MAX.card])
    assert len(plain_of(short)) == len(plain_of(BUNDLE)) == PADDED_TO
    assert not any(secret.reveal() in SEALING.text.decode() for secret in SECRETS.values())


def test_the_age_command_opens_the_file_as_it_is(tmp_path: Path):
    key, file = tmp_path / "key.txt", tmp_path / "login.uebergabe"
    key.write_text(MAX.keys.age_identity().reveal())
    file.write_bytes(BUNDLE)
    command = [needed_program("age"), "--decrypt", "--identity", str(key), str(file)]
    plain = subprocess.run(command, capture_output=True, check=True).stdout
    assert json.loads(plain)["values"] == {str(id): secret.reveal() for id, secret in SECRETS.items()}


def test_a_stranger_with_the_public_key_can_seal_but_not_sign():
    assert refused(sealed(padded(b'{"password":"1234"}'))) is Refusal.OTHER_KIND
    assert refused(signed_by(LISA, parties.sealing(by=LISA))) is HandoverRefusal.STRANGER
    assert refused(signed_by(LISA, SEALING)) is HandoverRefusal.STRANGER
    other = {str(id): "known to Lisa" for id in SECRETS}
    assert refused(changed(values=other)) is HandoverRefusal.STRANGER
    impostor = replace(LISA.card, name=ERIKA.card.name).text.decode()
    forged = canonical(json.loads(SEALING.text) | {"by": impostor}).decode()
    assert refused(signed_by(LISA, forged)) is Refusal.BAD_SIGNATURE


def test_a_payload_wrapped_anew_for_somebody_else_still_says_for_whom_it_was():
    opened = open_bundle(sealed(plain_of(BUNDLE), LISA), LISA.keys)
    assert opened.sealing.to == (MAX.card.fingerprint,)
    assert opened.digest != bundle_digest(BUNDLE)


def test_a_bundle_for_somebody_else_stays_closed():
    assert refused(BUNDLE, LISA.keys) is HandoverRefusal.NOT_FOR_YOU


CONTENTS: dict[str, tuple[Callable[[], bytes], RefusalCode]] = {
    "no padding": (lambda: sealed(plain_of(BUNDLE).rstrip()), Refusal.NOT_CANONICAL),
    "too much padding": (lambda: sealed(plain_of(BUNDLE) + b" " * PADDED_TO), Refusal.NOT_CANONICAL),
    "other padding": (lambda: sealed(plain_of(BUNDLE)[:-1] + b"\n"), Refusal.NOT_CANONICAL),
    "nothing": (lambda: sealed(b""), Refusal.DAMAGED),
    "blanks": (lambda: sealed(b" " * PADDED_TO), Refusal.NOT_CANONICAL),
    "no JSON": (lambda: sealed(padded(b"PK\x03\x04")), Refusal.DAMAGED),
    "another kind": (lambda: changed(kind="handover-statement"), Refusal.OTHER_KIND),
    "a newer format": (lambda: changed(format=2), Refusal.NEWER_FORMAT),
    "a key too many": (lambda: changed(note="x"), Refusal.UNKNOWN_KEYS),
    "a key too few": (lambda: changed(sealing=...), Refusal.MISSING_KEYS),
    "no values": (lambda: signed_by(ERIKA, SEALING, values={}), Refusal.WRONG_VALUE),
    "a value too few": (lambda: signed_by(ERIKA, SEALING, values={str(INSTAGRAM.id): "x"}), Refusal.WRONG_VALUE),
    "an empty value": (
        lambda: signed_by(ERIKA, SEALING, values=dict.fromkeys(map(str, SECRETS), "")),
        Refusal.WRONG_VALUE,
    ),
    "values that are no texts": (
        lambda: signed_by(ERIKA, SEALING, values=dict.fromkeys(map(str, SECRETS), 7)),
        Refusal.WRONG_VALUE,
    ),
    "another statement": (
        lambda: signed_by(ERIKA, ERIKA.says(Act.RETURN, SEALING.items, {})),
        HandoverRefusal.OTHER_KIND,
    ),
    "half a sign for a statement": (lambda: signed_by(ERIKA, "\ud83d"), Refusal.DAMAGED),
    "a statement with a signature that does not fit": (
        lambda: signed_by(ERIKA, replace(SEALING, number=99).text.decode()),
        Refusal.BAD_SIGNATURE,
    ),
    "a statement of nothing": (
        lambda: signed_by(ERIKA, replace(SEALING, items=()).text.decode()),
        HandoverRefusal.NO_ITEMS,
    ),
    "a statement that names a login twice": (
        lambda: signed_by(ERIKA, replace(SEALING, items=(INSTAGRAM, INSTAGRAM)).text.decode()),
        HandoverRefusal.DOUBLED_ITEM,
    ),
    "a statement of another registry": (
        lambda: signed_by(ERIKA, replace(SEALING, registry=parties.OTHER_REGISTRY).text.decode()),
        Refusal.BAD_SIGNATURE,
    ),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_what_a_giver_would_never_write_is_refused(name: str):
    bundle, code = CONTENTS[name]
    assert refused(bundle()) is code


FILES: dict[str, tuple[bytes, RefusalCode]] = {
    "empty": (b"", HandoverRefusal.OTHER_KIND),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(900), HandoverRefusal.OTHER_KIND),
    "a workbook": (b"PK\x03\x04" + bytes(900), HandoverRefusal.OTHER_KIND),
    "a key card": (MAX.card.file_text.encode(), HandoverRefusal.OTHER_KIND),
    "a statement": (SEALING.file_text.encode(), HandoverRefusal.OTHER_KIND),
    "binary age": (AGE_FILE, HandoverRefusal.OTHER_KIND),
    "a message of PGP": (BUNDLE.replace(b"AGE ENCRYPTED FILE", b"PGP MESSAGE"), HandoverRefusal.OTHER_KIND),
    "two": (BUNDLE + BUNDLE, HandoverRefusal.SEVERAL),
    "cut": (BUNDLE[: len(BUNDLE) // 2], HandoverRefusal.TRUNCATED),
    "cut, with an end": (BUNDLE[:3_000] + BUNDLE[-36:], Refusal.DAMAGED),
    "cut in its header": (armored_age(AGE_FILE[:100]), HandoverRefusal.BAD_AGE_HEADER),
    "cut after its header": (armored_age(AGE_FILE[: AGE_FILE.index(b"---") + 60]), HandoverRefusal.TRUNCATED),
    "cut in its payload": (armored_age(AGE_FILE[:-9]), HandoverRefusal.DAMAGED),
    "a byte too many": (armored_age(AGE_FILE + b"x"), HandoverRefusal.DAMAGED),
    "a byte changed": (armored_age(AGE_FILE[:-1] + bytes([AGE_FILE[-1] ^ 1])), HandoverRefusal.DAMAGED),
    "a line lost": (b"\n".join(line for at, line in enumerate(BUNDLE.split(b"\n")) if at != 30), Refusal.DAMAGED),
    "its first line lost": (BUNDLE[:35] + BUNDLE[100:], HandoverRefusal.BAD_AGE_HEADER),
    "too large": (BUNDLE + b"\n" * LARGEST_FILE, HandoverRefusal.TOO_LARGE),
}


@pytest.mark.parametrize("name", FILES)
def test_another_file_or_a_damaged_one_is_refused(name: str):
    data, code = FILES[name]
    assert refused(data) == code


def test_of_a_file_that_is_too_large_only_the_size_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    huge = tmp_path / "huge.uebergabe"
    huge.touch()
    os.truncate(huge, 2 * 1024**3)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("it was opened"))
    with pytest.raises(RefusedError) as refusal:
        read_bundle_file(huge)
    assert refusal.value.code is HandoverRefusal.TOO_LARGE


def test_a_file_is_read_and_what_is_none_is_named(tmp_path: Path, in_english):
    file = tmp_path / "login.uebergabe"
    file.write_bytes(BUNDLE)
    assert read_bundle_file(file) == BUNDLE
    os.mkfifo(tmp_path / "pipe")
    for name, why in {"pipe": "is no file", ".": "is no file", "gone": "cannot be read"}.items():
        with pytest.raises(UnusableFileError, match=why):
            read_bundle_file(tmp_path / name)


def test_parts_that_do_not_belong_together_make_no_bundle():
    with pytest.raises(ValueError, match="own sealing"):
        make_bundle(SEALING, SECRETS, MAX.keys, [MAX.card])
    with pytest.raises(ValueError, match="own sealing"):
        make_bundle(ERIKA.says(Act.RETURN, SEALING.items, {}), SECRETS, ERIKA.keys, [MAX.card])
    with pytest.raises(ValueError, match="only the giver"):
        make_bundle(parties.sealing(by=LISA), SECRETS, LISA.keys, [MAX.card])
    with pytest.raises(ValueError, match="other cards"):
        make_bundle(SEALING, SECRETS, ERIKA.keys, [LISA.card])
    with pytest.raises(ValueError, match="one secret"):
        make_bundle(SEALING, {INSTAGRAM.id: Secret("x")}, ERIKA.keys, [MAX.card])
    with pytest.raises(ValueError, match="one secret"):
        make_bundle(SEALING, dict.fromkeys(SECRETS, Secret("")), ERIKA.keys, [MAX.card])


def test_a_full_bundle_survives_mail_and_a_fuller_one_is_not_made():
    items = [replace(FACEBOOK, id=UUID(int=number)) for number in range(1, 201)]
    sealing = parties.sealing(items=items)
    full = make_bundle(sealing, {one.id: Secret("x" * 2_000) for one in items}, ERIKA.keys, [MAX.card])
    quoted = b"".join(b"> " + line + b"\r\n" for line in full.splitlines())
    assert len(open_bundle(quoted, MAX.keys).values) == 200
    for length in (2_700, LONGEST_SECRET + 1):
        with pytest.raises(RefusedError) as refusal:
            make_bundle(sealing, {one.id: Secret("x" * length) for one in items}, ERIKA.keys, [MAX.card])
        assert refusal.value.code is HandoverRefusal.TOO_LARGE
