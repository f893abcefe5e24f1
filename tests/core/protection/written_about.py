"""What is written about one person of the planted registry, in every record that can hold a name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from core.model import (
    Access,
    AccessKind,
    Asset,
    AssetKind,
    AssetVersion,
    Channel,
    Confirmation,
    Consent,
    ConsentMedium,
    DataHold,
    EscrowKey,
    EscrowOpening,
    KeyCard,
    Person,
    Store,
    Waiver,
)
from tests.core.custody.keeping_records import make_login, make_reading, make_rotation, tied

LONG_AGO, LATELY = date(2019, 3, 31), date(2026, 3, 31)


@dataclass(frozen=True, slots=True)
class Planted:
    """What stands for one person."""

    id: UUID
    given: str
    family: str
    former: str
    mail: str
    phone: str
    profile: str

    @property
    def canaries(self) -> tuple[str, ...]:
        return (self.given, self.family, self.former, self.mail, self.phone, self.profile)

    @property
    def portrait(self) -> bytes:
        return b"\x89PNG\r\n\x1a\n" + f"Portrait {self.given}".encode()

    @property
    def form(self) -> bytes:
        return f"%PDF Einwilligung {self.given}".encode()


def instant() -> datetime:
    """A morning of 2019."""
    return datetime(2019, 1, 7, 9, tzinfo=UTC)


def about(one: Planted, channel: Channel, number: int) -> Iterator[object]:
    login = make_login(
        label=f"Zugang {number}",
        login_name=f"{one.given}.{one.family}".lower(),
        recovery_mail=one.mail,
        recovery_phone=one.phone,
        place=f"Tresor bei {one.family}",
        revision=3,
        rotated_on=date(2026, 1, 7),
    )
    store = Store(person_id=one.id, backend="secret-service", remark=f"PC-{one.family}", since=LONG_AGO)
    key = EscrowKey(recipient="age1", place=f"Mappe von Herrn {one.family}", since=LONG_AGO, person_id=one.id)
    yield from (login, store, key, *tied(login, channel), _waiver(one, channel))
    person = Person(id=one.id, family_name="")
    yield from (make_reading(login, person, revision=1, on=LONG_AGO), make_rotation(login, 2, date(2020, 1, 7)))
    yield EscrowOpening(escrow_key_id=key.id, person_id=one.id, on=LONG_AGO, reason=f"{one.given} {one.family} krank")
    yield Access(
        channel_id=channel.id,
        person_id=one.id,
        kind=AccessKind.SHARED_LOGIN,
        via_profile=one.profile,
        reason=f"{one.given} {one.family} hat Dienst",
        granted_on=LONG_AGO,
        withdrawn_on=LATELY,
    )
    yield Access(channel_id=channel.id, holder=f"Agentur {one.given} {one.family}", withdrawn_on=LATELY)
    yield Confirmation(channel_id=channel.id, person_id=one.id, on=date(2019, 1, 7))
    yield Confirmation(channel_id=channel.id, person_id=one.id, on=date(2026, 1, 7))
    yield from _papers(one, store)
    yield from _portrait(one)


def _portrait(one: Planted) -> Iterator[object]:
    asset = Asset(
        kind=AssetKind.PORTRAIT, title=f"{one.given} {one.family}", person_id=one.id, source=f"Foto von {one.profile}"
    )
    yield asset
    yield AssetVersion(
        asset_id=asset.id,
        sha256=hashlib.sha256(one.portrait).hexdigest(),
        file_name=f"{one.family}.png",
        media_type="image/png",
        size=len(one.portrait),
        issued_on=LONG_AGO,
    )
    yield Consent(
        asset_id=asset.id,
        medium=next(iter(ConsentMedium)),
        given_on=LONG_AGO,
        form_sha256=hashlib.sha256(one.form).hexdigest(),
        form_name=f"Einwilligung {one.family}.pdf",
    )


def _waiver(one: Planted, channel: Channel) -> Waiver:
    return Waiver(
        rule="quiet",
        subject_type="channel",
        subject_id=channel.id,
        reason=f"{one.given} {one.family} im Urlaub",
        since=date(2026, 1, 1),
        until=date(2026, 6, 30),
    )


def _papers(one: Planted, store: Store) -> Iterator[object]:
    text = json.dumps({"name": f"{one.given} {one.family}", "device": f"PC-{one.family}"})
    digest = hashlib.sha256(text.encode()).hexdigest()
    yield KeyCard(person_id=one.id, store_id=store.id, text=text, fingerprint=digest, created_on=LONG_AGO)
    since, until = date(2019, 1, 1), date(2019, 12, 31)
    yield DataHold(person_id=one.id, reason=f"Klage von {one.family}", since=since, until=until)
