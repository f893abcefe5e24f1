"""Copies of the registry: taken while it is in use, checked, and put back whole or not at all."""

from __future__ import annotations

import json
import shutil
import sqlite3
import uuid
from collections.abc import Container, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from core import workstation
from core.errors import UnusableFileError
from core.i18n import N_, _
from core.model import Action, RegistrySetting
from core.storage import chain, companions, kept_copies, places
from core.storage.engine import WRITING, copy_in, copy_out, file_engine
from core.storage.history import entries_before_erasures
from core.storage.journal import Entry, write
from core.storage.leftovers import remove_leftovers
from core.storage.opening import closed, damaged, is_registry, open_engine, understood
from core.storage.schema import SCHEMA, schema_of
from core.system_reasons import reason_of

AUTOMATIC_KEPT = 10


@dataclass(frozen=True, slots=True)
class Hand:
    """Who restores, where and when: what the log will say."""

    actor_id: uuid.UUID | None
    store_id: uuid.UUID
    now: datetime


def back_up(engine: Engine, registry: Path, target: Path, missed: Container[str] = ()) -> None:
    """Copy a live registry to a file, check the copy, and only then put it in the target's place.

    Its envelopes are there before the file is, so that no backup lacks them.

    Args:
        engine: The registry's engine.
        registry: The registry's file.
        target: The backup; an older one of that name is replaced.
        missed: The names of files that the registry is to have: an older backup keeps them, should it lack them.

    Raises:
        UnusableFileError: The target cannot be written or is another registry, or the registry is damaged.
    """
    _refuse_another(engine, target)
    with places.written_aside(target) as aside:
        with understood(aside):
            copy_out(engine, aside)
        _check_whole(aside, target)
        companions.send_along(registry, target)
    companions.drop_others(registry, target, missed)


def _refuse_another(engine: Engine, target: Path) -> None:
    """Refuse to put a backup in the place of a registry unless that is a copy of this very one."""
    with suppress(OSError):  # What is not there or cannot be read is looked at when it is written.
        if is_registry(target) and _registry_id_in(target) != _registry_id(engine):
            raise UnusableFileError(
                _("“{path}” is another registry or a backup of one. Please name another file.").format(path=target)
            )


def back_up_automatically(engine: Engine, registry: Path, why: str, now: datetime) -> Path:
    """Keep a dated copy beside the registry and drop the oldest beyond the last ten.

    Args:
        engine: The registry's engine.
        registry: The registry's file.
        why: A short word for the file name, as in "upgrade".
        now: The instant that dates the copy.
    """
    target = kept_copies.automatic_name(registry, why, now)
    places.refuse_linked(target.parent)
    places.make_private_folder(target.parent)
    back_up(engine, registry, target)
    for old in kept_copies.automatic_backups(registry)[AUTOMATIC_KEPT:]:
        companions.drop(old)
        with suppress(OSError):  # One backup too many does no harm.
            old.unlink(missing_ok=True)
    companions.drop_orphans(target.parent)
    kept_copies.drop_half_written(registry)
    return target


def backed_up_on(registry: Path, day: date) -> bool:
    """Say whether an automatic backup of a day is kept; days are counted as in the files' names, in UTC."""
    told = map(kept_copies.told_by_name, kept_copies.automatic_backups(registry))
    return any(one is not None and one[0].date() == day for one in told)


def restore(backup: Path, registry: Path, hand: Hand) -> Path | None:
    """Put a backup in a registry's place; the log says so and names both heads.

    The state that is replaced is backed up first; a registry too damaged to be read is kept beside the new one.
    Envelopes of the backup are added to those that are there.

    Returns:
        Where the replaced state is kept, or None where there was none.

    Raises:
        UnusableFileError: The backup is not one, is damaged, or belongs to another registry.
        BusyError: Another program keeps the registry locked.
    """
    for path in (backup, registry):
        places.refuse_unusual(path)
    places.refuse_network(registry)
    if backup.exists() and registry.exists() and backup.samefile(registry):
        raise UnusableFileError(_("“{path}” is the registry itself. Please name a backup.").format(path=backup))
    with understood(registry), _private_copy(backup, registry.parent) as prepared:
        present = _readable(registry)
        if present is None:
            return _put_in_place(prepared, backup, registry, hand)
        try:
            return _put_over(prepared, backup, present, registry, hand)
        finally:
            present.dispose()
            closed(registry)


