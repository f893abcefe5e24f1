"""The full log of uses: off by default, on with an agreement and an end, and gone with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from core.custody import keeping
from core.custody.custodian import Custodian
from core.custody.secret import Secret
from core.custody.uses import uses_log
from core.custody.vault import open_vault
from core.errors import BadInputError
from core.inventory.binding import bind
from core.inventory.credentials import NewCredential, add_credential
from core.model import CredentialKind, SecretUse
from core.protection.rights.uses_log import SWITCH_OFF, SWITCH_ON, read_uses, switch_off, switch_on
from core.registry import Registry
from tests.factories import make_channel

AGREEMENT = "DV 7/2026"


@pytest.fixture
def custodian(registry: Registry, keyring_daemon, today: date) -> Custodian:
    with registry.action("bind") as session:
        bind(session, registry.store_id, "Erika Mustermann", today)
    return Custodian(registry, open_vault(registry.id, limit_seconds=60), today)


@pytest.fixture
def login(registry: Registry, custodian: Custodian) -> UUID:
    with registry.action("add") as session:
        channel = make_channel()
        session.add(channel)
        session.flush()
        added = add_credential(session, NewCredential(CredentialKind.PASSWORD, "Presse", (channel.id,))).id
    keeping.store_secret(custodian, added, Secret("geheim"))
    return added


def _switched_on(registry: Registry, today: date, days: int = 10) -> None:
    with registry.action(SWITCH_ON) as session:
        switch_on(session, AGREEMENT, today + timedelta(days=days), today)


def _count(registry: Registry) -> int:
    with registry.reading() as session:
        return len(session.scalars(select(SecretUse.id)).all())


def test_nothing_is_written_while_nobody_switched_it_on(registry: Registry, custodian: Custodian, login: UUID):
    keeping.read_secret(custodian, login)
    keeping.use_secret(custodian, login)
    assert _count(registry) == 0


def test_each_use_is_written_while_it_is_on(registry: Registry, custodian: Custodian, login: UUID, today: date):
    _switched_on(registry, today)
    keeping.read_secret(custodian, login)
    keeping.read_secret(custodian, login)
    keeping.use_secret(custodian, login)
    with registry.reading() as session:
        told = [(one.login, one.person, one.kind) for one in read_uses(session)]
    assert sorted(told) == [("Presse", "Erika Mustermann", kind) for kind in ("read", "read", "used")]


def test_its_last_day_counts_and_the_day_after_nothing_is_written_and_all_is_gone(
    registry: Registry, custodian: Custodian, login: UUID, today: date
):
    _switched_on(registry, today, days=1)
    last = today + timedelta(days=1)
    keeping.read_secret(replace(custodian, today=last), login)
    registry.today = lambda: last
    registry.keep_current()
    assert _count(registry) == 1
    registry.today = lambda: last + timedelta(days=1)
    keeping.read_secret(replace(custodian, today=registry.today()), login)
    registry.keep_current()
    assert _count(registry) == 0


def test_switching_it_off_deletes_what_it_holds(registry: Registry, custodian: Custodian, login: UUID, today: date):
    registry.today = lambda: today
    _switched_on(registry, today)
    keeping.read_secret(custodian, login)
    with registry.action(SWITCH_OFF) as session:
        switch_off(session)
    assert _count(registry) == 0


def test_switching_it_on_stands_in_the_log(registry: Registry, today: date):
    _switched_on(registry, today)
    assert [entry.label for entry in registry.log()][-1] == SWITCH_ON


@pytest.mark.parametrize(("reference", "days"), [("", 10), ("  ", 10), (AGREEMENT, -1), (AGREEMENT, 200)])
def test_without_an_agreement_or_a_near_end_it_stays_off(registry: Registry, today: date, reference: str, days: int):
    with pytest.raises(BadInputError), registry.action(SWITCH_ON) as session:
        switch_on(session, reference, today + timedelta(days=days), today)
    assert uses_log(registry.settings(), today) is None


@pytest.mark.parametrize(
    ("reference", "until", "on"),
    [
        (AGREEMENT, "2026-11-23", True),
        (AGREEMENT, "2026-11-22", False),
        (AGREEMENT, "", False),
        (AGREEMENT, "bald", False),
        ("", "2026-12-31", False),
    ],
)
def test_it_is_on_only_with_both_and_in_its_time(reference: str, until: str, on: bool, today: date):
    settings: Mapping[str, str | int | bool] = {"uses-log.reference": reference, "uses-log.until": until}
    assert (uses_log(settings, today) is not None) is on
