"""Builds age files by hand, with fixed keys, so that any part of them can break a rule and all else is genuine."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from core.custody.identity.bech32 import bech32

CONTENT = b"Stadt Musterstadt"
FILE_KEY, NONCE = b"only for testing", b"sixteen bytes ::"
VERSION = b"age-encryption.org/v1\n"
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


def wrapped(file_key: bytes = FILE_KEY, private: bytes = _PRIVATE, share: bytes = b"", secret: bytes = b"") -> bytes:
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
    return b64(hmac.digest(derived(FILE_KEY, b"", b"header"), header, sha256))


def chunk(number: int, content: bytes, *, last: bool) -> bytes:
    """One sealed chunk of a payload."""
    key = ChaCha20Poly1305(derived(FILE_KEY, NONCE, b"payload"))
    return key.encrypt(number.to_bytes(11, "big") + bytes([last]), content, None)


PAYLOAD = NONCE + chunk(0, CONTENT, last=True)


def age(*stanzas: bytes, version: bytes = VERSION, end: Callable[[bytes], bytes] | None = None) -> bytes:
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


BEGIN, END = b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"-----END AGE ENCRYPTED FILE-----\n"


def in_armor(file: bytes, width: int = 64) -> bytes:
    """A file as armored text with lines of any width."""
    text = base64.b64encode(file)
    return BEGIN + b"".join(text[at : at + width] + b"\n" for at in range(0, len(text), width)) + END


def with_length(rest: int) -> bytes:
    """A genuine file of which the length leaves this rest when divided by 48."""
    for length in range(48):
        file = with_payload(NONCE, chunk(0, b"x" * length, last=True))
        if len(file) % 48 == rest:
            return file
    raise ValueError(rest)


def not_canonical(armored: bytes) -> bytes:
    """Armored text that ends on two signs of padding, with a bit set before them that does not count."""
    body = armored.removesuffix(b"==\n" + END)
    return one_bit_more(body) + b"==\n" + END
