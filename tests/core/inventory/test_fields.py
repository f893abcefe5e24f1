"""Fields, columns and listings tell the same story: nothing stored is hidden by accident, nothing shown is made up."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.dialects import postgresql

from core.fields import Field, OneOf, Reference
from core.inventory import accesses, channels, confirmations, people, responsibilities, units
from core.inventory.assets import assets, consents, uses, versions
from core.inventory.channel_listing import UNLISTED
from core.model import (
    Access,
    Asset,
    AssetUse,
    AssetVersion,
    Channel,
    Confirmation,
    Consent,
    OrgUnit,
    Person,
    Record,
    Responsibility,
)

KEPT_BY_THE_PROGRAM = {"id", "created_at", "updated_at", "version"}
NOT_SHOWN = {
    "channel": {
        "account_key",  # It compares accounts; people see the address.
        "host_belongs",  # The finding foreign-host says it in a sentence.
    },
    "person": {
        "erased_on",  # The person's page says it in a sentence,
        "restricted_on",  # and this, too, with the action that lifts it.
    },
}
RECORDS: list[tuple[type[Record], tuple[Field, ...]]] = [
    (Channel, channels.FIELDS),
    (Person, people.FIELDS),
    (OrgUnit, units.FIELDS),
    (Responsibility, responsibilities.FIELDS),
    (Access, accesses.FIELDS),
    (Confirmation, confirmations.FIELDS),
    (Asset, assets.FIELDS),
    (AssetVersion, versions.FIELDS),
    (AssetUse, uses.FIELDS),
    (Consent, consents.FIELDS),
]
LISTINGS = [
    (channels.listing, channels.FIELDS, set(UNLISTED)),
    (people.listing, people.FIELDS, {"id", "unit_id", "successor_id"}),
    (units.listing, units.FIELDS, {"id", "parent_id"}),
    (assets.listing, assets.FIELDS, {"id", "person_id"}),
    (uses.listing, uses.FIELDS, {"id", "asset_id", "person_id", "version_id", "channel_id", "cleaned_by_id"}),
]


@pytest.mark.parametrize(("record", "fields"), RECORDS)
def test_every_editable_field_is_a_column_and_required_where_the_column_is(record, fields):
    columns = record.__table__.columns
    for field in fields:
        if field.editable:
            column = columns[field.column]
            assert field.required is not column.nullable or column.default is not None, field.key
        if isinstance(field.kind, Reference):
            (key,) = columns[field.column].foreign_keys
            assert key.column.table.name == field.kind.table


@pytest.mark.parametrize(("record", "fields"), RECORDS)
def test_every_stored_fact_has_its_field(record, fields):
    stored = {column.key for column in record.__table__.columns} - KEPT_BY_THE_PROGRAM
    assert stored - {field.column for field in fields} == NOT_SHOWN.get(record.__tablename__, set())


@pytest.mark.parametrize(("record", "fields"), RECORDS)
def test_closed_lists_are_those_of_the_columns(record, fields):
    columns = record.__table__.columns
    for field in fields:
        if isinstance(field.kind, OneOf) and field.column in columns:
            assert columns[field.column].type.enum_class is field.kind.choices


@pytest.mark.parametrize(("record", "fields"), RECORDS)
def test_fields_explain_themselves_and_are_named_once(record, fields):
    keys = [field.key for field in fields]
    labels = [field.label for field in fields]
    assert len(set(keys)) == len(keys)
    assert len(set(labels)) == len(labels)
    for field in fields:
        assert field.help.endswith("."), field.key
        assert len(field.label) <= 32, field.key


@pytest.mark.parametrize(("listing", "fields", "besides"), LISTINGS)
def test_a_listing_has_the_fields_as_its_labels(listing, fields, besides):
    labels = [column.key for column in listing(date(2026, 11, 22)).selected_columns]
    assert len(set(labels)) == len(labels)
    assert set(labels) == {field.key for field in fields} | besides


@pytest.mark.parametrize(("listing", "fields", "besides"), LISTINGS)
def test_a_listing_can_be_written_for_postgresql(listing, fields, besides):
    text = str(listing(date(2026, 11, 22)).compile(dialect=postgresql.dialect()))
    assert "group_concat" not in text
