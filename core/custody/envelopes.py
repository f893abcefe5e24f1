"""Recovery envelopes: every stored secret sealed to the printed recovery key, as files beside the registry.

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

from core.custody.sealing import LARGEST, NotForThisKeyError, sealed, unsealed
from core.custody.secret import Secret
from core.errors import RegistryError
from core.inventory.credentials import in_use
from core.model import Credential, Envelope, EscrowKey
from core.storage import companions
from core.storage.places import make_private_folder, refuse_linked, written_aside

FORMAT = 1


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
class Safe:
    """Where envelopes lie and to which keys they are sealed: the registry's file, its name, the keys and the day."""

    registry: Path
    registry_id: str
    keys: tuple[EscrowKey, ...]
    today: date


def folder_of(registry: Path) -> Path:
    """Return the folder beside a registry in which its envelopes lie."""
    return companions.folder_of(registry)


def file_of(registry: Path, credential_id: UUID, revision: int, key_id: UUID) -> Path:
    """Return the file of one envelope."""
    return folder_of(registry) / f"{credential_id}-{revision}-{key_id.hex[:8]}.age"


def keys_in_force(session: Session, today: date) -> tuple[EscrowKey, ...]:
    """Return the recovery keys to which secrets are sealed on a day, the oldest first."""
    query = select(EscrowKey).where((EscrowKey.until.is_(None)) | (EscrowKey.until > today))
    return tuple(session.scalars(query.order_by(EscrowKey.since, EscrowKey.created_at)))


def put_in_envelopes(safe: Safe, credential: Credential, revision: int, secret: Secret) -> list[Envelope]:
    """Seal a secret to each recovery key and write the files; return what is to be recorded of those written."""
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
    made = []
    for key in safe.keys:
        digest = _written(file_of(safe.registry, credential.id, revision, key.id), content, key.recipient)
        if digest is not None:
            made.append(
                Envelope(
                    credential_id=credential.id,
                    escrow_key_id=key.id,
                    revision=revision,
                    made_on=safe.today,
                    digest=digest,
                )
            )
    return made


def _written(file: Path, content: dict[str, Any], recipient: str) -> str | None:
    """Write one envelope; None where that failed, of which `without_envelope` tells."""
    try:
        ciphertext = sealed(content, recipient)
        refuse_linked(file.parent)
        make_private_folder(file.parent)
        with written_aside(file) as aside:
            aside.write_bytes(ciphertext)
    except (OSError, RegistryError):
        return None
    return hashlib.sha256(ciphertext).hexdigest()


def remove_envelopes(registry: Path, envelopes: Iterable[Envelope]) -> None:
    """Remove the files of envelopes whose rows are gone or outdated."""
    for envelope in envelopes:
        file = file_of(registry, envelope.credential_id, envelope.revision, envelope.escrow_key_id)
        if not file.parent.is_symlink():
            file.unlink(missing_ok=True)


def without_envelope(session: Session, key: EscrowKey, today: date) -> list[Credential]:
    """Return the credentials whose secret in force is not sealed to a key."""
    of_key = select(Envelope.id).where(
        Envelope.credential_id == Credential.id,
        Envelope.revision == Credential.revision,
        Envelope.escrow_key_id == key.id,
    )
    stored = select(Credential).where(Credential.revision > 0, in_use(today), ~of_key.exists())
    return list(session.scalars(stored.order_by(Credential.label)))


def open_envelope(file: Path, private: Secret) -> Contents:
    """Open one envelope with the private half of its key.

    Raises:
        NotForThisKeyError: The key does not fit, or the file is damaged or none of ours.
        BadInputError: The text is no recovery key.
        OSError: The file cannot be read.
    """
    with file.open("rb") as stream:
        content = unsealed(stream.read(LARGEST + 1), private)
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
    raise NotForThisKeyError(file.name)


def envelope_files(registry: Path) -> Iterator[Path]:
    """Give the files that lie in the folder of the envelopes."""
    yield from companions.files_in(folder_of(registry))
