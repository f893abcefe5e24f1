"""All that hangs on one login, read at once: what it opens, who keeps it, what this keyring has, why it must change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from core.custody.envelopes import keys_in_force
from core.custody.escrow.standing import openers
from core.custody.holding import CopyState, CustodyRow, custody_rows
from core.custody.owed import OwedRotation, rotation_list
from core.inventory.channels import label_of
from core.inventory.credentials import IN_KEYRINGS, channels_of
from core.inventory.editing import Opened, open_record
from core.inventory.lists import CREDENTIALS
from core.inventory.platforms import password_page
from core.model import KeptIn


@dataclass(frozen=True, slots=True)
class Opens:
    """A channel that the login opens."""

    id: UUID
    title: str
    platform: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Here:
    """What this workstation's keyring has of a login, as far as the registry knows.

    Attributes:
        in_force: The copy of the secret in force.
        pending: The copy of a secret that was prepared and is not in force yet.
        before: A copy of the secret before, kept until the new one is confirmed to work.
    """

    in_force: CustodyRow | None
    pending: CustodyRow | None
    before: CustodyRow | None


@dataclass(frozen=True, slots=True)
class CredentialSheet:
    """One login with what hangs on it.

    Attributes:
        opened: The record.
        channels: What it opens.
        custody: Who keeps or kept which revision, those still kept first.
        here: What this keyring has.
        owed: Why the secret has to be changed, None where it has not.
        in_keyrings: Whether its secret is a text that keyrings keep.
        change_at: The page on which it is changed, None where none is known.
        sealed: Whether somebody can open an envelope of the secret in force; None where there is no escrow.
        pending_with: Who has prepared a new secret elsewhere.
    """

    opened: Opened
    channels: tuple[Opens, ...]
    custody: tuple[CustodyRow, ...]
    here: Here
    owed: OwedRotation | None
    in_keyrings: bool
    change_at: str | None
    sealed: bool | None
    pending_with: str | None

    @property
    def revision(self) -> int:
        """The revision in force; 0 where nothing was ever stored."""
        return int(self.opened.listed["revision"])

    @property
    def others(self) -> tuple[CustodyRow, ...]:
        """The copies of the secret in force that lie in other keyrings."""
        mine = self.here.in_force
        return tuple(
            one
            for one in self.custody
            if one.until is None and one.state is CopyState.IN_FORCE and (mine is None or one.id != mine.id)
        )


def credential_sheet(
    session: Session, credential_id: UUID, today: date, store_id: UUID | None
) -> CredentialSheet | None:
    """Read a login with what hangs on it, None where there is none.

    Args:
        session: A session that reads.
        credential_id: Which one.
        today: The day.
        store_id: This workstation's keyring, as it was last seen.
    """
    opened = open_record(session, CREDENTIALS, credential_id, today)
    if opened is None:
        return None
    rows = [one for one in custody_rows(session, today, with_ended=True) if one.credential_id == credential_id]
    rows.sort(key=lambda one: (one.until is not None, -one.revision))
    channels = tuple(_opens(session, credential_id))
    kept = [one for one in rows if one.until is None]
    here = {one.state: one for one in reversed(kept) if one.store_id == store_id}
    elsewhere = (one.person for one in kept if one.state is CopyState.PENDING and one.store_id != store_id)
    return CredentialSheet(
        opened,
        channels,
        tuple(rows),
        Here(here.get(CopyState.IN_FORCE), here.get(CopyState.PENDING), here.get(CopyState.OUTDATED)),
        next((one for one in rotation_list(session, today) if one.credential_id == credential_id), None),
        opened.values["kind"] in IN_KEYRINGS and opened.values["kept_in"] is KeptIn.KEYRING,
        _change_at(opened, channels),
        _sealed(session, credential_id, today),
        next(elsewhere, None),
    )


def _opens(session: Session, credential_id: UUID) -> Iterator[Opens]:
    for one in channels_of(session, credential_id):
        yield Opens(one.id, label_of(one.title, one.platform), one.platform, one.url)


def _change_at(opened: Opened, channels: tuple[Opens, ...]) -> str | None:
    if opened.values["address"]:
        return str(opened.values["address"])
    pages = (password_page(one.platform, one.url or "") or one.url for one in channels)
    return next((page for page in pages if page), None)


def _sealed(session: Session, credential_id: UUID, today: date) -> bool | None:
    if not keys_in_force(session, today):
        return None
    return bool(openers(session, today).get(credential_id))
