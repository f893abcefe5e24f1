"""Records of logins and of who keeps them, with defaults, so that a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
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
    CustodyEnd,
    Envelope,
    EscrowKey,
    EscrowOpening,
    Person,
    Reading,
    Rotation,
    Store,
)
from tests.factories import make_channel, make_person

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


def troubled_logins(today: date) -> Iterator[Any]:
    """Give logins of which every rule about custody raises some, with keepers who are here or have left."""
    leaver, stays = make_person(left_on=today - timedelta(days=1)), make_person(given_name="Ute", function="Presse")
    late, channel = make_person(left_on=today - timedelta(days=30)), make_channel(handle="haus", account_key="")
    stores = [make_store(leaver), make_store(stays), make_store(late), make_store(stays, vanished_on=today)]
    logins = [make_login(label=label, rotation_days=30, recovery_of_office=False) for label in ("Ämter", "amt", "Zoo")]
    yield from (leaver, stays, late, channel, *stores, *logins)
    for number, login in enumerate(logins):
        yield from tied(login, channel)
        yield make_copy(login, stores[number], last_seen_on=today - timedelta(days=400))
        yield make_reading(login, late, revision=number)
        yield make_rotation(login, 2, today - timedelta(days=200), stays)
    yield make_copy(logins[1], stores[3], missing_since=today)
    yield make_copy(logins[0], stores[1], until=today, ended=CustodyEnd.RELEASED)
    yield shared_login(channel, None, holder="Agentur", withdrawn_on=today)
    yield make_login(label="Nirgends", revision=1, rotated_on=None, rotation_days=30)
    paper, theirs = make_key(), make_key(late)
    yield from (paper, theirs, make_envelope(logins[1], theirs))
    yield EscrowOpening(
        escrow_key_id=paper.id, person_id=stays.id, on=today, reason="Urlaub", credential_id=logins[2].id
    )


def make_key(person: Person | None = None, **values: Any) -> EscrowKey:
    """The printed key, or the key of a holder of the escrow."""
    whose = {"person_id": person.id, "card": f"{person.id.hex:0>64}"} if person is not None else {}
    return EscrowKey(**{"recipient": "age1", "since": LONG_AGO, **whose, **values})


def make_envelope(credential: Credential, key: EscrowKey, inner: EscrowKey | None = None, **values: Any) -> Envelope:
    """The secret in force is sealed to a key, or to two."""
    ids = {"credential_id": credential.id, "escrow_key_id": key.id, "with_key_id": inner.id if inner else None}
    defaults = {"revision": credential.revision, "made_on": LONG_AGO, "digest": "0" * 64}
    return Envelope(**{**ids, **defaults, **values})
