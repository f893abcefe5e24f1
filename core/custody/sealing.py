"""Sealing with age: to a public key, armored so that it survives mail, padded so that its length tells little."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from core.custody.secret import Secret
from core.errors import BadInputError, UnusableFileError
from core.i18n import _

PADDED_TO = 1_024
LARGEST = 1_048_576
"""Bytes of ciphertext that are looked at; what is larger is not ours."""

_FIRST_LINE = b"-----BEGIN AGE ENCRYPTED FILE-----"


class NotForThisKeyError(UnusableFileError):
    """A sealed file cannot be opened with the key at hand, or was altered; age cannot tell which."""


def new_identity() -> tuple[Secret, str]:
    """Make a new key and return its private half and its public one."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return Secret(str(identity)), str(identity.to_public())


def public_half(private: Secret) -> str:
    """Return the public half of a private key.

    Raises:
        BadInputError: The text is no private key of age.
    """
    return str(_identity(private).to_public())


def sealed(content: dict[str, Any], recipient: str) -> bytes:
    """Seal a small object of texts and numbers to a public key.

    Raises:
        BadInputError: The text is no public key of age.
    """
    return _encrypted(_padded(content), recipient)


def wrapped(ciphertext: bytes, recipient: str) -> bytes:
    """Seal what is sealed already once more, to a second key, so that it takes both to open it.

    Raises:
        BadInputError: The text is no public key of age.
    """
    return _encrypted(ciphertext, recipient)


def unwrapped(ciphertext: bytes, private: Secret) -> bytes:
    """Open the outer one of two seals; what comes out is still sealed to the second key.

    Raises:
        NotForThisKeyError: The key does not fit, the file was altered, or nothing sealed is in it.
        BadInputError: The text is no private key of age.
    """
    inner = _decrypted(ciphertext, private)
    if inner is None or not inner.startswith(_FIRST_LINE):
        raise _not_for_this_key()
    return inner


def unsealed(ciphertext: bytes, private: Secret) -> dict[str, Any]:
    """Open what was sealed to the public half of a key.

    Raises:
        NotForThisKeyError: The key does not fit, or the file was altered, cut or is none of ours.
        BadInputError: The text is no private key of age.
    """
    opened, content = _decrypted(ciphertext, private), None
    if opened is not None:
        with suppress(ValueError):
            content = json.loads(opened)
    if not isinstance(content, dict):
        raise _not_for_this_key()
    return content


def _encrypted(text: bytes, recipient: str) -> bytes:
    import pyrage

    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise BadInputError(_("This is no public key of age. Please check what was typed or scanned.")) from None
    return bytes(pyrage.encrypt(text, [key], armored=True))


def _decrypted(ciphertext: bytes, private: Secret) -> bytes | None:
    import pyrage

    identity = _identity(private)
    if len(ciphertext) <= LARGEST and ciphertext.startswith(_FIRST_LINE):
        with suppress(pyrage.DecryptError, ValueError):
            return bytes(pyrage.decrypt(ciphertext, [identity]))
    return None


def _not_for_this_key() -> NotForThisKeyError:
    return NotForThisKeyError(_("This file cannot be opened with this key, or it was altered."))


def _identity(private: Secret) -> Any:
    import pyrage

    try:
        return pyrage.x25519.Identity.from_str("".join(private.reveal().split()).upper())
    except pyrage.IdentityError:
        pass  # The library's message might quote what was typed.
    raise BadInputError(
        _("This is no recovery key: it begins with AGE-SECRET-KEY-1 and has 74 characters. Please check every one.")
    )


def _padded(content: dict[str, Any]) -> bytes:
    """Write an object as JSON, filled up with blanks, which JSON ignores."""
    text = json.dumps(content, ensure_ascii=True, sort_keys=True).encode("ascii")
    return text + b" " * (-len(text) % PADDED_TO)
