"""What every stored record has: a key made by us, two instants, and a version against lost edits."""

from __future__ import annotations

import json
import uuid
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, Dialect, Enum, MetaData, String, Text, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, declared_attr, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

PERSONAL: dict[str, Any] = {"personal": True}
"""Says of a column that it can hold personal data, which must be erasable from the history."""

TEAM_ONLY: dict[str, Any] = {"team_only": True}
"""Says of a column that only the editorial team reads it, although it is nobody's personal data as such."""

BOOKKEEPING: dict[str, Any] = {"bookkeeping": True}
"""Says of a column that the program keeps it for itself; the history leaves it out."""


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; SQLite keeps no zones, so it is stored naive in UTC there."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant and store an aware one in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give the instant back with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TextList(TypeDecorator[tuple[str, ...]]):
    """A short ordered list of texts (tags, languages), stored as a JSON array."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the list as JSON."""
        return None if value is None else json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[str, ...]:  # noqa: ARG002
        """Read the list; nothing stored is an empty list."""
        return tuple(json.loads(value)) if value else ()


class Json(TypeDecorator[dict[str, Any]]):
    """A small object of texts and numbers, stored as canonical JSON on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dict[str, Any] | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write the object with sorted keys, so that equal objects are equal texts."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> dict[str, Any] | None:  # noqa: ARG002
        """Read the object."""
        return None if value is None else dict(json.loads(value))


PARTIAL_DATE = String(10).with_variant(String(10, collation="C"), "postgresql")
"""A date of reduced precision after ISO 8601 ("2010", "2010-03", "2010-03-12"), compared as text."""


def enum_type(choices: type[StrEnum]) -> Enum:
    """Return the column type that stores a closed list by its values, open to values added later."""
    return Enum(
        choices,
        native_enum=False,
        create_constraint=False,
        length=40,
        values_callable=lambda listed: [member.value for member in listed],
    )


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The root of all mapped classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        datetime: Instant(),
        uuid.UUID: Uuid(),
        tuple[str, ...]: TextList(),
        dict[str, Any]: Json(),
        str: Text(),
    }


class Record(Base, kw_only=True):
    """Something the registry keeps and whose every change the journal records."""

    __abstract__ = True

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default_factory=uuid.uuid4, sort_order=-1)
    created_at: Mapped[datetime] = mapped_column(init=False)
    updated_at: Mapped[datetime] = mapped_column(init=False, info=BOOKKEEPING)
    version: Mapped[str] = mapped_column(String(32), init=False, info=BOOKKEEPING)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Check the version at every update; random, because a counter starts anew after an undone deletion."""
        return {"version_id_col": cls.version, "version_id_generator": new_version}


def new_version(_previous: str | None = None) -> str:
    """Return a version that no record has had."""
    return uuid.uuid4().hex
