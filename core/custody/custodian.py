"""Who keeps secrets here: the registry, the keyring of this workstation, and the person bound to it, on a day."""

from __future__ import annotations

import platform
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import workstation
from core.errors import BadInputError, ConflictError
from core.i18n import N_, _
from core.inventory.credentials import IN_KEYRINGS
from core.model import Credential, Custody, KeptIn, Store

if TYPE_CHECKING:
    from core.custody.vault import Vault


class OpenRegistry(Protocol):
    """The open registry as far as custody needs it; `core.registry` stands above this room."""

    @property
    def path(self) -> Path:
        """The registry's file."""

    @property
    def id(self) -> str:
        """The registry's own name."""

    def me(self) -> UUID | None:
        """Return the person at this workstation."""

    def reading(self) -> AbstractContextManager[Session]:
        """Give a session that reads."""

    def action(self, label: str, *, now: datetime | None = None) -> AbstractContextManager[Session]:
        """Give a session whose changes become one action of the log, at this instant unless another is given."""

    def deriving(self) -> AbstractContextManager[Session]:
        """Give a session that writes what lies outside the log."""


@dataclass(frozen=True, slots=True)
class Custodian:
    """The person at this workstation with their keyring; what they do with secrets goes through it.

    Attributes:
        registry: The open registry.
        vault: The keyring of this operating-system account.
        today: The day.
        told: Is told how many of how many steps of long work are done, and answers whether to go on.
    """

    registry: OpenRegistry
    vault: Vault
    today: date
    told: Callable[[int, int], bool] = lambda _done, _all: True

    @property
    def person_id(self) -> UUID:
        """The person who is bound to this workstation.

        Raises:
            BadInputError: Nobody is yet.
        """
        me = self.registry.me()
        if me is None:
            raise BadInputError(
                _("The program does not know yet who works here. Please say first who you are, then keep secrets.")
            )
        return me


def store_here(custodian: Custodian) -> UUID | None:
    """Return the store of this workstation's keyring as the registry knows it; None where nothing was kept yet.

    Raises:
        VaultError: The keyring does not answer.
    """
    return custodian.vault.store()


def make_store(custodian: Custodian) -> UUID:
    """Return the store of this keyring, made and recorded where there is none.

    Raises:
        VaultError: The keyring does not answer.
        ConflictError: The keyring belongs to another person of the registry.
    """
    me, store_id = custodian.person_id, custodian.vault.make_store()
    with custodian.registry.reading() as session:
        known = session.get(Store, store_id)
        owner = known.person_id if known is not None else None
    if owner is None:
        with custodian.registry.action(N_("Record keyring")) as session:
            session.add(
                Store(
                    id=store_id,
                    person_id=me,
                    backend=custodian.vault.backend,
                    remark=platform.node() or None,
                    since=custodian.today,
                )
            )
    elif owner != me:
        raise ConflictError(_("This keyring belongs to another person of the registry. Nothing was stored."))
    if (last := last_store(custodian)) is not None and last != store_id:
        note_vanished(custodian, last)
    workstation.remember(remembered_as(custodian.registry.id), str(store_id))
    return store_id


def last_store(custodian: Custodian) -> UUID | None:
    """Return the keyring that this workstation saw last, be it there or not."""
    known = workstation.remembered(remembered_as(custodian.registry.id))
    try:
        return UUID(known)
    except (TypeError, ValueError, AttributeError):
        return None


def note_vanished(custodian: Custodian, store_id: UUID) -> None:
    """Note that a keyring is gone, so that it is asked about, unless that is so already or was answered."""
    with custodian.registry.reading() as session:
        store = session.get(Store, store_id)
        known = store is not None and store.until is None and store.vanished_on is None
    if known:
        with custodian.registry.action(N_("Compare with the keyring")) as session:
            session.get_one(Store, store_id).vanished_on = custodian.today


def remembered_as(registry_id: str) -> str:
    """Return under which name the workstation remembers the store that it last saw for a registry."""
    return f"store:{registry_id}"


def slot_of(store_id: UUID, credential_id: UUID, revision: int) -> UUID:
    """Return the name of the keyring's entry for one revision of a secret.

    It follows from the three, so that a crash between keyring and registry leaves nothing that cannot be found again
    (docs/decisions/0012). Whoever reads the labels of a keyring learns nothing from it.
    """
    return uuid5(store_id, f"{credential_id}/{revision}")


def kept_by(session: Session, store_id: UUID, credential_id: UUID) -> list[Custody]:
    """Return the copies of a secret in a store, the newest revision first."""
    query = select(Custody).where(
        Custody.store_id == store_id, Custody.credential_id == credential_id, Custody.until.is_(None)
    )
    return list(session.scalars(query.order_by(Custody.revision.desc())))


def usable(session: Session, credential_id: UUID, today: date) -> Credential:
    """Return a credential whose secret a keyring keeps.

    Raises:
        BadInputError: There is none, it is retired, or its secret is kept elsewhere.
    """
    credential = session.get(Credential, credential_id)
    if credential is None:
        raise BadInputError(_("There is no login “{id}”.").format(id=credential_id))
    if credential.retired_on is not None and credential.retired_on <= today:
        raise BadInputError(_("“{label}” is retired.").format(label=credential.label))
    if credential.kind not in IN_KEYRINGS or credential.kept_in is not KeptIn.KEYRING:
        raise BadInputError(
            _("The secret of “{label}” is not kept in a keyring. Change “Kept in” first.").format(
                label=credential.label
            )
        )
    return credential
