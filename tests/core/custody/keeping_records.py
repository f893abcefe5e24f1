"""Records of logins and of who keeps them, with defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from core.custody.custodian import slot_of
from core.model import (
    Access,
    AccessKind,
    Channel,
    Credential,
    CredentialChannel,
    CredentialKind,
    Custody,
    Person,
    Reading,
    Rotation,
    Store,
)

LONG_AGO = date(2025, 1, 7)


def make_login(**values: Any) -> Credential:
    """A password in the keyring, in its second revision."""
    defaults = {"kind": CredentialKind.PASSWORD, "label": "Stadtseite", "revision": 2, "rotated_on": LONG_AGO}
    return Credential(**{**defaults, **values})


def tied(credential: Credential, *channels: Channel) -> list[CredentialChannel]:
    """The login opens the channels."""
    return [CredentialChannel(credential_id=credential.id, channel_id=channel.id) for channel in channels]


def make_store(person: Person, **values: Any) -> Store:
    """The person's keyring."""
    return Store(**{"person_id": person.id, "backend": "secret-service", "since": LONG_AGO, **values})


def make_copy(credential: Credential, store: Store, **values: Any) -> Custody:
    """The owner of a store keeps the secret in force there."""
    revision = values.get("revision", credential.revision)
    defaults = {"person_id": store.person_id, "since": LONG_AGO, "last_seen_on": date(2026, 11, 2)}
    slot = slot_of(store.id, credential.id, revision)
    ids = {"credential_id": credential.id, "store_id": store.id, "slot": slot, "revision": revision}
    return Custody(**{**defaults, **ids, **values})


def make_reading(credential: Credential, person: Person, **values: Any) -> Reading:
    """The person has read the secret in force."""
    defaults = {"revision": credential.revision, "on": LONG_AGO}
    return Reading(**{"credential_id": credential.id, "person_id": person.id, **defaults, **values})


def make_rotation(credential: Credential, revision: int, on: date, person: Person | None = None) -> Rotation:
    """A revision took effect."""
    by = person.id if person is not None else None
    return Rotation(credential_id=credential.id, revision=revision, on=on, person_id=by)


def shared_login(channel: Channel, person: Person | None, **values: Any) -> Access:
    """The person shares the login of a channel."""
    ids = {"channel_id": channel.id, "person_id": person.id if person is not None else None}
    return Access(**{**ids, "kind": AccessKind.SHARED_LOGIN, "reason": "Dienst am Wochenende", **values})
