"""What the log holds of a record, in words: which fields changed from what to what, and what a record is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.fields import Field, Reference
from core.i18n import N_, _
from core.inventory.assets.naming import names_of_assets
from core.inventory.channels import label_of
from core.inventory.platforms import platforms
from core.inventory.recorded_fields import FIELDS, NOUNS
from core.inventory.showing import shown
from core.model import Channel, Credential, OrgUnit, Person, Waiver
from core.settings import SETTINGS
from core.storage.history import LogEntry
from core.storage.touching import chunks
from core.storage.values import TABLES, from_plain

__all__ = [
    "FIELDS",
    "NOUNS",
    "Difference",
    "differences",
    "names_in",
    "names_of",
    "noun_of",
    "setting_label",
    "setting_title",
    "waived_rules",
]

_LABELS = {setting.key: setting.label for setting in SETTINGS} | {"city.arms": N_("Coat of arms")}
LONGEST_SHOWN = 4_000
"""No text of a setting is longer; what is, holds a picture."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that was changed, in words; nothing stands for nothing."""

    title: str
    before: str
    after: str


def noun_of(table: str) -> str:
    """Return what a record of a table is called in general."""
    return _(NOUNS[table]) if table in NOUNS else _("Entry")


def differences(entry: LogEntry, names: Mapping[UUID, str]) -> list[Difference]:
    """Return which fields of its record an entry changed.

    Args:
        entry: An entry of the log.
        names: What the records are called to which the values may point.
    """
    if entry.table == "registry_setting":
        return _setting_differences(entry)
    before, after = entry.before or {}, entry.after or {}
    found = []
    for field in FIELDS.get(entry.table, ()):
        column = _column(entry.table, field)
        if column and (column in before or column in after):
            values = [_told(entry.table, field, one.get(column), names) for one in (before, after)]
            if any(values):
                found.append(Difference(field.title, *values))
    return found


def setting_label(entry: LogEntry, keys: Mapping[UUID, str]) -> str:
    """Return what the setting of an entry is called; `keys` knows those whose key did not change."""
    return setting_title(str((entry.after or entry.before or {}).get("key") or keys.get(entry.record_id, "")))


def setting_title(key: str) -> str:
    """Return what is set under a key, in the user's language; an unknown key stays as it is."""
    kind, _dot, of_what = key.partition(".")
    if kind == "platform":
        known = platforms().get(of_what)
        return _("Platform {name}").format(name=known.name if known else of_what)
    return _(_LABELS[key]) if key in _LABELS else key


def waived_rules(session: Session, entries: Iterable[LogEntry]) -> dict[UUID, str]:
    """Return the keys of the rules that the waivers are about which some entries touch."""
    touched = [entry for entry in entries if entry.table == Waiver.__tablename__]
    found: dict[UUID, str] = {}
    for some in chunks([entry.record_id for entry in touched]):
        found |= {one.id: one.rule for one in session.scalars(select(Waiver).where(Waiver.id.in_(some)))}
    for entry in touched:
        told = {**(entry.before or {}), **(entry.after or {})}
        if "rule" in told:
            found[entry.record_id] = told["rule"]
    return found


def names_in(session: Session, entries: Iterable[LogEntry]) -> dict[UUID, str]:
    """Return what the people, units and channels are called that entries touch or name."""
    wanted: set[UUID] = set()
    for entry in entries:
        wanted.add(entry.record_id)
        if entry.actor_id is not None:
            wanted.add(entry.actor_id)
        for key, value in [*(entry.before or {}).items(), *(entry.after or {}).items()]:
            if key.endswith("_id") and isinstance(value, str) and len(value) == 36:
                wanted.add(UUID(value))
    return names_of(session, wanted)


def names_of(session: Session, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return what the people, units, logins, assets and channels of some ids are called."""
    found: dict[UUID, str] = {}
    for some in chunks(ids):
        for person in session.scalars(select(Person).where(Person.id.in_(some))):
            found[person.id] = person.name
        for unit in session.scalars(select(OrgUnit).where(OrgUnit.id.in_(some))):
            found[unit.id] = unit.title
        labels = select(Credential.id, Credential.label).where(Credential.id.in_(some))
        found |= {one: label for one, label in session.execute(labels).all()}  # noqa: C416 - Row is no pair
        found |= names_of_assets(session, some)
        query = select(Channel.id, Channel.title, Channel.platform).where(Channel.id.in_(some))
        found |= {one: label_of(title, platform) for one, title, platform in session.execute(query).all()}
    return found


def _setting_differences(entry: LogEntry) -> list[Difference]:
    before, after = ((one or {}).get("value") for one in (entry.before, entry.after))
    return [Difference(_("Value"), _setting_value(before), _setting_value(after))]


def _setting_value(stored: Any) -> str:
    value = stored.get("value") if isinstance(stored, dict) else stored
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case dict():
            return "; ".join(_setting_value({"value": one}) for one in value.values())
        case list():
            return ", ".join(map(str, value))
        case str() if len(value) > LONGEST_SHOWN:
            return _("a picture")
        case _:
            return str(value)


def _told(table: str, field: Field, plain: Any, names: Mapping[UUID, str]) -> str:
    value = from_plain(TABLES[table].columns[_column(table, field)], plain)
    if isinstance(field.kind, Reference):
        return names.get(value, "") if value is not None else ""
    return "" if value is None else shown(field, value)


def _column(table: str, field: Field) -> str:
    """Return the name of the column that stores a field, empty where it is derived."""
    return field.column if field.column in TABLES[table].columns else ""
