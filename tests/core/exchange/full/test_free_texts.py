"""What people write freely goes to readers outside the editorial team only where somebody has said that it may."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Column, Enum, String, TypeDecorator

from core.exchange.exporting import export
from core.exchange.full.records import keys_for
from core.exchange.full.wanted import whole
from core.exchange.report.readers import Reader
from core.exchange.report.sheets.channels import COLUMNS
from core.inventory.lists import CHANNELS
from core.model import Credential, CredentialChannel, CredentialKind
from core.model.record import Json, TextList
from core.registry import Registry
from core.settings import change_setting
from core.storage.values import is_for_team, journaled_columns, journaled_tables, personal_keys
from tests.factories import make_channel

pytestmark = pytest.mark.usefixtures("in_english")

FOR_ALL = {
    "org_unit": "code name",
    "person": "function",
    "asset": "licence permitted_uses",
    "asset_version": "sha256 media_type derived_for",
    "consent": "form_sha256",
    "channel": (
        "platform url_as_entered url handle account_id account_key title goals purpose audience languages tags"
        " opened_on last_post_on care_hours outside_hours_rule equivalent_offer imprint_url privacy_notice_url"
        " netiquette_url usage_concept_version article_26_reference article_30_reference approved_under"
    ),
    "former_handle": "handle url",
    "store": "backend",
    "escrow_key": "recipient card",
    "envelope": "digest",
    "handover_statement": "card digest",
    "key_card": "fingerprint",
    "registry_setting": "key",
    "waiver": "rule subject_type",
}
"""Texts about accounts, units and files, and what the program itself writes: the committee may read them in the log."""


def is_text(column: Column[object]) -> bool:
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return isinstance(kind, (TextList, Json))
    return isinstance(kind, String) and not isinstance(kind, Enum)


def test_every_text_is_for_the_team_or_said_to_be_for_all() -> None:
    texts = {(table.name, one.key) for table in journaled_tables() for one in journaled_columns(table) if is_text(one)}
    free = {(table, key) for table, keys in FOR_ALL.items() for key in keys.split()}
    silent = {one for one in texts if not is_for_team(*one)} - free
    assert not silent, f"mark these as PERSONAL or TEAM_ONLY in the model, or say here that all may read them: {silent}"
    assert not {one for one in free if one not in texts or is_for_team(*one)}


def test_what_is_for_the_team_is_not_erased_as_personal_data_is() -> None:
    assert is_for_team("credential", "label")
    assert not personal_keys("credential", ("label", "address"))


@pytest.mark.parametrize("reader", [Reader.COMMITTEE, Reader.PUBLIC])
def test_no_list_of_channels_has_a_column_for_the_team_outside_it(reader: Reader) -> None:
    keys = {*COLUMNS[reader], *keys_for(CHANNELS, reader)} - {"closing_reason"}  # Told only where it names nobody.
    assert not [key for key in keys if is_for_team("channel", key)]


@pytest.fixture
def with_login(registry: Registry) -> Registry:
    """A registry with a login that is called by somebody's address."""
    with registry.action("Add") as session:
        change_setting(session, "rules.stage", 4)
        change_setting(session, "report.cover-text", "Dank an Erika Mustermann.")
        login = Credential(
            kind=next(iter(CredentialKind)), label="login erika@stadt.example", address="https://erika.example"
        )
        session.add_all([channel := make_channel(), login])
        session.flush()
        session.add(CredentialChannel(credential_id=login.id, channel_id=channel.id))
    return registry


@pytest.mark.parametrize("what", ["findings", "log"])
def test_logins_are_named_only_to_the_team(what: str, with_login: Registry, tmp_path: Path, today: date) -> None:
    told = {}
    for reader in (Reader.INTERNAL, Reader.COMMITTEE):
        out = tmp_path / f"{reader}.json"
        export(with_login, whole(what, reader), out, today=today, reader=reader)
        told[reader] = out.read_text("utf-8")
    assert "erika@stadt.example" in told[Reader.INTERNAL]
    assert "rika" not in told[Reader.COMMITTEE]
    records = json.loads(told[Reader.COMMITTEE])["records"]
    if what == "findings":
        assert "A login" in {one["concerns"] for one in records}
    else:
        withheld = {one["type"]: one["withheld"] for one in records}
        assert {"label", "address"} <= set(withheld["credential"])
        assert withheld["registry_setting"] == ["value"]
