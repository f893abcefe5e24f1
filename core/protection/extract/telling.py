"""How one row is told: values in words, and other people only by what they do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, select
from sqlalchemy.orm import Session

from core.custody.identity.cards import in_groups, is_fingerprint
from core.i18n import _, show_date, show_instant
from core.inventory.recorded import names_of
from core.inventory.showing import shown
from core.model import Asset
from core.model.choices import Choice
from core.protection.declared import ABOUT, LOOSE
from core.protection.extract.closed_lists import called, evidence_told
from core.protection.extract.content import Told
from core.protection.extract.labels import field_of, label_of
from core.protection.extract.signed import SIGNED, in_a_sentence
from core.protection.recognising.naming import Hiding, Mentions
from core.storage.values import TABLES, from_plain, to_plain

_OF_PERSON = {one.table: one for one in ABOUT}


@dataclass(slots=True)
class Teller:
    """Puts values into words for one person.

    Attributes:
        session: A private copy of the registry.
        person_id: Who asks.
        mentions: Finds them in texts.
        others: Puts functions in the place of everybody else.
        names: What records are called, by id; other people by their function.
    """

    session: Session
    person_id: UUID
    mentions: Mentions
    others: Hiding
    names: dict[UUID, str] = field(default_factory=dict)

    def learn(self, values: Iterable[Any]) -> None:
        """Look up what the records are called at which some values point."""
        unknown = {one for one in values if isinstance(one, UUID)} - self.names.keys()
        found = names_of(self.session, unknown)
        titles = select(Asset.id, Asset.title).where(Asset.id.in_(unknown))
        found |= {one: title for one, title in self.session.execute(titles)}  # noqa: C416 - Row is no pair
        for one in unknown & self.others.roles.keys():
            found[one] = self.others.roles[one]
        self.names |= {one: self.others.hide(name) for one, name in found.items()}
        self.names |= dict.fromkeys(unknown - found.keys(), "")

    def told(self, table: str, row: Mapping[str, Any], keys: Iterable[str]) -> tuple[Told, ...]:
        """Tell some columns of a row; what is empty is left out."""
        values = {key: row[key] for key in keys if key in row and row[key] not in (None, "", (), {})}
        self.learn(values.values())
        return tuple(
            Told(key, label_of(table, key), self._text(table, key, value, row), self.plain(value))
            for key, value in values.items()
        )

    def plain_told(self, table: str, values: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Told]:
        """Tell what an entry of the log holds of a row; columns that are no more are told as they were."""
        columns: Mapping[str, Column[Any]] = dict(TABLES[table].columns) if table in TABLES else {}
        row = {
            key: from_plain(columns[key], values[key]) if key in columns else values[key]
            for key in keys
            if key in values
        }
        return {one.key: one for one in self.told(table, row, row)}

    def plain(self, value: Any) -> Any:
        """Return a value for programs, without other people."""
        match to_plain(value):
            case str(text):
                return self.others.hide(text)
            case list(many):
                return [self.plain(one) for one in many]
            case dict(some):
                return {key: self.plain(one) for key, one in some.items()}
            case other:
                return other

    def signed(self, text: str) -> str:
        """Tell in a sentence what somebody signed; a text that is no such thing is told as it is."""
        return self.others.hide(in_a_sentence(text, self.person_id, self._called))

    def _called(self, person: UUID) -> str:
        self.learn([person])
        return _("you") if person == self.person_id else self.names.get(person) or _("another person")

    def _text(self, table: str, key: str, value: Any, row: Mapping[str, Any]) -> str:
        match value:
            case UUID():
                return _("you") if value == self.person_id else self.names.get(value, "")
            case Choice():
                return _(value.label)
            case datetime():
                return show_instant(value)
            case dict():
                return self.others.hide(evidence_told(str(row.get("rule")), value))
            case str() if key in SIGNED.get(table, ()):
                return self.signed(value)
            case str() if is_fingerprint(value):
                return in_groups(value)
            case _:
                return self.others.hide(self._shown(table, key, value))

    def _shown(self, table: str, key: str, value: Any) -> str:
        known = field_of(table, key)
        if known is not None:
            return shown(known, value)
        match value:
            case bool():
                return _("yes") if value else _("no")
            case date():
                return show_date(value)
            case tuple():
                return ", ".join(value)
            case _:
                return called(key, str(value))


def keys_of(table: str) -> tuple[str, ...]:
    """Return which columns of a table are told to the person whom a row is about; they know who they are themselves."""
    about = _OF_PERSON[table]
    mine = set(about.by) if not about.parent and len(about.by) == 1 else set()
    columns = TABLES[table].columns
    found = [column.key for column in columns if _is_told(column, about.told) or column.key in about.by]
    return tuple(key for key in found if key not in mine)


def _is_told(column: Column[Any], told: tuple[str, ...]) -> bool:
    points = any(key.column.table.name == "person" for key in column.foreign_keys)
    loose = column.key in LOOSE.get(column.table.name, ())
    return bool(column.info.get("personal")) or points or loose or column.key in told
