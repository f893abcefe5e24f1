"""What a keyring remembers of handovers for ever: marks of what took effect, and the number of the last statement.

It lies in a note of the keyring, so that a registry that was put back from a backup changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from uuid import UUID

from core.custody.identity.notes import read_note, replace_note
from core.custody.secret import Secret
from core.custody.vault import DamagedEntryError, Held, Vault

HANDOVER = "handover"
_FORMAT = 1
_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Marks:
    """What the note says.

    Attributes:
        used: The marks, shortened: a keyring's entries are small, and what only begins alike is refused for nothing.
        number: The number of the last statement.
    """

    used: frozenset[str] = frozenset()
    number: int = 0
    _held: Held | None = field(default=None, compare=False, repr=False)

    def has(self, mark: str) -> bool:
        """Say whether a mark is remembered."""
        return _short(mark) in self.used


def read_marks(vault: Vault, store_id: UUID) -> Marks:
    """Return what the keyring remembers; nothing where it has seen no handover.

    Raises:
        VaultError: The keyring does not answer, or the note is damaged.
    """
    held = read_note(vault, store_id, HANDOVER)
    if held is None:
        return Marks()
    try:
        content = json.loads(held.secret.reveal())
        if content["format"] == _FORMAT:
            joined = str(content["used"])
            used = frozenset(joined[start : start + _DIGITS] for start in range(0, len(joined), _DIGITS))
            return Marks(used, int(content["number"]), held)
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise DamagedEntryError


def keep_mark(vault: Vault, store_id: UUID, mark: str) -> None:
    """Let the keyring remember a mark.

    Raises:
        ConflictError: Another program changed the note in the meantime.
        VaultError: The keyring does not answer, or did not keep it.
    """
    known = read_marks(vault, store_id)
    if not known.has(mark):
        _keep(vault, store_id, replace(known, used=known.used | {_short(mark)}))


def take_number(vault: Vault, store_id: UUID) -> int:
    """Return the next number, which is never given again.

    Raises:
        ConflictError: Another program changed the note in the meantime.
        VaultError: The keyring does not answer, or did not keep it.
    """
    known = read_marks(vault, store_id)
    _keep(vault, store_id, replace(known, number=known.number + 1))
    return known.number + 1


def _keep(vault: Vault, store_id: UUID, marks: Marks) -> None:
    content = {"format": _FORMAT, "used": "".join(sorted(marks.used)), "number": marks.number}
    text = Secret(json.dumps(content, sort_keys=True, separators=(",", ":")))
    replace_note(vault, store_id, HANDOVER, text, known=marks._held)  # noqa: SLF001 - this module's own


def _short(mark: str) -> str:
    return hashlib.sha256(mark.encode()).hexdigest()[:_DIGITS]
