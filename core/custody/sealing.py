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
    import pyrage

    try:
        key = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError:
        raise BadInputError(_("This is no public key of age. Please check what was typed or scanned.")) from None
    return bytes(pyrage.encrypt(_padded(content), [key], armored=True))


def unsealed(ciphertext: bytes, private: Secret) -> dict[str, Any]:
    """Open what was sealed to the public half of a key.

    Raises:
        NotForThisKeyError: The key does not fit, or the file was altered, cut or is none of ours.
        BadInputError: The text is no private key of age.
    """
    import pyrage

    identity, content = _identity(private), None
    if len(ciphertext) <= LARGEST and ciphertext.startswith(_FIRST_LINE):
        with suppress(pyrage.DecryptError, ValueError):
            content = json.loads(pyrage.decrypt(ciphertext, [identity]))
    if not isinstance(content, dict):
        raise NotForThisKeyError(_("This file cannot be opened with this key, or it was altered."))
    return content


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
