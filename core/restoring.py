"""The backups kept beside a registry, and putting one in its place in the name of whoever works here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import workstation
from core.errors import RegistryError
from core.i18n import N_, _
from core.registry import Registry, open_registry
from core.storage import backing_up, companions, kept_copies

REASONS = {"upgrade": N_("before an upgrade of the file"), "restore": N_("before a backup was restored")}
"""Source texts of the occasions on which backups are made unasked, by the word in the file's name."""


@dataclass(frozen=True, slots=True)
class KeptBackup:
    """A backup that was made unasked and lies beside the registry.

    Attributes:
        path: Its file.
        at: When it was made.
        why: A key of REASONS, or another short word.
        size: Its length in bytes.
    """

    path: Path
    at: datetime
    why: str
    size: int


def kept_backups(path: Path) -> list[KeptBackup]:
    """Return the backups that were made of a registry unasked, newest first."""
    return [kept for file in kept_copies.automatic_backups(path) if (kept := _kept(file)) is not None]


def _kept(file: Path) -> KeptBackup | None:
    told = kept_copies.told_by_name(file)
    return KeptBackup(file, *told, file.stat().st_size) if told is not None else None


def told_of_backup(backup: Path) -> str:
    """Return the sentence that a backup was written, and what belongs to it."""
    folder, reports = companions.folder_of(backup), companions.folder_of(backup, companions.REPORTS)
    assets = companions.folder_of(backup, companions.ASSETS)
    told = _("The backup was written and checked: “{path}”.")
    if companions.files_in(folder):
        told = _(
            "The backup was written and checked: “{path}”. Its sealed envelopes lie beside it in “{folder}”: keep both "
            "together."
        )
    sentences = [told.format(path=backup, folder=folder.name)]
    if companions.files_in(reports, companions.REPORTS):
        also = _("The reports that were issued lie beside it in “{folder}”: keep them with it, too.")
        sentences.append(also.format(folder=reports.name))
    if companions.files_in(assets, companions.ASSETS):
        also = _("The files of the city's identity lie beside it in “{folder}”: keep them with it, too.")
        sentences.append(also.format(folder=assets.name))
    return " ".join(sentences)


def restore_registry(backup: Path, path: Path) -> Path | None:
    """Put a backup in a registry's place; what was there is kept.

    Returns:
        Where the replaced state is kept, or None where there was none.
    """
    hand = backing_up.Hand(_me_of(path), workstation.store_id(), datetime.now(UTC))
    return backing_up.restore(backup, path, hand)


def _me_of(path: Path) -> uuid.UUID | None:
    """Return who works here, as far as the present registry can say."""
    try:
        registry = open_registry(path)
    except RegistryError:
        return None
    me = registry.me()
    registry.close()
    return me


def back_up_daily(registry: Registry) -> None:
    """Keep the day's automatic backup, unless there is one already."""
    if not backing_up.backed_up_on(registry.path, datetime.now(UTC).date()):
        registry.back_up_automatically("daily")
