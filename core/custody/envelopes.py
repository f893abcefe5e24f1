"""Recovery envelopes: every stored secret sealed to the keys of the escrow, as files beside the registry.

A missing envelope warns, it never blocks: whoever cannot write the file has still changed the password.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.custody.sealing import LARGEST, NotForThisKeyError, sealed, unsealed, unwrapped, wrapped
from core.custody.secret import Secret
from core.errors import RegistryError
from core.i18n import _
from core.model import Credential, Envelope, EscrowKey
from core.storage import companions
from core.storage.places import make_private_folder, refuse_linked, written_aside

FORMAT = 1
_PARTS_BEFORE_KEYS = 6  # The five of the login's id, and the revision.


@dataclass(frozen=True, slots=True)
class Contents:
    """What an envelope holds."""

    registry_id: str
    credential_id: UUID
    revision: int
    label: str
    login_name: str
    secret: Secret


@dataclass(frozen=True, slots=True)
class Target:
    """For whom an envelope is made: one key, or two of which `key` opens the outer seal and `inner` the inner one."""

    key: EscrowKey
    inner: EscrowKey | None = None

    @property
    def ids(self) -> tuple[UUID, UUID | None]:
        """The keys as records of envelopes name them."""
        return self.key.id, self.inner.id if self.inner is not None else None


@dataclass(frozen=True, slots=True)
class Safe:
    """Where envelopes lie and for whom they are made: the registry's file, its name, the targets and the day."""

    registry: Path
    registry_id: str
    targets: tuple[Target, ...]
    today: date


def folder_of(registry: Path) -> Path:
    """Return the folder beside a registry in which its envelopes lie."""
    return companions.folder_of(registry)


def file_of(registry: Path, envelope: Envelope) -> Path:
    """Return the file of one envelope."""
    keys = (envelope.escrow_key_id, envelope.with_key_id)
    names = "-".join(key.hex[:8] for key in keys if key is not None)
    return folder_of(registry) / f"{envelope.credential_id}-{envelope.revision}-{names}.age"


def keys_named(file: Path) -> tuple[str, ...]:
    """Return the beginnings of the keys' ids that the name of an envelope's file tells: none, one or two."""
    return tuple(file.stem.split("-")[_PARTS_BEFORE_KEYS:])


def keys_in_force(session: Session, today: date) -> tuple[EscrowKey, ...]:
    """Return the recovery keys to which secrets are sealed on a day, the oldest first."""
    query = select(EscrowKey).where((EscrowKey.until.is_(None)) | (EscrowKey.until > today))
    return tuple(session.scalars(query.order_by(EscrowKey.since, EscrowKey.created_at)))


def put_in_envelopes(safe: Safe, credential: Credential, revision: int, secret: Secret) -> list[Envelope]:
    """Seal a secret for each target and write the files; return what is to be recorded of those written."""
    content = {
        "format": FORMAT,
        "registry": safe.registry_id,
        "credential": str(credential.id),
        "revision": revision,
        "kind": credential.kind.value,
        "label": credential.label,
        "login": credential.login_name or "",
        "secret": secret.reveal(),
    }
    made = (_made(safe, target, credential.id, revision, content) for target in safe.targets)
    return [one for one in made if one is not None]


def _made(safe: Safe, target: Target, credential_id: UUID, revision: int, content: dict[str, Any]) -> Envelope | None:
    """Write one envelope; None where that failed, of which a finding tells."""
    key_id, with_key_id = target.ids
    envelope = Envelope(
        credential_id=credential_id,
        escrow_key_id=key_id,
        with_key_id=with_key_id,
        revision=revision,
        made_on=safe.today,
        digest="",
    )
    file = file_of(safe.registry, envelope)
    try:
        ciphertext = _sealed_for(target, content)
        refuse_linked(file.parent)
        make_private_folder(file.parent)
        with written_aside(file) as aside:
            aside.write_bytes(ciphertext)
    except (OSError, RegistryError):
        return None
    envelope.digest = hashlib.sha256(ciphertext).hexdigest()
    return envelope


def _sealed_for(target: Target, content: dict[str, Any]) -> bytes:
    if target.inner is None:
        return sealed(content, target.key.recipient)
    return wrapped(sealed(content, target.inner.recipient), target.key.recipient)


def remove_envelopes(registry: Path, envelopes: Iterable[Envelope]) -> None:
    """Remove the files of envelopes whose rows are gone or outdated."""
    for envelope in envelopes:
        file = file_of(registry, envelope)
        if not file.parent.is_symlink():
            file.unlink(missing_ok=True)


def is_whole(registry: Path, envelope: Envelope) -> bool:
    """Say whether the file of an envelope is there, as it was written."""
    return read_envelope(registry, envelope) is not None


def read_envelope(registry: Path, envelope: Envelope) -> bytes | None:
    """Return the file of an envelope as it was written; None where it is gone or another one lies in its place."""
    file = file_of(registry, envelope)
    try:
        if file.parent.is_symlink() or file.is_symlink():
            return None
        ciphertext = read_sealed(file)
    except OSError:
        return None
    return ciphertext if hashlib.sha256(ciphertext).hexdigest() == envelope.digest else None


def read_sealed(file: Path) -> bytes:
    """Return a sealed file; of one that is too large to be ours, only so much that it shows.

    Raises:
        OSError: The file cannot be read.
    """
    with file.open("rb") as stream:
        return stream.read(LARGEST + 1)


def opened_contents(ciphertext: bytes, *privates: Secret) -> Contents:
    """Open an envelope with the private half of its key, or with those of both in their order.

    Raises:
        NotForThisKeyError: A key does not fit, or the file is damaged or none of ours.
        BadInputError: The text is no recovery key.
    """
    *outer, last = privates
    for one in outer:
        ciphertext = unwrapped(ciphertext, one)
    content = unsealed(ciphertext, last)
    try:
        return Contents(
            str(content["registry"]),
            UUID(content["credential"]),
            int(content["revision"]),
            str(content["label"]),
            str(content["login"]),
            Secret(str(content["secret"])),
        )
    except (KeyError, ValueError, TypeError, AttributeError, json.JSONDecodeError):
        pass
    raise NotForThisKeyError(_("This file cannot be opened with this key, or it was altered."))


def envelope_files(registry: Path) -> Iterator[Path]:
    """Give the files that lie in the folder of the envelopes."""
    yield from companions.files_in(folder_of(registry))
