"""A strict look at the header of an age file before any library sees it (c2sp.org/age, version 1).

The library forgives what the format forbids, and pays for every recipient before anything is authenticated. Here every
line must be as the format says, and the recipients must be few and of the kind that our bundles have. Recipients of
names that nobody knows are allowed, because age writes such on purpose ("grease"), so that readers keep ignoring them.
"""

from __future__ import annotations

import base64
import re

from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.identity.refusals import RefusedError

LARGEST_HEADER = 16_384
MOST_RECIPIENTS = 32

_KEY = "X25519"
_OTHER_KEYS = re.compile(r"scrypt|x25519|ssh-.*|piv-p256|.*tag|mlkem.*", re.IGNORECASE)
"""Recipients by which somebody could open a file whom no card names; in any case of letters."""
_LETTERS = rb"[A-Za-z0-9+/]"
_STANZA = rb"-> [!-~]+(?: [!-~]+)*\n(?:" + _LETTERS + rb"{64}\n)*" + _LETTERS + rb"{0,63}\n"
_HEADER = re.compile(rb"age-encryption\.org/v1\n((?:" + _STANZA + rb")+)--- (" + _LETTERS + rb"{43})\n")
_SHARE_BYTES, _WRAPPED_KEY_BYTES = 32, 32
_NONCE_BYTES, _TAG_BYTES, _CHUNK_BYTES = 16, 16, 65_536 + 16


def check_age(file: bytes) -> None:
    """Look at a binary age file; nothing is decrypted.

    Raises:
        RefusedError: It is not as the format says, or not for keys like ours.
    """
    header = _HEADER.match(file[:LARGEST_HEADER])
    if header is None:
        raise RefusedError(HandoverRefusal.BAD_AGE_HEADER)
    stanzas = re.findall(_STANZA, header[1])
    fitting = [_is_for_a_key(stanza.decode("ascii")) for stanza in stanzas]
    if not any(fitting) or len(stanzas) > MOST_RECIPIENTS:
        raise RefusedError(HandoverRefusal.BAD_AGE_HEADER)
    _unbase64(header[2].decode("ascii"))
    _check_payload(len(file) - header.end())


def _is_for_a_key(stanza: str) -> bool:
    """Say whether a recipient is a key of the kind that cards bear; false for one of a name that nobody knows.

    Raises:
        RefusedError: It is neither.
    """
    first, *lines = stanza.splitlines()
    name, *words = first.split(" ")[1:]
    body = _unbase64("".join(lines))
    if name != _KEY:
        if _OTHER_KEYS.fullmatch(name):
            raise RefusedError(HandoverRefusal.BAD_AGE_HEADER)
        return False
    if len(words) != 1 or len(body) != _WRAPPED_KEY_BYTES or not _is_share(_unbase64(words[0])):
        raise RefusedError(HandoverRefusal.BAD_AGE_HEADER)
    return True


def _is_share(share: bytes) -> bool:
    """Say whether some bytes are a public half that makes a secret: with a point of low order, anybody knows it."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    if len(share) != _SHARE_BYTES:
        return False
    try:
        X25519PrivateKey.from_private_bytes(bytes(_SHARE_BYTES)).exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        return False
    return True


def _unbase64(text: str) -> bytes:
    """Read base64 without padding, of which each text has one writing only."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        content = b""
    if base64.b64encode(content).decode().rstrip("=") != text:
        raise RefusedError(HandoverRefusal.BAD_AGE_HEADER)
    return content


def _check_payload(length: int) -> None:
    """Look whether the encrypted chunks can be whole: each has a seal, and only an empty file has an empty last one."""
    chunks = length - _NONCE_BYTES
    last = chunks % _CHUNK_BYTES
    if chunks < _TAG_BYTES or 0 < last < _TAG_BYTES:
        raise RefusedError(HandoverRefusal.TRUNCATED)
    if last == _TAG_BYTES and chunks > _CHUNK_BYTES:
        raise RefusedError(HandoverRefusal.DAMAGED)
