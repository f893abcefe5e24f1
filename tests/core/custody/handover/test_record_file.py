"""The file of a handover record: read as it was made, strictly; whatever is changed in it is found."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import core.custody.handover.record
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.handover.formats.statements import Signer, read_statement
from core.custody.handover.record.record import Record
from core.custody.handover.record.record_file import (
    LARGEST_RECORD,
    MOST_STATEMENTS,
    RefusedPartError,
    make_record_file,
    read_record,
    read_record_file,
)
from core.custody.handover.record.record_known import Known
from core.custody.handover.record.verifying_record import NO_RECORD, Verified, verify_record
from core.custody.identity.armor import LARGEST_WITH_STATEMENTS, Kind, armored, unarmored
from core.custody.identity.canonical import canonical
from core.custody.identity.keys import Keys
from core.custody.identity.refusals import Refusal, RefusalCode, RefusedError
from core.custody.secret import Secret
from core.custody.vault import Vault
from tests import sources
from tests.core.custody.handover.parties import ERIKA, LISA, MAX
from tests.core.custody.handover.records import MAKER, Talk, known, record_file, whole

HERE = Path(core.custody.handover.record.__file__).parent


@cache
def text() -> bytes:
    return record_file().text


@cache
def file() -> bytes:
    return record_file().file_text.encode()


def refused(record: bytes) -> RefusalCode:
    with pytest.raises(RefusedError) as refusal:
        read_record(record)
    return refusal.value.code


def changed(**values: object) -> bytes:
    content = json.loads(text()) | values
    return canonical({key: value for key, value in content.items() if value is not ...})


def test_a_record_is_read_as_it_was_made_from_its_text_and_from_a_mail():
    made = record_file()
    assert read_record(made.text) == made
    assert read_record_file(b"Guten Tag,\r\n\r\n" + made.file_text.replace("\n", "\r\n> ").encode()) == made
    assert made.file_text.splitlines()[0] == "-----BEGIN KANALREGISTER HANDOVER RECORD-----"
    assert made.statements == tuple(whole().statements)
    assert made.known.people[ERIKA.id] == "Erika Mustermann"
    assert [one.card for one in made.known.certificates] == [MAX.card]


def test_the_same_statements_in_any_order_and_number_make_the_same_record():
    talk = whole()
    again = Talk([*reversed(talk.statements), *talk.statements], talk.now)
    assert record_file(again).text == record_file(talk).text
    certificates = known().certificates
    assert record_file(certificates=certificates * 2).text == record_file().text


def test_every_statement_of_a_record_stands_in_it_word_for_word():
    content = json.loads(text())
    assert [read_statement(canonical(one)) for one in content["statements"]] == whole().statements


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(text()) - 1), mask=st.integers(1, 255))
@example(place=0, mask=1)
@example(place=len(text()) - 1, mask=0x20)
def test_every_byte_of_a_record_that_is_changed_is_found_with_a_code_and_a_sentence(place: int, mask: int):
    spoiled = bytearray(text())
    spoiled[place] ^= mask
    checked = _checked(armored(Kind.HANDOVER_RECORD, bytes(spoiled)).encode())
    if isinstance(checked, RefusalCode):
        assert checked in NO_RECORD
        assert checked.sentence
    else:
        assert checked.record is None
        assert checked.found[0].sentence


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(file()) - 1), mask=st.integers(1, 255))
def test_every_byte_of_a_file_that_is_changed_is_found_unless_the_record_is_still_the_same(place: int, mask: int):
    spoiled = bytearray(file())
    spoiled[place] ^= mask
    checked = _checked(bytes(spoiled))
    if isinstance(checked, Verified) and checked.is_fine:
        assert unarmored(bytes(spoiled)) == (Kind.HANDOVER_RECORD, text())  # Only white space or a ">" before a line.


@settings(max_examples=60, deadline=None)
@given(length=st.integers(0, len(text()) - 1))
def test_a_record_that_was_cut_is_found(length: int):
    checked = _checked(armored(Kind.HANDOVER_RECORD, text()[:length] or b"x").encode())
    assert isinstance(checked, Verified)
    assert checked.found[0].code is Refusal.DAMAGED


def _checked(record: bytes) -> Verified | RefusalCode:
    try:
        return verify_record(record)
    except RefusedError as error:
        return error.code


STATEMENTS = json.loads(text())["statements"]
CHANGES: dict[str, tuple[dict[str, Any], RefusalCode]] = {
    "another kind": ({"kind": "handover-statement"}, Refusal.OTHER_KIND),
    "a newer format": ({"format": 2}, Refusal.NEWER_FORMAT),
    "a key too many": ({"password": "geheim"}, Refusal.UNKNOWN_KEYS),
    "a key too few": ({"unreadable": ...}, Refusal.MISSING_KEYS),
    "no statement": ({"statements": []}, Refusal.WRONG_VALUE),
    "a statement left out": ({"statements": STATEMENTS[:-1]}, Refusal.BAD_SIGNATURE),
    "a statement twice": ({"statements": [*STATEMENTS, STATEMENTS[-1]]}, Refusal.BAD_SIGNATURE),
    "statements in another order": ({"statements": STATEMENTS[::-1]}, Refusal.BAD_SIGNATURE),
    "a text in place of a statement": ({"statements": ["x"]}, Refusal.WRONG_VALUE),
    "too many statements": ({"statements": [{}] * (MOST_STATEMENTS + 1)}, Refusal.WRONG_VALUE),
    "a statement that is none": ({"statements": [{}]}, Refusal.OTHER_KIND),
    "another city": ({"city": "Stadt Beispiel"}, Refusal.BAD_SIGNATURE),
    "another head of press": ({"head_of_press": str(ERIKA.id)}, Refusal.BAD_SIGNATURE),
    "nothing verified": ({"checked": []}, Refusal.BAD_SIGNATURE),
    "verified in another way": ({"checked": [{"card": "0f" * 32, "how": "trust", "on": None}]}, Refusal.WRONG_VALUE),
    "no certificate": ({"certificates": []}, Refusal.BAD_SIGNATURE),
    "a card as a certificate": ({"certificates": [json.loads(MAX.card.text)]}, Refusal.OTHER_KIND),
    "somebody else's card": ({"by": json.loads(LISA.card.text)}, Refusal.BAD_SIGNATURE),
    "an earlier instant": ({"made_at": "2026-11-01T09:30:00Z"}, Refusal.BAD_SIGNATURE),
    "another head of the log": ({"head": "00" * 32}, Refusal.BAD_SIGNATURE),
    "another handover": ({"handover": str(MAX.id)}, Refusal.BAD_SIGNATURE),
    "no number": ({"unreadable": -1}, Refusal.WRONG_VALUE),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_record_that_was_altered_is_refused(name: str):
    values, code = CHANGES[name]
    assert refused(changed(**values)) is code


def test_the_place_of_a_forged_statement_is_named():
    forged = [*STATEMENTS]
    forged[2] = forged[2] | {"made_at": "2026-11-22T09:30:00Z"}
    with pytest.raises(RefusedPartError) as refusal:
        read_record(changed(statements=forged))
    assert (refusal.value.place, refusal.value.code) == (3, Refusal.BAD_SIGNATURE)


@pytest.mark.parametrize(
    "hostile", ['{"x":NaN}', '{"x":"\\ud800"}', '{"x":' + "[" * 400 + "]" * 400 + "}", '{"x":1e9}']
)
def test_what_cannot_be_written_is_refused_wherever_it_stands(hostile: str):
    content = json.loads(text())
    for key in ("by", "about"):
        spoiled = content | {"by": "@"} if key == "by" else content
        if key == "about":
            spoiled = content | {"statements": [content["statements"][0] | {"about": "@"}]}
        raw = json.dumps(spoiled, sort_keys=True, separators=(",", ":"), ensure_ascii=False).replace('"@"', hostile)
        assert refused(raw.encode()) in {Refusal.WRONG_VALUE, Refusal.DAMAGED, Refusal.OTHER_KIND}
    statement = json.dumps(content["statements"][0] | {"about": "@"}, sort_keys=True, separators=(",", ":"))
    with pytest.raises(RefusedError):
        read_statement(statement.replace('"@"', hostile).encode())


FILES = {
    "empty": (b"", Refusal.NOT_OURS),
    "a card": (MAX.card.file_text.encode(), HandoverRefusal.OTHER_KIND),
    "a statement": (whole().statements[0].file_text.encode(), HandoverRefusal.OTHER_KIND),
    "two": (file() * 2, Refusal.SEVERAL),
    "cut": (file()[:-80], Refusal.DAMAGED),
    "huge": (file() + bytes(LARGEST_WITH_STATEMENTS), Refusal.TOO_LARGE),
    "a huge text": (armored(Kind.HANDOVER_RECORD, bytes(LARGEST_RECORD + 1)).encode(), Refusal.TOO_LARGE),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_something_else_is_refused(name: str):
    content, code = FILES[name]
    with pytest.raises(RefusedError) as refusal:
        read_record_file(content)
    assert refusal.value.code is code


def test_there_is_no_record_of_nothing():
    with pytest.raises(RefusedError) as refusal:
        make_record_file([], Known(), Signer(MAKER.card, MAKER.keys, 1, "", whole().now))
    assert refusal.value.code is HandoverRefusal.UNKNOWN_HANDOVER


def test_a_statement_that_begins_a_line_with_an_accent_is_kept_word_for_word():
    talk = whole()
    told = replace(talk.statements[0].items[1], facts={"note": "erste\n\u0303zweite"})
    talk.now += timedelta(hours=1)
    added = talk.ask([told])
    assert record_file(talk).statements[-1] == added


def test_a_record_has_no_room_for_a_secret():
    """No value in it can be a secret, a key or a keyring, and nothing that makes, reads or tells it knows of one."""
    seen = set(_kinds_in(Record) | _kinds_in(Verified))
    assert Record in seen
    assert not seen & {Secret, Keys, Vault}
    for module in sorted(HERE.glob("*.py")):
        names = sources.imported(module)
        assert not [name for name in names if "secret" in name.lower() or ".vault" in name or ".holding" in name]
    keys = {key for one in json.loads(text())["statements"] for key in one}
    assert keys == {"kind", "format", "act", "registry", "handover", "giver", "taker", "by", "number", "made_at"} | {
        "head",
        "items",
        "about",
        "signature",
    }


def _kinds_in(kind: Any, seen: frozenset[Any] = frozenset()) -> frozenset[Any]:
    """Return every type that a value of a type can hold, however deep."""
    if kind in seen:
        return seen
    seen |= {kind}
    inner = list(get_args(kind))
    if dataclasses.is_dataclass(kind):
        inner += get_type_hints(kind).values()
    for one in inner:
        seen = _kinds_in(one, seen)
    return seen
