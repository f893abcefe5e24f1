"""Pins: which cards the person at this keyring verified, kept in the keyring itself.

Whoever can write to the registry's file can put any card into it; nobody else writes to a person's keyring.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from core.custody.identity.notes import read_note, replace_note
from core.custody.secret import Secret
from core.custody.vault import DamagedEntryError, Held, Vault
from core.model import VerifiedBy

PINS = "pins"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Pin:
    """One card that was verified.

    Attributes:
        card: Its fingerprint.
        how: How it was verified.
        on: When.
        head: Whether the person knew it as the card of the head of press, whose certificates count.
        by: The fingerprint of the card that certified it.
    """

    card: str
    how: VerifiedBy
    on: date
    head: bool = False
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Misses:
    """How often wrong words were typed for a card on a day."""

    card: str
    on: date
    count: int


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person's keyring knows of other people's cards.

    Attributes:
        pins: The cards verified.
        revoked: The fingerprints of cards known to be revoked, for good.
        misses: Wrong words.
    """

    pins: tuple[Pin, ...] = ()
    revoked: frozenset[str] = frozenset()
    misses: tuple[Misses, ...] = ()
    _held: Held | None = field(default=None, compare=False, repr=False)

    def of(self, fingerprint: str) -> Pin | None:
        """Return the pin of a card that counts, None where it was not verified or is revoked.

        What a revoked card certified counts no longer: nobody knows who held the key.
        """
        found = next((pin for pin in self.pins if pin.card == fingerprint), None)
        if found is None or fingerprint in self.revoked or found.by in self.revoked:
            return None
        return found

    def missed(self, fingerprint: str, on: date) -> int:
        """Return how often wrong words were typed for a card on a day."""
        return next((one.count for one in self.misses if (one.card, one.on) == (fingerprint, on)), 0)

    def with_pin(self, pin: Pin) -> Pins:
        """Return the same with a card verified, in place of an earlier pin of it."""
        others = tuple(one for one in self.pins if one.card != pin.card)
        return replace(self, pins=(*others, pin), misses=_without(self.misses, pin.card))

    def with_revoked(self, fingerprint: str) -> Pins:
        """Return the same with a card revoked."""
        return replace(self, revoked=self.revoked | {fingerprint}, misses=_without(self.misses, fingerprint))

    def with_miss(self, fingerprint: str, on: date) -> Pins:
        """Return the same with wrong words for a card counted; other days are forgotten."""
        missed = Misses(fingerprint, on, self.missed(fingerprint, on) + 1)
        return replace(self, misses=(*(one for one in _without(self.misses, fingerprint) if one.on == on), missed))


def read_pins(vault: Vault, store_id: UUID | None) -> Pins:
    """Return what the keyring knows; nothing where nothing was verified yet.

    Raises:
        VaultError: The keyring does not answer, or the note is damaged.
    """
    held = read_note(vault, store_id, PINS) if store_id is not None else None
    if held is None:
        return Pins()
    try:
        return replace(_read(held.secret), _held=held)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedEntryError from None


def keep_pins(vault: Vault, store_id: UUID, pins: Pins) -> Pins:
    """Write pins that came from `read_pins` back to the keyring, and return them as they are there.

    Raises:
        ConflictError: Another program changed them in the meantime.
        VaultError: The keyring does not answer, or did not keep them; then the old ones are still there.
    """
    replace_note(vault, store_id, PINS, _written(pins), known=pins._held)  # noqa: SLF001 - this module's own
    return read_pins(vault, store_id)


def _without(misses: Iterable[Misses], fingerprint: str) -> tuple[Misses, ...]:
    return tuple(one for one in misses if one.card != fingerprint)


def _written(pins: Pins) -> Secret:
    content = {
        "format": _FORMAT,
        "pins": [
            {"card": one.card, "how": one.how.value, "on": one.on.isoformat(), "head": one.head, "by": one.by}
            for one in sorted(pins.pins, key=lambda one: one.card)
        ],
        "revoked": sorted(pins.revoked),
        "misses": [{"card": one.card, "on": one.on.isoformat(), "count": one.count} for one in pins.misses],
    }
    return Secret(json.dumps(content, sort_keys=True, separators=(",", ":")))


def _read(text: Secret) -> Pins:
    content = json.loads(text.reveal())
    if content["format"] != _FORMAT:
        raise ValueError("an unknown format")
    pins = tuple(
        Pin(one["card"], VerifiedBy(one["how"]), date.fromisoformat(one["on"]), bool(one["head"]), one["by"])
        for one in content["pins"]
    )
    misses = tuple(Misses(one["card"], date.fromisoformat(one["on"]), int(one["count"])) for one in content["misses"])
    return Pins(pins, frozenset(content["revoked"]), misses)
