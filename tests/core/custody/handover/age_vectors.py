"""Writes the age files of tests/data/age: each breaks (or keeps) one rule of the format, and is otherwise genuine.

The rules are those that age's public test kit goes through (C2SP/CCTV, age); the files are our own, made here with
fixed keys, so that they can be written again byte by byte: `python -m tests.core.custody.handover.age_vectors`.
Those of more than one chunk of 64 KiB are made when they are needed and not kept.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.custody.identity.bech32 import bech32

FOLDER = Path(__file__).resolve().parents[3] / "data" / "age"
LARGEST_KEPT = 4_096
CONTENT = b"Stadt Musterstadt"
CHUNK = 65_536

_FILE_KEY, _NONCE = b"only for testing", b"sixteen bytes ::"
_VERSION = b"age-encryption.org/v1\n"
_PRIVATE = sha256(b"taker").digest()
IDENTITY = bech32("age-secret-key-", _PRIVATE).upper()
OTHER_IDENTITY = bech32("age-secret-key-", sha256(b"somebody else").digest()).upper()


def b64(raw: bytes) -> bytes:
    """Base64 as age writes it."""
    return base64.b64encode(raw).rstrip(b"=")


def one_bit_more(text: bytes) -> bytes:
    """The same bytes written in base64 with a bit set that does not count."""
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    return text[:-1] + letters[letters.index(text[-1]) | 1 : (letters.index(text[-1]) | 1) + 1]


def derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """A key from a secret."""
    return HKDF(SHA256(), 32, salt, purpose).derive(secret)


def wrapped(file_key: bytes = _FILE_KEY, private: bytes = _PRIVATE, share: bytes = b"", secret: bytes = b"") -> bytes:
    """The file key under the secret of a share and a key; the share that nobody gives is a genuine one."""
    ephemeral = X25519PrivateKey.from_private_bytes(sha256(b"ephemeral").digest())
    public = X25519PrivateKey.from_private_bytes(private).public_key()
    share = share or ephemeral.public_key().public_bytes_raw()
    key = derived(
        secret or ephemeral.exchange(public), share + public.public_bytes_raw(), b"age-encryption.org/v1/X25519"
    )
    return ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None)


SHARE = X25519PrivateKey.from_private_bytes(sha256(b"ephemeral").digest()).public_key().public_bytes_raw()
X25519 = b"-> X25519 " + b64(SHARE) + b"\n" + b64(wrapped()) + b"\n"
FOR_SOMEBODY_ELSE = b"-> X25519 " + b64(SHARE) + b"\n" + b64(wrapped(private=sha256(b"a third").digest())) + b"\n"
GREASE = b"-> x-grease 0 ?\n" + b64(b"nothing") + b"\n"


def x25519(words: bytes, body: bytes) -> bytes:
    """A recipient of the usual name with any words and body."""
    return b"-> X25519 " + words + b"\n" + body + b"\n"


def mac(header: bytes) -> bytes:
    """The authentication of a header that ends with its dashes."""
    return b64(hmac.digest(derived(_FILE_KEY, b"", b"header"), header, sha256))


def chunk(number: int, content: bytes, *, last: bool) -> bytes:
    """One sealed chunk of a payload."""
    key = ChaCha20Poly1305(derived(_FILE_KEY, _NONCE, b"payload"))
    return key.encrypt(number.to_bytes(11, "big") + bytes([last]), content, None)


PAYLOAD = _NONCE + chunk(0, CONTENT, last=True)


def age(*stanzas: bytes, version: bytes = _VERSION, end: Callable[[bytes], bytes] | None = None) -> bytes:
    """A file with any recipients; the end of the header is genuine, or what is made of a genuine authentication."""
    header = version + b"".join(stanzas) + b"---"
    return header + (end or (lambda genuine: b" " + genuine + b"\n"))(mac(header)) + PAYLOAD


def with_stanza(stanza: bytes) -> bytes:
    """A genuine file with one more recipient."""
    return age(X25519, stanza)


def with_payload(*parts: bytes) -> bytes:
    """A genuine header before any payload."""
    return age(X25519).removesuffix(PAYLOAD) + b"".join(parts)


def low_order(share: bytes) -> bytes:
    """A recipient whose share makes a secret of zeros with every key."""
    return age(x25519(b64(share), b64(wrapped(share=share, secret=bytes(32)))))


def crlf(file: bytes) -> bytes:
    """A file of which the header has line ends of Windows and is authenticated so."""
    header = file[: file.index(b"---")].replace(b"\n", b"\r\n") + b"---"
    return header + b" " + mac(header) + b"\r\n" + PAYLOAD


def headers() -> dict[str, bytes]:
    """Files of which the header, or what authenticates it, is special."""
    genuine = age(X25519)
    return {
        "x25519": genuine,
        "empty": b"",
        "version_only": _VERSION,
        "version_unsupported": age(X25519, version=b"age-encryption.org/v2\n"),
        "version_trailing_space": age(X25519, version=b"age-encryption.org/v1 \n"),
        "version_missing": age(X25519, version=b""),
        "version_uppercase": age(X25519, version=b"AGE-encryption.org/v1\n"),
        "leading_line": b"\n" + genuine,
        "header_crlf": crlf(genuine),
        "header_cut": genuine[:60],
        "no_recipients": age(),
        "hmac_bad": genuine.replace(mac(genuine[: genuine.index(b"---") + 3]), b64(bytes(32))),
        "hmac_missing": age(X25519, end=lambda _mac: b"\n"),
        "hmac_no_space": age(X25519, end=lambda genuine: genuine + b"\n"),
        "hmac_extra_space": age(X25519, end=lambda genuine: b"  " + genuine + b"\n"),
        "hmac_trailing_space": age(X25519, end=lambda genuine: b" " + genuine + b" \n"),
        "hmac_garbage": age(X25519, end=lambda genuine: b" " + genuine + b" more\n"),
        "hmac_truncated": age(X25519, end=lambda genuine: b" " + genuine[:-3] + b"\n"),
        "hmac_long": age(X25519, end=lambda genuine: b" " + genuine + b"AAAA\n"),
        "hmac_padding": age(X25519, end=lambda genuine: b" " + genuine + b"=\n"),
        "hmac_not_canonical": age(X25519, end=lambda genuine: b" " + one_bit_more(genuine) + b"\n"),
        "hmac_crlf": age(X25519, end=lambda genuine: b" " + genuine + b"\r\n"),
        "hmac_empty_line_before": age(X25519, b"\n"),
    }


def stanzas() -> dict[str, bytes]:
    """Files with a genuine recipient and one more of a name that nobody knows."""
    full, letter = b"A" * 64, b"AAAA"
    return {
        "stanza_unknown": with_stanza(b"-> unknown 1 2 3\n" + letter + b"\n"),
        "stanza_unknown_first": age(b"-> unknown\n" + letter + b"\n", X25519),
        "stanza_grease": with_stanza(GREASE),
        "stanza_valid_characters": with_stanza(b"-> " + bytes(range(0x21, 0x7F)) + b" ! ~\n" + letter + b"\n"),
        "stanza_empty_body": with_stanza(b"-> unknown\n\n"),
        "stanza_empty_last_line": with_stanza(b"-> unknown\n" + full + b"\n\n"),
        "stanza_full_lines": with_stanza(b"-> unknown\n" + (full + b"\n") * 3 + letter + b"\n"),
        "stanza_missing_body": age(b"-> unknown\n", X25519),
        "stanza_missing_final_line": age(b"-> unknown\n" + full + b"\n", X25519),
        "stanza_two_empty_lines": with_stanza(b"-> unknown\n\n\n"),
        "stanza_multiple_short_lines": with_stanza(b"-> unknown\nAAAA\nAAAA\n"),
        "stanza_long_line": with_stanza(b"-> unknown\n" + full + letter + b"\n"),
        "stanza_bad_start": with_stanza(b"- > unknown\n" + letter + b"\n"),
        "stanza_no_space": with_stanza(b"->unknown\n" + letter + b"\n"),
        "stanza_no_arguments": with_stanza(b"-> \n" + letter + b"\n"),
        "stanza_bare_arrow": with_stanza(b"->\n" + letter + b"\n"),
        "stanza_empty_argument": with_stanza(b"-> unknown  2\n" + letter + b"\n"),
        "stanza_trailing_space": with_stanza(b"-> unknown 2 \n" + letter + b"\n"),
        "stanza_invalid_character": with_stanza("-> unknown \u00e4\n".encode() + letter + b"\n"),
        "stanza_control_character": with_stanza(b"-> unknown \x7f\n" + letter + b"\n"),
        "stanza_tab": with_stanza(b"-> unknown\t2\n" + letter + b"\n"),
        "stanza_spurious_cr": with_stanza(b"-> unknown\n" + letter + b"\r\n"),
        "stanza_cr_in_argument": with_stanza(b"-> unknown\r\n" + letter + b"\n"),
        "stanza_base64_padding": with_stanza(b"-> unknown\nAA==\n"),
        "stanza_base64_alphabet": with_stanza(b"-> unknown\nAA_-\n"),
        "stanza_impossible_length": with_stanza(b"-> unknown\nAAAAA\n"),
        "stanza_not_canonical": with_stanza(b"-> unknown\nAAB\n"),
        "stanzas_thirty_two": age(X25519, *[GREASE] * 31),
        "stanzas_too_many": age(X25519, *[GREASE] * 32),
        "header_too_long": with_stanza(b"-> unknown\n" + (full + b"\n") * 260 + b"\n"),
    }


def recipients() -> dict[str, bytes]:
    """Files of which the recipient itself is special."""
    body, share = b64(wrapped()), b64(SHARE)
    return {
        "x25519_no_match": age(FOR_SOMEBODY_ELSE),
        "x25519_two": age(FOR_SOMEBODY_ELSE, X25519),
        "x25519_bad_tag": age(x25519(share, b64(wrapped()[:-1] + bytes([wrapped()[-1] ^ 1])))),
        "x25519_no_argument": age(b"-> X25519\n" + body + b"\n"),
        "x25519_extra_argument": age(x25519(share + b" 1234", body)),
        "x25519_lowercase": age(b"-> x25519 " + share + b"\n" + body + b"\n"),
        "x25519_lowercase_beside": with_stanza(b"-> x25519 " + share + b"\n" + body + b"\n"),
        "x25519_short_share": age(x25519(b64(SHARE[:-1]), b64(wrapped(share=SHARE[:-1])))),
        "x25519_long_share": age(x25519(b64(SHARE + b"\0"), b64(wrapped(share=SHARE + b"\0")))),
        "x25519_not_canonical_share": age(x25519(one_bit_more(share), body)),
        "x25519_padded_share": age(x25519(share + b"=", body)),
        "x25519_not_canonical_body": age(x25519(share, one_bit_more(body))),
        "x25519_padded_body": age(x25519(share, body + b"=")),
        "x25519_empty_body": age(x25519(share, b"")),
        "x25519_short_file_key": age(x25519(share, b64(wrapped(_FILE_KEY[:-1])))),
        "x25519_long_file_key": age(x25519(share, b64(wrapped(_FILE_KEY + b"!")))),
        "x25519_bad_second": age(X25519, x25519(share + b" 1234", body)),
        "x25519_zero_share": low_order(bytes(32)),
        "x25519_low_order_one": low_order(b"\x01" + bytes(31)),
        "x25519_low_order_eight": low_order(
            bytes.fromhex("e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800")
        ),
        "x25519_low_order_prime": low_order(b"\xed" + b"\xff" * 30 + b"\x7f"),
        "x25519_low_order_second": age(X25519, x25519(b64(bytes(32)), body)),
        "scrypt": age(b"-> scrypt " + b64(bytes(16)) + b" 10\n" + body + b"\n"),
        "scrypt_and_x25519": with_stanza(b"-> scrypt " + b64(bytes(16)) + b" 10\n" + body + b"\n"),
        "scrypt_uppercase": with_stanza(b"-> SCRYPT " + b64(bytes(16)) + b" 10\n" + body + b"\n"),
        "ssh_and_x25519": with_stanza(b"-> ssh-ed25519 AAAA " + share + b"\n" + body + b"\n"),
        "hybrid_and_x25519": with_stanza(b"-> mlkem768x25519 " + share + b"\n" + body + b"\n"),
        "piv_and_x25519": with_stanza(b"-> piv-p256 AAAA " + share + b"\n" + body + b"\n"),
    }


def streams() -> dict[str, bytes]:
    """Files of which the payload is special."""
    full, rest = b"x" * CHUNK, b"the rest"
    first, second = chunk(0, full, last=False), chunk(1, rest, last=True)
    made = {
        "empty_payload": (_NONCE, chunk(0, b"", last=True)),
        "no_nonce": (),
        "short_nonce": (_NONCE[:12],),
        "no_chunks": (_NONCE,),
        "short_chunk": (PAYLOAD[:28],),
        "missing_tag": (PAYLOAD[:-16],),
        "bad_tag": (PAYLOAD[:-1] + bytes([PAYLOAD[-1] ^ 1]),),
        "no_final": (_NONCE, chunk(0, CONTENT, last=False)),
        "wrong_number": (_NONCE, chunk(1, CONTENT, last=True)),
        "two_final_chunks": (PAYLOAD, chunk(1, CONTENT, last=True)),
        "trailing_garbage_short": (PAYLOAD, b"x"),
        "trailing_garbage_long": (PAYLOAD, b"x" * 40),
        "other_nonce": (bytes(16), PAYLOAD[16:]),
        "last_chunk_full": (_NONCE, chunk(0, full, last=True)),
        "last_chunk_empty": (_NONCE, first, chunk(1, b"", last=True)),
        "two_chunks": (_NONCE, first, second),
        "three_chunks": (_NONCE, first, chunk(1, full, last=False), chunk(2, rest, last=True)),
        "second_chunk_full": (_NONCE, first, chunk(1, full, last=True)),
        "bad_tag_second_chunk": (_NONCE, first, second[:-1] + bytes([second[-1] ^ 1])),
        "short_second_chunk": (_NONCE, first, second[:9]),
        "no_final_full": (_NONCE, first),
        "no_final_two_chunks": (_NONCE, first, chunk(1, rest, last=False)),
        "two_final_chunks_full": (_NONCE, chunk(0, full, last=True), second),
        "chunks_exchanged": (_NONCE, chunk(1, full, last=False), chunk(0, rest, last=True)),
        "garbage_after_full_chunk": (_NONCE, chunk(0, full, last=True), b"x" * 20),
    }
    return {f"stream_{name}": with_payload(*parts) for name, parts in made.items()}


BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----\n"


def in_armor(file: bytes, width: int = 64) -> bytes:
    """A file as armored text with lines of any width."""
    text = base64.b64encode(file)
    return BEGIN + b"".join(text[at : at + width] + b"\n" for at in range(0, len(text), width)) + END


def with_length(rest: int) -> bytes:
    """A genuine file of which the length leaves this rest when divided by 48."""
    for length in range(48):
        file = with_payload(_NONCE, chunk(0, b"x" * length, last=True))
        if len(file) % 48 == rest:
            return file
    raise ValueError(rest)


def armors() -> dict[str, bytes]:
    """Files of which the armor is special."""
    plain, padded, full = in_armor(age(X25519)), in_armor(with_length(1)), in_armor(with_length(0))
    body = plain.removeprefix(BEGIN).removesuffix(END)
    made = {
        "plain": plain,
        "two_signs_of_padding": padded,
        "full_last_line": full,
        "empty_last_line": full.replace(END, b"\n" + END),
        "crlf": plain.replace(b"\n", b"\r\n"),
        "no_eol": plain.removesuffix(b"\n"),
        "empty": BEGIN + END,
        "no_end_line": plain.removesuffix(END),
        "no_begin_line": plain.removeprefix(BEGIN),
        "wrong_end": plain.replace(b"-----END AGE", b"-----END PGP"),
        "wrong_type": plain.replace(b"AGE ENCRYPTED FILE", b"PGP MESSAGE"),
        "lowercase": plain.replace(b"AGE ENCRYPTED FILE", b"age encrypted file"),
        "short_dashes": plain.replace(b"-----", b"----"),
        "headers": BEGIN + b"Version: 1\n\n" + body + END,
        "pgp_checksum": plain.replace(END, b"=aBcD\n" + END),
        "no_padding": padded.replace(b"=", b""),
        "one_sign_of_padding": padded.replace(b"==", b"="),
        "too_much_padding": padded.replace(b"==", b"==="),
        "eol_between_padding": padded.replace(b"==", b"=\n="),
        "padding_in_the_middle": BEGIN + b"YWdl" + b"YQ==\n" + body + END,
        "not_canonical": not_canonical(padded),
        "invalid_character": BEGIN + b"*" + body[1:] + END,
        "alphabet_of_addresses": in_armor(with_length(0) + b"\xfb\xff\xfe").replace(b"+", b"-").replace(b"/", b"_"),
        "garbage_encoded": in_armor(age(X25519) + b"garbage"),
        "garbage_encoded_first": in_armor(b"garbage" + age(X25519)),
        "no_match": in_armor(age(FOR_SOMEBODY_ELSE)),
        "scrypt": in_armor(age(b"-> scrypt " + b64(bytes(16)) + b" 10\n" + b64(wrapped()) + b"\n")),
        "header_crlf": in_armor(crlf(age(X25519))),
        "long_line": in_armor(age(X25519), 68),
        "short_line": in_armor(age(X25519), 60),
        "garbage_leading": b"garbage\n" + plain,
        "garbage_trailing": plain + b"garbage\n",
        "whitespace_outside": b"\n \t\n" + plain + b"\n\t\n",
        "whitespace_begin": b"  " + plain,
        "whitespace_end": plain.replace(END, b" " + END),
        "whitespace_eol": plain.replace(b"\n", b" \n", 3),
        "whitespace_line_start": plain.replace(b"\n", b"\n ", 3),
        "empty_line_begin": plain.replace(BEGIN, BEGIN + b"\n"),
        "empty_line_end": plain.replace(END, b"\n" + END),
        "two": plain + plain,
    }
    return {f"armor_{name}": text for name, text in made.items()}


def not_canonical(armored: bytes) -> bytes:
    """Armored text that ends on two signs of padding, with a bit set before them that does not count."""
    body = armored.removesuffix(b"==\n" + END)
    return one_bit_more(body) + b"==\n" + END


def vectors() -> dict[str, bytes]:
    """All files, by name."""
    return headers() | stanzas() | recipients() | streams() | armors()


def write_all() -> None:
    """Write those that are kept."""
    for name, file in vectors().items():
        if len(file) <= LARGEST_KEPT:
            (FOLDER / f"{name}.age").write_bytes(file)


if __name__ == "__main__":
    write_all()
