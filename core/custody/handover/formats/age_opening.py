"""Opening an age file with a private key: our own strict look at its header first, then the library, in memory."""

from __future__ import annotations

from core.custody.handover.formats.age_header import check_age
from core.custody.handover.formats.refusals import HandoverRefusal
from core.custody.identity.refusals import RefusedError
from core.custody.secret import Secret

_NO_KEY_FITS = "No matching keys found"
"""What the library says; a file that was altered just there says the same."""


def open_age(file: bytes, private: Secret) -> bytes:
    """Return what is in a binary age file; there is no part of it before all of it is proven.

    Args:
        file: The file.
        private: The private half of a key, as age writes it.

    Raises:
        RefusedError: It is not as the format says, not for this key, or was altered.
    """
    import pyrage

    check_age(file)
    identity = pyrage.x25519.Identity.from_str(private.reveal())
    try:
        return bytes(pyrage.decrypt(file, [identity]))
    except pyrage.DecryptError as error:
        code = HandoverRefusal.NOT_FOR_YOU if str(error) == _NO_KEY_FITS else HandoverRefusal.DAMAGED
    raise RefusedError(code)
