"""Notes in the keyring: small texts that are replaced whole, each under a name of its own.

A note lies in one of two slots, by turns: the new one is written and read back before the old one is removed. After a
crash between the two the higher number counts.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from core.custody.secret import Secret
from core.custody.vault import Held, Vault
from core.errors import ConflictError
from core.i18n import _

_SLOTS = 2


def note_slots(store_id: UUID, name: str) -> tuple[UUID, ...]:
    """Return the two slots of a note; they follow from the store and the name (docs/decisions/0012)."""
    return tuple(uuid5(store_id, f"{name}/{number}") for number in range(_SLOTS))


def read_note(vault: Vault, store_id: UUID, name: str) -> Held | None:
    """Return a note with its number, None where there is none.

    Raises:
        VaultError: The keyring does not answer, or the note is damaged.
    """
    held = vault.get_each(note_slots(store_id, name))
    return max(held.values(), key=lambda one: one.revision, default=None)


def replace_note(vault: Vault, store_id: UUID, name: str, text: Secret, *, known: Held | None) -> None:
    """Put a new text in the place of the one that was read; the same text changes nothing.

    Args:
        vault: The keyring.
        store_id: The store in it.
        name: The name of the note.
        text: The new text.
        known: What `read_note` gave.

    Raises:
        ConflictError: Another program replaced the note in the meantime.
        VaultError: The keyring does not answer, or did not keep the text; then the old one is still there.
    """
    current = read_note(vault, store_id, name)
    if current != known:
        raise ConflictError(_("Another program changed the keyring in the meantime. Please try again."))
    if current is not None and current.secret == text:
        return
    number = current.revision + 1 if current is not None else 1
    slots = note_slots(store_id, name)
    vault.remove(slots[number % _SLOTS])  # What a crash left there is older than what counts.
    vault.put(slots[number % _SLOTS], number, text)
    vault.remove(slots[(number + 1) % _SLOTS])


def remove_note(vault: Vault, store_id: UUID, name: str) -> None:
    """Remove a note, and see that it is gone.

    Raises:
        VaultError: The keyring does not answer, or still has it.
    """
    slots = note_slots(store_id, name)
    held = vault.get_each(slots)
    for slot in sorted(slots, key=lambda one: held[one].revision if one in held else 0):
        vault.remove(slot)  # What counts goes last: an older one must never come to count again.
