"""The vault: secrets in slots of the trusted keyring of this workstation, each slot written once."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID, uuid4

from core.custody.secret import Secret
from core.custody.vault.backends import ignored_settings
from core.custody.vault.entries import MOST_PARTS, Part, join, read_entry, write_entries
from core.custody.vault.errors import (
    DamagedEntryError,
    NotKeptError,
    NotRemovedError,
    SlotTakenError,
    VaultError,
)
from core.custody.vault.hardening import protect_process
from core.custody.vault.lane import Patience, patience
from core.custody.vault.ring import Ring, trusted_ring
from core.custody.vault.secret_service import advice

LIMIT_SECONDS = 30.0
STORE = "store"
TRIES_TO_REMOVE = 8
"""Other programs may have put doubles beside an entry, and keyrings remove one at a time."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a slot holds: the secret, and the revision of the credential it is."""

    revision: int
    secret: Secret


@dataclass(frozen=True, slots=True)
class VaultState:
    """How the keyring of this workstation is.

    Args:
        backend: "secret-service", "libsecret", "kwallet", "macos", "windows"; None without a trusted one.
        name: What people call it; empty without one.
        trusted: Whether a trusted keyring answers.
        unlocked: None where it cannot be known without asking the person.
        store: The id inside it for this registry; None where there is none or it cannot be read now.
        notes: Sentences about what was ignored and what does not work.
    """

    backend: str | None
    name: str
    trusted: bool
    unlocked: bool | None
    store: UUID | None
    notes: tuple[str, ...]


