"""Writes the age files of tests/data/age: each breaks (or keeps) one rule of the format, and is otherwise genuine.

The rules are those that age's public test kit goes through (C2SP/CCTV, age); the files are our own, made here with
fixed keys, so that they can be written again byte by byte: `python -m tests.core.custody.handover.age_vectors`.
Those of more than one chunk of 64 KiB are made when they are needed and not kept.
"""

from __future__ import annotations

from pathlib import Path

from tests.core.custody.handover.age_files import (
    BEGIN,
    CONTENT,
    END,
    FILE_KEY,
    FOR_SOMEBODY_ELSE,
    GREASE,
    NONCE,
    PAYLOAD,
    SHARE,
    VERSION,
    X25519,
    age,
    b64,
    chunk,
    crlf,
    in_armor,
    low_order,
    mac,
    not_canonical,
    one_bit_more,
    with_length,
    with_payload,
    with_stanza,
    wrapped,
    x25519,
)

FOLDER = Path(__file__).resolve().parents[3] / "data" / "age"
LARGEST_KEPT = 4_096
CHUNK = 65_536


def headers() -> dict[str, bytes]:
    """Files of which the header, or what authenticates it, is special."""
    genuine = age(X25519)
    return {
        "x25519": genuine,
        "empty": b"",
        "version_only": VERSION,
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
        "x25519_short_file_key": age(x25519(share, b64(wrapped(FILE_KEY[:-1])))),
        "x25519_long_file_key": age(x25519(share, b64(wrapped(FILE_KEY + b"!")))),
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
        "empty_payload": (NONCE, chunk(0, b"", last=True)),
        "no_nonce": (),
        "short_nonce": (NONCE[:12],),
        "no_chunks": (NONCE,),
        "short_chunk": (PAYLOAD[:28],),
        "missing_tag": (PAYLOAD[:-16],),
        "bad_tag": (PAYLOAD[:-1] + bytes([PAYLOAD[-1] ^ 1]),),
        "no_final": (NONCE, chunk(0, CONTENT, last=False)),
        "wrong_number": (NONCE, chunk(1, CONTENT, last=True)),
        "two_final_chunks": (PAYLOAD, chunk(1, CONTENT, last=True)),
        "trailing_garbage_short": (PAYLOAD, b"x"),
        "trailing_garbage_long": (PAYLOAD, b"x" * 40),
        "other_nonce": (bytes(16), PAYLOAD[16:]),
        "last_chunk_full": (NONCE, chunk(0, full, last=True)),
        "last_chunk_empty": (NONCE, first, chunk(1, b"", last=True)),
        "two_chunks": (NONCE, first, second),
        "three_chunks": (NONCE, first, chunk(1, full, last=False), chunk(2, rest, last=True)),
        "second_chunk_full": (NONCE, first, chunk(1, full, last=True)),
        "bad_tag_second_chunk": (NONCE, first, second[:-1] + bytes([second[-1] ^ 1])),
        "short_second_chunk": (NONCE, first, second[:9]),
        "no_final_full": (NONCE, first),
        "no_final_two_chunks": (NONCE, first, chunk(1, rest, last=False)),
        "two_final_chunks_full": (NONCE, chunk(0, full, last=True), second),
        "chunks_exchanged": (NONCE, chunk(1, full, last=False), chunk(0, rest, last=True)),
        "garbage_after_full_chunk": (NONCE, chunk(0, full, last=True), b"x" * 20),
    }
    return {f"stream_{name}": with_payload(*parts) for name, parts in made.items()}


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
    }
    return {f"armor_{name}": text for name, text in made.items()}


def mailed() -> dict[str, bytes]:
    """Files of which the armor is as mail programs leave it, or almost."""
    plain = in_armor(age(X25519))
    made = {
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


def vectors() -> dict[str, bytes]:
    """All files, by name."""
    return headers() | stanzas() | recipients() | streams() | armors() | mailed()


def write_all() -> None:
    """Write those that are kept."""
    for name, file in vectors().items():
        if len(file) <= LARGEST_KEPT:
            (FOLDER / f"{name}.age").write_bytes(file)


if __name__ == "__main__":
    write_all()
