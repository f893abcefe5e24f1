"""For whom envelopes are made: for each key of the escrow, or for each two of them by age inside age.

What the registry says of a person's key is not believed: something is sealed to it only where this keyring has
verified the card. Whoever can write to the registry's file would otherwise read everything that is stored next.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from itertools import combinations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.custody.custodian import Custodian
from core.custody.envelopes import Safe, Target, keys_in_force
from core.custody.identity.circle import Circle, look
from core.custody.vault import VaultError
from core.inventory.people import is_here
from core.model import EscrowKey, KeyCard, Person
from core.settings import Settings, read_settings

NEEDED = "escrow.needed"
TWO = 2


def needed_in(session: Session) -> int:
    """Return how many keys of the escrow it takes to open an envelope, one or two."""
    return needed_by(read_settings(session))


def needed_by(settings: Settings) -> int:
    """Return the same from settings that are read already."""
    return TWO if int(settings[NEEDED]) >= TWO else 1


def keys_that_count(session: Session, today: date) -> tuple[EscrowKey, ...]:
    """Return the keys that are to open envelopes: the paper, and of people who are here and whose card is in force."""
    here = select(Person.id).where(is_here(Person, today))
    revoked = select(KeyCard.fingerprint).where(KeyCard.revoked_on.is_not(None))
    counts = select(EscrowKey.id).where(
        or_(EscrowKey.person_id.is_(None), EscrowKey.person_id.in_(here) & EscrowKey.card.not_in(revoked))
    )
    ids = set(session.scalars(counts))
    return tuple(key for key in keys_in_force(session, today) if key.id in ids)


def targets_of(keys: Sequence[EscrowKey], needed: int) -> tuple[Target, ...]:
    """Return for whom envelopes are made: each key, or each two that do not belong to one and the same person.

    Of two, the paper comes first and then who was named first; the other one opens the inner seal and gets the secret.
    """
    if needed < TWO:
        return tuple(Target(key) for key in keys)
    ordered = sorted(keys, key=lambda key: (key.person_id is not None, key.since, str(key.id)))
    return tuple(Target(one, other) for one, other in combinations(ordered, 2) if one.person_id != other.person_id)


def wanted_targets(session: Session, today: date) -> tuple[Target, ...]:
    """Return for whom there should be an envelope of each secret, as the registry says."""
    return targets_of(keys_that_count(session, today), needed_in(session))


def safe_of(custodian: Custodian) -> Safe:
    """Return where envelopes go and for whom this keyring makes them: for the paper, and for cards it has verified."""
    registry, today = custodian.registry, custodian.today
    with registry.reading() as session:
        keys, needed = keys_that_count(session, today), needed_in(session)
        session.expunge_all()
    circle = _circle(custodian) if any(key.person_id is not None for key in keys) else None
    known = [key for key in keys if key.person_id is None or (circle is not None and is_verified(circle, key))]
    return Safe(registry.path, registry.id, targets_of(known, needed), today)


def is_verified(circle: Circle, key: EscrowKey) -> bool:
    """Say whether a person's key is that of a card to which this keyring may seal."""
    usable = circle.usable(key.person_id) if key.person_id is not None else []
    return any((card.fingerprint, card.recipient) == (key.card, key.recipient) for card in usable)


def _circle(custodian: Custodian) -> Circle | None:
    """Return what this keyring knows of cards; a keyring that does not tell must not block the change of a secret."""
    with suppress(VaultError):
        return look(custodian)
    return None
