"""Files of the library that nothing names: no version, no consent, and no entry of the log that can be taken back.

What was undone can be redone, so that its files stay until the log cannot bring them back any more: because something
of the action was erased, or because it shows somebody who was.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.inventory.assets.library import recorded_files, shelf_of
from core.inventory.assets.permission import is_erased, is_erased_with_person
from core.model import Asset, AssetVersion, Change, ChangeValue, Consent, Person
from core.storage.chain import ERASURE

_VERSION, _CONSENT, _ASSET = (one.__tablename__ for one in (AssetVersion, Consent, Asset))
_FILES = {_VERSION: "sha256", _CONSENT: "form_sha256"}


def unrecorded_files(session: Session, registry: Path) -> set[str]:
    """Return the files of the library of which neither a record nor the log tells.

    Args:
        session: A session that reads.
        registry: The registry's file, beside which the library lies.
    """
    left = shelf_of(registry).names() - recorded_files(session)
    return left - _restorable(session) if left else left


def remove_unrecorded(session: Session, registry: Path, only: Collection[str] | None = None) -> None:
    """Remove the files of which nothing tells; call in a writing transaction, where nobody records one.

    Args:
        session: A session of the registry, or of a backup.
        registry: Its file.
        only: The files that are meant, without it all.

    Raises:
        UnusableFileError: One cannot be removed.
    """
    shelf = shelf_of(registry)
    for name in sorted(unrecorded_files(session, registry)):
        if only is None or name in only:
            shelf.remove(name)


def _restorable(session: Session) -> set[str]:
    """Return the files that undoing or redoing an action of the log would name again."""
    shown = dict[UUID, set[UUID]]()
    owners = dict[UUID, UUID]()
    found = list[tuple[UUID, str, str]]()
    for table, record, values in _told(session):
        if table == _ASSET and values.get("person_id"):
            shown.setdefault(record, set()).add(UUID(values["person_id"]))
        if table in _FILES and values.get("asset_id"):
            owners[record] = UUID(values["asset_id"])
        if name := values.get(_FILES.get(table, "")):
            found.append((record, table, name))
    pictures, all_of_them = _erased(session, shown)
    gone = {_VERSION: pictures | all_of_them, _CONSENT: all_of_them}
    return {name for record, table, name in found if owners.get(record) not in gone[table]}


def _told(session: Session) -> Iterator[tuple[str, UUID, dict[str, Any]]]:
    """Give what entries about assets and their files hold whose action has lost nothing."""
    lost = select(Change.action_id).outerjoin(ChangeValue, ChangeValue.seq == Change.seq)
    lost = lost.where((ChangeValue.text.is_(None) & ChangeValue.seq.is_not(None)) | (Change.kind == ERASURE))
    query = select(Change.table_name, Change.record_id, ChangeValue.text).join(
        ChangeValue, Change.seq == ChangeValue.seq
    )
    query = query.where(Change.table_name.in_((_ASSET, *_FILES)), Change.action_id.not_in(lost))
    for table, record, text in session.execute(query):
        yield table, record, json.loads(text or "{}")


def _erased(session: Session, shown: dict[UUID, set[UUID]]) -> tuple[set[UUID], set[UUID]]:
    """Return the assets whose pictures were erased, and those that went with whom they show, in the log, too."""
    people = set(session.scalars(select(Person.id).where(Person.erased_on.is_not(None))))
    lost = select(Change.record_id).join(ChangeValue, ChangeValue.seq == Change.seq)
    lost = lost.where(Change.table_name == Person.__tablename__, ChangeValue.text.is_(None))
    people |= set(session.scalars(lost.where(Change.record_id.not_in(select(Person.id)))))
    with_person = set(session.scalars(select(Asset.id).where(is_erased_with_person())))
    with_person |= {asset for asset, some in shown.items() if some & people}
    return set(session.scalars(select(Asset.id).where(is_erased()))), with_person
