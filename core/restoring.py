"""The backups kept beside a registry, and putting one in its place in the name of whoever works here."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core import workstation
from core.errors import RegistryError
from core.i18n import N_, _, ngettext, quoted
from core.inventory.assets.lacking import lacking_files
from core.inventory.assets.library import recorded_files, shelf_of
from core.registry import Registry, open_registry
from core.storage import backing_up, companions, kept_copies

REASONS = {"upgrade": N_("before an upgrade of the file"), "restore": N_("before a backup was restored")}
"""Source texts of the occasions on which backups are made unasked, by the word in the file's name."""
_NAMED = 5
"""How many files are named in one sentence."""


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


def save_backup(registry: Registry, target: Path) -> tuple[str, ...]:
    """Copy a registry to a file while it is in use, and read what was copied along.

    Returns:
        What the files of the library are called that are not in the backup, since they are missing or damaged.

    Raises:
        UnusableFileError: The target cannot be written, or the registry is damaged.
    """
    with registry.reading() as session:
        wanted = recorded_files(session)
    registry.back_up(target, wanted)
    with registry.reading() as session:
        return lacking_files(session, shelf_of(target), wanted & recorded_files(session))


def told_of_backup(backup: Path, lacking: Sequence[str] = ()) -> str:
    """Return the sentences that a backup was written, what belongs to it, and what it lacks."""
    folder, reports = companions.folder_of(backup), companions.folder_of(backup, companions.REPORTS)
    assets = companions.folder_of(backup, companions.ASSETS)
    whole, partly = _("The backup was written and checked: “{path}”."), _("The backup is not whole: “{path}”.")
    sentences = [(partly if lacking else whole).format(path=backup), *_told_of_lacking(lacking)]
    if companions.files_in(folder):
        also = _("Its sealed envelopes lie beside it in “{folder}”: keep both together.")
        sentences.append(also.format(folder=folder.name))
    if companions.files_in(reports, companions.REPORTS):
        also = _("The reports that were issued lie beside it in “{folder}”: keep them with it, too.")
        sentences.append(also.format(folder=reports.name))
    if companions.files_in(assets, companions.ASSETS):
        also = _("The files of the city's identity lie beside it in “{folder}”: keep them with it, too.")
        sentences.append(also.format(folder=assets.name))
    return " ".join(sentences)


def _told_of_lacking(lacking: Sequence[str]) -> list[str]:
    told = ngettext(
        "{count} file of the city's identity is missing or damaged and is not in it: {titles}.",
        "{count} files of the city's identity are missing or damaged and are not in it: {titles}.",
        len(lacking),
    )
    return [_naming(told, lacking), _mending()] if lacking else []


def told_of_library(lacking: Sequence[str]) -> str:
    """Return the sentences that files of the library are missing or damaged; empty where none is."""
    told = ngettext(
        "{count} file of the city's identity is missing or damaged: {titles}.",
        "{count} files of the city's identity are missing or damaged: {titles}.",
        len(lacking),
    )
    return f"{_naming(told, lacking)} {_mending()}" if lacking else ""


def _naming(told: str, lacking: Sequence[str]) -> str:
    titles = list(dict.fromkeys(lacking))  # Several files may belong to one asset.
    named = [*map(quoted, titles[:_NAMED]), *(["…"] if len(titles) > _NAMED else [])]
    return told.format(count=len(lacking), titles=", ".join(named))


def _mending() -> str:
    return _("Restore a backup, or add the original files again; they take their places by themselves.")


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


def lacking_in(path: Path) -> tuple[str, ...]:
    """Read the whole library of a registry, and return what files are called that are missing or damaged."""
    registry = open_registry(path)
    try:
        with registry.reading() as session:
            return lacking_files(session, shelf_of(path), recorded_files(session))
    finally:
        registry.close()


def back_up_daily(registry: Registry) -> str:
    """Keep the day's automatic backup, unless there is one already.

    Returns:
        The sentences that files of the library are not in it, since they are missing or damaged; empty where none is.
    """
    if backing_up.backed_up_on(registry.path, datetime.now(UTC).date()):
        return ""
    kept = registry.back_up_automatically("daily")
    with registry.reading() as session:
        return told_of_library(lacking_files(session, shelf_of(kept), recorded_files(session)))