@contextmanager
def _private_copy(backup: Path, folder: Path) -> Iterator[Path]:
    """Give a checked copy of a backup in the program's own schema; the backup may lie anywhere and is only read."""
    remove_leftovers(folder, kept_copies.RESTORING)
    copy = kept_copies.restoring_name(folder)
    places.create_private(copy)
    try:
        _fill(copy, backup)
        engine = open_engine(copy, called=backup)
        with engine.connect() as connection:
            older = schema_of(connection) < SCHEMA
        engine.dispose()
        closed(copy)
        if older:
            upgrade_file(copy)
        yield copy
    finally:
        places.remove_ours(copy)


def _fill(copy: Path, backup: Path) -> None:
    try:
        with backup.open("rb") as source, copy.open("wb") as target:
            shutil.copyfileobj(source, target)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be read: {reason}").format(path=backup, reason=reason_of(error))
        ) from error


def upgrade_file(path: Path) -> None:
    """Bring a registry's file to the program's schema."""
    from core.storage import migrating

    engine = file_engine(path, foreign_keys=False)
    try:
        with understood(path):
            migrating.upgrade(engine)
    finally:
        engine.dispose()


def _readable(registry: Path) -> Engine | None:
    try:
        return open_engine(registry)
    except UnusableFileError:
        return None


def _put_over(prepared: Path, backup: Path, present: Engine, registry: Path, hand: Hand) -> Path:
    if _registry_id(present) != _registry_id_of(prepared):
        raise UnusableFileError(
            _("“{path}” is a backup of another registry. Please restore it into a new file.").format(path=backup)
        )
    kept = back_up_automatically(present, registry, "restore", hand.now)
    with present.connect() as connection, connection.begin():
        replaced = chain.head(connection)
    _note(prepared, replaced, hand)
    companions.bring_back(backup, registry)
    with understood(registry):
        copy_in(prepared, present)
    return kept


def _put_in_place(prepared: Path, backup: Path, registry: Path, hand: Hand) -> Path | None:
    _note(prepared, None, hand)
    companions.bring_back(backup, registry)
    kept = _keep_damaged(registry, hand) if registry.exists() else None
    try:
        if (journal := places.journal_of(registry)) is not None:
            journal.unlink()  # It belongs to what was there, and would be played back into what comes.
        prepared.replace(registry)
    except OSError as error:
        raise UnusableFileError(
            _("“{path}” cannot be written: {reason}").format(path=registry, reason=reason_of(error, writing=True))
        ) from error
    places.sync_folder(registry.parent)
    return kept


def _keep_damaged(registry: Path, hand: Hand) -> Path:
    """Copy a registry that cannot be read, with its journal; the name itself is never empty meanwhile."""
    kept = kept_copies.damaged_name(registry, hand.now)
    for source in (registry, places.journal_of(registry)):
        if source is not None:
            with places.written_aside(kept.with_name(kept.name + source.name.removeprefix(registry.name))) as aside:
                shutil.copyfile(source, aside)
    return kept


def _note(prepared: Path, replaced: tuple[int, str] | None, hand: Hand) -> None:
    """Write into the copy that it was restored; where nothing could be read, the last head seen here was replaced."""
    engine = file_engine(prepared)
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        restored = chain.head(connection)
        action = Action(
            label=N_("Restore backup"),
            at=hand.now,
            actor_id=hand.actor_id,
            store_id=hand.store_id,
            schema_number=SCHEMA,
        )
        registry_id = _id_in(connection)
        own = entries_before_erasures(connection)
        note = chain.restore_note(restored, replaced or workstation.last_head(registry_id) or restored, own)
        write(connection, action, [Entry("registry", uuid.UUID(registry_id), chain.RESTORE, None, note)])
    engine.dispose()


def _registry_id(engine: Engine) -> str:
    with engine.connect() as connection, connection.begin():
        return _id_in(connection)


def _registry_id_of(path: Path) -> str:
    engine = file_engine(path)
    try:
        return _registry_id(engine)
    finally:
        engine.dispose()


def _registry_id_in(file: Path) -> str | None:
    """Return which registry a file is a copy of, without changing anything in it; None where it does not say."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            told = connection.execute("SELECT value FROM registry_setting WHERE key = 'registry.id'").fetchone()
        return str(json.loads(told[0])["value"]) if told else None
    except (sqlite3.Error, ValueError, LookupError, TypeError):
        return None


def _id_in(connection: Connection) -> str:
    value = connection.execute(select(RegistrySetting.value).where(RegistrySetting.key == "registry.id")).scalar_one()
    return str(value["value"])


def _check_whole(copy: Path, target: Path) -> None:
    engine = file_engine(copy)
    try:
        with understood(target), engine.connect() as connection:
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                raise damaged(target)
    finally:
        engine.dispose()
