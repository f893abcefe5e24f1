"""One-time codes against the vectors of RFC 6238, and what is typed in their place."""

from __future__ import annotations

import base64
from contextlib import suppress
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.custody.one_time_codes import code_at, one_time_codes
from core.custody.secret import Secret
from core.errors import BadInputError

KEYS = {
    "SHA1": b"12345678901234567890",
    "SHA256": b"12345678901234567890123456789012",
    "SHA512": b"1234567890123456789012345678901234567890123456789012345678901234",
}
VECTORS = [
    (59, "94287082", "46119246", "90693936"),
    (1111111109, "07081804", "68084774", "25091201"),
    (1111111111, "14050471", "67062674", "99943326"),
    (1234567890, "89005924", "91819424", "93441116"),
    (2000000000, "69279037", "90698825", "38618901"),
    (20000000000, "65353130", "77737706", "47863826"),
]
KEY = base64.b32encode(KEYS["SHA1"]).decode()


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@pytest.mark.parametrize("algorithm", KEYS)
@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_rfc_6238(algorithm: str, vector: tuple[int, str, str, str]):
    seconds, *codes = vector
    key = base64.b32encode(KEYS[algorithm]).decode().rstrip("=")
    address = Secret(f"otpauth://totp/x?secret={key}&algorithm={algorithm}&digits=8&period=30")
    assert code_at(address, at(seconds)) == (codes[list(KEYS).index(algorithm)], 30 - seconds % 30)


@pytest.mark.parametrize(
    "typed", [KEY, KEY.lower(), f" {KEY[:4]} {KEY[4:10]}-{KEY[10:]} ", KEY + "==", f"otpauth://totp/x?secret={KEY}"]
)
def test_a_key_may_be_typed_as_platforms_show_it(typed: str):
    assert code_at(Secret(typed), at(59)) == ("287082", 1)


def test_a_short_key_works_as_platforms_give_it_out():
    """Eighty bits, which many platforms give out; the code was computed apart from the library (RFC 4226)."""
    assert code_at(Secret("JBSW Y3DP EHPK 3PXP"), at(59)) == ("996554", 1)


def test_an_address_says_all_there_is():
    address = (
        f"OTPAUTH://TOTP/Musterstadt:presse%40stadt.example?SECRET={KEY}&issuer=B%C3%BCro&period=60&algorithm=sha-256"
    )
    codes = one_time_codes(Secret(address))
    assert (codes.issuer, codes.account) == ("Büro", "presse@stadt.example")
    assert (codes.algorithm, codes.digits, codes.period) == ("SHA256", 6, 60)
    assert codes.code_at(at(61))[1] == 59
    assert KEY not in repr(codes)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "empty"),
        (" - ", "empty"),
        ("JBSWY3DPEHPK3PX0", "letters A to Z and the digits 2 to 7"),
        ("Jäger", "letters A to Z"),
        ("JBSWY3DPE", "not whole"),
        ("otpauth://hotp/x?secret=JBSWY3DP&counter=1", "not for codes by the time"),
        ("otpauth://totp/x", "holds no key"),
        ("otpauth://totp/x?secret=", "holds no key"),
        ("otpauth://totp/x?secret=JBSWY3DP&algorithm=MD5", "SHA1, SHA256, SHA512"),
        ("otpauth://totp/x?secret=JBSWY3DP&digits=4", "6 to 8 digits, not 4"),
        ("otpauth://totp/x?secret=JBSWY3DP&digits=six", "6 to 8 digits, not six"),
        ("otpauth://totp/x?secret=JBSWY3DP&period=0", "5 to 120 seconds, not 0"),
        ("otpauth://[totp/x?secret=JBSWY3DP", "cannot be read"),
        ("https://musterstadt.example/", "letters A to Z"),
    ],
)
def test_what_is_no_key_is_said(typed: str, told: str, in_english):
    with pytest.raises(BadInputError, match=told) as caught:
        code_at(Secret(typed), at(59))
    assert "JBSWY3DP" not in caught.value.sentence
    assert caught.value.__cause__ is None


@given(st.text())
def test_any_text_is_a_key_or_a_sentence(text: str):
    for typed in (text, f"otpauth:{text}", f"otpauth://totp/{text}?secret={quote(text, safe='')}&digits={text}"):
        with suppress(BadInputError):
            one_time_codes(Secret(typed))
