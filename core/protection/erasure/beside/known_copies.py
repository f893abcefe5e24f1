"""Copies elsewhere of which the program knows something: found beside the registry, told by its records, chosen once.

Nothing is written down for this: what people saved elsewhere is named only as far as it can be seen from here.
"""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

from platformdirs import user_documents_path
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import workstation
from core.i18n import _
from core.model import Store
from core.protection.erasure.beside.archived import NamingReport
from core.storage import kept_copies

_MOST_FILES = 200
_MOST_NAMES = 10


def told_copies(
    session: Session, registry: Path, registry_id: str, reports: Iterable[NamingReport], people: Collection[UUID]
) -> Iterator[str]:
    """Give a sentence for each kind of copy out of reach of which the program knows where it may be.

    Args:
        session: A session that reads.
        registry: The registry's file.
        registry_id: Its id.
        reports: The archived reports that name somebody who is erased.
        people: Who is erased; their own computers are not named, for their names are often theirs.
    """
    if places := _listed(map(str, copies_of(registry, registry_id))):
        yield _("These copies of the registry stay as they are: {places}. Please delete them.").format(places=places)
    if names := _listed(sorted({one.file_name for one in reports})):
        told = _("Reports that name somebody were also saved elsewhere, as: {names}. Please look for these files.")
        yield told.format(names=names)
    if computers := _listed(_computers(session, people)):
        told = _("On these computers, too, somebody has worked with this registry: {names}. A copy may lie there.")
        yield told.format(names=computers)
    if isinstance(folder := workstation.remembered(workstation.SHARED_FOLDER), str) and folder:
        yield _("Files of handovers may lie in the shared folder “{folder}”.").format(folder=folder)


def copies_of(registry: Path, registry_id: str) -> list[Path]:
    """Return the copies of a registry that lie where the program proposes to save them, but those it keeps itself."""
    ours = {one.resolve() for one in (registry, *kept_copies.copies_of(registry))}
    return [file for folder in _folders(registry) for file in _registries(folder, ours) if _id_of(file) == registry_id]


def _folders(registry: Path) -> list[Path]:
    shared = workstation.remembered(workstation.SHARED_FOLDER)
    wanted = [registry.parent, workstation.data_folder(), user_documents_path()]
    wanted += [Path(shared)] if isinstance(shared, str) and shared else []
    return list(dict.fromkeys(one.resolve() for one in wanted))


def _registries(folder: Path, ours: Collection[Path]) -> list[Path]:
    with suppress(OSError):
        found = [one for one in sorted(folder.glob("*.kanal"))[:_MOST_FILES] if one.is_file() and not one.is_symlink()]
        return [one for one in found if one.resolve() not in ours]
    return []


def _id_of(file: Path) -> str:
    """Return which registry a file is a copy of; nothing where it cannot be read as one."""
    with (
        suppress(sqlite3.Error, ValueError, AttributeError),
        closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection,
    ):
        row = connection.execute("SELECT value FROM registry_setting WHERE key = 'registry.id'").fetchone()
        return str(json.loads(row[0])["value"]) if row is not None else ""
    return ""


def _computers(session: Session, people: Collection[UUID]) -> list[str]:
    query = select(Store.remark, Store.person_id).where(Store.until.is_(None), Store.vanished_on.is_(None))
    names = {str(name).strip() for name, person in session.execute(query) if name and person not in people}
    return sorted(names - {platform.node()}, key=str.casefold)


def _listed(names: Iterable[str]) -> str:
    """Return names in one line; of very many the first."""
    told = list(names)
    rest = ["…"] if len(told) > _MOST_NAMES else []
    return ", ".join([*(_("“{name}”").format(name=one) for one in told[:_MOST_NAMES]), *rest])