class Vault:
    """The secrets of one registry in the keyring of this workstation.

    Every method may wait for the keyring, but no longer than the limit, and may be cancelled; while the keyring
    waits for a person it waits for `prompt_seconds`. All raise children of VaultError. No use on the GUI thread.
    """

    def __init__(
        self,
        registry_id: str,
        ring: Ring,
        *,
        cancelled: threading.Event | None = None,
        prompt_seconds: float | None = None,
    ) -> None:
        if "@" in registry_id or "/" in registry_id:
            raise ValueError(registry_id)
        self._registry_id = registry_id
        self._place = f"kanalregister/{registry_id}"
        self._ring = ring
        self._cancelled = cancelled
        self._prompt_seconds = prompt_seconds

    def waiting(self, cancelled: threading.Event, prompt_seconds: float) -> Vault:
        """Return the same vault, each use of which can be cancelled and waits so long for a person."""
        return Vault(self._registry_id, self._ring, cancelled=cancelled, prompt_seconds=prompt_seconds)

    @property
    def backend(self) -> str:
        """The key of the kind of keyring, as in VaultState."""
        return self._ring.kind.key

    def store(self, *, cancelled: threading.Event | None = None, prompt_seconds: float | None = None) -> UUID | None:
        """Return the random id kept inside this keyring for this registry, None where there is none yet."""
        return self._store(self._ready(cancelled, prompt_seconds))

    def make_store(self, *, cancelled: threading.Event | None = None, prompt_seconds: float | None = None) -> UUID:
        """Return the id of this keyring; made, written and read back if there is none."""
        within = self._ready(cancelled, prompt_seconds)
        known = self._store(within)
        if known is None:
            known = uuid4()
            self._write(STORE, 0, Secret(str(known)), within)
        return known

    def put(
        self,
        slot: UUID,
        revision: int,
        secret: Secret,
        *,
        cancelled: threading.Event | None = None,
        prompt_seconds: float | None = None,
    ) -> None:
        """Keep a secret in a slot of its own, and read it back; the same once more changes nothing.

        Raises:
            SlotTakenError: The slot holds something else; a new revision takes a new slot.
            NotKeptError: The keyring gives back something else than it was given.
            UnfitSecretError: The secret is empty or too long.
        """
        self._write(str(slot), revision, secret, self._ready(cancelled, prompt_seconds))

    def get(
        self, slot: UUID, *, cancelled: threading.Event | None = None, prompt_seconds: float | None = None
    ) -> Held | None:
        """Return what a slot holds, None where it holds nothing or only the beginning of an interrupted put.

        Raises:
            DamagedEntryError: The entry is cut off or was changed.
        """
        return self._read(str(slot), self._ready(cancelled, prompt_seconds))

    def get_each(self, slots: Iterable[UUID]) -> dict[UUID, Held]:
        """Return what some slots hold, in one use of the keyring; those that hold nothing are left out.

        Raises:
            DamagedEntryError: One of the entries is cut off or was changed.
        """
        within = self._ready(None, None)
        return {slot: held for slot in slots if (held := self._read(str(slot), within)) is not None}

    def first_in_use(self, slots: Iterable[UUID]) -> UUID | None:
        """Return the first of some slots that holds anything, be it damaged; they are looked at in one use."""
        within = self._ready(None, None)
        return next((slot for slot in slots if self._is_in_use(str(slot), within)), None)

    def remove(
        self, slot: UUID, *, cancelled: threading.Event | None = None, prompt_seconds: float | None = None
    ) -> None:
        """Remove a slot with all its parts, and look that it is gone; gone already is fine.

        Raises:
            NotRemovedError: The keyring still has it.
        """
        within = self._ready(cancelled, prompt_seconds)
        last = self._last_part(str(slot), within)
        for number in (1, *range(last, 1, -1)):
            self._remove(self._service(str(slot), number), within)

    def state(self) -> VaultState:
        """Return how the keyring is, without asking the person for anything; what does not work is in the notes."""
        kind, notes = self._ring.kind, list(ignored_settings())
        name, unlocked, store = kind.name, None, None
        try:
            within = patience(self._ring.limit_seconds)
            name = self._ring.name(within)
            notes += advice(name)
            unlocked = self._ring.is_unlocked(within)
            store = None if unlocked is False else self._store(within)
        except VaultError as error:
            notes.append(error.sentence)
        return VaultState(kind.key, name, True, unlocked, store, tuple(notes))

    def _ready(self, cancelled: threading.Event | None, prompt_seconds: float | None) -> Patience:
        wait = self._prompt_seconds if prompt_seconds is None else prompt_seconds
        return self._ring.ready(cancelled or self._cancelled, wait)

    def _store(self, within: Patience) -> UUID | None:
        held = self._read(STORE, within)
        if held is None:
            return None
        try:
            return UUID(held.secret.reveal())
        except ValueError:
            raise DamagedEntryError from None

    def _read(self, slot: str, within: Patience) -> Held | None:
        first = self._part(slot, 1, within)
        if first is None:
            return None
        others = [self._part(slot, number, within) for number in range(2, first.count + 1)]
        return Held(first.revision, join([first, *(part for part in others if part is not None)]))

    def _is_in_use(self, slot: str, within: Patience) -> bool:
        try:
            return bool(self._ring.read(self._service(slot), within))
        except DamagedEntryError:
            return True

    def _part(self, slot: str, number: int, within: Patience) -> Part | None:
        entry = self._ring.read(self._service(slot, number), within)
        return read_entry(entry) if entry else None

    def _write(self, slot: str, revision: int, secret: Secret, within: Patience) -> None:
        """Write what is not there yet, the first part last: a put that is interrupted never looks like a secret.

        A husk without text is cleared away, since nothing is ever overwritten: gnome-keyring writes an entry before
        its secret, and may die between the two.
        """
        entries = dict(enumerate(write_entries(revision, secret), start=1))
        there = {number: self._ring.read(self._service(slot, number), within) for number in range(1, len(entries) + 2)}
        if any(entry and entry != entries.get(number) for number, entry in there.items()):
            raise SlotTakenError
        for number in (*range(2, len(entries) + 1), 1):
            if not there[number]:
                self._write_entry(self._service(slot, number), entries[number], there[number], within)

    def _write_entry(self, service: str, entry: Secret, husk: Secret | None, within: Patience) -> None:
        if husk is not None:
            self._remove(service, within)
        self._ring.write(service, entry, within)
        if self._ring.read(service, within) != entry:
            with suppress(VaultError):
                self._ring.delete(service, within)
            raise NotKeptError

    def _last_part(self, slot: str, within: Patience) -> int:
        """Return the number of the last part there is, or may be: what is there need not be whole."""
        try:
            first = self._part(slot, 1, within)
        except DamagedEntryError:
            first = None
        last = first.count if first is not None else 1
        while last < MOST_PARTS and self._is_there(self._service(slot, last + 1), within):
            last += 1
        return last

    def _remove(self, service: str, within: Patience) -> None:
        for _try in range(TRIES_TO_REMOVE):
            if not self._is_there(service, within):
                return
            with suppress(NotRemovedError):
                self._ring.delete(service, within)
        if self._is_there(service, within):
            raise NotRemovedError

    def _is_there(self, service: str, within: Patience) -> bool:
        try:
            return self._ring.read(service, within) is not None
        except DamagedEntryError:
            return True

    def _service(self, slot: str, number: int = 1) -> str:
        """Return the name of an entry: one name for each, since Windows reshuffles several users under one."""
        return f"{self._place}/{slot}" if number == 1 else f"{self._place}/{slot}/{number}"


def open_vault(registry_id: str, *, limit_seconds: float = LIMIT_SECONDS) -> Vault:
    """Return the vault of a registry in the trusted keyring of this workstation.

    Args:
        registry_id: The registry's own id, without "@" and "/".
        limit_seconds: How long one use of the keyring may take.

    Raises:
        NoKeyringError: No trusted keyring answers.
        KeyringSlowError: None was found within the limit.
    """
    protect_process()
    return Vault(registry_id, trusted_ring(limit_seconds))


def vault_state(registry_id: str, *, limit_seconds: float = LIMIT_SECONDS) -> VaultState:
    """Return how the keyring of this workstation is; one that is missing, locked or dead is in the notes."""
    try:
        return open_vault(registry_id, limit_seconds=limit_seconds).state()
    except VaultError as error:
        return VaultState(None, "", False, None, None, (*ignored_settings(), error.sentence))
