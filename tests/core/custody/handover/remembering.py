"""What follows from a signed text alone is worked out once, and a run with the same seed asks with the same numbers.

Fingerprints and digests are two thirds of the time of a long run, since every course asks for all of them.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from core.custody.handover.formats.abouts import NONCE_BYTES
from core.custody.handover.formats.statements import Statement
from core.custody.handover.steps import taking
from core.custody.identity.cards import Card
from core.custody.identity.keys import base64_of

MOST_KNOWN = 5_000


def remember_what_was_signed(patch: pytest.MonkeyPatch) -> None:
    """Let cards and statements remember what follows from them, until the patch is undone."""
    for kind, names in ((Card, ("text", "fingerprint")), (Statement, ("text", "digest"))):
        for name in names:
            patch.setattr(kind, name, _once(vars(kind)[name].fget))
    patch.setattr(taking, "new_nonce", lambda: base64_of(random.randbytes(NONCE_BYTES)))


def _once(work: Callable[[Any], Any]) -> property:
    """Return a property that is worked out once for each signature, which nothing else bears."""
    known: dict[str, Any] = {}

    def value(signed: Any) -> Any:
        if signed.signature not in known:
            if len(known) >= MOST_KNOWN:
                known.clear()
            known[signed.signature] = work(signed)
        return known[signed.signature]

    return property(value)
